"""Values cross the wire exactly or not at all, and arrive as plain types."""

import collections
import enum
import math
import weakref

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.sealed.inside.arrays import ValueLimits
from autograder.sealed.inside.changes import Kept, Watch
from autograder.sealed.inside.rebuild import Decoder
from autograder.sealed.inside.values import Encoder, Refused
from autograder.sealed.inside.wire import WireError, pack, unpack


def refuse(value):
    raise Refused(f"not plain: {type(value).__name__}")


def unknown(tree):
    raise WireError("unknown")


def cross(value, **options):
    encoder = Encoder(refuse, **options)
    tree = unpack(pack(encoder.encode(value)))
    decoder = Decoder([bytearray(b) for b in encoder.buffers], unknown)
    result = decoder.decode(tree)
    decoder.finish()
    return result


KEYS = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
PLAIN = st.recursive(
    KEYS | st.floats(allow_nan=False) | st.complex_numbers(allow_nan=False) | st.binary(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4) | st.tuples(inner, inner) | st.dictionaries(KEYS, inner, max_size=4)
    ),
    max_leaves=15,
)
ARRAYS = hnp.arrays(
    st.sampled_from(["?", "i1", "u2", ">i4", "<i8", "f2", ">f4", "f8", "c8", "c16", "S3", "U4"]),
    hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4),
)


@given(value=PLAIN)
@settings(max_examples=200, deadline=None)
def test_plain_values_come_back_equal_and_of_the_same_type(value):
    back = cross(value)
    assert back == value
    assert type(back) is type(value)


@given(array=ARRAYS, turned=st.booleans())
@settings(max_examples=200, deadline=None)
def test_arrays_come_back_equal(array, turned):
    array = array.T if turned else array
    back = cross(array)
    assert type(back) is np.ndarray
    assert back.shape == array.shape
    assert back.dtype == array.dtype.newbyteorder("<")
    np.testing.assert_array_equal(back, array)


@pytest.mark.parametrize(
    "value",
    [
        np.float32(1.5), np.int64(-3), np.bool_(True), np.str_("a"), slice(1, None, 2), range(3, 9, 2), ...,
        {1, 2}, frozenset({"a"}), float("inf"), 2**2000, -(2**64), np.float32, int, np.dtype("f4"),
        (1, [2, {3: ()}]),
    ],
    ids=repr,
)  # fmt: skip
def test_other_plain_values(value):
    back = cross(value)
    assert type(back) is type(value)
    assert back == value


def test_nan_and_surrogates_survive():
    assert math.isnan(cross(float("nan")))
    assert cross("a\ud800b") == "a\\ud800b"


def test_subclasses_arrive_as_what_they_are_made_of():
    class Liar(np.ndarray):
        def __eq__(self, other):
            return True

        def __array_ufunc__(self, *args, **kwargs):
            return True

    back = cross(np.zeros(3).view(Liar))
    assert type(back) is np.ndarray
    assert not (back == 1).any()

    class Word(str):
        def __eq__(self, other):
            return True

        __hash__ = str.__hash__

    assert type(cross(Word("a"))) is str
    assert type(cross(collections.OrderedDict(a=1))) is dict
    assert cross(enum.IntEnum("E", "A B").B) == 2


def test_an_object_that_lies_about_its_class_is_not_plain():
    class Liar:
        __class__ = np.ndarray

    with pytest.raises(Refused, match="not plain"):
        cross(Liar())


def test_named_tuples_keep_their_names():
    point = collections.namedtuple("Point", "x y")(1, np.arange(2))
    back = cross(point)
    assert back.x == 1
    np.testing.assert_array_equal(back.y, [0, 1])
    renamed = collections.namedtuple("Odd", ["def", "a"], rename=True)(1, 2)
    assert cross(renamed) == (1, 2)


def test_bools_of_neither_zero_nor_one_become_true():
    tricky = np.frombuffer(bytes([0, 1, 2, 255]), np.bool_)
    assert cross(tricky).view(np.uint8).tolist() == [0, 1, 1, 1]


def test_read_only_arrays_stay_read_only():
    array = np.zeros(3)
    array.flags.writeable = False
    assert not cross(array).flags.writeable


@pytest.mark.parametrize(
    "value",
    [
        np.array([object()]), np.zeros(2, "M8[s]"), np.zeros(1, [("a", "f4")]), object(), 1 << 5000,
        dict.fromkeys(range(20_001)), set(range(20_001)), "x" * (5 << 20),
    ],
    ids=["objects", "dates", "records", "object", "int", "dict", "set", "text"],
)  # fmt: skip
def test_what_may_not_cross_is_refused_in_words(value):
    with pytest.raises(Refused):
        cross(value)


