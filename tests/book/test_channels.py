"""Channels: worked numbers against torch, counts against torch's own, and what the experiment says."""

import numpy as np
import pytest
import torch
from torch.nn.functional import conv2d, conv3d, pad

from coursekit import data
from coursekit.experiments import experiment


@pytest.fixture(scope="module")
def page(saved):
    return saved("convolution/channels")


def test_one_kernel_on_three_channels(page) -> None:
    x, w = torch.tensor(page["x"]), torch.tensor(page["w"])
    expected = conv2d(x[None], w[None], torch.tensor([10]))[0, 0]
    np.testing.assert_array_equal(page["y"], expected)
    assert page["y"] == [[7, 10], [19, 9]]
    assert (page["products"], page["total"]) == (27, -3)
    np.testing.assert_array_equal(np.sum(page["parts"], axis=0) + 10, expected)


def test_depth_is_a_third_direction_with_one_place(page) -> None:
    x, w = torch.tensor(page["x"]), torch.tensor(page["w"])
    out = conv3d(x[None, None].double(), w[None, None].double())
    assert out.shape == (1, 1, 1, 2, 2)
    np.testing.assert_array_equal(out[0, 0, 0] + 10, page["y"])


def test_the_colour_kernel_sees_the_edge_and_the_grey_one_does_not(page) -> None:
    grey, colour = page["strongest"]
    assert grey < 1e-12
    assert colour == pytest.approx(1.2)
    assert page["scene_means"] == pytest.approx([0.5, 0.5])


def test_many_kernels_stack_their_maps(page) -> None:
    photograph = torch.tensor(data.photograph("cat", color=True)).double()
    expected = conv2d(photograph[None], torch.tensor(page["bank"]).double(), padding=1)
    assert page["bank_shape"] == [4, 3, 3, 3]
    assert tuple(page["maps_shape"]) == expected.shape == (1, 4, 280, 320)
    np.testing.assert_allclose(page["features_corner"], expected[0, :, :3, :3], atol=1e-12)


def test_the_smallest_kernel_changes_the_channels_only(page) -> None:
    assert page["one_by_one"] == [[1, 64, 7, 7], [1, 32, 7, 7]]


@pytest.mark.parametrize(
    ("name", "channels", "kernels", "size", "parameters"),
    [("four_3x3", 3, 4, 3, 112), ("ten_5x5", 3, 10, 5, 760), ("six_5x5", 3, 6, 5, 456)],
)
def test_parameters_as_torch_counts_them(page, name, channels, kernels, size, parameters) -> None:
    layer = torch.nn.Conv2d(channels, kernels, size)
    assert sum(p.numel() for p in layer.parameters()) == page[name] == parameters


def test_shapes_of_two_layers(page) -> None:
    for (kernels, padding), shape in zip([(10, 2), (6, 0)], page["shapes"], strict=True):
        layer = torch.nn.Conv2d(3, kernels, 5, padding=padding)
        assert list(layer(torch.zeros(1, 3, 32, 32)).shape) == shape
    assert page["shapes"] == [[1, 10, 32, 32], [1, 6, 28, 28]]


def test_work_grows_with_the_image_and_parameters_do_not(page) -> None:
    for size in (32, 224, 1024):
        assert f"{750 * size * size:,}" in page.output
    assert page.output.count("760") >= 3


def test_common_settings(page) -> None:
    assert page["usual"] == [32, 64, 128, 512]


