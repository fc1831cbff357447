"""Torch's values as they cross the wire: tensors with their gradients, parameters, dtypes, the processor.

Torch is looked up and never imported: where no notebook uses it, nothing here runs.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from .arrays import ValueLimits, rebuild
from .wire import Buffer, Tree, WireError

DTYPES = {
    "bool": "?", "uint8": "B", "int8": "b", "int16": "h", "int32": "i", "int64": "q", "float16": "e",
    "bfloat16": "h", "float32": "f", "float64": "d", "complex64": "F", "complex128": "D",
}  # fmt: skip


CROSS = True
"""Whether they cross at all: where the assignment does without torch, whoever asks has none."""


def kind_of(kind: type) -> str:
    """Return ``"tensor"``, ``"torch.dtype"``, ``"torch.device"`` or ``""`` for a type that crosses."""
    torch = sys.modules.get("torch")
    if torch is None or not CROSS:
        return ""
    if issubclass(kind, torch.Tensor):
        return "tensor"
    return {torch.dtype: "torch.dtype", torch.device: "torch.device"}.get(kind, "")


def encode(value: Any, buffers: list[Buffer]) -> list[Tree] | str:
    """Return the tree of a tensor, whose bytes are appended to ``buffers``; or why it cannot cross.

    Its gradient comes along: an optimizer that is given parameters finds it.
    """
    torch = sys.modules["torch"]
    tag = "parameter" if isinstance(value, torch.nn.Parameter) else "tensor"
    parts = _plain(value, buffers)
    if isinstance(parts, str):
        return parts
    grad = None if not value.is_leaf else value.grad
    if grad is None:
        return [tag, *parts, bool(value.requires_grad), None]
    inner = _plain(grad, buffers)
    return inner if isinstance(inner, str) else [tag, *parts, bool(value.requires_grad), inner]


def _plain(value: Any, buffers: list[Buffer]) -> list[Tree] | str:
    torch = sys.modules["torch"]
    name = str(value.dtype).removeprefix("torch.")
    if name not in DTYPES or value.layout != torch.strided:
        return f"a tensor of dtype {name:.40} cannot be compared"
    plain = value.detach().cpu().resolve_conj().resolve_neg().contiguous()
    array = (plain.view(torch.int16) if name == "bfloat16" else plain).numpy()
    buffers.append(np.ascontiguousarray(array).reshape(-1).view(np.uint8).data if array.size else b"")
    return [name, list(array.shape), len(buffers) - 1]


def decode(
    tree: list[Tree],
    take: Callable[[int], Buffer],
    limits: ValueLimits,
    made: Callable[[np.ndarray[Any, Any]], None],
) -> Any:
    """Rebuild a tensor or a parameter; ``made`` is called with the array that holds its numbers.

    Raises
    ------
    WireError
        When a part is not what :func:`encode` writes.
    """
    torch = sys.modules.get("torch")
    if len(tree) != 6 or type(tree[4]) is not bool:
        raise WireError("a malformed tensor")
    if torch is None:
        raise WireError("a tensor where none may be")
    requires_grad, inner = tree[4:]
    tensor = _rebuild(torch, tree[1:4], take, limits, made)
    if requires_grad and not (tensor.is_floating_point() or tensor.is_complex()):
        raise WireError("an integer tensor that wants a gradient")
    if tree[0] == "parameter":
        tensor = torch.nn.Parameter(tensor, requires_grad=requires_grad)
    elif requires_grad:
        tensor.requires_grad_(True)
    if inner is not None:
        if type(inner) is not list or len(inner) != 3:
            raise WireError("a malformed gradient")
        grad = _rebuild(torch, inner, take, limits, made)
        if grad.shape != tensor.shape or grad.dtype is not tensor.dtype or not tensor.is_floating_point():
            raise WireError("a gradient that does not fit its tensor")
        tensor.grad = grad
    return tensor


def _rebuild(
    torch: Any,
    parts: list[Tree],
    take: Callable[[int], Buffer],
    limits: ValueLimits,
    made: Callable[[np.ndarray[Any, Any]], None],
) -> Any:
    name, shape, index = parts
    if type(name) is not str or name not in DTYPES or type(shape) is not list or type(index) is not int:
        raise WireError("a malformed tensor")
    array = rebuild(np.dtype(DTYPES[name]).newbyteorder("<").str, shape, take(index), limits)
    made(array)
    tensor = torch.from_numpy(array)
    return tensor.view(torch.bfloat16) if name == "bfloat16" else tensor


def dtype(name: str) -> Any:
    """Return a dtype of torch's by its name."""
    torch = sys.modules.get("torch")
    if torch is None or name not in DTYPES:
        raise WireError("an unknown dtype")
    return getattr(torch, name)


def device(name: str) -> Any:
    """Return the processor; there is no other device where a notebook is graded."""
    torch = sys.modules.get("torch")
    if torch is None or name != "cpu":
        raise WireError("an unknown device")
    return torch.device("cpu")


def state(value: Any) -> tuple[Any, ...]:
    """Return a tensor's numbers and those of its gradient, to be compared later."""
    buffers: list[Buffer] = []
    tree = encode(value, buffers)
    return str(tree), *(bytes(buffer) for buffer in buffers)


def overwrite(target: Any, new: Any) -> None:
    """Give a tensor the numbers and the gradient of another.

    Raises
    ------
    WireError
        When the two differ in shape or dtype.
    """
    torch = sys.modules["torch"]
    if target.shape != new.shape or target.dtype is not new.dtype:
        raise WireError("a change of the wrong type")
    with torch.no_grad():
        if (
            state(target)[1] != state(new)[1]
        ):  # copying what is equal would still count as a change to autograd
            target.copy_(new)
        if new.grad is None or target.grad is None or target.grad.dtype is not new.grad.dtype:
            target.grad = new.grad
        else:
            target.grad.copy_(new.grad)
