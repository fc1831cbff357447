"""One notebook's process: run the cells, then answer the grader's questions about what they made."""

from __future__ import annotations

import builtins
import marshal
import os
import random
import sys
import traceback
import types
from collections.abc import Callable
from functools import partial
from typing import Any, TypedDict

import numpy as np

from . import handed
from .changes import Kept, Made, Watch
from .outputs import Outputs, Stream
from .rebuild import Decoder
from .shell import Failure, Shell, run_cell
from .values import Encoder, Refused
from .wire import Channel, Tree, WireError

MESSAGE, TRACEBACK, NAME = 2_000, 6_000, 80
SEED = 0


class Run(TypedDict):
    """What the grader asks of a new child: the cells' sources, those to leave out, and those to cut.

    A cell that is cut is given as its number and how many of its statements run.
    """

    cells: list[str]
    skip: list[int]
    cut: list[tuple[int, int]]


class Child:
    """Speaks for one notebook.

    Parameters
    ----------
    channel : Channel
        The wire to the grader.
    shell : Shell
        The shell whose namespace the cells fill.
    outputs : Outputs
        Where the shell writes.
    """

    def __init__(self, channel: Channel, shell: Shell, outputs: Outputs) -> None:
        self._channel = channel
        self._shell = shell
        self._outputs = outputs
        self._handles: list[Any] = []
        self._numbers: dict[int, int] = {}
        self._watch = Watch([])
        self._kept = Kept()
        self._process = os.getpid()

    def run(self) -> None:
        """Run the notebook the grader sends, then serve until the grader hangs up."""
        request: Any  # from the grader, which is trusted here
        request, buffers = self._channel.receive()
        _, cells, skip, cut, files = request
        handed.lay(files, buffers)
        handed.import_from_here()
        keep = dict(cut)
        sys.stdout, sys.stderr = Stream(self._outputs, "stdout"), Stream(self._outputs, "stderr")
        seed_everything()
        for index, source in enumerate(cells):
            if index in skip:
                continue
            self._send(["cell", index])
            self._outputs.begin()
            failure = run_cell(self._shell, source, partial(self._step, index), keep.get(index))
            self._send(["done", index, failure and _told(failure), self._outputs.take()])
            if source.lstrip().startswith("%%"):  # it may have written a module
                handed.import_from_here()
        self._outputs.limit = 0
        self._outputs.begin()
        self._send(["ready"])
        while True:
            self._answer(self._channel.receive())

    def _step(self, index: int, number: int, line: int, calls: bool) -> None:
        """Say which statement of a cell begins: the grader cannot ask a child that hangs."""
        if os.getpid() == self._process:  # a fork has nobody to report to
            self._channel.send(["at", index, number, line, calls])

    def _send(self, message: list[Tree], buffers: Any = ()) -> None:
        if os.getpid() != self._process:  # a fork that the student's code let run on
            os._exit(0)
        self._channel.send(message, buffers)

    def _answer(self, frame: tuple[Any, Any]) -> None:
        number, fresh = frame[0][1], frame[0][4]
        if fresh:
            self._kept.forget()
        outer = self._watch
        try:
            made = self._perform(frame)
        finally:
            self._watch = outer
        self._kept.add(number, made)  # now that no name of ours holds them

    def _perform(self, frame: tuple[Any, Any]) -> Made:
        """Do what is asked and send the answer; return the arrays that came with the question."""
        message, buffers = frame
        _, number, op, handle, _, operands = message
        objects = list[object]()
        decoder = Decoder(buffers, self._resolve, objects)
        values = decoder.decode(operands)
        made = [(index - 1, reference) for index, reference in decoder.made]
        self._watch = watch = Watch(objects[1:])  # the list of operands itself comes first
        try:
            target = None if handle is None else self._handles[handle]
            result = OPERATIONS[op](self, target, values)
            encoder = Encoder(self._handle, known=watch.known)
            reply: list[Tree] = ["value", number, encoder.encode(result), watch.changes(encoder)]
            reply.append(self._kept.changed())
            try:
                self._send(reply, encoder.buffers)
            except WireError as error:  # too large to send; nothing was sent yet
                raise Refused(str(error)) from None
        except _Missing:
            self._send(["missing", number])
        except BaseException as error:
            self._send(["raise", number, *describe(error)])
        return made

    def _handle(self, value: object) -> Tree:
        key = id(value)
        if key not in self._numbers:
            self._numbers[key] = len(self._handles)
            self._handles.append(value)
        name = str(type.__dict__["__name__"].__get__(type(value)))[:NAME]
        return ["handle", self._numbers[key], name, callable(value)]

    def _resolve(self, tree: list[Any]) -> object:
        if tree[0] == "handle":
            return self._handles[tree[1]]
        return self._callback(tree[1])

    def _callback(self, which: Tree) -> Callable[..., Any]:
        def callback(*args: Any, **kwargs: Any) -> Any:
            encoder = Encoder(self._handle, known=self._watch.known)
            operands = encoder.encode([list(args), kwargs])
            self._send(["callback", which, operands, self._watch.changes(encoder)], encoder.buffers)
            while True:
                frame: tuple[Any, Any] = self._channel.receive()
                message, buffers = frame
                kind = message[0]
                if kind == "ask":
                    self._answer(frame)
                elif kind == "returned":
                    return Decoder(buffers, self._resolve, []).decode(message[1])
                else:
                    raise RuntimeError(str(message[1]))

        return callback


