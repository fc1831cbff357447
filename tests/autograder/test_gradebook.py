"""The gradebook is nbgrader's: its API, its export command and its formgrader read what we wrote."""

import csv
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook, get_alembic_version
from nbgrader.nbgraderformat import MetadataValidator

from autograder.grades import coursedir
from autograder.grades.gradebook import NAME, GradeBook, schema_version
from tests.autograder import tiny

NEW = {"q3": "new"}


@pytest.fixture(scope="module")
def new_gradebook(tmp_path_factory):
    """A gradebook just made, for tests that need one to start from."""
    folder = tmp_path_factory.mktemp("new")
    with GradeBook(folder, tiny.assignment(folder / "build")):
        pass
    return folder / NAME


@pytest.fixture
def assignment(tmp_path, new_gradebook):
    shutil.copyfile(new_gradebook, tmp_path / NAME)
    return tiny.assignment(tmp_path / "build")


@contextmanager
def opened(out: Path) -> Iterator[Gradebook]:
    with Gradebook(f"sqlite:///{out / NAME}", coursedir.COURSE_ID) as book:
        yield book


def grade(out: Path, student: str, cell: str, manual: float) -> None:
    """Do what a person does in the formgrader."""
    with opened(out) as book:
        found = book.find_grade(cell, "tiny", "tiny", student)
        found.manual_score, found.needs_manual_grade = manual, False
        book.db.commit()


