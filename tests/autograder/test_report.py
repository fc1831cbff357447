"""The class report: right numbers, evidence where something is odd, one harmless page for every eye."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from click.testing import CliRunner, Result
from playwright.sync_api import Browser

from autograder.assignment import load
from autograder.commands.group import autograder
from autograder.limits import Limits
from autograder.pages.oddities import MOST, remarks
from autograder.pages.report import report
from autograder.pages.report_page import report_page
from autograder.records import plan
from autograder.records.store import Conditions, Record, Store
from tests.autograder import tiny

HOSTILE = "<script>alert(1)</script>\x1b[2J"


def record(student: str, q1: tuple[bool, bool] = (True, True), q2: bool = True, **row: object) -> Record:
    source = str(row.pop("source", "x = 1"))
    result = tiny.result(tiny.executed(source=source), q1, q2)
    made = tiny.row(student, result.questions[0].score, result.questions[1].score, **row)
    return Record("bytes", Conditions("tiny", "", "", "bubblewrap"), made, result)


def nothing(student: str, status: str, reason: str) -> Record:
    row = tiny.row(student, 0.0, 0.0, status=status, reason=reason, tier="none")
    return replace(record(student), row=row, result=replace(tiny.result(), questions=()))


@pytest.fixture
def records():
    return [
        record("ann", seconds=2.0),
        record("bob", q1=(True, False)),
        record("cid", q1=(False, False), q2=False, seconds=9.0, status="stopped", reason="cell 2: too long"),
        record("dee", q1=(False, True), seconds=3.0),
        record("eva", source="import os\nos.kill(1, 9)", tier="process"),
        nothing("fay", "unreadable", HOSTILE),
        nothing("gus", "error", "internal error: x"),
    ]


def test_the_numbers_add_up(records, assignment):
    made = report(records, assignment)
    assert (made.submissions, made.statuses) == (
        7, {"graded": 4, "stopped": 1, "unreadable": 1, "error": 1},
    )  # fmt: skip
    assert made.tiers == {"bubblewrap": 4, "process": 1}
    scores = [5.0, 3.0, 0.0, 4.0, 5.0]
    assert (made.mean, made.median) == (pytest.approx(sum(scores) / 5), 4.0)
    assert [b.count for b in made.distribution] == [1, 0, 0, 0, 0, 0, 1, 0, 1, 2]
    assert (made.distribution[0].low, made.distribution[-1].high) == (0.0, 5.0)
    q1, q2 = made.questions
    assert (q1.full, q1.part, q1.none, q1.mean, q1.share) == (2, 2, 1, 1.8, pytest.approx(0.6))
    assert (q2.full, q2.part, q2.none) == (4, 0, 1)
    assert [(c.name, c.hidden, c.passed, c.run) for c in q1.cases] == [
        ("test_two", False, 3, 5), ("test_secret_name", True, 3, 5),
    ]  # fmt: skip
    assert [s.student for s in made.slowest][:3] == ["cid", "dee", "ann"]


def test_the_odd_come_with_their_evidence(records, assignment):
    odd = report(records, assignment).odd
    assert [(o.student, o.status) for o in odd] == [
        ("gus", "error"), ("cid", "stopped"), ("fay", "unreadable"), ("dee", "graded"), ("eva", "graded"),
    ]  # fmt: skip
    found = {o.student: [(r.what, r.evidence) for r in o.remarks] for o in odd}
    assert found["cid"] == [("stopped", "cell 2: too long")]
    assert found["dee"] == [("hidden tests passed where public ones failed", "q1")]
    assert found["eva"] == [("starts processes or sends signals", "code cell 6: os.kill(1, 9)")]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("if 'COURSEKIT_GRADING' in os.environ: pass", "looks for the grader"),
        ("grader.check = lambda q: None", "looks for the grader"),
        ("from otter import Notebook", "imports the grading library or the reference"),
        ("open('/proc/self/maps')", "reads what is not the notebook's own"),
        ("np.testing.assert_allclose = print", "replaces a library's function"),
        ("sys._getframe(3)", "walks frames or memory"),
        ("().__class__.__base__.__subclasses__()", "walks frames or memory"),
        ("import subprocess", "starts processes or sends signals"),
        ("import socket", "uses the network"),
        ("    def __eq__(self, other): return True", "makes objects that equal anything"),
        ("class Right(np.ndarray):", "makes objects that equal anything"),
    ],
)
def test_code_that_reaches_for_the_machinery_is_named(line, what):
    assert what in [r.what for r in remarks(record("ann", source=f"x = 1\n{line}"))]


@pytest.mark.parametrize(
    "line",
    [
        "grader.check('q1')", "y = np.ones(3) == 1", "np.random.seed(0)", "# import socket",
        "pad = np.pad(x, 1)", "def __init__(self): self.weight = np.zeros(3)", "assert np.allclose(a, b)",
        "x.shape = (3, 4)",
    ],
)  # fmt: skip
def test_honest_code_is_left_alone(line):
    assert remarks(record("ann", source=line)) == []


def test_the_blank_and_the_solved_assignments_hold_nothing_odd():
    for text in (tiny.notebook(), tiny.perfect()):
        assert remarks(replace(record("ann"), result=tiny.result(text))) == []


def test_remarks_are_few_and_one_of_a_kind():
    source = "import socket\n" * 50 + "import ctypes, subprocess\nimport otter\n/etc/ os.environ\nsetattr(a)"
    found = remarks(record("ann", source=source + "\ngrader.x = 1\ndef __eq__(): pass", reason="note"))
    assert len(found) == MOST
    assert len({r.what for r in found}) == MOST


def test_a_class_of_which_nothing_ran(assignment):
    made = report([nothing("fay", "unreadable", "x")], assignment)
    assert (made.mean, made.median, made.questions[0].mean) == (None, None, 0.0)
    assert "Mean</dt>" not in report_page(made, "")
    with pytest.raises(ValueError, match="no results"):
        report([], assignment)


def test_the_page_is_harmless_and_needs_nobody(records, assignment):
    page = report_page(report(records, assignment), "weak & loud")
    assert "<script" not in page
    assert "\x1b" not in page
    assert "weak &amp; loud" in page
    soup = BeautifulSoup(page, "html.parser")
    assert "default-src 'none'" in soup.find("meta", attrs={"http-equiv": True})["content"]
    assert not soup.find_all(["script", "link", "img", "iframe"])
    assert {a["href"].split("/")[0] for a in soup.find_all("a")} == {"feedback", "index.html"}
    text = soup.get_text()
    for words in (
        "code cell 6: os.kill(1, 9)",
        "cell 2: too long",
        "test_secret_name",
        "bubblewrap and process",
    ):
        assert words in text


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_every_eye_can_read_it(scheme, width, records, assignment, tmp_path, browser: Browser):
    path = tmp_path / "report.html"
    path.write_text(report_page(report(records, assignment), "weak"), encoding="utf-8")
    context = browser.new_context(
        color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True
    )
    page = context.new_page()
    page.goto(path.as_uri())
    page.eval_on_selector_all("details", "all => all.forEach(d => d.open = true)")
    found = Axe().run(page)
    assert not [v["id"] for v in found.response["violations"]]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    bars = page.eval_on_selector_all("svg .bar", "all => all.map(b => b.getBoundingClientRect().height)")
    assert bars[9] > bars[0] > bars[1] == 0
    context.close()


def run(*arguments: str) -> Result:
    return CliRunner().invoke(autograder, arguments, prog_name="autograder")


@pytest.fixture
def graded(assignment, records, tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for one in records:
        Store(tmp_path / "out").write(one)
    plan.Plan("tiny", "in", "bubblewrap", Limits()).write(tmp_path / "out")
    return tmp_path / "out"


def test_the_command_writes_the_page(graded):
    said = run("report", "out")
    assert said.exit_code == 0, said.output
    assert said.output == "open  out/report.html\n"
    assert "student code runs with your rights" in (graded / "report.html").read_text()


def test_machines_get_json(graded, tmp_path):
    said = run("report", "out", "--json")
    assert said.exit_code == 0, said.output
    found = json.loads(said.output)
    assert (found["submissions"], found["statuses"]["stopped"]) == (7, 1)
    assert found["odd"][1]["remarks"] == [{"what": "stopped", "evidence": "cell 2: too long"}]
    assert not (graded / "report.html").exists()
    assert load("tiny", tmp_path / "build").name == found["assignment"]


def test_a_wrong_call_is_explained(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = run("report", "nowhere")
    assert said.exit_code == 2
    assert "there is no grading.json in nowhere" in said.output


@pytest.mark.sealed
def test_grade_prints_json(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    tiny.assignment(tmp_path / "build")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ann.ipynb").write_text(tiny.perfect())
    (tmp_path / "in" / "bob.ipynb").write_text("{")
    said = run("grade", "tiny", "in", "--out", "out", "--jobs", "1", "--json")
    assert said.exit_code == 0, said.output
    ann, bob = json.loads(said.stdout)["submissions"]
    assert (ann["score"], ann["questions"]) == (5.0, {"q1": 3.0, "q2": 2.0, "q3": None})
    assert (bob["status"], bob["slug"], bob["score"]) == ("unreadable", "bob", 0.0)
    (tmp_path / "in" / "bob.ipynb").unlink()
    assert run("grade", "tiny", "in", "--out", "out").exit_code == 0
    assert json.loads(run("report", "out", "--json").output)["submissions"] == 1
