"""Work that the warm process does once, so that no notebook has to: imports, figures, tracebacks."""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
from typing import Any

from . import shell, tensors
from .outputs import Outputs

MODULES = (
    "matplotlib.pyplot",
    "matplotlib.font_manager",
    "numpy.random",
    "PIL.PngImagePlugin",
    "coursekit",
)
# The first figure of a process looks for fonts, the first traceback imports what draws it.
CELLS = (
    """
import matplotlib.pyplot as plt
figure, axes = plt.subplots(figsize=(1, 1), layout="constrained")
axes.imshow([[0, 1]])
axes.plot([0, 1])
axes.set_title("first $x^2$")
plt.show()
plt.close("all")
print(1)
1 + 1
""",
    """
from coursekit import data, plots
data.fashion_mnist("train"), data.fashion_mnist("test")
plots.matrix([[0, 1]])
""",
    "1 / 0",
)
# torch imports a thousand modules at the first optimizer. No backward pass: its engine may start threads.
TORCH = """
import torch
from torch import nn
torch.set_num_threads(1)
network = nn.Sequential(nn.Conv2d(1, 1, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1, 2))
with torch.no_grad():
    nn.functional.cross_entropy(network(torch.zeros(2, 1, 4, 4)), torch.tensor([0, 1]))
optimizer = torch.optim.Adam(network.parameters())
for parameter in network.parameters():
    parameter.grad = torch.zeros_like(parameter)
optimizer.step()
"""


def warm(output: int, modules: list[str]) -> tuple[shell.Shell, Outputs]:
    """Return a shell that has run a few cells, and the place where it writes.

    Parameters
    ----------
    output : int
        How many bytes a cell may show.
    modules : list of str
        What notebooks may import. torch uses one thread: a process that has used more cannot be forked.
    """
    for name in (*MODULES, *modules):
        _load(name)
    outputs = Outputs(output)
    warmed = shell.build(outputs)
    tensors.CROSS = any(name.partition(".")[0] == "torch" for name in modules)
    for cell in (*CELLS, TORCH) if tensors.CROSS else CELLS:
        shell.run_cell(warmed, cell)
        outputs.begin()
    reset: Any = warmed.reset
    reset(new_session=True)
    return warmed, outputs


def _load(name: str) -> None:
    """Import a module and, of a package of the course, all that is in it; a notebook may do without."""
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as missing:
        if missing.name not in (name, name.partition(".")[0]):
            raise
        return
    if name == "coursekit":  # its parts are small, and checks load any of them; figures belong to the book
        parts = [part for part in _parts(module, "coursekit.") if part != "coursekit.widgets"]
        for part in parts:
            with contextlib.suppress(ModuleNotFoundError):  # extras that are not installed
                below = importlib.import_module(part)
                parts += _parts(below, f"{part}.") if hasattr(below, "__path__") else []


def _parts(package: Any, prefix: str) -> list[str]:
    return [found.name for found in pkgutil.iter_modules(package.__path__, prefix)]
