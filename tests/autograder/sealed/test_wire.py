"""The wire takes frames as they were sent, and turns anything else into its own error."""

import socket
import struct
import threading
import time
from collections.abc import Iterator

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.sealed.inside.wire import (
    HEADER,
    MAGIC,
    Channel,
    WireClosed,
    WireError,
    WireLimits,
    WireTimeout,
    unpack,
)

LIMITS = WireLimits(message=1 << 16, buffers=1 << 20, buffer_count=50)
TREES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=5),
    max_leaves=20,
)


@pytest.fixture
def ends() -> Iterator[tuple[Channel, Channel, socket.socket]]:
    ours, theirs = socket.socketpair()
    here, there = Channel(ours, LIMITS), Channel(theirs, LIMITS)
    yield here, there, theirs
    here.close()
    there.close()


def soon() -> float:
    return time.monotonic() + 5.0


@given(messages=st.lists(st.tuples(TREES, st.lists(st.binary(max_size=99), max_size=4)), max_size=5))
@settings(max_examples=60, deadline=None)
def test_what_is_sent_arrives(messages):
    ours, theirs = socket.socketpair()
    here, there = Channel(ours, LIMITS), Channel(theirs, LIMITS)
    with ours, theirs:
        for message, buffers in messages:
            here.send(message, buffers, soon())
            got, raw = there.receive(soon())
            assert got == message
            assert [bytes(b) for b in raw] == buffers


def test_large_buffers_pass_in_both_directions_at_once(ends):
    here, there, _ = ends
    load = bytes(range(256)) * 4000
    sender = threading.Thread(target=here.send, args=(["big"], [load], soon()))
    sender.start()
    message, (got,) = there.receive(soon())
    sender.join()
    assert message == ["big"]
    assert bytes(got) == load


@given(garbage=st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
def test_garbage_is_a_wire_error(garbage):
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(garbage)
        theirs.shutdown(socket.SHUT_WR)
        with pytest.raises(WireError):
            Channel(ours, LIMITS).receive(soon())


@given(body=st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_unpacking_garbage_gives_a_plain_tree_or_a_wire_error(body):
    try:
        tree = unpack(body)
    except WireError:
        return
    assert type(tree) in (type(None), bool, int, float, str, bytes, list)


@pytest.mark.parametrize(
    "message",
    [{"a": 1}, msgpack.ExtType(4, b"x"), msgpack.ExtType(4, b""), [[{}]], msgpack.Timestamp(1, 2)],
    ids=["map", "extension", "empty extension", "nested map", "timestamp"],
)
def test_maps_and_extensions_are_refused(message):
    with pytest.raises(WireError):
        unpack(msgpack.packb(message))


def test_a_forged_length_is_refused_before_anything_is_kept(ends):
    here, _, theirs = ends
    theirs.send(HEADER.pack(MAGIC, 1, 1 << 31, 0))
    with pytest.raises(WireError, match="a message of"):
        here.receive(soon())


def test_too_many_or_too_large_buffers_are_refused(ends):
    here, there, theirs = ends
    with pytest.raises(WireError, match="arrays"):
        there.send(["x"], [b""] * 51, soon())
    theirs.send(HEADER.pack(MAGIC, 1, 1, 2) + struct.pack("!QQ", 1 << 40, 1 << 40))
    with pytest.raises(WireError, match="bytes of arrays"):
        here.receive(soon())


@pytest.mark.parametrize("sequence", [0, 2, 2**64 - 1])
def test_a_frame_out_of_order_is_refused(ends, sequence):
    here, _, theirs = ends
    theirs.send(HEADER.pack(MAGIC, sequence, 1, 0) + b"\xc0")
    with pytest.raises(WireError, match="out of order"):
        here.receive(soon())


def test_a_repeated_frame_is_refused(ends):
    here, _, theirs = ends
    frame = HEADER.pack(MAGIC, 1, 1, 0) + b"\xc0"
    theirs.send(frame + frame)
    assert here.receive(soon()) == (None, [])
    with pytest.raises(WireError, match="out of order"):
        here.receive(soon())


def test_silence_and_a_slow_drip_both_meet_the_deadline(ends):
    here, _, theirs = ends
    with pytest.raises(WireTimeout):
        here.receive(time.monotonic() + 0.05)
    done = threading.Event()

    def drip() -> None:
        for byte in HEADER.pack(MAGIC, 1, 60_000, 0) + bytes(60_000):
            if done.wait(0.01):
                return
            theirs.send(bytes([byte]))

    dripping = threading.Thread(target=drip)
    dripping.start()
    with pytest.raises(WireTimeout):
        here.receive(time.monotonic() + 0.3)
    done.set()
    dripping.join()


def test_writing_to_a_side_that_does_not_read_meets_the_deadline(ends):
    here, _, _ = ends
    with pytest.raises(WireTimeout):
        here.send(["x"], [bytes(1 << 20)], time.monotonic() + 0.2)


def test_a_closed_end_is_told_apart(ends):
    here, there, _ = ends
    there.close()
    with pytest.raises(WireClosed):
        here.receive(soon())


def test_what_msgpack_cannot_say_is_refused():
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(WireError):
        Channel(ours, LIMITS).send([2**70], deadline=soon())
