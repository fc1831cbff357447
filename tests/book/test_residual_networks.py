"""Residual networks: the block against torch, the counts, and what the experiment measured."""

from math import comb

import numpy as np
import pytest
import torch
from torch.nn import functional as TF

from convnet import models, nn, plain
from coursekit.experiments import experiment
from tests.book.sentences import unsaid
from tests.coursekit.test_experiments import script

PAGE = "architectures/residual-networks"
DEEP, SHALLOW = "16", "2"
NORM, RESNET, AFTER = "plain, batch norm", "skip, batch norm", "skip after ReLU, batch norm"
EQUAL = "plain, batch norm, equal lengths"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


@pytest.fixture(scope="module")
def kept():
    return experiment("gradients_by_depth")


@pytest.fixture(scope="module")
def made():
    return script("gradients_by_depth")


def ratio(kept, name: str, blocks: str = DEEP) -> float:
    """Geometric mean of the length in front of the first block over that behind the last."""
    lengths = np.array(kept["measured"][name]["lengths"][blocks])
    return float(10 ** (lengths[:, 0] - lengths[:, -1]).mean())


def accuracy(kept, name: str, blocks: str = DEEP) -> np.ndarray:
    return 100 * np.array(kept["trained"][name][blocks]["tested"])


def steady(kept, name: str, blocks: str = DEEP) -> float:
    return float(np.mean(kept["measured"][name]["steady"][blocks]))


@pytest.mark.parametrize("seed", range(4))
def test_a_block_is_torchs_forward_and_backward(page, seed: int) -> None:
    """The shown functions are compared with finite differences on the page; here their formula with torch."""
    rng = np.random.default_rng(seed)
    x, g = rng.normal(size=(2, 2, 3, 4, 5))
    first, second = rng.normal(size=(2, 3, 3, 3, 3)) / 3
    tensor = torch.tensor(x, requires_grad=True)
    inside = TF.conv2d(
        TF.relu(TF.conv2d(tensor, torch.tensor(first), padding=1)), torch.tensor(second), padding=1
    )
    y = TF.relu(tensor + inside)
    y.backward(torch.tensor(g))
    names = {"plain": plain}
    shown = next(cell for cell in page.cells if "def block_backward" in cell.source)
    exec(shown.source, names)
    np.testing.assert_allclose(names["block"](x, first, second), y.detach(), atol=1e-12)
    np.testing.assert_allclose(names["block_backward"](g, x, first, second), tensor.grad, atol=1e-12)
    assert page["block_error"] < 1e-6
    assert page["nothing"] == 0, "with weights of 0, what is not negative is handed on"


def test_ways(page) -> None:
    assert page["through"] == pytest.approx(1e-16)
    assert page["around"] == pytest.approx(4.6, abs=0.05)
    assert page["ways"] == comb(16, 8)
    assert page["share"] == pytest.approx(comb(16, 8) / 2**16)
    assert page["root"] == pytest.approx((17 / 16) ** 16)
    rng = np.random.default_rng(0)
    jacobians = rng.normal(size=(3, 4, 4)) / 4
    whole = np.linalg.multi_dot([np.eye(4) + each for each in jacobians])
    terms = [np.eye(4)]
    for each in jacobians:
        terms += [term @ each for term in terms]
    assert len(terms) == 2**3
    np.testing.assert_allclose(sum(terms), whole, atol=1e-12)


def test_the_product_is_the_gradient_of_blocks_without_a_last_relu() -> None:
    """The gradient at the input is that at the output times (1 + D) of each block, in turn."""
    rng = np.random.default_rng(1)
    net = nn.Sequential(*(nn.Residual(nn.Linear(4, 4), nn.Tanh()) for _ in range(3))).initialize(seed=1)
    start = rng.normal(size=(1, 4)).astype(np.float32)
    g = rng.normal(size=(1, 4)).astype(np.float32)
    x, whole = start, np.eye(4)
    for block in net.layers.values():
        (linear,) = [part for part in block.layers.values() if isinstance(part, nn.Linear)]
        assert linear.bias is not None
        slope = 1 - np.tanh(x @ linear.weight.data.T + linear.bias.data) ** 2
        whole = (np.eye(4) + slope.T * linear.weight.data) @ whole
        x = block(x)
    net(start)
    np.testing.assert_allclose(net.backward(g), g @ whole, atol=1e-5)


