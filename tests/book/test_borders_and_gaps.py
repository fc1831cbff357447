"""Padding modes, aliasing, other libraries' sizes and gridding, against torch and NumPy."""

from itertools import product

import numpy as np
import pytest
import torch

from convnet import functional as F
from coursekit import data

PAGE = "convolution/borders-and-gaps"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


@pytest.mark.parametrize(
    ("mode", "torchs"),
    [("zeros", "constant"), ("reflect", "reflect"), ("replicate", "replicate"), ("circular", "circular")],
)
def test_padding_modes(page, mode, torchs) -> None:
    row = torch.tensor([[[1.0, 2, 3, 4]]])
    assert page["padded_rows"][mode] == torch.nn.functional.pad(row, (2, 2), mode=torchs)[0, 0].tolist()
    assert page["padded_rows"][mode] == F.pad_forward(row.numpy(), (2, 2), mode=torchs)[0][0, 0].tolist()


def test_zeros_alone_invent_an_edge(page) -> None:
    assert page["strongest"] == {"zeros": 4, "reflect": 0, "replicate": 0, "circular": 0}


def test_zeros_invent_the_strongest_edge_that_the_kernel_can_find() -> None:
    rng = np.random.default_rng(0)
    edge = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    assert (
        max(abs((rng.random((3, 3)) * edge).sum()) for _ in range(1000)) < np.clip(edge, 0, None).sum() == 4
    )


def test_even_kernels(page) -> None:
    assert page["split"] == [[0, 0], [0, 1], [1, 1], [1, 2], [2, 2], [3, 3]]
    assert page["rounded"] == [10, 11, 10, 11, 10, 10]
    grown = torch.nn.functional.conv1d(torch.zeros(1, 1, 10), torch.zeros(1, 1, 2), padding=1)
    assert page["rounded"][1] == grown.shape[2]


def test_average_before_a_stride_is_steadier(page) -> None:
    cat = data.photograph("cat").astype(float)

    def small(image, average):
        blocks = image.reshape(70, 4, 79, 4)
        return blocks.mean(axis=(1, 3)) if average else blocks[:, 0, :, 0]

    for name, average in (("skip", False), ("average", True)):
        change = small(cat[:, 4:], average) - small(cat[:, 3:-1], average)
        assert page["change"][name] == pytest.approx(np.sqrt(np.mean(change**2)))
    assert page["change_ratio"] == 2.3


def test_other_libraries_formulas(page) -> None:
    assert len(page["every"]) > 1000
    for size, k, stride, valid, outputs, before, after in page["every"]:
        assert valid == (size - k) // stride + 1
        assert outputs == -(-size // stride)
        assert 0 <= after - before <= 1
        padded = torch.nn.functional.pad(torch.zeros(1, 1, size), (before, after))
        assert torch.nn.functional.conv1d(padded, torch.zeros(1, 1, k), stride=stride).shape[-1] == outputs
    assert page["same"] == [[3, 1, 1], [2, 0, 1], [112, 2, 3], [112, 0, 1]]
    assert page["down"] == [2, 1, 109, 111]
    assert page["torch_224"] == 112
    assert page["quiz_same"] == [4, 1, 1]


def test_windows_of_two_libraries_start_one_pixel_apart(page) -> None:
    signal, middle = torch.arange(224.0).reshape(1, 1, -1), torch.tensor([[[0.0, 1, 0]]])
    symmetric = torch.nn.functional.conv1d(signal, middle, stride=2, padding=1)
    by_hand = torch.nn.functional.conv1d(torch.nn.functional.pad(signal, (0, 1)), middle, stride=2)
    assert symmetric.shape == by_hand.shape == (1, 1, 112)
    assert (by_hand - symmetric == 1).all()
    assert "array([0, 2, 4, 6]), array([1, 3, 5, 7])" in page.output


def test_gridding(page) -> None:
    assert page["pixels_read"] == {"2, 2, 2": 49, "1, 2, 3": 169}
    assert page["within"] == 169
    for dilations, count in (((2, 2, 2), 49), ((1, 2, 3), 169)):
        steps = product(*([-d, 0, d] for d in dilations))
        assert len({sum(step) for step in steps}) ** 2 == count


def test_even_columns_never_meet_odd_ones() -> None:
    x = torch.zeros(1, 1, 16, 16, requires_grad=True)
    y = x
    for k in (3, 5, 3):
        y = torch.nn.functional.conv2d(y, torch.ones(1, 1, k, k), padding=k - 1, dilation=2)
    y[0, 0, 8, 6].backward()
    columns = x.grad[0, 0].abs().sum(dim=0)
    assert (columns[1::2] == 0).all()
    assert (columns[0::2] > 0).any()


def test_exercises(page) -> None:
    assert page["tiny"] == {"1": [[1, 1], 1], "2": [[2, 2], 9]}
    assert page["mirror"] == [3, 2, 1, 2, 3, 2, 1]
    assert page["mirrored_twice"] == [1, 2, 3, 2, 1, 2, 3]
    assert page["quiz_reflect"][:2] == [9, 7]
    row = np.array([[[1.0, 2.0, 3.0]]])
    with pytest.raises(ValueError, match="pad"):
        F.pad_forward(row, (3, 3), mode="reflect")
    with pytest.raises(RuntimeError):
        torch.nn.functional.pad(torch.from_numpy(row), (3, 3), mode="reflect")
    for size in range(2, 40, 2):  # a kernel of 3 with stride 2 and an even size
        assert max((-(-size // 2) - 1) * 2 + 3 - size, 0) == 1


def test_the_solution_passes_its_check(page) -> None:
    assert page["solved"] == "right"
