"""Every public layer and model is compared with torch; what all layers promise alike is tested here."""

import re
from collections.abc import Iterable

import numpy as np
import pytest

from convnet import models, nn
from tests.convnet.harness import LIBRARIES, convert, to_numpy
from tests.convnet.layer_pairs import NAMES, PAIRS, Pair, filled
from tests.convnet.test_models import BUILDERS
from tests.convnet.test_nn import LAYERS
from tests.convnet.test_nn_variants import VARIANTS
from tests.support import ROOT

ELSEWHERE = {
    "Branches": "branches side by side: test_nn.py",
    "BCEWithLogitsLoss": "a loss has two inputs: test_fixed_losses.py",
    "Buffer": "an array without a gradient: test_nn.py",
    "Component": "what layers of several inputs share: test_nn_variants.py",
    "MSELoss": "a loss has two inputs: test_fixed_losses.py",
    "MaxUnpool2d": "maps and places: test_fixed_pooling.py",
    "Module": "what layers share: test_nn_state.py",
    "ModuleList": "computes nothing: test_fixed_networks.py",
    "NLLLoss": "a loss has two inputs: test_fixed_losses.py",
    "Parameter": "an array with a gradient: test_nn_state.py",
    "Residual": "a shortcut: test_nn.py",
    "Summary": "a table, made by nn.summary: test_nn_state.py",
    "CrossEntropyLoss": "a loss has two inputs: test_nn_behaviour.py",
}


def compared() -> set[str]:
    """Return the names of the layers that are compared with torch."""
    built = [layer() for layer, *_ in LAYERS.values()] + [variant.build() for variant in VARIANTS.values()]
    return {type(layer).__name__ for layer in built} | {pair.kind for pair in PAIRS}


def left_out(names: Iterable[str]) -> set[str]:
    """Return the classes that no list names."""
    return {name for name in names if isinstance(getattr(nn, name, type), type)} - compared() - set(ELSEWHERE)


def test_every_layer_is_compared_with_torch() -> None:
    assert not left_out(nn.__all__), "add a pair to tests/convnet/layer_pairs.py"
    assert left_out([*nn.__all__, "Swish"]) == {"Swish"}


def test_reasons_name_a_test_that_knows_the_layer() -> None:
    assert set(ELSEWHERE) <= set(nn.__all__)
    for name, reason in ELSEWHERE.items():
        found = re.search(r"test_\w+\.py$", reason)
        assert found, f"{name}: the reason names no test"
        text = (ROOT / "tests" / "convnet" / found[0]).read_text(encoding="utf-8")
        assert name.lower() in text.lower(), f"{found[0]} does not test {name}"


def test_every_model_is_compared_with_torch() -> None:
    assert set(models.__all__) - set(BUILDERS) == {"mlp"}, "mlp has its formula in test_models.py"


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("pair", PAIRS, ids=NAMES)
def test_leaves_its_arguments_alone(pair: Pair, library: str) -> None:
    """Input, upstream gradient and output stay as they are, to the last bit."""
    model = filled(pair.ours(), library)
    rng = np.random.default_rng(3)
    values = rng.standard_normal(pair.shape)
    x = convert(values, library)
    out = model(x)
    before, upstream = to_numpy(out).copy(), rng.standard_normal(tuple(out.shape))
    grad_out = convert(upstream, library)
    model.backward(grad_out)
    np.testing.assert_array_equal(to_numpy(x), values)
    np.testing.assert_array_equal(to_numpy(grad_out), upstream)
    np.testing.assert_array_equal(to_numpy(out), before)


@pytest.mark.parametrize("pair", PAIRS, ids=NAMES)
def test_parameters_alone_get_the_same_gradients(pair: Pair) -> None:
    model = filled(pair.ours())
    x = np.random.default_rng(0).standard_normal(pair.shape)
    grad_out = np.random.default_rng(1).standard_normal(tuple(model(x).shape))
    model.backward(grad_out)
    wanted = [to_numpy(parameter.grad).copy() for parameter in model.parameters()]
    model.zero_grad()
    model(x)
    model.backward_parameters(grad_out)
    for parameter, gradient in zip(model.parameters(), wanted, strict=True):
        np.testing.assert_allclose(to_numpy(parameter.grad), gradient, rtol=1e-12, atol=1e-12)


def residual() -> nn.Module:
    """Return a block whose shortcut has weights."""
    return nn.Residual(nn.Conv2d(2, 3, 3, padding=1), downsample=nn.Conv2d(2, 3, 1))


def test_a_shortcut_learns_where_parameters_alone_do() -> None:
    model, x = filled(residual()), np.random.default_rng(0).standard_normal((2, 2, 5, 4))
    grad_out = np.random.default_rng(1).standard_normal((2, 3, 5, 4))
    model(x)
    model.backward(grad_out)
    wanted = {name: to_numpy(parameter.grad).copy() for name, parameter in model.named_parameters()}
    assert len(wanted) == 4
    model.zero_grad()
    model(x)
    model.backward_parameters(grad_out)
    for name, parameter in model.named_parameters():
        np.testing.assert_allclose(to_numpy(parameter.grad), wanted[name], rtol=1e-12, err_msg=name)


def test_a_summary_follows_the_shortcut() -> None:
    table = nn.summary(residual(), (2, 5, 4))
    assert [layer.name for layer in table.layers] == ["0", "downsample"]
    assert table.parameters == 3 * (2 * 9 + 1) + 3 * (2 + 1)
    with pytest.raises(
        ValueError, match=r"Residual: the layers give the shape \(3, 5, 4\), the shortcut \(2, 5"
    ):
        nn.summary(nn.Residual(nn.Conv2d(2, 3, 3, padding=1)), (2, 5, 4))
