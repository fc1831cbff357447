"""What the tests of an assignment say when an answer is wrong.

A test calls a function of the student and compares what comes back. These helpers turn every way of going
wrong into one sentence that says what to do. `Answer.equals` may show the expected value: public tests use
it. `Answer.matches` never does: hidden tests use it.
"""

from coursekit.checks._answer import TOLERANCE, Answer, call, leaves_inputs, refuses

__all__ = ["TOLERANCE", "Answer", "call", "leaves_inputs", "refuses"]
