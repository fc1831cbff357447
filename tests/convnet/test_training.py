"""The training loop: equal to torch's loop and exact by seed, on NumPy and torch arrays."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from convnet import optim
from convnet.models import lenet5, mlp
from convnet.training import EarlyStopping, Epoch, History, Trainer, batches, evaluate, take
from tests.convnet.harness import to_numpy
from tests.convnet.runs import EACH_LIBRARY, assert_same, clouds, in_library, make, network


@EACH_LIBRARY
def test_equals_a_loop_in_torch(library: str) -> None:
    """LeNet-5, Adam, cosine: the losses of each epoch, and the weights in the end."""
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((50, 1, 28, 28)), rng.integers(0, 10, 50)
    model = lenet5().initialize(0).to(dtype="float64")
    network = torch.nn.Sequential(
        *(torch.nn.Conv2d(1, 6, 5, padding=2), torch.nn.Tanh(), torch.nn.AvgPool2d(2)),
        *(torch.nn.Conv2d(6, 16, 5), torch.nn.Tanh(), torch.nn.AvgPool2d(2)),
        *(torch.nn.Conv2d(16, 120, 5), torch.nn.Tanh(), torch.nn.Flatten()),
        *(torch.nn.Linear(120, 84), torch.nn.Tanh(), torch.nn.Linear(84, 10)),
    ).double()
    for tensor, parameter in zip(network.parameters(), model.parameters(), strict=True):
        tensor.data = torch.tensor(parameter.data)
    reference = torch.optim.Adam(network.parameters(), 0.003)
    cosine = torch.optim.lr_scheduler.CosineAnnealingLR(reference, 3)
    wanted = []
    for epoch in range(3):
        total = 0.0
        for indices in batches(50, 16, np.random.default_rng([7, epoch])):
            reference.zero_grad()
            loss = torch.nn.functional.cross_entropy(
                network(torch.tensor(x[indices])), torch.tensor(y[indices])
            )
            loss.backward()
            reference.step()
            total += float(loss.detach()) * len(indices)
        cosine.step()
        wanted.append(total / 50)

    model.to(library)
    optimizer = optim.Adam(model.parameters(), 0.003)
    trainer = Trainer(
        model,
        optimizer,
        schedule=optim.CosineAnnealingLR(optimizer, 3),
        batch_size=16,
        seed=7,
        progress=False,
    )
    history = trainer.fit(*in_library(library, x, y), epochs=3)
    np.testing.assert_allclose(history.column("loss"), wanted, rtol=1e-9)
    for tensor, parameter in zip(network.parameters(), model.parameters(), strict=True):
        np.testing.assert_allclose(to_numpy(parameter.data), tensor.detach().numpy(), rtol=1e-7, atol=1e-9)


def test_learns() -> None:
    x, y = clouds(300)
    trainer = make()
    untrained = trainer.evaluate(*clouds(90, seed=1)).loss
    history = trainer.fit(x, y, 8, validation=clouds(90, seed=1))
    # One epoch brings the loss to a tenth, where rounding decides the rest: Adam steps along biases that
    # batch norm takes away, and so along nothing but rounding errors.
    assert history.column("validation_loss")[-1] < 0.1 * untrained  # type: ignore[operator]
    assert trainer.evaluate(*clouds(90, seed=1)).accuracy > 0.8
    assert history.column("lr")[:2] == [0.02, trainer.schedule.rate(1)]  # type: ignore[union-attr]


def test_one_cycle_fits_a_run() -> None:
    x, y = clouds(60)
    model = network(0)
    optimizer = optim.SGD(model.parameters(), lr=1.0, momentum=0.9)
    schedule = optim.OneCycleLR(optimizer, max_lr=0.1, total_steps=3 * 4)
    trainer = Trainer(
        model, optimizer, schedule=schedule, schedule_every="batch", batch_size=16, progress=False
    )
    rates = trainer.fit(x, y, 3).column("lr")
    assert rates == [schedule.rate(0), schedule.rate(4), schedule.rate(8)]
    assert schedule.count == 12


def test_overfits_a_few_images() -> None:
    rng = np.random.default_rng(0)
    x, y = rng.standard_normal((20, 30)).astype(np.float32), rng.integers(0, 10, 20)
    model = mlp([30, 50, 10]).initialize(0)
    trainer = Trainer(model, optim.Adam(model.parameters(), 0.01), batch_size=20, progress=False)
    history = trainer.fit(x, y, 60)
    assert history.epochs[0].loss == pytest.approx(np.log(10), rel=0.2)
    assert trainer.evaluate(x, y).accuracy == 1.0


@EACH_LIBRARY
def test_one_seed_one_run(library: str) -> None:
    x, y = in_library(library, *clouds())
    runs = [make(library, seed=seed) for seed in (1, 1, 2)]
    for run in runs:
        run.fit(x, y, 3)
    assert_same(runs[0], runs[1])
    assert runs[0].history != runs[2].history


def test_libraries_walk_one_path() -> None:
    x, y = clouds()
    on_numpy, on_torch = make("numpy"), make("torch")
    on_numpy.fit(x, y, 3)
    on_torch.fit(*in_library("torch", x, y), 3)
    np.testing.assert_allclose(on_numpy.history.column("loss"), on_torch.history.column("loss"), rtol=1e-3)


def test_stops_early_and_restores_the_best() -> None:
    x, y = clouds(30)
    rng = np.random.default_rng(0)
    noise = (clouds(30)[0], rng.integers(0, 3, 30))  # nothing to be learned: its loss soon rises
    trainer = make(stopping=EarlyStopping(patience=3))
    history = trainer.fit(x, y, 200, validation=noise)
    losses = history.column("validation_loss")
    best = int(np.argmin(losses))  # type: ignore[arg-type]
    assert len(losses) == best + 1 + 3 < 200
    assert trainer.evaluate(*noise).loss == pytest.approx(losses[best], rel=1e-5)
    assert len(trainer.fit(x, y, 200, validation=noise).epochs) == len(losses), "it is over"


def test_early_stopping_can_leave_the_last_weights() -> None:
    x, y = clouds(30)
    trainer = make(stopping=EarlyStopping(patience=2, min_delta=10.0, restore_best=False))
    history = trainer.fit(x, y, 50)
    assert len(history.epochs) == 3, "the first epoch is a new best, two are not"


def test_every_example_comes_once_an_epoch() -> None:
    order = np.concatenate(list(batches(103, 10, np.random.default_rng(0))))
    assert sorted(order) == list(range(103))
    assert not np.array_equal(order, np.arange(103))
    assert [len(batch) for batch in batches(103, 10)] == [10] * 10 + [3]
    np.testing.assert_array_equal(take(np.arange(5) * 2, np.asarray([3, 1])), [6, 2])


@EACH_LIBRARY
def test_evaluation_is_independent_of_the_batches_and_restores_modes(library: str) -> None:
    x, y = in_library(library, *clouds())
    model = network(0).to(library)
    list(model.children().values())[1].eval()
    one, many = evaluate(model, x, y, batch_size=60), evaluate(model, x, y, batch_size=7)
    assert one.accuracy == many.accuracy
    assert one.loss == pytest.approx(many.loss, rel=1e-5)
    assert [module.training for _, module in model.named_modules()] == [True, True, False, *[True] * 4]


def test_a_loss_that_is_no_number_ends_the_run() -> None:
    x, y = clouds()
    x[0, 0, 0, 0] = np.nan
    with pytest.raises(ValueError, match=r"Trainer: the loss is nan in epoch 1; try a lower learning rate"):
        make().fit(x, y, 2)


def test_looking_back_undoes_looking_ahead() -> None:
    weights: list[Any] = [SimpleNamespace(data=np.ones(1), grad=np.ones(1)) for _ in range(2)]
    optimizer = optim.LookAheadNesterov(weights, lr=0.1, momentum=0.5)
    optimizer.look_back()  # nothing to undo
    optimizer.look_ahead()
    optimizer.step()
    here = [weight.data.copy() for weight in weights]
    optimizer.look_back()  # nor after a step
    optimizer.look_ahead()
    ahead = [weight.data.copy() for weight in weights]
    weights[1].grad = np.ones(3)
    with pytest.raises(ValueError, match=r"the gradient of parameter 1 has shape \(3,\)"):
        optimizer.step()
    np.testing.assert_array_equal([weight.data for weight in weights], ahead, "none is updated")
    optimizer.look_back()
    np.testing.assert_allclose([weight.data for weight in weights], here, rtol=1e-15)
    optimizer.look_ahead()


def test_a_failed_fit_leaves_the_weights_where_they_were() -> None:
    """Looking ahead moves them before the forward pass, which may then fail."""
    trainer, (x, y) = make(kind=optim.LookAheadNesterov), clouds()
    trainer.fit(x, y, 1)
    before = [to_numpy(parameter.data).copy() for parameter in trainer.optimizer.parameters]
    with pytest.raises(ValueError, match=r"Conv2d: "):
        trainer.fit(np.ones((3, 2, 6, 6), dtype=np.float32), y[:3], 2)
    for parameter, wanted in zip(trainer.optimizer.parameters, before, strict=True):
        np.testing.assert_allclose(to_numpy(parameter.data), wanted, rtol=1e-5, atol=1e-7)
    assert len(trainer.fit(x, y, 2).epochs) == 2


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: make(every="step"), r"Trainer: schedule_every must be one of 'epoch', 'batch', got 'step'"),
        (lambda: make().fit(np.ones((3, 1, 6, 6)), np.ones(2), 1), r"Trainer: x and y must hold as many"),
        (lambda: make().fit(np.ones((0, 1, 6, 6)), np.ones(0), 1), r"Trainer: x and y must hold as many"),
        (lambda: EarlyStopping(patience=0), r"EarlyStopping: patience must be an integer of at least 1"),
        (lambda: list(batches(5, 0)), r"batches: batch_size must be an integer of at least 1, got 0"),
        (lambda: History().column("speed"), r"History: column must be one of"),
    ],
)
def test_bad_arguments(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()


def test_a_bar_shows_the_epochs(capsys: pytest.CaptureFixture[str]) -> None:
    trainer = make()
    trainer.progress = True
    trainer.fit(*clouds(), 2)
    assert "epoch 2/2  loss" in capsys.readouterr().err


WITHOUT = """
import sys
sys.modules["tqdm"] = sys.modules["safetensors"] = None
import numpy as np
from convnet import nn, optim
from convnet.training import Trainer
model = nn.Linear(2, 2).initialize()
trainer = Trainer(model, optim.SGD(model.parameters()))
trainer.fit(np.ones((4, 2), dtype=np.float32), np.zeros(4, dtype=int), 2)
try:
    trainer.save("never.safetensors")
except ValueError as error:
    print(error)
print(sorted({"torch", "coursekit"} & set(sys.modules)))
"""


def test_works_without_tqdm_torch_and_safetensors(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True, cwd=tmp_path
    )
    lines = run.stdout.splitlines()
    assert [line[:16] for line in lines[:2]] == ["epoch 1/2  loss ", "epoch 2/2  loss "]
    assert lines[2:] == [
        "checkpoints need the package safetensors, which is not installed: pip install safetensors",
        "[]",
    ]


def test_an_epoch_prints_its_numbers() -> None:
    assert str(Epoch(1.25, 0.5, 0.1)) == "loss 1.2500  accuracy 50.0%"
    assert str(Epoch(1.25, 0.5, 0.1, 2.0, 0.25)).endswith("validation loss 2.0000  accuracy 25.0%")
