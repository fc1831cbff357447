"""Checkpoints: a run goes on as if it had never stopped, and other files are refused."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy

from convnet import optim
from convnet.models import mlp
from convnet.training import EarlyStopping, Trainer
from tests.convnet.runs import EACH_LIBRARY, assert_same, clouds, in_library, make

KINDS = {
    "Adam": optim.Adam,
    "SGD": lambda parameters, lr: optim.SGD(parameters, lr, momentum=0.9),
    "LookAheadNesterov": optim.LookAheadNesterov,
    "RMSprop": lambda parameters, lr: optim.RMSprop(parameters, lr, momentum=0.5, centered=True),
}


@EACH_LIBRARY
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("every", ["epoch", "batch"])
def test_resumes_exactly(library: str, kind: str, every: str, tmp_path: Path) -> None:
    x, y = in_library(library, *clouds())
    validation = tuple(in_library(library, *clouds(30, seed=1)))

    def jitter(images: Any, generator: np.random.Generator) -> Any:
        return images + generator.normal(0, 0.1)

    def run(seed: int) -> Trainer:
        stopping = EarlyStopping(patience=30)
        return make(library, seed=seed, stopping=stopping, kind=KINDS[kind], every=every, augment=jitter)

    straight, stopped, resumed = run(3), run(3), run(99)
    straight.fit(x, y, 5, validation)  # type: ignore[arg-type]
    stopped.fit(x, y, 2, validation)  # type: ignore[arg-type]
    stopped.save(tmp_path / "run.safetensors")
    resumed.load(tmp_path / "run.safetensors")
    assert_same(stopped, resumed)
    resumed.fit(x, y, 5, validation)  # type: ignore[arg-type]
    assert_same(straight, resumed)
    assert straight.early_stopping.state_dict() == resumed.early_stopping.state_dict()  # type: ignore[union-attr]
    assert len(resumed.history.epochs) == 5


def test_a_run_saved_on_one_library_goes_on_on_the_other(tmp_path: Path) -> None:
    path = tmp_path / "run.safetensors"
    first, second = make("numpy"), make("torch", seed=5)
    first.fit(*clouds(), 2)
    first.save(path)
    second.load(path)
    assert_same(first, second)
    second.fit(*in_library("torch", *clouds()), 4)
    first.fit(*clouds(), 4)
    np.testing.assert_allclose(first.history.column("loss"), second.history.column("loss"), rtol=1e-3)


def test_saves_after_each_epoch_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "run.safetensors"
    trainer = make(checkpoint=path)
    trainer.fit(*clouds(), 2)
    assert [entry.name for entry in tmp_path.iterdir()] == ["run.safetensors"]
    fresh = make(seed=9)
    fresh.load(path)
    assert_same(trainer, fresh)


def test_a_checkpoint_is_plain_safetensors(tmp_path: Path) -> None:
    path = tmp_path / "run.safetensors"
    trainer = make()
    trainer.fit(*clouds(), 1)
    trainer.save(path)
    arrays = safetensors.numpy.load_file(path)
    np.testing.assert_array_equal(arrays["model.0.weight"], trainer.model.state_dict()["0.weight"])
    assert "optimizer.0.mean" in arrays
    with safetensors.safe_open(path, framework="np") as file:
        assert json.loads(file.metadata()["convnet"])["optimizer"]["steps"] == [4] * 6


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (lambda: make(kind=optim.Adagrad), r"load: the file's optimizer is Adam, here it is Adagrad"),
        (
            lambda: make(stopping=EarlyStopping()),
            r"load: either the file or the trainer has no early_stopping",
        ),
        (
            lambda: Trainer(m := mlp([2, 2]).initialize(), optim.Adam(m.parameters())),
            r"load: either the file or the trainer has no schedule",
        ),
    ],
)
def test_a_file_of_another_run_is_refused(other: Callable[[], Trainer], message: str, tmp_path: Path) -> None:
    path = tmp_path / "run.safetensors"
    make().save(path)
    with pytest.raises(ValueError, match=message):
        other().load(path)


def test_what_is_no_checkpoint_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights.safetensors"
    with pytest.raises(FileNotFoundError, match=r"load: there is no file .*weights\.safetensors"):
        make().load(path)
    for content in (b"", b"pickle", b"\xff" * 100):
        path.write_bytes(content)
        with pytest.raises(ValueError, match=r"load: .*weights\.safetensors is not a checkpoint"):
            make().load(path)
    safetensors.numpy.save_file({"weight": np.ones(3)}, path)
    with pytest.raises(ValueError, match=r"is not a checkpoint of convnet\.training"):
        make().load(path)
