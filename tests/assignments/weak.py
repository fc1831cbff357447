"""A master whose tests are weak in every way that a contract can name."""

from __future__ import annotations

from importlib.resources import files

_SCAFFOLD = (files("autograder.release") / "scaffold/master.py.txt").read_text(encoding="utf-8")
HEAD = _SCAFFOLD[: _SCAFFOLD.index("# %% [raw]\n# # BEGIN QUESTION")].replace("@NAME@", "hw0")
ANSWER = '''
import numpy as np


def stretch(x, factor=2, step=1, bias=None, mode="up"):
    """Multiply each value.

    Parameters
    ----------
    x : array (N, C, H, W)
    factor, step : int
    bias : array (C,) or None
    mode : str                "up" or "down"

    Returns
    -------
    array (N, C, H, W), dtype as x

    Raises
    ------
    ValueError                for another mode
    """
    # BEGIN SOLUTION
    if mode not in ("up", "down"):
        raise ValueError("stretch: mode must be up or down")
    out = x * factor * step if mode == "up" else x / (factor * step)
    if bias is not None:
        out = out + bias[:, None, None]
    return out.astype(x.dtype)
    # END SOLUTION


class Counter:
    """Adds up.

    Parameters
    ----------
    start : float
    """

    def __init__(self, start=0.0):
        # BEGIN SOLUTION
        self.total = start
        # END SOLUTION

    def add(self, by=1):
        """Add, and tell.

        Parameters
        ----------
        by : int

        Returns
        -------
        int
        """
        # BEGIN SOLUTION
        self.total += by
        return self.total
        # END SOLUTION
'''
PUBLIC = """
def test_public(stretch, Counter):
    import numpy as np

    x = np.full((1, 1, 2, 2), 3.0)
    assert np.sum(stretch(x)) == 24
    assert Counter(4).add(2) == 6

test_public(stretch, Counter)
"""
HIDDEN = """
\"\"\" # BEGIN TEST CONFIG
hidden: true
failure_message: It is wrong.
\"\"\"  # END TEST CONFIG

def test_hidden(stretch):
    import numpy as np

    x = np.ones((2, 1, 2, 3), np.float32)
    assert np.sum(stretch(x, 3, mode="up")) == 36

test_hidden(stretch)
"""


def master(answer: str = ANSWER, public: str = PUBLIC, hidden: str = HIDDEN) -> str:
    """Return the text of a master with one question."""
    marks = [
        ("BEGIN QUESTION\n# name: q1\n# points: 2", ""),
        ("BEGIN SOLUTION", answer),
        ("END SOLUTION", ""),
    ]
    text = HEAD
    for mark, code in marks:
        text += f"# %% [raw]\n# # {mark}\n\n" + (f"# %%{code}\n" if code else "")
    text += "# %% [raw]\n# # BEGIN TESTS\n\n"
    text += f"# %%{public}\n# %%{hidden}\n"
    return text + "# %% [raw]\n# # END TESTS\n\n# %% [raw]\n# # END QUESTION\n"
