"""What a test may ask of a student's objects passes; what it asks in vain under seal is found."""

import ast

import pytest

from autograder.release import crossing

HEAD = """
def test(net, Layer):
    import collections.abc
    import types
    import numpy as np
    import torch
    import torch.nn as nn
    from torch.nn import Linear
    from coursekit import checks

"""


def found(*lines: str) -> tuple[int, str] | None:
    (function,) = ast.parse(HEAD + "\n".join(f"    {line}" for line in lines)).body
    assert isinstance(function, ast.FunctionDef)
    return crossing.find(function)


@pytest.mark.parametrize(
    "line",
    [
        "assert isinstance(net, (np.ndarray, list, torch.Tensor))",
        "assert isinstance(net, np.floating | float)",
        "assert isinstance(net, Layer)",
        "assert isinstance(net.weight, nn.Parameter)",
        "assert type(net) is np.ndarray",
        "assert isinstance(net, collections.abc.Sequence)",
        "assert type(net).__name__ == 'x'",
        "kinds = net; assert isinstance(net, kinds)",
    ],
)
def test_what_has_an_answer_passes(line: str) -> None:
    assert found(line) is None


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("assert isinstance(net, nn.Module)", "checks.module(net)"),
        ("assert isinstance(net, (list, Linear))", "`Linear`"),
        ("assert issubclass(net, nn.Module | int)", "`nn.Module`"),
        ("assert type(net) == torch.optim.SGD", "checks.inside"),
        ("assert type(net) in (int, types.FunctionType)", "`types.FunctionType`"),
        ("assert isinstance(net, np.random.Generator)", "checks.inside"),
    ],
)
def test_what_is_always_no_is_found_with_its_line(line: str, words: str) -> None:
    told = found("x = 1", line)
    assert told is not None
    assert told[0] == len(HEAD.splitlines()) + 2
    assert words in told[1]


def test_a_function_that_runs_inside_may_ask_anything_and_uses_no_name_from_outside() -> None:
    fixture = "def ask(net, np=1):", "    from torch import nn", "    return isinstance(net, nn.Module), np"
    assert found(*fixture, "assert checks.inside(ask, net)") is None
    told = found(
        "def ask(net):", "    x = 1", "    return isinstance(net, nn.Module)", "checks.inside(ask, net)"
    )
    assert told is not None
    assert "ask runs inside, where `nn` of test is not there" in told[1]
    assert told[0] == len(HEAD.splitlines()) + 3
    assert found(*fixture, "assert ask(net)") is not None, "it does not run inside"
