"""What is small on the wire stays small in the grader, also once a test goes through it."""

import math

import numpy as np
import pytest
import torch

from autograder.sealed.inside.arrays import LIMITS
from autograder.sealed.inside.rebuild import Decoder
from autograder.sealed.inside.values import Encoder, Refused
from autograder.sealed.inside.wire import WireError

BYTES = 1 << 20  # of buffers that come with each tree
MOST = LIMITS.nodes + max(LIMITS.empty, BYTES) + LIMITS.text  # elements that one value may spread to
BIG = 10**8
# For each kind of value, trees of a few bytes that would grow: each is refused, or comes to little.
TREES = {
    "list": [["list", *[["range", 0, 400_000, 1]] * 3], ["list", *[["arg", 0]] * 10_000]],
    "tuple": [["tuple", ["range", BIG, 0, -1]]],
    "named": [["named", ["a", "b"], ["range", 0, 400_000, 1], ["range", 0, 400_000, 1]]],
    "dict": [["dict", 1, ["range", 0, BIG, 1]], ["dict", ["range", 0, BIG, 1], 1]],
    "set": [["set", ["range", 0, BIG, 1]]],
    "frozenset": [["frozenset", ["range", 0, BIG, 1], ["tuple", ["range", 0, BIG, 1]]]],
    "int": [["int", "f" * 1_000_000], ["int", "0x" + "f" * 5_000]],
    "complex": [["complex", 1e308, -1e308]],
    "slice": [["slice", ["range", 0, BIG, 1], None, None]],
    "range": [
        *(["range", 0, stop, step] for stop, step in [(BIG, 1), (-BIG, -1), (2**63 - 1, 1), (2**64 - 1, 3)]),
        ["range", -(2**63), 2**63 - 1, 1],
    ],
    "ellipsis": [["ellipsis"]],
    "dtype": [["dtype", "<U9999999"], ["dtype", "|S40001"], ["dtype", "|V99999"]],
    "type": [["type", "numpy.ndarray"]],
    "nd": [
        *(["nd", "<f8", shape, 0, True] for shape in ([BIG, 0], [0, BIG], [2**16, 2**16, 0], [99] * 6 + [0])),
        ["nd", "<f8", [2**17], 0, True],
    ],
    "np": [["np", "<U200000", 0]],
    "tensor": [["tensor", "float32", shape, 0, False, None] for shape in ([2**31, 0], [2**16, 2**16, 0])],
    "parameter": [["parameter", "float32", [2**31, 0], 0, True, None]],
    "torch.dtype": [["torch.dtype", "float32"]],
    "torch.device": [["torch.device", "cpu"]],
    "generator": [["generator", "0x" + "f" * 33, "0x1", 0, 0]],
    "torch.generator": [["torch.generator", bytes(1 << 20)]],
    "same": [["same", 0]],
    "arg": [["arg", 0]],
}  # fmt: skip
CASES = [(kind, tree) for kind, trees in TREES.items() for tree in trees]


def spread(value) -> int:
    """Return about how many elements a test gets that goes through a value, or sums over it."""
    if isinstance(value, (np.ndarray, torch.Tensor)):
        axes = math.prod(n for n in value.shape if n)
        return max(axes, int(np.prod(value.shape)))
    if isinstance(value, range):
        return (value.stop - value.start) // value.step
    if isinstance(value, dict):
        return sum(spread(key) + spread(content) for key, content in value.items())
    if isinstance(value, (list, tuple, set, frozenset)):
        return 1 + sum(map(spread, value))
    if isinstance(value, slice):
        return sum(map(spread, (value.start, value.stop, value.step)))
    return 1


def test_every_kind_of_value_is_tried():
    assert TREES.keys() == Decoder._builders.keys()


@pytest.mark.parametrize(("kind", "tree"), CASES, ids=lambda part: str(part)[:30])
@pytest.mark.parametrize("size", [0, BYTES])
def test_a_small_tree_stays_small(kind, tree, size):
    known = [np.zeros(1 << 14)]
    decoder = Decoder([bytes(size)], lambda tree: 1, known=known)
    try:
        value = decoder.decode(tree)
    except WireError:
        return
    assert spread(value) <= MOST


@pytest.mark.parametrize(
    "value",
    [
        range(BIG),
        range(0, -BIG, -1),
        [range(400_000)] * 2,
        range(10**30),
        np.zeros((BIG, 0)),
        np.zeros((0, BIG)),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_grows_is_refused_in_words_where_it_leaves(value):
    def refuse(value):
        raise AssertionError("it is plain")

    with pytest.raises(Refused, match="too l"):
        Encoder(refuse).encode(value)


@pytest.mark.parametrize("value", [range(0), range(5, 2), range(100_000), range(9, -9, -4)], ids=str)
def test_ranges_of_a_common_length_cross(value):
    assert Decoder([], lambda tree: 1).decode(Encoder(lambda value: None).encode(value)) == value


@pytest.mark.parametrize("shape", [(0, 3, 224, 224), (60_000, 0), (0,), (3, 0, 5)])
def test_empty_arrays_of_a_common_shape_cross(shape):
    encoder = Encoder(lambda value: None)
    tree = encoder.encode(np.zeros(shape))
    assert Decoder(encoder.buffers, lambda tree: 1).decode(tree).shape == shape
