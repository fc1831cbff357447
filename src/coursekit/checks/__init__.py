"""What the tests of an assignment say when an answer is wrong.

A test calls a function of the student and compares what comes back. These helpers turn every way of going
wrong into one sentence that says what to do. `Answer.equals` may show the expected value: public tests use
it. `Answer.matches` never does: hidden tests use it.

A test holds copies of what the student's code makes. What must have the real objects runs beside them:
`inside` runs a function of the test there, `module` examines a network, `trajectory` follows an optimizer.

`judges` looks at a test that the student wrote.

`handed_in` reads a file that the student handed in beside the notebook, `data` one that never left the
grader, and `bands` gives points by how high a score reaches.
"""

from coursekit._bands import bands
from coursekit._files import data, handed_in
from coursekit.checks._answer import TOLERANCE, Answer
from coursekit.checks._calls import call, changes, leaves_inputs, refuses
from coursekit.checks._cases import DTYPES, drawn, in_float64, mixed, one_changed
from coursekit.checks._inside import inside
from coursekit.checks._judges import judges, judges_each
from coursekit.checks._module import Modes, Module, Overfit, module
from coursekit.checks._trajectory import trajectory
from coursekit.checks._turns import in_turn
from coursekit.checks._views import on_views

__all__ = [
    "DTYPES",
    "TOLERANCE",
    "Answer",
    "Modes",
    "Module",
    "Overfit",
    "bands",
    "call",
    "changes",
    "data",
    "drawn",
    "handed_in",
    "in_float64",
    "in_turn",
    "inside",
    "judges",
    "judges_each",
    "leaves_inputs",
    "mixed",
    "module",
    "on_views",
    "one_changed",
    "refuses",
    "trajectory",
]