def test_a_skip_without_weights_is_the_librarys(page) -> None:
    assert page["solved"] == "right"


def test_counts_are_the_published_ones(page) -> None:
    assert page["parameters"] == {"ResNet-18": 11_689_512, "ResNet-34": 21_797_672, "ResNet-50": 25_557_032}
    assert page["counted_layers"] == {"ResNet-18": 18, "ResNet-34": 34, "ResNet-50": 50}
    assert page["projections"]["ResNet-34"][0] == 3
    assert page["projections"]["ResNet-50"][0] == 4
    shapes = [tuple(p.shape) for key, p in models.resnet18().named_parameters() if key.startswith("layer2.0")]
    kernels = [shape for shape in shapes if len(shape) == 4]
    assert kernels == [(128, 64, 3, 3), (128, 128, 3, 3), (128, 64, 1, 1)]
    assert page["stage"] == [int(np.prod(shape)) for shape in kernels] == [73_728, 147_456, 8_192]


def test_no_number_gets_smaller_where_the_addition_comes_last(page) -> None:
    assert page["smaller"]["after"] == 0
    assert page["smaller"]["before"] > 0.1
    assert page["means"]["after"][1] > 2 * page["means"]["before"][1]


def test_the_experiments_kinds_are_what_they_are_called(made) -> None:
    """Blocks rebuilt with torch's functions, from the kernels of the experiment's networks."""
    x = made.digits()[0][:20]
    for name, kind in made.KINDS.items():
        net, _ = made.network(kind, 2, 0)
        kernels = [torch.tensor(kernel.data) for kernel in made.kernels(net)]

        def norm(z: torch.Tensor, on: bool = kind.norm) -> torch.Tensor:
            return TF.batch_norm(z, None, None, training=True) if on else z

        z = TF.relu(norm(TF.conv2d(torch.tensor(x), kernels[0], stride=2, padding=1)))
        for one, two in (kernels[1:3], kernels[3:5]):
            if kind.skip == "pre":
                inside = TF.conv2d(TF.relu(norm(z)), one, padding=1)
                z = z + TF.conv2d(TF.relu(norm(inside)), two, padding=1)
                continue
            inside = norm(TF.conv2d(TF.relu(norm(TF.conv2d(z, one, padding=1))), two, padding=1))
            inside = inside / 2**0.5 if kind.scaled else inside
            z = {"": TF.relu(inside), "before": TF.relu(z + inside), "after": z + TF.relu(inside)}[kind.skip]
        z = TF.relu(norm(z)) if kind.skip == "pre" else z
        linear = [torch.tensor(p.data) for p in net.parameters()][-2:]
        scores = z.mean(dim=(2, 3)) @ linear[0].T + linear[1]
        np.testing.assert_allclose(net(x), scores, atol=1e-3, err_msg=name)


