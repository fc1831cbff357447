"""Notebooks and zips as students upload them, and what intake reads in them."""

import json
import zipfile
from pathlib import Path

import nbformat
import pytest

from autograder.submissions.entry import Entry
from autograder.submissions.intake import collect, fetch
from autograder.submissions.notebook import UnreadableError, parse


def notebook_json(source: str = "x = 1", **extra: object) -> str:
    cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell], **extra})


def zipped(files: dict[str, str | bytes], path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, content in files.items():
            z.writestr(name, content)
    return path


def read(entry: Entry, wanted: str) -> str:
    """Do what a grading process does with a submission."""
    return parse(fetch(entry, wanted))


def why(path: Path) -> str:
    """Return the reason for which the one submission in ``path``'s folder cannot be graded."""
    (entry,) = collect(path.parent)
    with pytest.raises(UnreadableError) as caught:
        read(entry, "hw3.ipynb")
    return str(caught.value)


def source_of(entry: Entry) -> str:
    content = json.loads(read(entry, "hw3.ipynb"))
    nbformat.validate(content)
    return "|".join(c["source"] for c in content["cells"])