def nbgrader(out: Path, *arguments: str) -> str:
    environment = os.environ | {"PATH": f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        [sys.executable, "-m", "nbgrader", *arguments],
        cwd=out,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def test_scores_read_back_through_nbgraders_api(assignment, tmp_path):
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann", 3.0, 1.5), NEW)
        book.record(tiny.row("bob", 0.0, 2.0), {"q3": ""})
        book.record(tiny.row("cid", 0.0, 0.0, status="unreadable", reason="empty"), {})
        book.record(tiny.row("dee", 0.0, 0.0, status="error", reason="internal error: x"), {})
    with opened(tmp_path) as book:
        found = {s.student.id: s for s in book.assignment_submissions("tiny")}
        assert {k: (s.score, s.max_score, s.needs_manual_grade) for k, s in found.items()} == {
            "ann": (4.5, 9.0, True), "bob": (2.0, 9.0, False),
            "cid": (0.0, 9.0, False), "dee": (0.0, 9.0, True),
        }  # fmt: skip
        assert [found["ann"].code_score, found["ann"].written_score] == [4.5, 0.0]
        assert book.find_grade("q1", "tiny", "tiny", "bob").failed_tests
        assert book.find_comment("q3", "tiny", "tiny", "bob").auto_comment == "No response."
        assert book.find_comment("q3", "tiny", "tiny", "ann").auto_comment is None
        laid = book.find_notebook("tiny", "tiny").grade_cells
        assert [(c.name, c.max_score, c.cell_type) for c in laid] == [
            ("q1", 3.0, "code"), ("q2", 2.0, "code"), ("q3", 4.0, "markdown"),
        ]  # fmt: skip


def test_nbgrader_export_gives_the_same_scores(assignment, tmp_path):
    names = ["ann", "b c", "=1+1", "李雷"]
    with GradeBook(tmp_path, assignment) as book:
        for number, name in enumerate(names):
            book.record(tiny.row(name, 3.0, number / 2), NEW)
    grade(tmp_path, "ann", "q3", 4.0)
    nbgrader(tmp_path, "export")
    with (tmp_path / "nbgrader-grades.csv").open(newline="", encoding="utf-8") as file:
        exported = {r["student_id"]: (float(r["score"]), float(r["max_score"])) for r in csv.DictReader(file)}
    keys = [coursedir.student_key(n) for n in names]
    assert exported == dict(zip(keys, [(7.0, 9.0), (3.5, 9.0), (4.0, 9.0), (4.5, 9.0)], strict=True))
    assert not (tmp_path / "grades.csv").exists()


def test_grading_again_keeps_what_a_person_gave(assignment, tmp_path):
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann", 1.0, 2.0), NEW)
    grade(tmp_path, "ann", "q3", 3.5)
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann", 3.0, 2.0), NEW)
    with opened(tmp_path) as book:
        submission = book.find_submission("tiny", "ann")
        assert (submission.score, submission.needs_manual_grade) == (8.5, False)
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann", 3.0, 2.0), {"q3": "newer"})
    with opened(tmp_path) as book:
        submission = book.find_submission("tiny", "ann")
        assert (submission.score, submission.needs_manual_grade) == (8.5, True)
        assert len(book.students) == 1


def test_a_score_a_person_overrode_is_looked_at_again_when_it_changes(assignment, tmp_path):
    for q1, flagged in ((1.0, False), (1.0, False), (3.0, True)):
        with GradeBook(tmp_path, assignment) as book:
            book.record(tiny.row("ann", q1, 2.0), {"q3": ""})
        with opened(tmp_path) as book:
            found = book.find_grade("q1", "tiny", "tiny", "ann")
            assert found.needs_manual_grade is flagged
            found.manual_score = 2.0
            book.db.commit()


def test_questions_that_come_and_go_keep_the_gradebook_in_step(assignment, tmp_path):
    from dataclasses import replace

    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann"), NEW)
    q1, q2, q3 = assignment.questions
    changed = replace(assignment, questions=(q1, replace(q3, name="q4"), replace(q2, points=5.0)))
    with GradeBook(tmp_path, changed) as book:
        book.record(tiny.row("ann", questions=(3.0, None, 5.0)), {"q4": "new"})
    with opened(tmp_path) as book:
        submission = book.find_submission("tiny", "ann")
        assert (submission.score, submission.max_score) == (8.0, 12.0)
        assert sorted(g.name for g in submission.notebooks[0].grades) == ["q1", "q2", "q4"]


def test_two_assignments_share_a_gradebook(assignment, tmp_path):
    from dataclasses import replace

    other = replace(assignment, name="more", notebook="more.ipynb")
    for one in (assignment, other):
        with GradeBook(tmp_path, one) as book:
            book.record(tiny.row("ann", assignment=one.name), NEW)
    with opened(tmp_path) as book:
        assert book.find_student("ann").score == 10.0


def write(out: Path, assignment, executed: str, student: str = "ann", **graded: object) -> dict[str, str]:
    return coursedir.write_notebook(
        coursedir.notebook_path(out, student, assignment), tiny.result(executed, **graded), assignment
    )


def read(out: Path, student: str = "ann") -> nbformat.NotebookNode:
    notebook = nbformat.read(out / "autograded" / student / "tiny" / "tiny.ipynb", as_version=4)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    return notebook


def boxes(notebook: nbformat.NotebookNode) -> dict[str, nbformat.NotebookNode]:
    return {c.metadata.nbgrader.grade_id: c for c in notebook.cells if "nbgrader" in c.metadata}


def test_every_question_has_a_score_box_in_the_formgraders_notebook(assignment, tmp_path):
    write(tmp_path, assignment, tiny.executed(), q1=(False, True))
    found = boxes(read(tmp_path))
    assert {n: (c.cell_type, c.metadata.nbgrader.points) for n, c in found.items()} == {
        "q1": ("code", 3.0), "q2": ("code", 2.0), "q3": ("markdown", 4.0),
    }  # fmt: skip
    assert found["q3"].source == "Because."
    assert found["q1"].source == 'grader.check("q1")'
    assert (
        found["q1"]
        .outputs[0]
        .text.startswith("q1: 2 of 3\ntest_two: failed. Doubling 2 should give 4\nhidden test:")
    )


@pytest.mark.parametrize(
    "damage",
    [
        lambda cells: [c for c in cells if "check" not in c["source"] and "nbgrader" not in c["metadata"]],
        lambda cells: [c for c in cells if c["cell_type"] == "code"],
        lambda cells: [*cells, *cells],
        lambda cells: [
            c | {"metadata": {"nbgrader": {"grade_id": "q1", "grade": True, "points": 99}}} for c in cells
        ],
        lambda cells: [c | {"metadata": {"nbgrader": "forged"}} for c in cells],
        lambda cells: [c | {"cell_type": "raw"} for c in cells],
        lambda cells: [],
    ],
)
def test_score_boxes_survive_any_damage_to_the_notebook(damage, assignment, tmp_path):
    content = json.loads(tiny.executed())
    content["cells"] = damage(content["cells"])
    write(tmp_path, assignment, json.dumps(content))
    found = boxes(read(tmp_path))
    assert {n: c.metadata.nbgrader.points for n, c in found.items()} == {"q1": 3.0, "q2": 2.0, "q3": 4.0}


def test_the_answers_change_is_noticed(assignment, tmp_path):
    one, again, two = (
        write(tmp_path, assignment, tiny.executed(answer=answer))["q3"] for answer in ("One.", "One.", "Two.")
    )
    assert one == again
    assert len({one, two, ""}) == 3
    assert write(tmp_path, assignment, tiny.executed(answer=tiny.PROMPT)) == {"q3": ""}


def test_what_is_booked_is_left_alone_until_it_changes(assignment, tmp_path):
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann", 3.0, 2.0), NEW)
    grade(tmp_path, "ann", "q3", 3.5)
    grade(tmp_path, "ann", "q1", 1.0)
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann", 3.0, 2.0), NEW)
    with opened(tmp_path) as book:
        submission = book.find_submission("tiny", "ann")
        assert (submission.score, submission.needs_manual_grade) == (6.5, False)
        book.remove_submission("tiny", "ann")
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann", 3.0, 2.0), NEW)
    with opened(tmp_path) as book:
        assert book.find_submission("tiny", "ann").score == 5.0


def test_a_notebook_of_an_earlier_grading_does_not_outlive_an_unreadable_one(assignment, tmp_path):
    write(tmp_path, assignment, tiny.executed())
    path = coursedir.notebook_path(tmp_path, "ann", assignment)
    assert path.exists()
    assert coursedir.write_notebook(path, tiny.result(None), assignment) == {}
    assert not path.exists()


@contextmanager
def formgrader(out: Path) -> Iterator[http.client.HTTPConnection]:
    """Run Jupyter with nbgrader's formgrader in ``out``, on this machine alone."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "PATH": f"{sysconfig.get_path('scripts')}{os.pathsep}{os.environ['PATH']}",
        "JUPYTER_CONFIG_DIR": str(out / "no-config"), "HOME": str(out),
    }  # fmt: skip
    command = [
        sys.executable, "-m", "jupyter", "server", f"--port={port}", "--ip=127.0.0.1", "--no-browser",
        "--allow-root", "--ServerApp.port_retries=0",
        "--IdentityProvider.token=secret", "--ServerApp.disable_check_xsrf=True",
        "--ServerApp.jpserver_extensions={'nbgrader.server_extensions.formgrader': True}",
    ]  # fmt: skip
    with (out / "server.log").open("w") as log:
        server = subprocess.Popen(command, cwd=out, env=environment, stdout=log, stderr=log)
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        end = time.monotonic() + 90
        while True:
            try:
                connection.request("GET", "/formgrader/api/status", headers={"Authorization": "token secret"})
                assert connection.getresponse().read()
                break
            except OSError:
                connection.close()
                assert server.poll() is None, (out / "server.log").read_text()
                assert time.monotonic() < end, (out / "server.log").read_text()
                time.sleep(0.2)
        yield connection
        connection.close()
    finally:
        server.terminate()
        server.wait(30)


def ask(server: http.client.HTTPConnection, path: str, method: str = "GET", body: object = None) -> str:
    headers = {"Authorization": "token secret", "Content-Type": "application/json"}
    server.request(method, f"/formgrader/{path}", json.dumps(body) if body else None, headers)
    answer = server.getresponse()
    text = answer.read().decode()
    assert answer.status == 200, (path, answer.status, text[-2000:])
    return text


LIVE = "<script>grade()</script><img src=http://evil.example/x.png onerror=grade()><svg onload=grade()>"


LINKS = """[a](javascript:grade()) ![b](http://evil.example/y) [c][d] <javascript:grade()> [e
](javascript:grade()) [f](java&#115;cript:grade())

[d]: javascript:grade()

![g](attachment:x "](javascript:grade())")
"""


def test_a_person_grades_in_the_formgrader(assignment, tmp_path):
    hostile = tiny.executed(
        {"output_type": "display_data", "data": {"text/html": LIVE, "image/svg+xml": LIVE}},
        {"output_type": "stream", "name": "stdout", "text": LIVE},
        {"output_type": "display_data", "data": {"image/png": tiny.png(), "text/plain": "x"}},
        {"output_type": "display_data", "data": {"text/markdown": LIVE, "application/javascript": "grade()"}},
        source=f"'''{LIVE}'''",
        answer=f"{LIVE} <details><summary>more</summary></details> {LINKS} ![photo](attachment:photo.png)",
    )
    content = json.loads(hostile)
    answer = next(c for c in content["cells"] if LINKS in c["source"])
    answer["attachments"] = {"photo.png": {"image/png": tiny.png()}}
    content["cells"].append({"cell_type": "raw", "metadata": {"raw_mimetype": "text/html"}, "source": LIVE})
    with GradeBook(tmp_path, assignment) as book:
        for name in ("ann", "b c"):
            answers = write(tmp_path, assignment, json.dumps(content), coursedir.student_key(name))
            book.record(tiny.row(name), answers)
        book.record(tiny.row("cid", 0.0, 0.0, status="unreadable", reason="empty"), {})
    with formgrader(tmp_path) as server:
        (listed,) = json.loads(ask(server, "api/assignments"))
        assert (listed["name"], listed["max_score"]) == ("tiny", 9.0)
        submissions = json.loads(ask(server, "api/submitted_notebooks/tiny/tiny"))
        assert {s["student"]: s["needs_manual_grade"] for s in submissions} == {
            "ann": True, coursedir.student_key("b c"): True,
        }  # fmt: skip
        found = next(s for s in submissions if s["student"] == "ann")
        page = ask(server, f"submissions/{found['id']}/")
        for name in ("q1", "q2", "q3"):
            assert f'class="score tabbable" id="{name}"' in page
        assert "data:image/png;base64," in page
        assert "<summary>more</summary>" in page
        live = re.sub(r"<(script|style)\b(?!>grade).*?</\1>", "", page, flags=re.DOTALL)
        assert "<script>grade" not in live
        assert not re.search(r"<(img|svg)\b[^>]*(evil|onload|onerror|script:)", live)
        assert not re.search(r"<a\b[^>]*(script:|#115)", live)
        assert re.search(r'<img src="[^"]*photo|alt="photo"', live)
        grades = json.loads(ask(server, f"api/grades?submission_id={found['id']}"))
        written = next(g for g in grades if g["name"] == "q3")
        ask(server, f"api/grade/{written['id']}", "PUT", {"manual_score": 3.0, "extra_credit": 0.5})
    with GradeBook(tmp_path, assignment) as book:
        book.record(tiny.row("ann"), write(tmp_path, assignment, json.dumps(content)))
    with opened(tmp_path) as book:
        submission = book.find_submission("tiny", "ann")
        assert (submission.score, submission.needs_manual_grade) == (8.5, False)


def test_the_schema_version_is_what_alembic_says(monkeypatch):
    monkeypatch.setenv("PATH", sysconfig.get_path("scripts"), prepend=os.pathsep)
    assert schema_version() == get_alembic_version()