def test_the_taps_measure_gradients(made) -> None:
    """A tap's length is that of torch's gradient by the same maps."""
    x, labels = (part[:20] for part in made.digits()[:2])
    net, taps = made.network(made.KINDS["skip"], 1, 3)
    made.look(net, x, labels)
    kernels = [torch.tensor(kernel.data) for kernel in made.kernels(net)]
    linear = [torch.tensor(p.data) for p in net.parameters()][-2:]
    maps = TF.relu(TF.conv2d(torch.tensor(x), kernels[0], stride=2, padding=1)).requires_grad_()
    inside = TF.conv2d(TF.relu(TF.conv2d(maps, kernels[1], padding=1)), kernels[2], padding=1)
    last = TF.relu(maps + inside)
    last.retain_grad()
    TF.cross_entropy(last.mean(dim=(2, 3)) @ linear[0].T + linear[1], torch.tensor(labels)).backward()
    assert last.grad is not None
    assert maps.grad is not None
    assert taps[0].length == pytest.approx(float(maps.grad.norm()), rel=1e-4)
    assert taps[1].length == pytest.approx(float(last.grad.norm()), rel=1e-4)


def test_no_digit_is_trained_with_and_tested_on(made) -> None:
    x, _, test, _ = made.digits()
    assert (len(x), len(test)) == (1000, 797)
    order = np.random.default_rng([100, 3]).permutation(made.LEARNED)
    assert not set(order[: made.HELD]) & set(order[made.HELD :])


def test_what_was_measured_before_training(page, kept) -> None:
    """What the page concludes from lengths: which vanish, which grow, and that controls do not vanish."""
    assert ratio(kept, "plain, small start") < 1e-12
    assert 0.01 < ratio(kept, "plain") < 1
    for name in (NORM, "skip", RESNET):
        assert ratio(kept, name) > 10
    assert 0.9 < ratio(kept, "skip, scaled") < 1.2
    for name, each in page["ratios"].items():
        assert each[DEEP][0] == pytest.approx(ratio(kept, name))
    names = ("plain", NORM, "skip", "skip, scaled", RESNET, AFTER)
    assert set(page["steady"]) == set(names)
    assert min(steady(kept, name, SHALLOW) for name in names) > 0.9
    assert max(steady(kept, name) for name in ("plain", NORM)) < 0.2
    assert steady(kept, RESNET) < min(steady(kept, name) for name in ("skip, scaled", AFTER))
    ahead = np.subtract(*(kept["measured"][name]["steady"][DEEP] for name in ("skip", "plain")))
    assert abs(ahead.mean()) < 2 * ahead.std(ddof=1) / 5**0.5, "skips alone cannot be told from plain"


def test_what_was_trained(kept) -> None:
    """ResNet is ahead of each control in each seed at 16 blocks, and of none of four by much at 2."""
    for name in kept["trained"]:
        if name != RESNET:
            assert (accuracy(kept, RESNET) > accuracy(kept, name)).all()
    for name in (NORM, EQUAL, AFTER):
        assert abs(accuracy(kept, RESNET, SHALLOW).mean() - accuracy(kept, name, SHALLOW).mean()) < 2
    assert abs(accuracy(kept, "plain").mean() - 10) < 3, "guessing"
    for name, by_depth in kept["trained"].items():
        for blocks, each in by_depth.items():
            rates = kept["equal_rates"] if name == EQUAL else kept["rates"]
            best = int(np.mean(each["tried"], axis=1).argmax())
            assert each["rate"] == rates[best]
            assert name == "plain" or 0 < best < len(rates) - 1, (name, blocks, "at the end of the rates")
    losses = [np.mean(kept["trained"][NORM][blocks]["loss"]) for blocks in (SHALLOW, "6", DEEP)]
    assert losses == sorted(losses), "it is no overfitting"


