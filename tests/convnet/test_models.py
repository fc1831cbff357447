"""Models: published parameter counts and multiply-adds, torchvision's names, the same network in torch."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from convnet import models, nn
from tests.convnet import torch_inception
from tests.convnet import torch_models as reference
from tests.convnet.harness import to_numpy

BUILDERS: dict[str, tuple[Callable[[], nn.Sequential], Callable[[], torch.nn.Module], tuple[int, ...]]] = {
    "lenet5": (models.lenet5, reference.Lenet, (3, 1, 28, 28)),
    "alexnet": (models.alexnet, reference.alexnet, (1, 3, 70, 97)),
    "vgg11": (models.vgg11, lambda: reference.vgg(1, 1, 2, 2, 2), (1, 3, 33, 48)),
    "vgg16": (models.vgg16, lambda: reference.vgg(2, 2, 3, 3, 3), (1, 3, 32, 49)),
    "network_in_network": (models.network_in_network, reference.NetworkInNetwork, (2, 3, 13, 18)),
    "googlenet": (models.googlenet, torch_inception.Googlenet, (2, 3, 41, 50)),
    "inception_v3": (models.inception_v3, torch_inception.InceptionV3, (2, 3, 76, 83)),
    "resnet18": (models.resnet18, lambda: reference.Resnet((2, 2, 2, 2), False), (2, 3, 33, 40)),
    "resnet34": (models.resnet34, lambda: reference.Resnet((3, 4, 6, 3), False), (2, 3, 33, 40)),
    "resnet50": (models.resnet50, lambda: reference.Resnet((3, 4, 6, 3), True), (2, 3, 33, 40)),
    "resnet20": (models.resnet20, reference.Resnet20, (2, 3, 15, 18)),
}
LARGE = ("alexnet", "vgg11", "vgg16", "googlenet", "inception_v3", "resnet34", "resnet50")
EACH = pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.slow) if name in LARGE else name for name in BUILDERS]
)


def filled(model: nn.Module) -> nn.Module:
    """Draw weights that keep signals alive, and normalizations that do something."""
    model.initialize(seed=1, weight=nn.init.kaiming_normal)
    rng = np.random.default_rng(2)
    for name, array in model.named_arrays():
        last = name.rpartition(".")[2]
        if last == "running_var" or (last == "weight" and len(array.shape) == 1):
            array.data = rng.uniform(0.5, 1.5, array.shape).astype(np.float32)
        elif last in ("running_mean", "bias"):
            array.data = (0.1 * rng.standard_normal(array.shape)).astype(np.float32)
    return model


def in_torch(name: str, model: nn.Module) -> torch.nn.Module:
    """Build the torch network around the arrays of ours; names and shapes must be the same."""
    with torch.device("meta"):
        network = BUILDERS[name][1]()
    state = {key: torch.tensor(value) for key, value in model.state_dict().items()}
    network.load_state_dict(state, strict=True, assign=True)
    return network


def assert_near(found: Any, wanted: torch.Tensor, label: str, tolerance: float = 2e-4) -> None:
    values = wanted.detach().numpy()
    scale = float(np.abs(values).max())
    np.testing.assert_allclose(to_numpy(found), values, rtol=0, atol=tolerance * scale, err_msg=label)


@EACH
def test_forward_equals_the_network_built_in_torch(name: str) -> None:
    build, _, shape = BUILDERS[name]
    model = filled(build()).eval()
    network = in_torch(name, model).eval()
    x = np.random.default_rng(3).standard_normal(shape).astype(np.float32)
    with torch.no_grad():
        wanted = network(torch.tensor(x))
    assert float(wanted.std()) > 1e-6, "the signal has died: nothing would be compared"
    assert_near(model(x), wanted, name)


@pytest.mark.parametrize("library", ["numpy", "torch"])
@pytest.mark.parametrize(
    "name",
    [
        "lenet5",
        "network_in_network",
        "resnet20",
        pytest.param("resnet18", marks=pytest.mark.slow),
        pytest.param("resnet50", marks=pytest.mark.slow),
        pytest.param("googlenet", marks=pytest.mark.slow),
        pytest.param("inception_v3", marks=pytest.mark.slow),
    ],
)
def test_training_step_equals_the_network_built_in_torch(name: str, library: str) -> None:
    """In 64-bit floats: every gradient, and the running statistics, after one batch of training."""
    build, _, shape = BUILDERS[name]
    options = {} if name in ("lenet5", "resnet18", "resnet20", "resnet50") else {"dropout": 0.0}
    model = filled(build(**options)).to(dtype="float64")
    network = in_torch(name, model).train()
    model.to(library)
    rng = np.random.default_rng(4)
    images = rng.standard_normal((max(2, shape[0]), *shape[1:]))
    x = torch.tensor(images, requires_grad=True)
    out = network(x)
    upstream = rng.standard_normal(tuple(out.shape))
    out.backward(torch.tensor(upstream))

    if library == "torch":
        images, upstream = torch.tensor(images), torch.tensor(upstream)  # type: ignore[assignment]
    found = model(images)
    grad_x = model.backward(upstream)
    assert_near(found, out, name, 1e-9)
    assert x.grad is not None
    assert_near(grad_x, x.grad, f"{name}: input", 1e-7)
    parameters = dict(model.named_parameters())
    for key, parameter in network.named_parameters():
        assert parameter.grad is not None
        assert_near(parameters[key].grad, parameter.grad, f"{name}: {key}", 1e-7)
    state = model.state_dict()
    for key, buffer in network.named_buffers():
        np.testing.assert_allclose(to_numpy(state[key]), buffer.numpy(), rtol=1e-9, atol=1e-9, err_msg=key)


@pytest.mark.parametrize(
    ("model", "shape", "parameters", "giga_multiply_adds"),
    [
        (models.lenet5(), (1, 28, 28), 61_706, 0.00),
        (models.alexnet(), (3, 224, 224), 61_100_840, 0.71),
        (models.vgg11(), (3, 224, 224), 132_863_336, 7.61),
        (models.vgg16(), (3, 224, 224), 138_357_544, 15.47),
        (models.network_in_network(), (3, 32, 32), 966_986, 0.22),
        (models.googlenet(), (3, 224, 224), 6_624_904, 1.50),
        (models.inception_v3(), (3, 299, 299), 23_834_568, 5.71),
        (models.resnet18(), (3, 224, 224), 11_689_512, 1.81),
        (models.resnet34(), (3, 224, 224), 21_797_672, 3.66),
        (models.resnet50(), (3, 224, 224), 25_557_032, 4.09),
        (models.resnet20(), (3, 32, 32), 269_722, 0.04),
        (models.mlp([784, 300, 10]), (1, 28, 28), 784 * 300 + 300 + 300 * 10 + 10, 0.00),
    ],
)
def test_published_counts(
    model: nn.Module, shape: tuple[int, ...], parameters: int, giga_multiply_adds: float
) -> None:
    table = nn.summary(model, shape)
    assert table.parameters == parameters
    assert round(table.multiply_adds / 1e9, 2) == giga_multiply_adds
    assert not any(array.is_initialized for _, array in model.named_arrays()), "counting makes no arrays"


@pytest.mark.parametrize(
    ("build", "names"),
    [
        (
            models.alexnet,
            ["features.0.weight", "features.10.bias", "classifier.1.weight", "classifier.6.bias"],
        ),
        (
            models.vgg16,
            ["features.0.weight", "features.28.weight", "classifier.0.weight", "classifier.6.bias"],
        ),
        (
            models.resnet18,
            [
                "layer1.0.conv1.weight",
                "layer2.0.downsample.1.running_var",
                "layer4.1.bn2.num_batches_tracked",
            ],
        ),
        (models.resnet50, ["layer1.0.conv3.weight", "layer1.0.downsample.0.weight", "fc.weight"]),
        (
            models.googlenet,
            ["conv1.conv.weight", "inception3a.branch1.conv.weight", "inception5b.branch4.1.bn.bias"],
        ),
        (
            models.inception_v3,
            [
                "Conv2d_1a_3x3.conv.weight",
                "Mixed_5b.branch1x1.conv.weight",
                "Mixed_6b.branch7x7dbl_5.bn.bias",
                "Mixed_7c.branch3x3dbl_3b.conv.weight",
                "Mixed_7c.branch_pool.bn.running_mean",
            ],
        ),
    ],
)
def test_names_are_those_of_torchvision(build: Callable[[], nn.Module], names: list[str]) -> None:
    own = dict(build().named_arrays())
    assert all(name in own for name in names)


def test_perceptron_is_what_its_formula_says() -> None:
    model = models.mlp([12, 7, 5, 3], nn.Tanh).initialize(0)
    state = model.state_dict()
    x = np.random.default_rng(0).standard_normal((4, 3, 2, 2)).astype(np.float32)
    z = x.reshape(4, 12)
    for place in (1, 3):
        z = np.tanh(z @ state[f"{place}.weight"].T + state[f"{place}.bias"])  # type: ignore[attr-defined]
    wanted = z @ state["5.weight"].T + state["5.bias"]  # type: ignore[attr-defined]
    np.testing.assert_allclose(model(x), wanted, rtol=1e-5, atol=1e-6)
    with pytest.raises(ValueError, match=r"mlp: sizes must hold at least"):
        models.mlp([3])


def test_receptive_fields_known_from_the_literature() -> None:
    vgg = {layer.name: layer.field for layer in nn.summary(models.vgg16(), (3, 224, 224)).layers}
    assert vgg["features.30"] == (212, 212)
    alexnet = {layer.name: layer.field for layer in nn.summary(models.alexnet(), (3, 224, 224)).layers}
    assert alexnet["features.12"] == (195, 195)
    resnet = {layer.name: layer.field for layer in nn.summary(models.resnet18(), (3, 224, 224)).layers}
    assert resnet["layer4.1.relu"] == (435, 435)


@pytest.mark.parametrize("name", ["lenet5", "network_in_network", "resnet20", "resnet18", "googlenet"])
def test_shapes_of_the_summary_are_those_of_the_arrays(name: str) -> None:
    build, _, shape = BUILDERS[name]
    model = build().initialize(0).eval()
    seen: list[tuple[int, ...]] = []
    leaves = [module for _, module in model.named_modules() if not module.children()]
    for leaf in leaves:
        original = leaf.forward

        def spy(x: Any, original: Callable[[Any], Any] = original) -> Any:
            out = original(x)
            seen.append(tuple(out.shape[1:]))
            return out

        leaf.forward = spy  # type: ignore[method-assign]
    model(np.zeros(shape, dtype=np.float32))
    assert seen == [layer.shape for layer in nn.summary(model, shape[1:]).layers]
