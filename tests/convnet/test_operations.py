"""Every registered operation: values, gradients and promises, on drawn configurations of each kind."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.convnet.operations import OPERATIONS, checks, contracts, refusals
from tests.convnet.operations.configurations import each

KINDS = [(name, kind) for name, operation in OPERATIONS.items() for kind in operation.kinds]
CONTRACTS: dict[str, Callable[..., None]] = {
    "linear in the upstream gradient": contracts.linear_in_upstream,
    "other upstream gradients are refused": refusals.upstream,
    "any layout": contracts.layouts,
    "other dtypes are refused": refusals.dtypes,
    "16 bits": contracts.half,
    "wrong options are refused": refusals.options,
    "empty batch": contracts.empty,
}


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_agrees_with_torch(name: str, kind: str) -> None:
    def check(rng: np.random.Generator, number: int) -> None:
        checks.parity(OPERATIONS[name], kind, rng, number)

    each(f"{name}: {kind}", check)


@pytest.mark.parametrize("name", [name for name, operation in OPERATIONS.items() if operation.refuses])
def test_refuses_what_torch_refuses(name: str) -> None:
    each(f"{name}: refused", lambda rng, _: checks.refusal(OPERATIONS[name], rng), share=2.0)


@pytest.mark.parametrize("name", OPERATIONS)
def test_gradients_are_finite_differences(name: str) -> None:
    """One kind after the other, as far as the draws go."""
    kinds = [key for key, kind in OPERATIONS[name].kinds.items() if not kind.rough]

    def check(rng: np.random.Generator, number: int) -> None:
        checks.differences(OPERATIONS[name], kinds[number % len(kinds)], rng)

    each(f"{name}: finite differences", check, share=0.5)


@pytest.mark.parametrize("contract", CONTRACTS)
@pytest.mark.parametrize("name", OPERATIONS)
def test_keeps_its_contract(name: str, contract: str) -> None:
    kinds: list[Any] = list(OPERATIONS[name].kinds)

    def check(rng: np.random.Generator, number: int) -> None:
        CONTRACTS[contract](OPERATIONS[name], kinds[number % len(kinds)], rng)

    each(f"{name}: {contract}", check, share=0.5)
