"""Networks written down a line for each layer, and counted: shapes, parameters, multiply-adds, fields.

``architecture_calculator_arithmetic.js`` says the same in a reader's browser, with the same words.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import prod

MOST, LINES, COUNTED = 100_000, 500, 2**53
SAMPLE = {
    "conv": "conv 64 3 padding 1", "maxpool": "maxpool 2", "avgpool": "avgpool 2", "adaptive": "adaptive 7",
    "linear": "linear 10", "dropout": "dropout 0.5", "skip": "skip 32",
}  # fmt: skip
ONE_BY_ONE = ("relu", "tanh", "sigmoid", "gelu", "silu", "softmax")
PLAIN = (*ONE_BY_ONE, "bn", "flatten", "globalpool")
OPTIONS = {
    "conv": ("stride", "padding", "dilation", "groups", "nobias"), "maxpool": ("stride", "padding", "ceil"),
    "avgpool": ("stride", "padding", "ceil"), "linear": ("nobias",),
}  # fmt: skip
KNOWN = (*SAMPLE, *PLAIN, "branches", "residual")


class Unclear(Exception):
    """A line that is no layer, or one that does not fit the layer before it."""


@dataclass(frozen=True)
class Flow:
    """What reaches a layer: its shape, for each axis how many pixels it sees and how far apart, or all."""

    shape: tuple[int, ...]
    axes: tuple[tuple[int, int], ...] = ()

    @property
    def field(self) -> list[int]:
        """Pixels that one number sees, axis by axis; empty where it sees everything."""
        return [size for size, _ in self.axes]


@dataclass(frozen=True)
class Row:
    """A line of the table."""

    words: str
    depth: int
    shape: tuple[int, ...]
    parameters: int
    adds: int
    field: list[int]


def sizes(shape: tuple[int, ...] | list[int]) -> str:
    """Write a shape."""
    return " × ".join(map(str, shape))


def counted(text: str) -> list[Row]:
    """Follow an example through a network.

    Parameters
    ----------
    text
        The input's line, and one for each layer.

    Returns
    -------
    list of Row
        The layers, in this order.

    Raises
    ------
    Unclear
        With the line's number and what is wrong with it.
    """
    reader = Reader(text)
    reader.run(reader.start(), 0, ())
    if not reader.rows:
        raise Unclear("Write at least one layer below the input.")
    return reader.rows


class Reader:
    """Goes through the lines; blocks may stand inside blocks."""

    def __init__(self, text: str) -> None:
        split = [(place, line.lower().split()) for place, line in enumerate(text.split("\n"), 1)]
        self.lines = [(place, words) for place, words in split if words]
        self.at = 0
        self.rows: list[Row] = []

    def wrong(self, why: str) -> Unclear:
        place, words = self.lines[min(self.at, len(self.lines) - 1)]
        return Unclear(f"Line {place}, “{' '.join(words)}”: {why}")

    def next(self) -> str:
        return self.lines[self.at][1][0] if self.at < len(self.lines) else ""

    def whole(self, word: str, least: int = 1) -> int:
        if not re.fullmatch(r"\d{1,6}", word) or not least <= int(word) <= MOST:
            raise self.wrong(f"“{word}” is no whole number from {least} to {MOST:,}.")
        return int(word)

    def pair(self, word: str, least: int = 1) -> tuple[int, int]:
        parts = word.split("x")
        if len(parts) > 2:
            raise self.wrong(f"“{word}” is no size such as 3 or 1x7.")
        return self.whole(parts[0], least), self.whole(parts[-1], least)

    def start(self) -> Flow:
        if not self.lines or self.next() != "input" or len(self.lines[0][1]) not in (2, 4):
            raise Unclear("The first line says what goes in: input 3 224 224, or input 784.")
        if len(self.lines) > LINES:
            raise Unclear(f"There are {len(self.lines)} lines; at most {LINES} are counted.")
        shape = tuple(self.whole(word) for word in self.lines[0][1][1:])
        self.at = 1
        return Flow(shape, ((1, 1), (1, 1)) if len(shape) == 3 else ())

    def run(self, flow: Flow, depth: int, stops: tuple[str, ...]) -> Flow:
        while word := self.next():
            if word in stops:
                return flow
            if word in ("branch", "shortcut", "end"):
                raise self.wrong("no block is open that this could belong to.")
            act: Callable[[Flow, int], Flow] = {"branches": self.branches, "residual": self.residual}.get(
                word, self.layer
            )
            flow = act(flow, depth)
        if stops:
            raise self.wrong("the block is not closed; its last line is “end”.")
        return flow

    def add(self, words: str, depth: int, flow: Flow, parameters: int = 0, adds: int = 0) -> Flow:
        if max(parameters, adds, prod(flow.shape)) > COUNTED:
            raise self.wrong("this is more than can be counted here.")
        self.rows.append(Row(words, depth, flow.shape, parameters, adds, flow.field))
        return flow

    def branches(self, flow: Flow, depth: int) -> Flow:
        self.at += 1
        if self.next() != "branch":
            raise self.wrong("below “branches” comes “branch”, and below that its layers.")
        ways = []
        while self.next() == "branch":
            self.at += 1
            ways.append(self.run(flow, depth + 1, ("branch", "end")))
        if len({way.shape[1:] for way in ways}) > 1:
            given = " and ".join(sizes(way.shape) for way in ways)
            raise self.wrong(f"maps of different sizes cannot be joined: {given}.")
        self.at += 1
        joined = (sum(way.shape[0] for way in ways), *ways[0].shape[1:])
        return self.add("branches, joined", depth, Flow(joined, widest(ways)))

    def residual(self, flow: Flow, depth: int) -> Flow:
        self.at += 1
        after, short = self.run(flow, depth + 1, ("shortcut", "end")), flow
        if self.next() == "shortcut":
            self.at += 1
            short = self.run(flow, depth + 1, ("end",))
        if after.shape != short.shape:
            raise self.wrong(
                f"the layers give {sizes(after.shape)}, the shortcut {sizes(short.shape)}; "
                "they cannot be added."
            )
        self.at += 1
        return self.add("residual, added", depth, Flow(after.shape, widest([after, short])))

    def options(self, kind: str, words: list[str]) -> dict[str, tuple[int, int]]:
        found, rest = {}, list(words)
        while rest:
            word = rest.pop(0)
            if word not in OPTIONS.get(kind, ()) or word in found:
                raise self.wrong(f"{kind} does not know “{word}” here.")
            if word in ("nobias", "ceil"):
                found[word] = (1, 1)
            elif not rest:
                raise self.wrong(f"“{word}” needs a number.")
            else:
                found[word] = self.pair(rest.pop(0), 0 if word == "padding" else 1)
        return found

    def layer(self, flow: Flow, depth: int) -> Flow:
        kind, *words = self.lines[self.at][1]
        if kind not in KNOWN:
            raise self.wrong(f"no layer has this name. There are {', '.join(KNOWN)}.")
        needs = 0 if kind in PLAIN else 2 if kind == "conv" else 1
        if len(words) < needs:
            raise self.wrong(f"something is missing, as in {SAMPLE[kind]}.")
        if kind not in (*ONE_BY_ONE, "dropout", "flatten", "linear", "bn") and len(flow.shape) != 3:
            raise self.wrong(f"{kind} reads maps, and {sizes(flow.shape)} numbers come here.")
        if kind == "linear" and len(flow.shape) != 1:
            raise self.wrong(
                f"linear reads a row of numbers, and maps of {sizes(flow.shape)} come: flatten them."
            )
        given = self.options(kind, words[needs:])
        channels, parameters, adds, after = flow.shape[0], 0, 0, flow
        if kind == "conv":
            kernels, kernel = self.whole(words[0]), self.pair(words[1])
            groups = given.get("groups", (1, 1))[0]
            if channels % groups or kernels % groups:
                raise self.wrong(f"{groups} groups divide neither, or only one, of {channels} and {kernels}.")
            after = self.slid(flow, kernel, given, kernels)
            weights = kernel[0] * kernel[1] * (channels // groups) * kernels
            parameters = weights + (0 if "nobias" in given else kernels)
            adds = weights * after.shape[1] * after.shape[2]
        elif kind in ("maxpool", "avgpool"):
            kernel = self.pair(words[0])
            after = self.slid(flow, kernel, {"stride": kernel, **given}, channels)
        elif kind == "skip":
            kernels = self.whole(words[0], channels)
            after = self.slid(flow, (1, 1), {"stride": (2, 2)}, kernels)
        elif kind in ("adaptive", "globalpool"):
            wanted = (1, 1) if kind == "globalpool" else self.pair(words[0])
            shape = (channels, *wanted)
            windows = [largest(size, outputs) for size, outputs in zip(flow.shape[1:], wanted, strict=True)]
            after = Flow(shape, through(flow.axes, windows))
        elif kind == "linear":
            units = self.whole(words[0])
            adds = channels * units
            parameters, after = adds + (0 if "nobias" in given else units), Flow((units,))
        elif kind == "flatten":
            after = Flow((prod(flow.shape),), flow.axes)
        elif kind == "bn":
            parameters = 2 * channels
        elif kind == "dropout" and not re.fullmatch(r"0(\.\d+)?|1(\.0+)?", words[0]):
            raise self.wrong(f"“{words[0]}” is no share from 0 to 1.")
        after = self.add(" ".join([kind, *words]), depth, after, parameters, adds)
        self.at += 1
        # What reads the row sees the whole map.
        return Flow(after.shape) if kind == "flatten" else after

    def slid(
        self, flow: Flow, kernel: tuple[int, int], given: dict[str, tuple[int, int]], kernels: int
    ) -> Flow:
        """Move windows over maps; with ``ceil`` the last one may hang over, if it does not start outside."""
        shape, steps = [kernels], []
        for axis, size in enumerate(flow.shape[1:]):
            stride, padding, dilation = (
                given.get(name, (least, least))[axis]
                for name, least in (("stride", 1), ("padding", 0), ("dilation", 1))
            )
            span, padded = dilation * (kernel[axis] - 1) + 1, size + 2 * padding
            if span > padded:
                raise self.wrong(f"the window reaches over {span} pixels, and {padded} are there.")
            count = (padded - span) // stride + 1
            if "ceil" in given and (padded - span) % stride and count * stride < size + padding:
                count += 1
            shape.append(count)
            steps.append((span, stride))
        return Flow(tuple(shape), through(flow.axes, steps))


def through(axes: tuple[tuple[int, int], ...], steps: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Give what is seen behind windows of this reach and stride; what sees all goes on to see all."""
    moved = zip(axes, steps, strict=bool(axes))
    return tuple((size + (span - 1) * jump, jump * stride) for (size, jump), (span, stride) in moved)


def widest(ways: list[Flow]) -> tuple[tuple[int, int], ...]:
    """Where branches meet, along each axis the one that sees most counts."""
    if not all(way.axes for way in ways):
        return ()
    return tuple(
        max(axis, key=lambda seen: seen[0]) for axis in zip(*(way.axes for way in ways), strict=True)
    )


def largest(size: int, outputs: int) -> tuple[int, int]:
    """Give the largest window of adaptive pooling, and how far apart two of them are."""
    spans = (-(-(i + 1) * size // outputs) - i * size // outputs for i in range(outputs))
    return max(spans), max(1, size // outputs)