def test_sentences_say_what_was_found(page, kept) -> None:
    """Each number that the page draws a conclusion from, computed from the kept runs."""

    def mean(name: str, blocks: str = DEEP) -> str:
        return f"{accuracy(kept, name, blocks).mean():.1f} %"

    power = np.log10(ratio(kept, "plain, small start"))
    gain = accuracy(kept, EQUAL) - accuracy(kept, NORM)
    after = accuracy(kept, AFTER)
    assert (accuracy(kept, RESNET) > after).sum() == 5
    near = [accuracy(kept, RESNET, b).mean() - accuracy(kept, AFTER, b).mean() for b in (SHALLOW, "6")]
    assert max(near) < 3
    assert not unsaid(
        PAGE,
        f"through 16 such blocks, gradients grow {ratio(kept, 'skip, ReLU first, batch norm'):.0f} times",
        f"what arrives is $10^{{{power:.1f}}}$ of the gradient",
        f"and 1/{1 / ratio(kept, 'plain'):.0f} arrives.",
        f"the gradient arrives {ratio(kept, NORM):.0f} times as long as it started, "
        f"a factor of {ratio(kept, NORM) ** (1 / 16):.1f} from block to block.",
        f"the gradient grows {ratio(kept, 'skip'):.0f} times. Scaled, they keep its length almost exactly, "
        f"{ratio(kept, 'skip, scaled'):.1f}. And ResNet has {ratio(kept, RESNET):.0f}.",
        f"{mean(NORM, SHALLOW)} for batch norm, {mean(EQUAL, SHALLOW)} with equal lengths, "
        f"{mean(RESNET, SHALLOW)} for ResNet, {mean(AFTER, SHALLOW)} with the addition after ReLU",
        f"{mean('skip, scaled', SHALLOW)} with scaled skips, {mean('plain', SHALLOW)} without skips.",
        f"With 16 blocks ResNet still has {mean(RESNET)}.",
        f"Plain networks get {mean('plain')}, no better than guessing.",
        f"No: {mean(NORM)}, although nothing vanishes there.",
        f"With *equal lengths* it is {mean(EQUAL)}. The gain over batch norm alone is "
        f"${gain.mean():.1f} \\pm {gain.std(ddof=1) / 5**0.5:.1f}$ points",
        f"Not here: {mean('skip, scaled')} without normalization",
        f"the two plain kinds have {steady(kept, 'plain'):.2f} and {steady(kept, NORM):.2f}:",
        f"ResNet keeps {steady(kept, RESNET):.2f}. Skips alone keep {steady(kept, 'skip'):.2f} ± "
        f"{np.std(kept['measured']['skip']['steady'][DEEP], ddof=1):.2f}: five seeds cannot tell that "
        f"from {steady(kept, 'plain'):.2f}.",
        f"But scaled ones have {steady(kept, 'skip, scaled'):.2f}, more than ResNet, and learn less.",
        f"the mean of the maps grows from {page['means']['after'][0]:.2f} "
        f"to {page['means']['after'][1]:.2f}.",
        f"it grows to {page['means']['before'][1]:.2f}, and a block makes "
        f"{100 * page['smaller']['before']:.0f} % of the numbers smaller.",
        f"With 16 it is {mean(AFTER)} against {mean(RESNET)}, behind in five of five seeds, "
        f"and anything from {after.min():.0f} % to {after.max():.0f} %.",
        f"({ratio(kept, AFTER):.0f} times), and are steadier ({steady(kept, AFTER):.2f}).",
    )


@pytest.mark.parametrize("name", ["plain", "plain, batch norm", "skip, batch norm", "skip, scaled"])
def test_a_measurement_again(made, kept, name: str) -> None:
    lengths, cosine = made.measure(name, 6, kept["seeds"][0])
    np.testing.assert_allclose(lengths, kept["measured"][name]["lengths"]["6"][0], atol=0.02)
    assert cosine == pytest.approx(kept["measured"][name]["steady"]["6"][0], abs=0.1)


@pytest.mark.slow
@pytest.mark.parametrize("place", range(6))
def test_a_training_again(made, kept, place: int) -> None:
    """The first seed of each kind, at the smallest depth."""
    name = made.TRAINED[place]
    own = kept["trained"][name][SHALLOW]
    found = made.train(name, int(SHALLOW), own["rate"], kept["seeds"][0])
    assert found[0] == pytest.approx(own["loss"][0], abs=0.1)
    assert found[1] == pytest.approx(own["tested"][0], abs=0.05)
