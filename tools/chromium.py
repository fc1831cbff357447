"""Finds the browser that tests and tools drive: the system's Chromium or Chrome, or that of ``CHROMIUM``."""

from __future__ import annotations

import os
import shutil

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
"""The first that is there is taken. The headless shell draws the same pages in two thirds of the time."""


def find() -> str:
    """Return the path of the browser.

    Raises
    ------
    FileNotFoundError
        When there is none; the message says how to get one.
    """
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        raise FileNotFoundError(
            "no Chromium on this machine: install it (make system) or set CHROMIUM to its path"
        )
    return found
