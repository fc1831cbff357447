"""What a module holds: names, values to start with, state; moves between libraries; summaries."""

from typing import Any

import numpy as np
import pytest
import torch

from convnet import models, nn
from convnet.functional.adaptive_pooling import adaptive_avg_pool2d_forward
from tests.convnet.harness import convert, to_numpy


def network() -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8), nn.ReLU(), nn.Flatten(), head=nn.Linear(8 * 4 * 4, 5)
    )


def values(model: nn.Module) -> dict[str, Any]:
    return {name: to_numpy(array).copy() for name, array in model.state_dict().items()}


def test_one_seed_one_start() -> None:
    first, again, other = (values(network().initialize(seed)) for seed in (1, 1, 2))
    for name, value in first.items():
        np.testing.assert_array_equal(value, again[name])
    assert not np.array_equal(first["0.weight"], other["0.weight"])
    assert first["0.weight"].dtype == np.float32
    assert first["1.num_batches_tracked"].dtype == np.int64


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (nn.Linear(300, 200), torch.nn.Linear(300, 200)),
        (nn.Conv2d(40, 80, 3, groups=2), torch.nn.Conv2d(40, 80, 3, groups=2)),
    ],
)
def test_layers_start_with_the_spread_of_torch(ours: nn.Module, theirs: torch.nn.Module) -> None:
    torch.manual_seed(0)
    theirs.reset_parameters()  # type: ignore[operator]
    mine = values(ours.initialize(0))
    for name, tensor in theirs.named_parameters():
        wanted = tensor.detach().numpy()
        assert abs(mine[name]).max() == pytest.approx(abs(wanted).max(), rel=0.05)
        assert mine[name].std() == pytest.approx(wanted.std(), rel=0.15)


@pytest.mark.parametrize("name", ["kaiming_uniform", "kaiming_normal", "xavier_uniform", "xavier_normal"])
@pytest.mark.parametrize("shape", [(200, 100), (64, 32, 3, 3)])
def test_initializers_have_the_spread_of_torch(name: str, shape: tuple[int, ...]) -> None:
    tensor = torch.empty(shape)
    getattr(torch.nn.init, f"{name}_")(tensor)
    mine = getattr(nn.init, name)(np.random.default_rng(0), shape)
    assert mine.std() == pytest.approx(float(tensor.std()), rel=0.03)
    assert mine.mean() == pytest.approx(0.0, abs=0.03 * float(mine.std()))
    assert abs(mine).max() == pytest.approx(float(tensor.abs().max()), rel=0.01 if "uniform" in name else 0.3)


def test_initializers_take_their_options() -> None:
    rng = np.random.default_rng(0)
    shape = (400, 100)
    backward = nn.init.kaiming_normal(rng, shape, mode="fan_out")
    assert backward.std() == pytest.approx((2 / 400) ** 0.5, rel=0.02)
    leaky = nn.init.kaiming_uniform(rng, shape, a=5**0.5)
    assert abs(leaky).max() == pytest.approx(0.1, rel=0.01)
    assert nn.init.xavier_normal(rng, shape, gain=3.0).std() == pytest.approx(3 * (2 / 500) ** 0.5, rel=0.02)
    with pytest.raises(ValueError, match=r"fans: a weight has at least 2 dimensions"):
        nn.init.kaiming_normal(rng, (5,))
    with pytest.raises(ValueError, match=r"kaiming: mode must be one of 'fan_in', 'fan_out', got 'fan'"):
        nn.init.kaiming_normal(rng, shape, mode="fan")


def test_another_scheme_draws_weights_and_leaves_the_rest() -> None:
    state = values(network().initialize(0, weight=nn.init.normal(3.0)))
    assert state["0.weight"].std() == pytest.approx(3.0, rel=0.2)
    assert not state["0.bias"].any()
    assert not state["head.bias"].any()
    np.testing.assert_array_equal(state["1.weight"], 1.0)
    np.testing.assert_array_equal(state["1.running_var"], 1.0)


def test_kaiming_keeps_signals_alive_where_small_weights_kill_them() -> None:
    x = np.random.default_rng(0).standard_normal((100, 64)).astype(np.float32)
    deep = models.mlp([64] * 21)
    alive = to_numpy(deep.initialize(0, weight=nn.init.kaiming_normal)(x)).std()
    dead = to_numpy(deep.initialize(0, weight=nn.init.normal(0.01))(x)).std()
    assert 0.1 < alive < 10
    assert dead < 1e-20


