"""Sealed grading: notebooks run in a sandbox, their tests run here, and only plain values pass between.

The student's code never shares a process with a hidden test, the reference or a score. See
:mod:`autograder.sealed.inside` for what runs in the sandbox.
"""

from autograder.limits import Limits

from .grader import Grader
from .tiers import TierUnavailable, available_tiers
from .warm import SandboxBroken, SandboxOpen

__all__ = ["Grader", "Limits", "SandboxBroken", "SandboxOpen", "TierUnavailable", "available_tiers"]
