"""The seeds of tests: the same answer gets the same score, wherever its tests run."""

from __future__ import annotations

import random
import sys
import zlib
from typing import Any

import numpy as np


def seed_case(tests: str, question: str, number: int) -> None:
    """Seed the generators of this process for a case of a question.

    Parameters
    ----------
    tests : str
        The text of the question's tests, hidden ones too: a student cannot work out the seed from names.
    question : str
        The question.
    number : int
        The place of the case in the file, from 0.
    """
    seed_everything(f"{tests}{question}:{number}")


def seed_everything(what: str) -> None:
    """Seed Python's, NumPy's and torch's generators by a text; torch is not loaded for that."""
    seed = zlib.crc32(what.encode())
    random.seed(seed)
    np.random.seed(seed)
    torch: Any = sys.modules.get("torch")
    if torch is not None:
        torch.manual_seed(seed)