def test_state_goes_round() -> None:
    source, target = network().initialize(1), network().initialize(2)
    target.load_state_dict(source.state_dict())
    for name, value in values(source).items():
        np.testing.assert_array_equal(values(target)[name], value)
    before = values(target)["0.weight"]
    source.state_dict()["0.weight"][...] = 7.0
    np.testing.assert_array_equal(values(target)["0.weight"], before, err_msg="values are copied")


def test_state_of_torch_loads_as_it_is() -> None:
    reference = torch.nn.Sequential(torch.nn.Conv2d(3, 8, 3), torch.nn.BatchNorm2d(8))
    fresh = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8)).load_state_dict(reference.state_dict())
    assert isinstance(fresh.state_dict()["0.weight"], torch.Tensor), "no arrays yet: the state's library"
    held = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8)).initialize(0)
    held.load_state_dict(reference.state_dict())
    assert isinstance(held.state_dict()["0.weight"], np.ndarray), "arrays already: its own library"
    x = np.random.default_rng(0).standard_normal((2, 3, 5, 6)).astype(np.float32)
    wanted = reference(torch.tensor(x)).detach().numpy()
    np.testing.assert_allclose(held(x), wanted, rtol=1e-4, atol=1e-5)


def test_state_of_an_old_file_lacks_the_counters() -> None:
    state = torch.nn.BatchNorm2d(3).state_dict()
    del state["num_batches_tracked"]
    fresh = nn.BatchNorm2d(3).load_state_dict(state)
    assert int(to_numpy(fresh.num_batches_tracked.data)) == 0
    fresh(torch.ones(2, 3, 4, 4))
    assert int(to_numpy(fresh.num_batches_tracked.data)) == 1


def test_state_with_names_of_other_heads_loads_when_asked_to() -> None:
    source = network().initialize(1)
    state = source.state_dict() | {"aux.fc.weight": np.ones((2, 2), dtype=np.float32)}
    head = state.pop("head.weight")
    model = network().initialize(2)
    before = values(model)["head.weight"]
    model.load_state_dict(state, strict=False)
    np.testing.assert_array_equal(values(model)["0.weight"], values(source)["0.weight"])
    np.testing.assert_array_equal(values(model)["head.weight"], before)
    assert not np.array_equal(before, head)


class Twins(nn.Module):
    """A module as a reader would write one: attributes, forward, backward."""

    def __init__(self) -> None:
        self.left, self.right = nn.Linear(3, 2), nn.Linear(3, 2)
        self.scale = nn.Parameter((2,), nn.init.constant(2.0))

    def forward(self, x: Any) -> Any:
        self.sum = self.left(x) + self.right(x)
        return self.scale.data * self.sum

    def backward(self, grad_out: Any) -> Any:
        self.scale.accumulate((grad_out * self.sum).sum(0))
        inner = grad_out * self.scale.data
        return self.left.backward(inner) + self.right.backward(inner)


def test_a_module_of_ones_own_is_found_by_its_attributes() -> None:
    model = nn.Sequential(twins=Twins(), tanh=nn.Tanh()).initialize(0).to(dtype="float64")
    names = ["twins.scale", "twins.left.weight", "twins.left.bias", "twins.right.weight", "twins.right.bias"]
    assert [name for name, _ in model.named_parameters()] == names
    x = np.random.default_rng(0).standard_normal((4, 3))
    model(x)
    grad_x = model.backward(np.ones((4, 2)))
    parameters = [convert(to_numpy(p.data), "torch").requires_grad_() for p in model.parameters()]
    scale, w1, b1, w2, b2 = parameters
    leaf = torch.tensor(x, requires_grad=True)
    torch.tanh(scale * (leaf @ w1.T + b1 + leaf @ w2.T + b2)).sum().backward()
    np.testing.assert_allclose(grad_x, leaf.grad.numpy(), rtol=1e-12)  # type: ignore[union-attr]
    for ours, theirs in zip(model.parameters(), parameters, strict=True):
        np.testing.assert_allclose(to_numpy(ours.grad), theirs.grad.numpy(), rtol=1e-12)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda state: state.pop("head.bias"), r"1 names are missing \['head.bias'\], 0 are unknown \[\]"),
        (lambda state: state.update(extra=0), r"0 names are missing \[\], 1 are unknown \['extra'\]"),
        (
            lambda state: state.update({"0.bias": np.ones(3)}),
            r"load_state_dict: 0\.bias must have shape \(8,\), it has \(3,\)",
        ),
    ],
)
def test_state_that_does_not_fit_changes_nothing(change: Any, message: str) -> None:
    model = network().initialize(0)
    before, state = values(model), network().initialize(1).state_dict()
    change(state)
    with pytest.raises(ValueError, match=message):
        model.load_state_dict(state)
    for name, value in values(model).items():
        np.testing.assert_array_equal(value, before[name])


