"""Frames between the grader and the sandbox: a msgpack message and raw buffers, each with a deadline.

A frame is ``magic, sequence number, message length, number of buffers``, then the buffers' lengths, the
message and the buffers. Either side may be hostile or hung, so reading and writing both have a deadline,
every length is checked before anything is kept, and sequence numbers show a frame that was lost,
repeated or slipped in.
"""

from __future__ import annotations

import select
import socket
import struct
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import msgpack

Tree: TypeAlias = "bool | int | float | str | bytes | list[Tree] | None"
Buffer: TypeAlias = bytes | bytearray | memoryview

MAGIC = b"SLD1"
HEADER = struct.Struct("!4sQII")
LENGTH = struct.Struct("!Q")
CHUNK = 1 << 20
PARTS = 2_000_000  # in all lists of one message; an empty list is one byte here and 64 once unpacked


class WireError(Exception):
    """What came over the wire is not what the protocol allows."""


class WireClosed(WireError):
    """The other side closed its end or died."""


class WireTimeout(WireError):
    """The deadline passed before the frame was through."""


@dataclass(frozen=True)
class WireLimits:
    """The largest frame either side accepts.

    ``message`` and ``buffers`` are bytes, ``buffer_count`` is the number of raw buffers in one frame.
    """

    message: int = 16 << 20
    buffers: int = 128 << 20
    buffer_count: int = 10_000


def pack(message: Tree) -> bytes:
    """Serialize a message to msgpack; raise :class:`WireError` when it holds what msgpack cannot."""
    try:
        packed: bytes = msgpack.packb(message)
    except (TypeError, ValueError, OverflowError, RecursionError) as error:
        raise WireError(f"cannot send this message: {error}") from None
    return packed


def _refuse(*parts: object) -> Tree:
    raise WireError("a map or an extension")


def unpack(data: Buffer) -> Tree:
    """Read one msgpack message made of lists and plain scalars; anything else is a :class:`WireError`."""
    room = PARTS

    def count(parts: list[Tree]) -> list[Tree]:
        nonlocal room
        room -= 1 + len(parts)
        if room < 0:
            raise WireError(f"a message of more than {PARTS} parts")
        return parts

    try:
        message: Tree = msgpack.unpackb(
            data,
            raw=False,
            max_map_len=0,
            max_ext_len=0,
            max_array_len=PARTS,
            max_bin_len=len(data),
            list_hook=count,
            object_pairs_hook=_refuse,  # for the empty ones, which have a length of zero
            ext_hook=_refuse,
        )
    except WireError:
        raise
    except Exception as error:  # whatever msgpack makes of hostile bytes
        raise WireError(f"not a message: {type(error).__name__}") from None
    return message


class Channel:
    """One end of the wire over a connected stream socket.

    Parameters
    ----------
    sock : socket.socket
        A connected stream socket; the channel makes it non-blocking and owns it.
    limits : WireLimits
        What is accepted from, and sent to, the other side.
    """

    def __init__(self, sock: socket.socket, limits: WireLimits) -> None:
        sock.setblocking(False)
        self._sock = sock
        self._limits = limits
        self._sent = 0
        self._received = 0

    def fileno(self) -> int:
        """Return the socket's descriptor."""
        return self._sock.fileno()

    def close(self) -> None:
        """Close the socket."""
        self._sock.close()

    def send(self, message: Tree, buffers: Sequence[Buffer] = (), deadline: float | None = None) -> None:
        """Send one frame, all of it, before ``deadline`` (on the clock of ``time.monotonic``).

        Raises
        ------
        WireError
            When the frame is larger than the limits, the deadline passed or the other side is gone.
        """
        body = pack(message)
        views = [memoryview(buffer) for buffer in buffers]
        self._check(len(body), [view.nbytes for view in views])
        self._sent += 1
        head = HEADER.pack(MAGIC, self._sent, len(body), len(views))
        head += b"".join(LENGTH.pack(view.nbytes) for view in views)
        self._write(memoryview(head + body), deadline)
        for view in views:
            if view.nbytes:
                self._write(view.cast("B"), deadline)

    def receive(self, deadline: float | None = None) -> tuple[Tree, list[bytearray]]:
        """Read the next frame before ``deadline``; return its message and its buffers.

        Raises
        ------
        WireError
            When the frame breaks the protocol or a limit, the deadline passed or the other side is gone.
        """
        magic, sequence, size, count = HEADER.unpack(self._read(HEADER.size, deadline))
        self._received += 1
        if magic != MAGIC or sequence != self._received:
            raise WireError("a frame out of order or not of this protocol")
        if count > self._limits.buffer_count:
            raise WireError(f"a frame with {count} buffers")
        lengths = [length for (length,) in LENGTH.iter_unpack(self._read(count * LENGTH.size, deadline))]
        self._check(size, lengths)
        body = self._read(size, deadline)
        return unpack(body), [self._read(length, deadline) for length in lengths]

    def _check(self, message: int, buffers: list[int]) -> None:
        limits = self._limits
        if message > limits.message:
            raise WireError(f"a message of {message} bytes, {limits.message} are allowed")
        if len(buffers) > limits.buffer_count:
            raise WireError(f"{len(buffers)} arrays in one message, {limits.buffer_count} are allowed")
        if sum(buffers) > limits.buffers:
            raise WireError(f"{sum(buffers)} bytes of arrays, {limits.buffers} are allowed")

    def _write(self, data: memoryview, deadline: float | None) -> None:
        while data:
            try:
                data = data[self._sock.send(data[:CHUNK]) :]
            except BlockingIOError:
                self._wait(select.POLLOUT, deadline)
            except OSError as error:
                raise WireClosed(f"the other side is gone: {error.strerror}") from None

    def _read(self, size: int, deadline: float | None) -> bytearray:
        data = bytearray(size)
        view = memoryview(data)
        while view:
            try:
                count = self._sock.recv_into(view[:CHUNK])
            except BlockingIOError:
                self._wait(select.POLLIN, deadline)
                continue
            except OSError as error:
                raise WireClosed(f"the other side is gone: {error.strerror}") from None
            if not count:
                raise WireClosed("the other side is gone")
            view = view[count:]
            if deadline is not None and time.monotonic() > deadline:
                raise WireTimeout("the deadline passed")
        return data

    def _wait(self, event: int, deadline: float | None) -> None:
        poll = select.poll()
        poll.register(self._sock, event)
        left = None if deadline is None else deadline - time.monotonic()
        if left is not None and left <= 0:
            raise WireTimeout("the deadline passed")
        if not poll.poll(None if left is None else max(1.0, left * 1000)):
            raise WireTimeout("the deadline passed")