class _Missing(Exception):
    """The notebook defines no such name."""


def _get(child: Child, target: Any, values: list[Any]) -> Any:
    try:
        return child._shell.user_ns[values[0]]
    except KeyError:
        raise _Missing from None


def _setattr(child: Child, target: Any, values: list[Any]) -> None:
    setattr(target, values[0], values[1])


def _setitem(child: Child, target: Any, values: list[Any]) -> None:
    target[values[0]] = values[1]


def _inside(child: Child, target: Any, values: list[Any]) -> Any:
    """Call a function of the test here, beside the student's objects; its code is the grader's."""
    code, name, defaults, keywords, args, kwargs = values
    scope = {"__builtins__": builtins, "__name__": "check"}
    function = types.FunctionType(marshal.loads(code), scope, name, tuple(defaults))
    function.__kwdefaults__ = keywords
    return function(*args, **kwargs)


OPERATIONS: dict[str, Callable[[Child, Any, list[Any]], Any]] = {
    "get": _get,
    "names": lambda child, target, values: [str(n) for n in child._shell.user_ns if not n.startswith("_")],
    "call": lambda child, target, values: target(*values[0], **values[1]),
    "getattr": lambda child, target, values: getattr(target, values[0]),
    "setattr": _setattr,
    "getitem": lambda child, target, values: target[values[0]],
    "setitem": _setitem,
    "len": lambda child, target, values: len(target),
    "iter": lambda child, target, values: iter(target),
    "next": lambda child, target, values: next(target),
    "inside": _inside,
    "isinstance": lambda child, target, values: isinstance(values[0], target),
}


def describe(error: BaseException) -> list[Tree]:
    """Return an exception's class names, most derived first, its message and its traceback, all bounded."""
    names: list[Tree] = [_clean(kind.__name__)[:NAME] for kind in type.mro(type(error))[:20]]
    try:
        first = error.args[0] if isinstance(error, KeyError) and len(error.args) == 1 else error
        message = str(first)
    except BaseException:
        message = "(an exception whose message cannot be printed)"
    try:
        trace = "".join(traceback.format_exception(error))
    except BaseException:
        trace = ""
    return [names, _clean(message[:MESSAGE]), _clean(trace[-TRACEBACK:])]


def _told(failure: Failure) -> list[Tree]:
    return [_clean(failure.kind)[:NAME], _clean(failure.text[:MESSAGE]), failure.line]


def _clean(text: str) -> str:
    return str(text).encode("utf-8", "backslashreplace").decode("utf-8")


def seed_everything() -> None:
    """Give every notebook the same random numbers, so that grading twice gives the same score."""
    random.seed(SEED)
    np.random.seed(SEED)
    torch = sys.modules.get("torch")
    if torch is not None:
        torch.manual_seed(SEED)
