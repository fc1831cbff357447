"""Registry of operations, from which the tests of every forward and backward pass are drawn.

To register an operation, write a file of its family here (or add to the one there is), and hand over

- its name: `convnet.functional` must hold `NAME_forward` and `NAME_backward`;
- `draw(rng)`, which returns a `Case`: arrays with gradients (None where an optional one is left out),
  options, and arrays without gradients by name; now and then it draws what must be refused;
- the same operation in torch, called with tensors as the forward function is with arrays: values, gradients
  by autograd, and an exception for whatever must be refused;
- kinds: conditions on a case, each by its name, so that every way through the code is reached in each run.
  A condition is a function of the case; draws are repeated until it holds. A `Kind` can also bring a draw of
  its own, constants such as sizes of blocks, or a check of the way that was taken.

::

    register(
        Operation(
            "relu",
            lambda rng: Case([draw_array(rng, (2, 3), ties=True)]),
            torch.nn.functional.relu,
            {"negative": lambda case: bool((case.arrays[0] < 0).all())},
            refuses=False,
        )
    )

`tests/convnet/test_operations.py` does the rest. An operation whose forward function takes its arguments in
another order gives `forward`, a function with the same argument names, arrays with gradients first.

A name of `convnet.functional` that is no such pair stands in `UNPAIRED`, with the test that covers it.
"""

from importlib import import_module
from pathlib import Path

from tests.convnet.operations.registry import OPERATIONS, Kind, Operation, register

__all__ = ["OPERATIONS", "UNPAIRED", "Kind", "Operation", "register"]

UNPAIRED = {
    "class_balanced_weights": "weights for a loss, from counts: test_focal_loss.py",
    "conv2d_matrix": "no gradient is taken of it: test_matrix.py",
    "convolve1d": "signal processing, no layer: test_signal.py",
    "convolve2d": "signal processing, no layer: test_signal.py",
    "correlate1d": "signal processing, no layer: test_signal.py",
    "correlate2d": "signal processing, no layer: test_signal.py",
    "submanifold_rulebook": "whole numbers, drawn with submanifold_conv2d: test_submanifold.py",
}
MACHINERY = {
    "__init__",
    "checks",
    "conditions",
    "configurations",
    "contracts",
    "layers",
    "refusals",
    "registry",
}
for _family in sorted(Path(__file__).parent.glob("*.py")):
    if _family.stem not in MACHINERY:
        import_module(f"{__name__}.{_family.stem}")
