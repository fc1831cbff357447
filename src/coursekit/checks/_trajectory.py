"""The path of parameters that an optimizer walks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from coursekit.checks._inside import inside


def trajectory(
    make: Callable[..., Any] | None,
    start: Any,
    gradients: Any,
    steps: int | None = None,
    *,
    functional: bool = False,
    beside: int = 0,
    name: str = "",
    **settings: Any,
) -> Any:
    """Return the path of parameters that a student's optimizer walks, from the start to the last step.

    The optimizer is made and stepped beside the student's code, on copies of ``start``. So the test gets the
    same path in a notebook, under seal and under Otter's own grader, whether a step writes into a parameter
    or puts a new array in its place.

    Two interfaces are known. **A class**, as in torch: ``make(parameters, **settings)`` takes a list of
    parameters, objects with arrays ``data`` and ``grad``, and has a method ``step()`` which updates ``data``.
    **A function** (``functional=True``): ``make(data, grad, state, **settings)`` returns the new array, or a
    tuple of it and the new state; the state of each parameter begins as an empty dict.

    Where ``start`` holds tensors, the parameters are `torch.nn.Parameter`, and optimizers of torch fit.

    Parameters
    ----------
    make : class or function
        The student's optimizer.
    start : array, tensor, or list of them
        Where the parameters begin.
    gradients : list or function
        The gradients of each step: an item for a step, an array, or a list of one for each parameter (None
        where it has no gradient). Or a function of the parameters that returns them.
    steps : int, optional
        How many steps; by default as many as there are gradients.
    functional : bool
        Whether ``make`` is a function of the second kind.
    beside : int
        How many more optimizers are made and stepped in turn with this one, up the gradient instead of down.
        The path must not depend on it; it does where instances share their state.
    name : str
        What messages call the optimizer, if not by its own name.
    **settings
        What else ``make`` takes, such as ``lr=0.1``.

    Returns
    -------
    array, or list of them
        Of shape (steps + 1, ...), the start first; a list where ``start`` is one.

    Raises
    ------
    AssertionError
        In words for the student, when there is no optimizer or it does not fit the interface.

    Examples
    --------
    >>> import numpy as np
    >>> class Descent:
    ...     def __init__(self, parameters, lr):
    ...         self.parameters, self.lr = parameters, lr
    ...
    ...     def step(self):
    ...         for p in self.parameters:
    ...             p.data -= self.lr * p.grad
    >>> trajectory(Descent, np.array([1.0, 2.0]), lambda w: w, steps=2, lr=0.5)
    array([[1.  , 2.  ],
           [0.5 , 1.  ],
           [0.25, 0.5 ]])
    """
    said = name or getattr(make, "__name__", "the optimizer")
    assert make is not None, (
        f"{said} is not defined. Run the cell that defines it, without errors, and then this one."
    )
    several = isinstance(start, list | tuple)
    if not callable(gradients):
        gradients = list(gradients)
        steps = len(gradients) if steps is None else steps
        if steps > len(gradients):
            raise TypeError(f"trajectory: gradients must hold one item for each of {steps} steps")
    elif steps is None:
        raise TypeError("trajectory: steps must be given where gradients is a function")
    starts = list(start) if several else [start]
    how = functional, several, beside, said
    paths = inside(_walk, make, starts, gradients, steps, how, settings)
    return paths if several else paths[0]


def _walk(
    make: Any, start: Any, gradients: Any, steps: int, how: tuple[bool, bool, int, str], settings: Any
) -> list[Any]:
    """Walk the path; this runs inside, so it uses no name from outside of it."""
    import numpy as np

    functional, several, beside, said = how
    tensors = not isinstance(start[0], np.ndarray | np.generic | float | int)

    class Parameter:
        """An array to be learned, and the gradient of the loss by it."""

        def __init__(self, data: Any) -> None:
            self.data = np.array(data)
            self.grad: Any = None

        def __repr__(self) -> str:
            return f"Parameter of shape {self.data.shape}"

    class Update:
        """An optimizer made of a function."""

        def __init__(self, parameters: Any, **settings: Any) -> None:
            self.parameters, self.settings = parameters, settings
            self.states: list[Any] = [{} for _ in parameters]

        def step(self) -> None:
            for k, p in enumerate(self.parameters):
                if p.grad is None:
                    continue
                found = make(p.data, p.grad, self.states[k], **self.settings)
                if isinstance(found, tuple) and len(found) == 2:
                    found, self.states[k] = found
                p.data = found

    def parameters() -> Any:
        if not tensors:
            return [Parameter(value) for value in start]
        import torch

        return [torch.nn.Parameter(value.detach().clone()) for value in start]

    def copy(value: Any) -> Any:
        return value.detach().clone() if tensors else np.array(value)

    def at(step: int) -> list[Any]:
        here = [copy(p.data) for p in walkers[0][0]]
        found = gradients(*here) if callable(gradients) else gradients[step]
        return list(found) if several else [found]

    def shown(p: Any, first: Any) -> Any:
        value = p.data
        assert isinstance(value, type(first.data) if tensors else np.ndarray | np.generic), (
            f"{said}: after a step a parameter is a {type(value).__name__}. Keep an array in it."
        )
        assert value.shape == first.shape, (
            f"{said}: a step made shape {tuple(value.shape)} of a parameter of shape {tuple(first.shape)}. "
            "Each parameter keeps its shape, and its state has the same."
        )
        return copy(value)

    walkers = []
    for _ in range(beside + 1):
        own = parameters()
        optimizer = (Update if functional else make)(list(own), **settings)
        assert callable(getattr(optimizer, "step", None)), (
            f"{said} has no method step(). Define it in the class."
        )
        walkers.append((own, optimizer))
    firsts = parameters()
    paths = [[copy(p.data)] for p in firsts]
    for step in range(steps):
        now = at(step)
        for number, (own, optimizer) in enumerate(walkers):
            for p, g in zip(own, now, strict=True):
                p.grad = None if g is None else copy(g) if number == 0 else -copy(g)
            optimizer.step()
        for path, p, first in zip(paths, walkers[0][0], firsts, strict=True):
            path.append(shown(p, first if tensors else first.data))
    if tensors:
        import torch

        return [torch.stack(path) for path in paths]
    return [np.array(path) for path in paths]
