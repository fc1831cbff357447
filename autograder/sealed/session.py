"""One submission's life in the sandbox: ask for values, and replace a child that hung or died."""

from __future__ import annotations

import functools
import math
import time
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from autograder.limits import Limits, size

from . import arguments, copies, errors
from .errors import SandboxStopped
from .inside.rebuild import Decoder
from .inside.values import Encoder, Refused
from .inside.wire import Channel, Tree, WireClosed, WireError, WireTimeout
from .proxies import StudentFunction, StudentObject
from .replay import MEMORY, Replay

if TYPE_CHECKING:
    from .failures import Blames

CALLBACK_DEPTH = 16


@functools.lru_cache(maxsize=256)
def _handle_class(kind: str, can_be_called: bool) -> type[StudentObject]:
    """Return a class of handles named as the student's own: a message that names a type names theirs."""
    return type(kind, (StudentFunction if can_be_called else StudentObject,), {})


class Session:
    """Asks one notebook's child, and restarts it between test cases where needed.

    Parameters
    ----------
    replay : Replay
        Runs the notebook in a new child.
    limits : Limits
        The deadlines.
    """

    def __init__(self, replay: Replay, limits: Limits) -> None:
        self.limits = limits
        self.generation = 0
        self.raised: list[tuple[Exception, str]] = []
        self.missing: list[str] = []
        self.lacking: list[str] = []
        """Names that failed cases asked for and the notebook does not define, of all cases so far."""
        self.hints: list[str] = []
        """What errors of the student's code in public cases may come from."""
        self.blames: Blames | None = None
        """What explains missing names, when that is known."""
        self.failure: Exception | None = None
        """What ended the case, whoever raised it."""
        self._replay = replay
        self._channel: Channel | None = None
        self._why = "the notebook could not be run"
        self._number = 0
        self._waiting: set[int] = set()
        self._depth = 0
        self._case_end = 0.0
        self._until = math.inf
        self._case_room = 0
        self._callbacks: list[Callable[..., Any]] = []
        self._handles: weakref.WeakValueDictionary[int, StudentObject] = weakref.WeakValueDictionary()
        self._lent = arguments.Lent()
        self._fresh = True

    def begin(self, seconds: float) -> None:
        """Begin a test case of at most ``seconds``, in a new child where the last one was lost."""
        self._callbacks = []
        self.raised = []
        self.missing = []
        self.failure = None
        self._depth = 0
        self._lent = arguments.Lent()
        self._fresh = True
        self._case_room = self.limits.case_bytes
        if self._channel is None:
            self.generation += 1
            self._handles = weakref.WeakValueDictionary()
            self._number = 0
            self._channel = self._replay.start(self._until)
            if self._channel is None:
                self._why = self._replay.why
        self._case_end = time.monotonic() + seconds

    def until(self, end: float) -> None:
        """Restart no notebook after ``end`` (``time.monotonic``), and none that would not be done by then."""
        self._until = end

    @property
    def stopped(self) -> str:
        """Why there is no child at the moment; empty when there is one."""
        return "" if self._channel is not None else self._why

    def lose(self, why: str, dying: bool = False) -> None:
        """End the child, for the reason given; one that is ``dying`` may have a better one."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None
            self._waiting.clear()
            self._why = why
            if (ended := self._replay.end(dying)) in MEMORY:
                self._why = self._replay.memory_reason("the code", ended)

    def ask(self, op: str, operands: list[object], handle: int | None = None, generation: int = -1) -> Any:
        """Ask the child one thing and return the value, or raise what the student's code raised.

        Raises
        ------
        SandboxStopped
            When there is no child, or it hung, died or broke the protocol over this.
        """
        if self._channel is None:
            raise SandboxStopped(self._why)
        if handle is not None and generation != self.generation:
            raise SandboxStopped("the notebook was restarted, this object is gone")
        objects: list[object] = []
        encoder = Encoder(self._callback, objects)
        tree = encoder.encode(operands)
        self._number += 1
        number = self._number
        self._waiting.add(number)
        deadline = min(time.monotonic() + self.limits.call_seconds, self._case_end)
        try:
            self._channel.send(["ask", number, op, handle, self._fresh, tree], encoder.buffers, deadline)
            self._fresh = False
            return self._answer(number, objects[1:], deadline)
        except WireTimeout:
            self.lose(f"a call ran longer than {self.limits.call_seconds:g} s")
        except WireClosed:
            self.lose("the code ended its process", dying=True)
        except WireError as error:  # the error may hold numbers that the code chose
            self.lose("the code broke the grader's protocol")
            raise SandboxStopped(f"{self._why}: {error}") from None
        except BaseException:
            if number in self._waiting:  # the child is still busy, and nothing else can be asked
                self.lose("a test case was broken off")
            raise
        raise SandboxStopped(self._why)

    def _answer(self, number: int, objects: list[object], deadline: float) -> Any:
        assert self._channel is not None
        while True:
            message, buffers = self._channel.receive(deadline)
            if type(message) is not list or len(message) < 2:
                raise WireError("not an answer")
            kind, parts = message[0], message[2:]
            if kind == "callback":
                self._call_back(message[1:], buffers, objects, deadline)
                continue
            if message[1] != number:
                raise WireError("an answer to something else")
            self._waiting.discard(number)
            if kind == "value" and len(parts) == 3:
                now = arguments.after(parts[1], objects)
                decoder = Decoder(buffers, self._handle, known=now, guard=copies.guard)
                value = decoder.decode(parts[0])
                arguments.apply(parts[1], decoder, now)
                self._finish(decoder)
                self._look_back(number, objects, parts[2])
                return value
            if kind == "raise" and not buffers:
                self._raise(parts)
            if kind == "missing" and not parts and not buffers:
                raise errors.Undefined
            raise WireError("not an answer")

    def _finish(self, decoder: Decoder) -> None:
        """Count what arrived: a test may keep all of it, and the code may go on sending forever."""
        decoder.finish()
        self._case_room -= decoder.size
        if self._case_room < 0:
            raise WireError(f"more than {size(self.limits.case_bytes)} of values in one test case")

    def _raise(self, parts: list[Tree]) -> None:
        if parts and parts[0] and type(parts[0]) is list and parts[0][0] == "StopIteration":
            raise errors.Exhausted
        error, trace = errors.rebuild(parts)
        self.raised = [*self.raised[-20:], (error, trace)]
        raise error

    def _look_back(self, number: int, objects: list[object], late: Tree) -> None:
        """Refuse what the code did to arrays of earlier calls, and remember those of this one."""
        try:
            self._lent.check(late)
        except errors.StudentError as error:
            self.raised = [*self.raised[-20:], (error, "")]
            raise
        finally:
            self._lent.add(number, objects)

    def _callback(self, value: object) -> Tree:
        """Make the tree of a value that is not plain, on its way to the child."""
        if isinstance(value, StudentObject):
            _, generation, number, _ = object.__getattribute__(value, "_sealed")
            if generation != self.generation:
                raise SandboxStopped("the notebook was restarted, this object is gone")
            return ["handle", number]
        if callable(value) and arguments.is_function(value):
            self._callbacks.append(value)
            return ["callback", len(self._callbacks) - 1]
        kind = f"the class {value.__name__}" if isinstance(value, type) else f"a {type(value).__name__}"
        raise Refused(f"a test may not pass {kind} to the student's code. {arguments.REMEDY}")

    def _call_back(
        self, parts: list[Tree], buffers: list[bytearray], objects: list[object], deadline: float
    ) -> None:
        assert self._channel is not None
        if len(parts) != 3 or type(parts[0]) is not int or not 0 <= parts[0] < len(self._callbacks):
            raise WireError("a call of nothing")
        now = arguments.after(parts[2], objects)
        decoder = Decoder(buffers, self._handle, known=now, guard=copies.guard)
        operands = decoder.decode(parts[1])
        arguments.apply(parts[2], decoder, now)
        self._finish(decoder)
        if type(operands) is not list or len(operands) != 2:
            raise WireError("a malformed call")
        args, kwargs = operands
        if type(args) is not list or type(kwargs) is not dict or any(type(k) is not str for k in kwargs):
            raise WireError("a malformed call")
        if self._depth >= CALLBACK_DEPTH:
            raise WireError("calls back and forth are nested too deeply")
        self._depth += 1
        try:
            encoder = Encoder(self._callback)
            reply: list[Tree] = ["returned", encoder.encode(self._callbacks[parts[0]](*args, **kwargs))]
        except (SandboxStopped, errors.CaseTimeout):
            raise
        except Exception as error:
            encoder, reply = Encoder(self._callback), ["failed", type(error).__name__]
        finally:
            self._depth -= 1
        self._channel.send(reply, encoder.buffers, deadline)

    def _handle(self, tree: list[Tree]) -> StudentObject:
        if len(tree) != 4 or tree[0] != "handle":
            raise WireError("an unknown kind of value")
        _, number, kind, can_be_called = tree
        if type(number) is not int or number < 0 or type(kind) is not str or type(can_be_called) is not bool:
            raise WireError("a malformed handle")
        known = self._handles.get(number)
        if known is None:
            kind = errors.printable(kind, 80)
            known = self._handles[number] = _handle_class(kind, can_be_called)(self, number, kind)
        return known
