"""A notebook as it was uploaded: read where that is possible, repaired, or refused with a reason."""

import json
import random

import nbformat
import pytest

from autograder.sealed import Grader, executed
from autograder.submissions import notebook
from autograder.submissions.intake import collect
from autograder.submissions.notebook import UnreadableError, parse
from tests.autograder import tiny
from tests.autograder.uploads import notebook_json, read, why, zipped

BROKEN = {
    "empty": (b"", "the file is empty"),
    "blanks": (b" \n\0 ", "the file holds nothing but blanks"),
    "cut short": (notebook_json().encode()[:-9], "not a notebook: broken JSON at line 1, column"),
    "words": (b"my homework", "not a notebook: broken JSON at line 1, column 1 (Expecting value)"),
    "pdf": (b"%PDF-1.7 ...", "not a notebook: the file is a PDF"),
    "zip": (b"PK\x03\x04 ...", "not a notebook: the file is a zip; its name should end in .zip"),
    "web page": (b"\n<!doctype html>", "not a notebook: the file is a web page"),
    "lfs": (b"version https://git-lfs.github.com/spec/v1", "not a notebook: the file is a Git LFS pointer"),
    "list": (b"[1, 2]", "not a notebook: the file is JSON, but of another kind"),
    "other JSON": (b'{"type": "FeatureCollection"}', "not a notebook: the file is JSON, but of another kind"),
    "no cells": (b'{"nbformat": 4}', "not a notebook: it has no list of cells"),
    "cells a dict": (b'{"nbformat": 4, "cells": {}}', "not a notebook: it has no list of cells"),
    "format 2": (b'{"nbformat": 2, "worksheets": []}', "nbformat 2 cannot be read; save it as nbformat 4"),
    "format 5": (notebook_json(nbformat=5).encode(), "nbformat 5 cannot be read; save it as nbformat 4"),
    "format true": (notebook_json(nbformat=True).encode(), "nbformat True cannot be read"),
    "format odd": (b'{"nbformat": ["\x1b[2J"], "cells": []}', "not a notebook: broken JSON"),
    "nested": (b'{"nbformat": 4, "cells": ' + b"[" * 200_000, "not a notebook: its JSON is nested too"),
    "number": (b'{"nbformat": ' + b"9" * 5000 + b"}", "not a notebook: broken JSON (Exceeds the limit"),
    "nothing": (notebook_json("").encode(), "the notebook has nothing in it"),
    "R": (notebook_json(metadata={"kernelspec": {"language": "R"}}).encode(), "the notebook is written in R"),
    "cells": (notebook_json(cells=[{}] * 5001).encode(), "the notebook has 5001 cells; at most 5000"),
    "half UTF-16": (b"\xff\xfe\x00", "not a notebook: the file is not text"),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_gets_a_reason_in_words(case, tmp_path):
    raw, reason = BROKEN[case]
    (tmp_path / "ann.ipynb").write_bytes(raw)
    assert why(tmp_path / "ann.ipynb").startswith(reason)


def test_a_huge_file_is_refused_unread(tmp_path):
    with (tmp_path / "ann.ipynb").open("wb") as file:
        file.truncate(2**40)
    assert why(tmp_path / "ann.ipynb") == "the notebook is larger than 32 MiB"


@pytest.mark.parametrize(
    ("encoding", "text"), [("utf-8-sig", "ü"), ("utf-16", "ü"), ("latin-1", "ü"), ("utf-8", "李")]
)
def test_encodings_are_tolerated(encoding, text):
    raw = notebook_json("PLACE").replace("PLACE", f"# {text}").encode(encoding)
    assert json.loads(parse(raw))["cells"][0]["source"] == f"# {text}"


def test_nbformat_3_is_upgraded():
    old = nbformat.v3.new_notebook(
        worksheets=[
            nbformat.v3.new_worksheet(
                cells=[
                    nbformat.v3.new_heading_cell("Title", level=2),
                    nbformat.v3.new_code_cell(input="a = 1\na", prompt_number=3),
                    nbformat.v3.new_text_cell("markdown", source="words"),
                ]
            )
        ]
    )
    new = json.loads(parse(json.dumps(old).encode()))
    nbformat.validate(new)
    expected = nbformat.convert(old, 4)
    assert [(c["cell_type"], c["source"]) for c in new["cells"]] == [
        (c.cell_type, "".join(c.source)) for c in expected.cells
    ]


def test_damaged_cells_are_repaired():
    cells = [
        {"cell_type": "code", "source": ["a\n", 7, "b"], "id": "same", "metadata": None, "outputs": "x"},
        {"cell_type": "code", "source": "c", "id": "same"},
        {"cell_type": "sql", "source": "d", "id": "not valid!"},
        {"source": None, "id": 3, "cell_type": ["code"]},
        "not a cell",
        {"cell_type": "markdown", "source": "half a pair \ud83d", "metadata": {"nan": float("nan")}},
    ]
    clean = json.loads(parse(notebook_json(cells=cells).encode()))
    nbformat.validate(clean)
    assert [c["source"] for c in clean["cells"]] == ["a\nb", "c", "d", "", "half a pair \ufffd"]
    assert len({c["id"] for c in clean["cells"]}) == 5
    assert clean["cells"][-1]["metadata"] == {"nan": None}


def test_a_stored_output_never_comes_through():
    cell = {"cell_type": "code", "source": "1", "outputs": [{"output_type": "stream", "text": "full marks"}]}
    assert "full marks" not in parse(notebook_json(cells=[cell]).encode())


@pytest.mark.parametrize("kind", ["notebook", "zip"])
def test_no_mutation_of_a_good_file_raises_anything_but_a_reason(kind, tmp_path):
    seed = 20
    rng = random.Random(seed)
    path = tmp_path / ("ann.ipynb" if kind == "notebook" else "ann.zip")
    good = (
        notebook_json().encode()
        if kind == "notebook"
        else zipped({"a.ipynb": notebook_json()}, path).read_bytes()
    )
    outcomes = {True: 0, False: 0}
    for _ in range(600):
        raw = bytearray(good)
        for _ in range(rng.randint(1, 4)):
            at = rng.randrange(len(raw))
            raw[at : at + rng.choice((0, 1, 1, 4))] = rng.randbytes(rng.choice((0, 1, 1, 2)))
        path.write_bytes(raw)
        (entry,) = collect(tmp_path)
        try:
            nbformat.validate(json.loads(read(entry, "hw3.ipynb")))
            outcomes[True] += 1
        except UnreadableError:
            outcomes[False] += 1
    assert outcomes[False], f"seed {seed}"


def test_equal_bytes_give_equal_text():
    cells = [{"cell_type": "code", "source": str(i)} for i in range(20)]
    raw = notebook_json(cells=cells).encode()
    assert parse(raw) == parse(raw)
    assert notebook.parse(parse(raw).encode()) == parse(raw)


@pytest.mark.parametrize(("cells", "length", "reason"), [
    (3_000, 1, ""), (5_000, 1, ""), (5_001, 1, "the notebook has 5001 cells; at most 5000 are read"),
    (4, 2**20, ""), (4, 2**20 + 1, "the notebook has more than 4 MiB of code"),
    (1, 32 * 2**20, "the notebook is larger than 32 MiB"),
])  # fmt: skip
def test_the_grader_reads_what_intake_reads(cells, length, reason, tmp_path):
    """There is one reader, with one set of limits."""
    listed = [{"cell_type": "code", "source": "#" * length} for _ in range(cells)]
    raw = notebook_json(cells=listed).encode()
    (tmp_path / "ann.ipynb").write_bytes(raw)
    (entry,) = collect(tmp_path)
    for reader in (
        lambda: read(entry, "hw3.ipynb"),
        lambda: executed.read(raw),
        lambda: executed.read(raw.decode()),
    ):
        if reason:
            with pytest.raises(UnreadableError) as caught:
                reader()
            assert str(caught.value) == reason
        else:
            reader()


@pytest.mark.sealed
def test_a_notebook_of_three_thousand_cells_is_graded(assignment):
    more = [{"cell_type": "code", "source": f"x = {i}", "metadata": {}, "outputs": []} for i in range(3_000)]
    with Grader(assignment) as grader:
        result = grader.grade(tiny.notebook("double = lambda x: 2 * x", "total = sum", more=more))
    assert (result.status, result.score) == ("graded", 5.0)


def test_metadata_nested_for_the_sake_of_it_goes():
    deep: dict = {}
    for _ in range(200):
        deep = {"a": deep}
    kept = {"nbgrader": {"grade_id": "q3"}, "deep": deep}
    raw = notebook_json(
        cells=[{"cell_type": "code", "source": "1", "metadata": kept}], metadata={"deep": deep}
    )
    clean = json.loads(parse(raw.encode()))
    assert clean["cells"][0]["metadata"] == {"nbgrader": {"grade_id": "q3"}}
    assert "deep" not in clean["metadata"]
