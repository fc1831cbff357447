"""What runs inside the sandbox, and the wire that both sides speak.

This folder is bound read-only into the sandbox and imported there as the top-level package ``inside``.
It imports neither the rest of ``autograder`` nor Otter. The grader uses :mod:`wire` and :mod:`values`
from here as well, so that both ends speak one language.
"""