def test_cycles_and_depth_are_refused():
    cycle: list = []
    cycle.append(cycle)
    with pytest.raises(Refused, match="holds itself"):
        cross(cycle)
    deep: list = []
    for _ in range(100):
        deep = [deep]
    with pytest.raises(Refused, match="nested"):
        cross(deep)
    with pytest.raises(Refused, match="too large"):
        cross(list(range(100)), limits=ValueLimits(nodes=50))


TAGS = ["list", "tuple", "named", "dict", "set", "frozenset", "int", "complex", "slice", "range", "ellipsis",
        "dtype", "type", "nd", "np", "tensor", "torch.dtype", "same", "arg", "handle"]  # fmt: skip
CODES = ["<f8", "|b1", "<U2", "|S3", "|O8", ">i4", "<f²", "<i99999", "|V8"]
FORGED = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 5) | st.integers(-(2**63), 2**64 - 1) | st.floats()
    | st.text(max_size=4) | st.sampled_from(CODES) | st.binary(max_size=4),
    lambda inner: st.lists(inner, max_size=4)
    | st.tuples(st.sampled_from(TAGS), inner, inner, inner).map(list)
    | st.tuples(st.sampled_from(TAGS), inner, inner).map(list)
    | st.tuples(st.just("nd"), st.sampled_from(CODES), st.lists(st.integers(-1, 3), max_size=3), st.just(0),
                st.booleans()).map(list),
    max_leaves=12,
)  # fmt: skip


@pytest.mark.slow
@given(tree=FORGED, buffers=st.lists(st.binary(max_size=24), max_size=2), register=st.booleans())
@settings(max_examples=1500, deadline=None)
def test_forged_trees_give_a_plain_value_or_a_wire_error(tree, buffers, register):
    decoder = Decoder(buffers, unknown, [] if register else None, known=[np.zeros(2), [1]])
    try:
        decoder.decode(tree)
        decoder.finish()
    except WireError:
        return


@pytest.mark.parametrize(
    ("tree", "buffers"),
    [
        (["nd", "<f8", [2**31, 2**31], 0, True], [b""]),
        (["nd", "<f8", [0, 2**31, 2**31], 0, True], [b""]),
        (["nd", "<f8", [3], 0, True], [bytes(16)]),
        (["nd", "<f8", [-1], 0, True], [bytes(8)]),
        (["nd", "<f8", [True], 0, True], [bytes(8)]),
        (["nd", "|O8", [1], 0, True], [bytes(8)]),
        (["nd", "<U1", [1], 0, True], [b"\xff\xff\xff\xff"]),
        (["list", ["nd", "<f8", [1], 0, True], ["nd", "<f8", [1], 0, True]], [bytes(8)]),
        (["dict", ["list"], 1], []),
        (["named", ["a", "a"], 1, 2], []),
        (["named", ["import os"], 1], []),
        (["int", "f" * 2000], []),
        (["type", "eval"], []),
        (["arg", 1], []),
        (["nd", "<f8", [1], 1, True], [bytes(8), bytes(8)]),
        ("x" * (5 << 20), []),
    ],
)
def test_forgeries(tree, buffers):
    decoder = Decoder(buffers, unknown, known=[np.zeros(3), [1]])
    with pytest.raises(WireError):
        decoder.decode(tree)


def test_the_same_array_cannot_be_returned_without_end():
    decoder = Decoder([], unknown, known=[np.zeros(1 << 20)])
    with pytest.raises(WireError, match="too often"):
        decoder.decode(["list", *[["arg", 0]] * 100])


def test_changes_in_place_are_found():
    array, inner, mapping, same = np.zeros(3), [1, 2], {"a": 1}, np.ones(2)
    watch = Watch([array, inner, mapping, same])
    array[1] = 5
    inner.append(3)
    mapping["b"] = array
    encoder = Encoder(refuse, known=watch.known)
    changes = watch.changes(encoder)
    assert changes[::2] == [0, 1, 2]
    assert changes[5] == ["dict", "a", 1, "b", ["arg", 0]]
    assert watch.changes(Encoder(refuse)) == []


def test_only_arrays_that_somebody_holds_are_looked_at_until_the_next_case():
    kept, held, gone = Kept(), np.zeros(3), np.zeros(3)
    kept.add(1, [(0, weakref.ref(held)), (1, weakref.ref(gone))])
    del gone
    assert kept.changed() == []
    held += 1
    assert kept.changed() == [1, 0]
    assert kept.changed() == []
    kept.forget()
    held += 1
    assert kept.changed() == []
    assert not kept._arrays
