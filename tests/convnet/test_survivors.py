"""Mistakes that once passed every test: aliases, what a checkpoint forgets, the threshold of centring."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convnet import nn, optim
from convnet._engine.channel_statistics import is_central
from convnet.training import EarlyStopping, Trainer
from tests.convnet.harness import LIBRARIES, convert, to_numpy
from tests.convnet.runs import EACH_LIBRARY, assert_same, clouds, in_library, make

SHAPE = (2, 3, 4, 5)


class Passing(nn.Module):
    """Hands on what it gets, forward and backward, without a copy."""

    def forward(self, x: Any) -> Any:
        return x

    def backward(self, grad_out: Any) -> Any:
        return grad_out


class Scribbling(Passing):
    """Doubles the upstream gradient where it stands."""

    def backward(self, grad_out: Any) -> Any:
        grad_out *= 2
        return grad_out


class Reusing(Passing):
    """Returns the same array in every backward pass, and keeps what it held."""

    def __init__(self) -> None:
        self.held: Any = None

    def backward(self, grad_out: Any) -> Any:
        if self.held is None:
            self.held = grad_out * 1
        self.held[...] = grad_out
        return self.held


def side_by_side(grad: Any, count: int) -> list[Any]:
    return [grad[:, 3 * place : 3 * (place + 1)] for place in range(count)]


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    "kinds",
    [
        (Passing, Passing, Passing),
        (Reusing, Passing),
        (Passing, Reusing, Scribbling),
        (Scribbling, Scribbling),
    ],
)
def test_branches_may_share_memory_with_what_they_get(kinds: tuple[type[Passing], ...], library: str) -> None:
    """The upstream gradient stays as it is, and so does what a branch returned; the sum is right twice."""
    model = nn.Branches(*(kind() for kind in kinds))
    rng = np.random.default_rng(0)
    for _ in range(2):
        grad = rng.standard_normal((2, 3 * len(kinds), 4, 5))
        parts = side_by_side(grad, len(kinds))
        wanted = sum(part * (2 if kind is Scribbling else 1) for kind, part in zip(kinds, parts, strict=True))
        x, grad_out = convert(np.ones(SHAPE), library), convert(grad, library)
        model(x)
        found = model.backward(grad_out)
        np.testing.assert_allclose(to_numpy(found), wanted, rtol=1e-12)
        np.testing.assert_array_equal(to_numpy(grad_out), grad)
        np.testing.assert_array_equal(to_numpy(x), np.ones(SHAPE))
        for branch, part in zip(model.layers.values(), parts, strict=True):
            if isinstance(branch, Reusing):
                np.testing.assert_array_equal(to_numpy(branch.held), part)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("kind", [Passing, Reusing])
@pytest.mark.parametrize("shortcut", [None, Passing, Reusing])
def test_shortcuts_may_share_memory_with_what_they_get(
    kind: type[Passing], shortcut: Any, library: str
) -> None:
    model = nn.Residual(kind(), downsample=None if shortcut is None else shortcut())
    grad = np.random.default_rng(1).standard_normal(SHAPE)
    for _ in range(2):
        x, grad_out = convert(np.ones(SHAPE), library), convert(grad, library)
        out = model(x)
        found = model.backward(grad_out)
        np.testing.assert_array_equal(to_numpy(out), 2 * np.ones(SHAPE))
        np.testing.assert_array_equal(to_numpy(found), 2 * grad)
        np.testing.assert_array_equal(to_numpy(grad_out), grad)
        np.testing.assert_array_equal(to_numpy(x), np.ones(SHAPE))


@EACH_LIBRARY
def test_the_best_weights_come_back_out_of_a_checkpoint(library: str, tmp_path: Path) -> None:
    """A run that is stopped after its best epoch, and goes on until patience ends, restores that epoch."""
    x, y = in_library(library, *clouds(30))
    noise = tuple(in_library(library, clouds(30)[0], np.random.default_rng(0).integers(0, 3, 30)))

    def run() -> Trainer:
        return make(library, stopping=EarlyStopping(patience=4))

    straight = run()
    losses = straight.fit(x, y, 200, validation=noise).column("validation_loss")  # type: ignore[arg-type]
    best = int(np.argmin(losses))  # type: ignore[arg-type]
    assert len(losses) == best + 1 + 4 < 200
    stopped, resumed = run(), make(library, seed=9, stopping=EarlyStopping(patience=4))
    stopped.fit(x, y, best + 3, validation=noise)  # type: ignore[arg-type]
    stopped.save(tmp_path / "run.safetensors")
    resumed.load(tmp_path / "run.safetensors")
    resumed.fit(x, y, 200, validation=noise)  # type: ignore[arg-type]
    assert_same(straight, resumed)
    assert resumed.evaluate(*noise).loss == pytest.approx(losses[best], rel=1e-5)  # type: ignore[call-arg]
    over = make(library, seed=8, stopping=EarlyStopping(patience=4))
    straight.save(tmp_path / "over.safetensors")
    over.load(tmp_path / "over.safetensors")
    over.fit(x, y, 200, validation=noise)  # type: ignore[arg-type]
    assert_same(straight, over)


@EACH_LIBRARY
def test_the_accuracy_of_an_epoch_is_a_share_of_its_examples(library: str) -> None:
    """At rate 0 nothing is learned, so that an epoch scores what evaluation does."""
    x, y = in_library(library, *clouds(50))
    model = nn.Sequential(nn.Flatten(), nn.Linear(36, 3)).initialize(0).to(library)
    trainer = Trainer(model, optim.SGD(model.parameters(), lr=0.0), batch_size=16, progress=False)
    epoch = trainer.fit(x, y, 1).epochs[0]
    score = trainer.evaluate(x, y)
    assert epoch.accuracy == score.accuracy
    assert 0 < epoch.accuracy < 1
    assert epoch.loss == pytest.approx(score.loss, rel=1e-6)


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize(
    ("means", "variances", "central"),
    [
        ([4.0, 0.0], [1.0, 0.0], True),
        ([-4.0, 0.0], [1.0, 1.0], True),
        ([4.0 + 1e-9, 0.0], [1.0, 1.0], False),
        ([0.0, -4.0 - 1e-9], [1.0, 1.0], False),
        ([8.0, 1.0], [4.0, 1.0], True),
        ([1.0, 1.0], [1.0, 0.0], False),
    ],
)
def test_zero_is_near_up_to_four_deviations_of_every_channel(
    means: list[float], variances: list[float], central: bool, library: str
) -> None:
    """Beyond that more than the four bits would be lost of which `is_central` speaks."""
    mean, var = convert(np.asarray(means), library), convert(np.asarray(variances), library)
    assert is_central(mean, var) is central
