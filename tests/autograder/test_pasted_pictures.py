"""Pictures that Colab pastes into a text reach those who read the answer, and nothing else does."""

import json
import random
import subprocess
import sys

import nbformat
import pytest

from autograder.grades.coursedir import write_notebook
from autograder.notebooks.cells import cells
from autograder.pages.feedback import student_page
from autograder.submissions.notebook import parse
from tests.autograder import tiny
from tests.autograder.test_feedback import check_harmless
from tests.autograder.uploads import notebook_json

PNG, JPEG = tiny.png(), "/9j/4AAQSkZJRgABAQ=="
PASTED = {
    "as Colab does": (
        f"Look: ![image.png](data:image/png;base64,{PNG})",
        "Look: ![image.png](attachment:pasted-1.png)",
    ),
    "with a title": (f'![](data:image/png;base64,{PNG} "mine")', "![](attachment:pasted-1.png)"),
    "in angle brackets": (f"![a](<data:image/png;base64,{PNG}>)", "![a](attachment:pasted-1.png)"),
    "a jpeg": (f"![a](data:image/jpg;base64,{JPEG})", "![a](attachment:pasted-1.jpeg)"),
    "broken into lines": (
        f"![a](data:image/png;base64,{PNG[:20]}\n{PNG[20:]})",
        "![a](attachment:pasted-1.png)",
    ),
    "a tag": (f'<img width="20" src="data:image/png;base64,{PNG}" alt="x">', "![](attachment:pasted-1.png)"),
    "named": (
        f"![graph][image1] and text\n\n[image1]: data:image/png;base64,{PNG}",
        "![graph](attachment:pasted-1.png) and text\n\n",
    ),
    "brackets in words": (f"![f(x) = [2]](data:image/png;base64,{PNG})", None),
    "a vector graphic": (f"![a](data:image/svg+xml;base64,{PNG})", None),
    "a page": (f"![a](data:text/html;base64,{PNG})", None),
    "a link": (f"[a](data:image/png;base64,{PNG})", None),
}


def clean(text: str, **more: object) -> dict:
    cell = {"cell_type": "markdown", "metadata": {}, "source": text, **more}
    content = json.loads(parse(notebook_json(cells=[cell]).encode()))
    nbformat.validate(content)
    return content["cells"][0]


@pytest.mark.parametrize("form", PASTED)
def test_pasted_pictures_become_attachments(form):
    text, expected = PASTED[form]
    cell = clean(text)
    assert cell["source"] == (text if expected is None else expected)
    assert ("attachments" in cell) == (expected is not None)
    if expected:
        ((name, bundle),) = cell["attachments"].items()
        assert bundle in ({"image/png": PNG}, {"image/jpeg": JPEG})
        assert f"attachment:{name})" in cell["source"]


def test_several_pictures_and_older_attachments_keep_apart():
    pasted = f"![a](data:image/png;base64,{PNG})"
    text = f"{pasted} ![b](attachment:pasted-2.png) {pasted}"
    cell = clean(text, attachments={"pasted-2.png": {"image/png": "old"}})
    assert cell["attachments"].keys() == {"pasted-2.png", "pasted-3.png", "pasted-4.png"}
    assert cell["attachments"]["pasted-2.png"] == {"image/png": "old"}


def test_code_is_left_alone():
    source = f'text = "![a](data:image/png;base64,{PNG})"'
    assert json.loads(parse(notebook_json(source).encode()))["cells"][0]["source"] == source


def test_reader_and_formgrader_show_a_pasted_picture(assignment, tmp_path):
    answer = f"Because: ![image.png](data:image/png;base64,{PNG})"
    read = parse(tiny.notebook(answer=answer).encode())
    result = tiny.result(read)
    page = check_harmless(student_page(tiny.row(), result, assignment))
    assert page.text.count("Because:") == 1
    assert PNG in student_page(tiny.row(), result, assignment)
    assert "base64" not in page.text, "no reader has to see the picture's letters"
    path = tmp_path / "shown.ipynb"
    answers = write_notebook(path, result, assignment)
    shown = next(c for c in json.loads(path.read_text())["cells"] if "Because" in c["source"])
    assert shown["source"] == "Because: ![image.png](attachment:pasted-1.png)"
    assert shown["attachments"] == {"pasted-1.png": {"image/png": PNG}}
    assert answers["q3"], "a picture alone is an answer"
    only = parse(tiny.notebook(answer=f"![](data:image/png;base64,{PNG})").encode())
    assert [p.mime for c in cells(only) for p in c.attachments.values()] == ["image/png"]


def test_no_text_is_searched_for_ever():
    """The search runs in the grader, before any limit on the notebook."""
    parts = ["![a](data:image/png;base64,", "<img src='data:image/png;base64,", "[x]: data:image/png;base64,"]
    parts += ["A" * 200_000, " " * 200_000, "\n" * 200_000, "![" * 50_000, "<img " * 50_000, "src=" * 50_000]
    draw = random.Random(5)
    texts = ["".join(draw.choices(parts, k=6)) for _ in range(30)]
    code = "import json, sys; from autograder.submissions.pictures import unpasted\n"
    code += "for text in json.load(sys.stdin): unpasted(text, {})"
    subprocess.run([sys.executable, "-c", code], input=json.dumps(texts).encode(), timeout=300, check=True)
