"""Copies of a student's tensors that know it: writing into them, or asking for gradients, fails loudly.

A copy's numbers are right, and writing into them would change nothing of the student's. NumPy's arrays can
be marked read-only. Torch's cannot, so a copy is of a class of its own; what is computed from it is plain.
"""

from __future__ import annotations

import functools
import sys
from typing import Any, NoReturn

import numpy as np

from .inside.values import Refused

WRITTEN = (
    "this tensor is a copy of the student's, and writing into it changes nothing of theirs: assign the whole "
    "attribute, or write a function that changes it and run that with checks.inside"
)
NO_GRADIENT = (
    "no gradient flows from a test into the student's network, because the test has copies of what it "
    "computed: use checks.module(net).gradients, or write a function that calls backward() and run that "
    "with checks.inside"
)


# Refused is no TypeError, which torch would take for "not implemented": `w += 1` would then compute `w + 1`.


def guard(tensor: Any) -> Any:
    """Mark a tensor from the student's code, so that using it as if it were the original fails."""
    torch = sys.modules["torch"]
    if isinstance(tensor, torch.nn.Parameter):
        return read_only(tensor)
    if tensor.requires_grad:
        tensor.register_hook(_no_gradient)
    return tensor


def read_only(tensor: Any) -> Any:
    """Return the same numbers as a tensor that cannot be written into."""
    torch = sys.modules["torch"]
    kind = _class()
    if type(tensor) is kind:
        return tensor
    copy = torch.Tensor._make_subclass(kind, tensor.detach(), tensor.requires_grad)
    with torch._C.DisableTorchFunctionSubclass():
        if isinstance(tensor, torch.nn.Parameter):
            copy._is_param = True  # what isinstance asks for
        if tensor.is_leaf and tensor.grad is not None:
            copy.grad = tensor.grad
        if copy.requires_grad:
            copy.register_hook(_no_gradient)
    return copy


def _no_gradient(gradient: object) -> NoReturn:
    raise Refused(NO_GRADIENT)


@functools.cache
def _class() -> type:
    torch: Any = sys.modules["torch"]
    base: type = torch.Tensor

    def tensors(values: Any) -> list[Any]:
        if isinstance(values, torch.Tensor):
            return [values]
        if isinstance(values, dict):
            values = values.values()
        elif not isinstance(values, list | tuple):
            return []
        return [tensor for value in values for tensor in tensors(value)]

    def marked(value: Any, places: set[int]) -> Any:
        """Mark what shares its numbers with a copy: a view, or NumPy's array of them."""
        if isinstance(value, torch.Tensor):
            return read_only(value) if value.untyped_storage().data_ptr() in places else value
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
        if type(value) in (tuple, list):
            return type(value)(marked(part, places) for part in value)
        return value

    class Copy(base):  # type: ignore[misc]
        """A copy of a student's tensor."""

        @classmethod
        def __torch_function__(cls, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            kwargs = kwargs or {}
            with torch._C.DisableTorchFunctionSubclass():
                own = [t for t in tensors([*args, *kwargs.values()]) if type(t) is cls]
                if getattr(func, "__name__", "") == "__set__":
                    raise Refused(WRITTEN)
                before = [t._version for t in own]
                try:
                    result = func(*args, **kwargs)
                except RuntimeError as error:
                    if "in-place" not in str(error):  # torch refuses to write where it records gradients
                        raise
                    raise Refused(WRITTEN) from None
                if [t._version for t in own] != before:
                    raise Refused(WRITTEN)
                if func is torch.Tensor.grad.__get__:
                    return None if result is None else read_only(result)
                places = {t.untyped_storage().data_ptr() for t in own}
                return marked(result, places - {0})

        def __deepcopy__(self, memo: Any) -> Any:
            with torch._C.DisableTorchFunctionSubclass():
                return torch.Tensor.clone(self.detach()).requires_grad_(self.requires_grad)

        def __reduce_ex__(self, protocol: Any) -> Any:
            return self.__deepcopy__({}).__reduce_ex__(protocol)

    return Copy
