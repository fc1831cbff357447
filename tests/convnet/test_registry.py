"""Nothing public is left out of the registry, and the registry finds what is wrong."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch

from convnet import functional as F
from convnet._arguments import floating, upstream
from convnet._array import namespace
from tests.convnet.harness import Case, draw_array, pick, to_numpy
from tests.convnet.operations import OPERATIONS, UNPAIRED, checks, contracts, refusals
from tests.convnet.operations.conditions import WINDOWS
from tests.convnet.operations.configurations import each, generator
from tests.convnet.operations.registry import Kind, Operation, draw
from tests.support import ROOT


def left_out(names: Iterable[str]) -> set[str]:
    """Return which public names are neither registered nor excused."""
    paired = {f"{name}_{direction}" for name in OPERATIONS for direction in ("forward", "backward")}
    return set(names) - paired - set(UNPAIRED)


def test_every_public_name_is_registered() -> None:
    assert not left_out(F.__all__), "register them in tests/convnet/operations"
    assert left_out([*F.__all__, "swish_forward", "swish_backward"]) == {"swish_forward", "swish_backward"}


def test_nothing_is_registered_or_excused_that_is_not_there() -> None:
    assert set(UNPAIRED) <= set(F.__all__)
    for name, reason in UNPAIRED.items():
        assert not name.endswith(("_forward", "_backward")), f"{name} is one of a pair: register it"
        test = re.search(r"test_\w+\.py", reason)
        assert test, f"{name}: the reason names no test"
        assert name in (ROOT / "tests" / "convnet" / test[0]).read_text(), f"{test[0]} does not test {name}"
    for name, operation in OPERATIONS.items():
        for direction in ("forward", "backward"):
            assert f"{name}_{direction}" in F.__all__
        # An adapter may change the order of the arguments, never their names.
        public = inspect.signature(getattr(F, f"{name}_forward")).parameters
        strange = set(operation.arguments) - set(public) - {"coordinates", "dilation"}
        assert not strange, f"{name}: {strange} are no arguments of {name}_forward"


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_option_is_drawn_with_two_values(name: str) -> None:
    """An option that is always left at its default would never be tested."""
    operation = OPERATIONS[name]
    seen: dict[str, set[str]] = {}
    rng = generator(f"{name}: options", 0)
    for drawn in {operation.of_kind(kind).draw for kind in operation.kinds}:
        for _ in range(100):
            case = drawn(rng)
            arrays = dict(zip(operation.arguments, case.arrays, strict=False)) | case.fixed
            given = {key: "given" if x is not None else "None" for key, x in arrays.items()}
            for argument in operation.arguments:
                value = given.get(argument, repr(case.options.get(argument, "default")))
                seen.setdefault(argument, set()).add(value)
    optional = {
        key
        for key, parameter in inspect.signature(getattr(F, f"{name}_forward")).parameters.items()
        if parameter.default is not inspect.Parameter.empty and key != "generator"
    }
    lonely = {key for key in optional if len(seen.get(key, ())) < 2}
    assert not lonely, f"{name}: {lonely} are drawn with one value only"


@pytest.mark.parametrize("name", OPERATIONS)
def test_kinds_tell_cases_apart(name: str) -> None:
    """There are some, and none holds of whatever is drawn: it would ask for nothing."""
    operation = OPERATIONS[name]
    assert len(operation.kinds) >= 4, f"{name} has too few kinds"
    rng = generator(f"{name}: kinds", 0)
    cases = [operation.draw(rng) for _ in range(300)]
    for label, kind in operation.kinds.items():
        if label != "any" and kind.draw is None and not kind.settings:
            assert not all(kind.when(case) for case in cases), f"{name}: {label!r} holds of every case"


def test_what_convolutions_are_drawn_for() -> None:
    """These are known to find mistakes; none is to be lost."""
    layers = ("conv1d", "conv2d", "conv3d", "partial_conv2d", "separable_conv2d")
    for name in layers:
        assert WINDOWS.keys() - OPERATIONS[name].kinds.keys() <= {"unlike axes"}
    ways = {"depthwise", "depthwise with a multiplier", "1×1", "as large as the image", "thin", "same size"}
    conv2d = OPERATIONS["conv2d"].kinds
    assert {f"way: {way}{blocks}" for way in ways for blocks in ("", ", in blocks")} < conv2d.keys()
    assert {f"border: {mode}" for mode in ("reflect", "replicate", "circular")} < conv2d.keys()
    assert sum(len(operation.kinds) for operation in OPERATIONS.values()) >= 600


# An operation of nine lines, right and wrong.


def swish_forward(x: Any, beta: float = 1.0) -> tuple[Any, Any]:
    xp = floating("swish", x=x)
    gate = 1 / (1 + xp.exp(-beta_of(beta) * x))
    return x * gate, (x, gate, beta)


def swish_backward(grad_out: Any, cache: Any) -> Any:
    x, gate, beta = cache
    upstream("swish_backward", grad_out, x.shape, x)
    return grad_out * (gate + beta * x * gate * (1 - gate))


def beta_of(beta: Any) -> float:
    if not isinstance(beta, float) or beta < 0:
        raise ValueError(f"swish: beta must be a number at least 0, got {beta!r}")
    return beta


def renamed(beta: Any) -> float:
    if not isinstance(beta, float) or beta < 0:
        raise ValueError("number: beta must not be below 0")
    return beta


def reference(x: torch.Tensor, beta: float = 1.0) -> torch.Tensor:
    return x * torch.sigmoid(beta_of(beta) * x)


def draw_swish(rng: np.random.Generator) -> Case:
    x = draw_array(rng, (pick(rng, 1, 4), 3))
    return Case([x], {"beta": pick(rng, 0.5, 1.0, -1.0)} if rng.random() < 0.5 else {})


def operation(**changes: Any) -> Operation:
    pair = {"forward": swish_forward, "backward": swish_backward}
    kinds = {"one image": lambda case: len(case.arrays[0]) == 1, "steep": lambda case: bool(case.options)}
    return Operation("swish", draw_swish, reference, kinds, **(pair | changes))


def examine(swish: Operation) -> None:
    """Do with one operation what `test_operations.py` does with each."""
    kinds: list[Any] = list(swish.kinds)
    for kind in kinds:
        each(f"swish: {kind}", lambda rng, place, kind=kind: checks.parity(swish, kind, rng, place))
    each("swish: refused", lambda rng, _: checks.refusal(swish, rng))
    contract: Callable[..., None]
    for contract in (
        checks.differences,
        contracts.linear_in_upstream,
        contracts.layouts,
        contracts.half,
        contracts.empty,
        refusals.upstream,
        refusals.dtypes,
        refusals.options,
    ):
        each(contract.__name__, lambda rng, place: contract(swish, kinds[place % len(kinds)], rng))  # noqa: B023


def test_a_right_operation_passes() -> None:
    examine(operation())


def backward(change: Callable[[Any, Any, Any], Any]) -> dict[str, Any]:
    """Return a backward pass of which the result goes through a function."""
    return {
        "backward": lambda grad_out, cache: change(swish_backward(grad_out, cache), grad_out, cache),
    }


def forward(change: Callable[..., Any]) -> dict[str, Any]:
    """Return a forward pass of which the result goes through a function."""

    def changed(x: Any, beta: float = 1.0) -> Any:
        out, cache = swish_forward(x, beta)
        return change(x, out), cache

    return {"forward": changed}


def overwritten(out: Any, x: Any) -> Any:
    x *= 1
    x += 1
    return out


def overwriting_backward(grad_out: Any, cache: Any) -> Any:
    found = swish_backward(grad_out, cache)
    grad_out *= 2
    return found


def changed_later(grad_out: Any, cache: Any) -> Any:
    found = swish_backward(grad_out, cache)
    cache[1][...] = 0
    return found


WRONG: dict[str, dict[str, Any]] = {
    "backward seven times too large": backward(lambda grad, grad_out, cache: 7 * grad),
    "backward of another operation": backward(lambda grad, grad_out, cache: grad_out),
    "backward with a digit wrong": backward(lambda grad, grad_out, cache: grad * 1.0001),
    "backward not linear": backward(lambda grad, grad_out, cache: grad + 1e-5 * grad_out * grad_out),
    "backward with the batch exchanged": backward(
        lambda grad, grad_out, cache: grad[::-1, ...] if hasattr(grad, "strides") else grad
    ),
    "backward with a tuple too long": backward(lambda grad, grad_out, cache: (grad, grad)),
    "backward in NumPy whatever came": backward(lambda grad, grad_out, cache: to_numpy(grad)),
    "backward changes grad_out": {"backward": overwriting_backward},
    "backward uses its cache up": {"backward": changed_later},
    "backward takes any upstream gradient": {
        "backward": lambda grad_out, cache: (
            grad_out * (cache[1] + cache[2] * cache[0] * cache[1] * (1 - cache[1]))
        )
    },
    "value wrong": forward(lambda x, out: out * 1.001),
    "value wrong for one image only": forward(lambda x, out: out * (1.001 if len(x) == 1 else 1)),
    "value in 64 bits": forward(lambda x, out: namespace(out).astype(out, namespace(out).float64)),
    "x changed": forward(lambda x, out: overwritten(out, x)),
    "an option without effect": {"forward": lambda x, beta=1.0: swish_forward(x)},
    "nothing is refused": {"forward": lambda x, beta=1.0: swish_forward(x, abs(beta))},
    "refused by another name": {"forward": lambda x, beta=1.0: swish_forward(x, renamed(beta))},
    "integers taken": {
        "forward": lambda x, beta=1.0: swish_forward(x * 1.0 if isinstance(x, np.ndarray) else x, beta)
    },
}


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_operation_fails(fault: str) -> None:
    with pytest.raises(AssertionError, match=r"configuration \d+ of seed \d+"):
        examine(operation(**WRONG[fault]))


def test_a_kind_that_is_never_drawn_fails() -> None:
    with pytest.raises(AssertionError, match="none of 20000 draws is of the kind 'huge'"):
        draw(
            Operation("relu", draw_swish, torch.relu, {"huge": lambda case: case.arrays[0].size > 99}),
            "huge",
            np.random.default_rng(0),
        )


def test_another_way_through_the_code_fails() -> None:
    relu = Operation("relu", lambda rng: Case([draw_array(rng, (3,))]), torch.relu, {"way": Kind(way=bool)})
    checks.parity(relu, "any", np.random.default_rng(0), 0)
    astray = Operation("relu", relu.draw, torch.relu, {"way": Kind(way=lambda cache: False)})
    with pytest.raises(AssertionError, match="the operation went another way than is meant"):
        checks.parity(astray, "way", np.random.default_rng(0), 0)


FAILING = """
from tests.convnet.operations.conditions import WINDOWS
from tests.convnet.operations.configurations import each

def test_fails_late():
    def check(rng, number):
        print("drawn", number, rng.integers(1000))
        assert number != 3

    each("a kind", check)
"""


def run(command: str, where: Path, **environment: str) -> str:
    """Run a line in a shell, and return what it prints."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = os.environ | {"PATH": path, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"} | environment
    result = subprocess.run(
        ["bash", "-c", command], cwd=where, env=environment, capture_output=True, text=True
    )
    return result.stdout


@pytest.mark.slow
def test_a_failing_configuration_is_repeated_by_the_line_of_its_message(tmp_path: Path) -> None:
    (tmp_path / "test_late.py").write_text(FAILING)
    first = run("python -m pytest test_late.py", tmp_path, CONVNET_SEED="77", CONVNET_DRAWS="6")
    found = re.search(r"repeat it by: (CONVNET_SEED=77 CONVNET_ONLY=3 .*)", first)
    assert found, first
    assert "a kind, configuration 3 of seed 77" in first
    drawn = re.findall(r"drawn 3 \d+", first)
    again = run(found[1], tmp_path)
    assert re.findall(r"drawn \d+ \d+", again) == drawn
