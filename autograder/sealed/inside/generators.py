"""Random generators that a test passes: their state goes over, and comes back advanced."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from .wire import Tree, WireError

STATE = 5056  # bytes of the state of torch's generator
_MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645  # of PCG64
_WORD, _LONG = 1 << 128, 1 << 40


def is_generator(value: object) -> bool:
    """Say whether a value is a generator of NumPy's or torch's."""
    torch = sys.modules.get("torch")
    return type(value) is np.random.Generator or (torch is not None and type(value) is torch.Generator)


def encode(value: Any) -> list[Tree] | str:
    """Return the tree of a generator, or why it cannot cross."""
    if type(value) is not np.random.Generator:
        if value.device.type != "cpu":
            return "a generator of another device cannot be passed: use torch.Generator()"
        return ["torch.generator", value.get_state().numpy().tobytes()]
    state = value.bit_generator.state
    if state["bit_generator"] != "PCG64":
        return (
            f"a generator of kind {state['bit_generator']} cannot be passed: use np.random.default_rng(seed)"
        )
    inner = state["state"]
    return ["generator", hex(inner["state"]), hex(inner["inc"]), state["has_uint32"], state["uinteger"]]


def decode(tree: list[Tree]) -> Any:
    """Rebuild a generator; raise :class:`WireError` at anything that :func:`encode` does not write."""
    if tree[0] == "torch.generator":
        return _torch(tree)
    if len(tree) != 5 or [type(part) for part in tree[1:]] != [str, str, int, int]:
        raise WireError("a malformed generator")
    words = [str(part) for part in tree[1:3]]
    if any(not 2 < len(word) <= 34 for word in words):
        raise WireError("a malformed generator")
    try:
        state, inc = (int(word, 16) for word in words)
    except ValueError:
        raise WireError("a malformed generator") from None
    has, left = tree[3:]
    if not (0 <= state < _WORD and 0 <= inc < _WORD and has in (0, 1) and 0 <= left < 1 << 32):  # type: ignore[operator]
        raise WireError("a malformed generator")
    generator = np.random.Generator(np.random.PCG64(0))
    generator.bit_generator.state = {
        "bit_generator": "PCG64",
        "state": {"state": state, "inc": inc},
        "has_uint32": has,
        "uinteger": left,
    }
    return generator


def _torch(tree: list[Tree]) -> Any:
    torch = sys.modules.get("torch")
    if torch is None or len(tree) != 2 or type(tree[1]) is not bytes or len(tree[1]) != STATE:
        raise WireError("a malformed generator")
    generator = torch.Generator()
    try:
        generator.set_state(torch.from_numpy(np.frombuffer(tree[1], np.uint8).copy()))
    except RuntimeError:  # torch looks whether the state is one that its generator can be in
        raise WireError("a malformed generator") from None
    return generator


def advance(target: Any, new: Any) -> None:
    """Bring a test's own generator to where the student's code left its copy.

    A generator of NumPy's only goes forward: code that could set it at will would choose what is drawn next.

    Raises
    ------
    WireError
        When the other is no later state of the same generator.
    """
    if type(target) is not np.random.Generator:
        target.set_state(new.get_state())
        return
    before, after = target.bit_generator.state["state"], new.bit_generator.state["state"]
    if before["inc"] != after["inc"] or _steps(before["state"], after["state"], before["inc"]) > _LONG:
        raise WireError("a generator that was not advanced but exchanged")
    target.bit_generator.state = new.bit_generator.state


def _steps(start: int, end: int, inc: int) -> int:
    """Return how often a linear congruential generator steps from one state to another (Brown, 1994)."""
    multiplier, plus, steps, bit = _MULTIPLIER, inc, 0, 1
    while start != end and bit < _WORD:
        if (start ^ end) & bit:
            start = (start * multiplier + plus) % _WORD
            steps |= bit
        plus = (multiplier + 1) * plus % _WORD
        multiplier = multiplier * multiplier % _WORD
        bit <<= 1
    return steps if start == end else _WORD
