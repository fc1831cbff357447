"""What the sandbox sends as a tensor or generator is rebuilt only where every part of it is right."""

import numpy as np
import pytest
import torch

from autograder.sealed.inside.generators import advance, decode, encode
from autograder.sealed.inside.rebuild import Decoder
from autograder.sealed.inside.wire import Tree, WireError

EIGHT = bytes(8)
PLACE = "0x" + "1" * 32


def unknown(tree: list[Tree]) -> object:
    raise WireError("unknown")


@pytest.mark.parametrize(
    ("tree", "buffers"),
    [
        (["tensor", "float64", [1], 0, False], [EIGHT]),
        (["tensor", "float64", [1], 0, 1, None], [EIGHT]),
        (["tensor", "float64", [2], 0, False, None], [EIGHT]),
        (["tensor", "float64", 1, 0, False, None], [EIGHT]),
        (["tensor", "object", [1], 0, False, None], [EIGHT]),
        (["tensor", ["list"], [1], 0, False, None], [EIGHT]),
        (["tensor", "int64", [1], 0, True, None], [EIGHT]),
        (["parameter", "int64", [1], 0, True, None], [EIGHT]),
        (["tensor", "float64", [1], 1, False, None], [EIGHT, EIGHT]),
        (["tensor", "float64", [1], 0, True, ["float64", [1], 0]], [EIGHT]),
        (["tensor", "float64", [1], 0, True, ["float64", [2], 1]], [EIGHT, bytes(16)]),
        (["tensor", "float64", [1], 0, True, ["float32", [2], 1]], [EIGHT, EIGHT]),
        (["tensor", "float64", [1], 0, True, ["float64", [1]]], [EIGHT, EIGHT]),
        (["tensor", "float64", [1], 0, True, "float64"], [EIGHT]),
        (["tensor", "int64", [1], 0, False, ["int64", [1], 1]], [EIGHT, EIGHT]),
        (["torch.device", "cuda"], []),
        (["torch.device", 1], []),
        (["torch.dtype", "load"], []),
        (["generator", PLACE, PLACE, 0], []),
        (["generator", PLACE, PLACE, 2, 0], []),
        (["generator", PLACE, PLACE, 0, -1], []),
        (["generator", PLACE, PLACE, 0, 1 << 32], []),
        (["generator", "0x" + "f" * 33, PLACE, 0, 0], []),
        (["generator", "0x-1", PLACE, 0, 0], []),
        (["generator", 1, PLACE, 0, 0], []),
        (["torch.generator", bytes(5056)], []),
        (["torch.generator", b"\xff" * 5056], []),
        (["torch.generator", bytes(9)], []),
        (["torch.generator", "x"], []),
        (["arg", 0], []),
    ],
)
def test_forgeries(tree: Tree, buffers: list[bytes]) -> None:
    with pytest.raises(WireError):
        Decoder(buffers, unknown, known=[np.random.default_rng(1)]).decode(tree)


def test_a_generator_goes_forward_only() -> None:
    mine = np.random.default_rng(1)
    later = decode(encode(mine))
    later.normal(size=100_000)
    earlier = mine.bit_generator.state
    advance(mine, later)
    assert mine.bit_generator.state == later.bit_generator.state
    back = np.random.default_rng(1)
    assert back.bit_generator.state == earlier
    far = np.random.default_rng(1)
    far.bit_generator.advance(1 << 60)
    for other in (back, np.random.default_rng(2), far):
        with pytest.raises(WireError, match="exchanged"):
            advance(mine, other)


def test_an_honest_tensor_with_its_gradient_comes_through() -> None:
    tree: Tree = ["parameter", "float64", [1], 0, True, ["float64", [1], 1]]
    value = Decoder([np.ones(1).tobytes(), np.full(1, 2.0).tobytes()], unknown).decode(tree)
    assert type(value) is torch.nn.Parameter
    assert (value.item(), value.grad.item()) == (1.0, 2.0)
