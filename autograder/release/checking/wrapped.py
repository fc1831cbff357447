"""Code that wraps an answer so that it breaks one line of its contract.

It also runs in a notebook under seal, beside nothing but NumPy.
"""

from __future__ import annotations

HELPERS = '''
def _slipped(real, how, which=None):
    import copy
    import functools

    import numpy as np

    def is_array(value):
        return hasattr(value, "dtype") and len(getattr(value, "shape", ())) > 0

    def kept(value):
        if isinstance(value, (list, tuple)):
            return type(value)(kept(v) for v in value)
        return value.clone() if hasattr(value, "clone") else copy.copy(value)

    def numbers(value, kind):
        if isinstance(value, (list, tuple)):
            return type(value)(numbers(v, kind) for v in value)
        return kind(value)

    def cast(value, kind):
        return value.astype(kind) if isinstance(value, np.ndarray) else numbers(value, kind)

    def square(value):
        swap = is_array(value) and len(value.shape) > 1 and value.shape[-1] == value.shape[-2]
        return value.swapaxes(-1, -2) if swap else value

    changes = {
        "float": lambda value: cast(value, float),
        "int": lambda value: cast(value, int),
        "other": lambda value: value.astype("float32" if value.dtype == "float64" else "float64"),
        "axis": lambda value: value[None] if is_array(value) else value,
        "square": square,
    }

    def change(value):
        if which is None:
            return changes[how](value)
        return type(value)(changes[how](v) if k == which else v for k, v in enumerate(value))

    @functools.wraps(real)
    def answer(*args, **kwargs):
        if how != "input":
            return change(real(*args, **kwargs))
        value = kept(real(*args, **kwargs))
        for given in (*args, *kwargs.values()):
            if is_array(given):
                given = given.detach() if hasattr(given, "detach") else given
                given[...] = given + 1
        return value

    return answer

def _first_alone(real, axes, back):
    """Compute with the first entry along an axis alone, and repeat what comes out."""
    import functools
    import inspect

    import numpy as np

    @functools.wraps(real)
    def answer(*args, **kwargs):
        bound = inspect.signature(real).bind(*args, **kwargs)
        many = 1
        for name, axis in axes.items():
            value = bound.arguments.get(name)
            if value is not None:
                many = value.shape[axis]
                bound.arguments[name] = value[(slice(None),) * axis + (slice(0, 1),)]
        value = real(*bound.args, **bound.kwargs)
        return value if back is None else np.repeat(value, many, axis=back)

    return answer
'''