def test_moves_between_libraries_and_dtypes() -> None:
    model = network().initialize(0)
    before = values(model)
    model.to("torch", dtype="float64")
    state = model.state_dict()
    assert all(isinstance(array, torch.Tensor) for array in state.values())
    assert state["0.weight"].dtype == state["1.running_mean"].dtype == torch.float64
    assert state["1.num_batches_tracked"].dtype == torch.int64
    out = model(torch.zeros((2, 3, 6, 6), dtype=torch.float64))
    model.backward(torch.ones_like(out))
    assert isinstance(next(iter(model.parameters())).grad, torch.Tensor)
    model.to("numpy", dtype="float32")
    assert next(iter(model.parameters())).grad is None
    for name, value in values(model).items():
        if not name.startswith("1."):
            np.testing.assert_array_equal(value, before[name])
            assert value.dtype == before[name].dtype
    with pytest.raises(ValueError, match=r"to: library must be one of 'numpy', 'torch', got 'jax'"):
        model.to("jax")
    with pytest.raises(ValueError, match=r"Parameter: the array of shape \(8, 3, 3, 3\) has no values yet"):
        network().to("torch")


def test_moving_copies() -> None:
    model = nn.Linear(2, 2).initialize(0)
    before = model.weight.data
    model.to("torch")
    model.weight.data[...] = 5.0
    assert not np.any(to_numpy(before) == 5.0)


def test_arrays_keep_their_shape() -> None:
    parameter = nn.Linear(2, 3).weight
    with pytest.raises(ValueError, match=r"Parameter: data must have shape \(3, 2\), it has \(2, 3\)"):
        parameter.data = np.ones((2, 3))
    with pytest.raises(ValueError, match=r"Parameter: data must be an array, got list"):
        parameter.data = [[1.0]]  # type: ignore[assignment]


def test_receptive_field_is_what_gradients_reach() -> None:
    model = nn.Sequential(nn.Conv2d(1, 1, 3, 2, 1), nn.AvgPool2d(2, 1), nn.Conv2d(1, 1, (1, 3), dilation=2))
    model.initialize(0, weight=lambda generator, shape: np.ones(shape, dtype=np.float32)).to(dtype="float64")
    out = model(np.zeros((1, 1, 31, 31)))
    upstream = np.zeros(out.shape)
    upstream[0, 0, out.shape[2] // 2, out.shape[3] // 2] = 1.0
    reached = np.asarray(model.backward(upstream))[0, 0] != 0
    height, width = nn.summary(model, (1, 31, 31)).layers[-1].field  # type: ignore[misc]
    rows, columns = np.flatnonzero(reached.any(axis=1)), np.flatnonzero(reached.any(axis=0))
    assert (rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1) == (height, width) == (5, 13)


def test_summary_of_branches_takes_the_widest() -> None:
    model = nn.Sequential(
        nn.Branches(nn.Conv2d(2, 3, (1, 5), padding=(0, 2)), nn.Conv2d(2, 4, (3, 1), padding=(1, 0))),
        nn.Conv2d(7, 1, 3),
    )
    table = nn.summary(model, (2, 9, 9))
    assert [layer.shape for layer in table.layers] == [(3, 9, 9), (4, 9, 9), (1, 7, 7)]
    assert table.layers[-1].field == (5, 7)
    assert str(table).splitlines()[-1].split() == ["total", "125", "7,461"]


@pytest.mark.parametrize(
    ("size", "outputs", "window"), [(7, 7, 1), (13, 6, 3), (8, 3, 4), (5, 8, 2), (9, 1, 9)]
)
def test_field_of_adaptive_pooling_is_its_largest_window(size: int, outputs: int, window: int) -> None:
    table = nn.summary(nn.AdaptiveAvgPool2d(outputs), (1, size, size))
    assert table.layers[0].field == (window, window)


def test_adaptive_average_pooling_refuses_empty_maps() -> None:
    with pytest.raises(ValueError, match=r"adaptive_avg_pool2d: the maps of x must not be empty"):
        adaptive_avg_pool2d_forward(np.ones((1, 2, 0, 3)), 2)
    with pytest.raises(ValueError, match=r"adaptive_avg_pool2d: output_size must be an integer of at least"):
        adaptive_avg_pool2d_forward(np.ones((1, 2, 3, 3)), 0)