def test_no_padding_fits_an_even_width(page) -> None:
    """The last pixel of the padded row is read by torch just where the page says that the stride fits."""
    for width, rests in page["leftovers"].items():
        assert set(rests) == ({1} if int(width) % 2 == 0 else {0})
        for padding, rest in enumerate(rests):
            row = torch.zeros(1, 1, int(width) + 2 * padding, requires_grad=True)
            torch.nn.functional.conv1d(row, torch.ones(1, 1, 5), stride=2).sum().backward()
            assert int((row.grad == 0).sum()) == rest
    for padding, outputs, unread in page["unread"]:
        row = torch.zeros(1, 1, 32, requires_grad=True)
        out = torch.nn.functional.conv1d(row, torch.ones(1, 1, 5), stride=2, padding=padding)
        out.sum().backward()
        assert (out.shape[-1], int((row.grad == 0).sum())) == (outputs, unread)
    assert page["unread"][-1] == [2, 16, 0]
    uneven = pad(torch.zeros(1, 1, 32, 32), (1, 2, 1, 2))
    assert conv2d(uneven, torch.zeros(1, 1, 5, 5), stride=2).shape[-1] == page["fits"] == 16


@pytest.mark.parametrize(("size", "used"), [(1, 1), (2, 9), (3, 25), (32, 25)])
def test_inputs_smaller_than_the_kernel(page, size, used) -> None:
    weight = torch.ones(1, 1, 5, 5, requires_grad=True)
    out = conv2d(torch.ones(1, 1, size, size), weight, padding=2)
    out.sum().backward()
    assert out.shape[-2:] == (size, size)
    assert int((weight.grad != 0).sum()) == used
    assert [size, size, used] in page["meets"]


def test_what_the_page_says_of_the_experiment(page) -> None:
    """Each sentence on the experiment, with the spread of five seeds."""
    found = experiment("learned_kernels")
    assert page["seeds"] == len(found["seeds"]) == 5

    def mean(task: str, name: str) -> float:
        return float(np.mean(found[task][name]))

    learned, frozen, raw = "8 learned kernels", "8 frozen kernels", "no kernels, raw pixels"
    # Clothes: the controls take the answer back. All three lie within two standard deviations.
    values = [found["clothes"][name] for name in (learned, frozen, raw)]
    assert max(map(np.mean, values)) - min(map(np.mean, values)) < 2 * np.std(values[0], ddof=1)
    # Stripes: every seed of the learned kernels beats every seed of eight and of 32 frozen ones.
    assert min(found["stripes"][learned]) > max(found["stripes"]["32 frozen kernels"])
    assert max(found["stripes"]["32 frozen kernels"]) > max(found["stripes"][frozen])
    # Raw pixels are no better than guessing; 128 frozen kernels do what eight learned ones do.
    assert abs(mean("stripes", raw) - found["chance"]["stripes"]) < np.std(found["stripes"][raw], ddof=1)
    assert abs(mean("stripes", "128 frozen kernels") - mean("stripes", learned)) < 0.02
    for task, name in (("clothes", learned), ("clothes", frozen), ("stripes", frozen), ("stripes", learned)):
        assert f"{mean(task, name):.3f}" in page.text
    assert page["head"] == (8 * 11 * 11 + 1) * 10 == 9_690
    assert page["chance"] == {"stripes": 1 / 8, "clothes": 1 / 10}
    assert page["turn"] == 180 / 8
    assert page["tested"] == len(data.fashion_mnist("test")[1]) == 1000
    lengths = [torch.tensor(found[when]).flatten(1).norm(dim=1) for when in ("before", "after")]
    assert page["longer"] == pytest.approx((lengths[1].mean() / lengths[0].mean()).item(), rel=1e-5)
    assert page["longer"] == pytest.approx(15, abs=0.5)


def test_solutions_of_the_exercises(page) -> None:
    vgg = torch.nn.Conv2d(256, 256, 3, padding=1, bias=False)
    assert vgg.weight.numel() == page["vgg_weights"] == 3**2 * 256**2 == 589_824
    assert page["vgg_channels"] == vgg.out_channels
    assert page["vgg_work"] == 589_824 * 56**2 == 1_849_688_064
    assert page["swapped"] == [3 * 3 * 16 * 32] * 2 == [4_608] * 2
    assert page["swapped_work"] == [4_608 * 64 * 64] * 2 == [18_874_368] * 2
    assert page["layer_shape"] == [2, 4, 6, 6]
    assert page["solved"] == "right"
    assert "Not written yet" in page.output
