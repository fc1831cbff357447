"""Item analysis in the report, on real commands: difficulty, discrimination, most frequent wrong answer."""

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.pages.items import FEWEST, Discrimination, most_frequent, wrong_answers
from autograder.pages.report import report as summed_up
from autograder.pages.report_page import report_page
from autograder.pages.scatter import SIZE, scatter
from autograder.records.results import CaseResult
from autograder.records.store import Conditions, Record, Store
from tests.autograder import attempts, tiny
from tests.autograder.attempts import folder, run  # noqa: F401 - a fixture among them

BOTH, FIRST, SECOND, NONE = "both", "first", "second", "none"
CLASS = {
    "ann": BOTH,
    "bob": BOTH,
    "cid": BOTH,
    "dee": FIRST,
    "eva": FIRST,
    "fay": SECOND,
    "gus": NONE,
    "hal": NONE,
}
CELLS = {
    BOTH: tiny.perfect(), FIRST: tiny.notebook("def double(x):\n    return 2 * x"),
    SECOND: tiny.notebook(q2="def total(xs):\n    return sum(xs)"), NONE: tiny.notebook(),
}  # fmt: skip


def report(people: dict[str, str]) -> dict:
    Path("in").mkdir(exist_ok=True)
    for name, kind in people.items():
        Path(f"in/{name}.ipynb").write_text(CELLS[kind])
    attempts.graded()
    said = run("report", "out", "--json")
    assert said.exit_code == 0, said.output
    assert run("report", "out").exit_code == 0
    return {q["name"]: q for q in json.loads(said.stdout)["questions"]}


@pytest.mark.usefixtures("folder")
def test_the_numbers_are_those_of_the_scores():
    found = report(CLASS)
    scores = [[q.score for q in record.result.questions] for record in Store(Path("out")).records()]
    first, second = np.array(scores).T
    expected = np.corrcoef(first, second)[0, 1]
    assert found["q1"]["discrimination"] == pytest.approx(expected)
    assert found["q2"]["discrimination"] == pytest.approx(expected)
    assert 0.1 < expected < 0.9
    (case,) = found["q2"]["cases"]
    assert case["discrimination"] == pytest.approx(np.corrcoef(second == 2, first)[0, 1])
    assert (found["q1"]["wrong"], found["q1"]["wrong_count"]) == ("Doubling 2 should give 4.", 3)
    assert (found["q2"]["wrong"], found["q2"]["wrong_count"]) == ("The sum is wrong.", 4)


@pytest.mark.usefixtures("folder")
def test_the_page_plots_them_and_a_question_that_goes_backwards_stands_out():
    report({f"s{i}": kind for i, kind in enumerate([FIRST] * 4 + [SECOND] * 3)})
    page = Path("out/report.html").read_text(encoding="utf-8")
    assert page.count('<circle class="dot backwards"') == 2
    assert "q1: 57 % of the points, discrimination −1.00." in page
    assert '<td class="number bad">−1.00</td>' in page
    assert "Doubling 2 should give 4. <span" in page
    assert "3 of 7" in page


def _record(student: str, mistakes: dict[str, dict[str, str]], seconds: float) -> Record:
    result = tiny.result(tiny.executed())
    questions = tuple(
        replace(q, mistakes=mistakes.get(q.name, {}), seconds=seconds * k)
        for k, q in enumerate(result.questions, 1)
    )
    row = tiny.row(student, 3.0, 2.0)
    return Record(
        "bytes", Conditions("tiny", "", "", "bubblewrap"), row, replace(result, questions=questions)
    )


def test_mistakes_stand_by_their_count_over_all_questions(tmp_path: Path) -> None:
    rare, common = {"q1": {"adds": "It adds."}}, {"q2": {"first": "It takes the first."}}
    made = summed_up(
        [_record("ann", rare, 0), _record("bob", common, 0), _record("cid", common, 0)],
        tiny.assignment(tmp_path),
    )
    page = report_page(made, "")
    assert page.index("It takes the first.") < page.index("It adds.")
    assert ">2 of 3</td>" in page
    assert ">1 of 3</td>" in page
    assert "Time by question" not in page  # results of a version that did not note it


def test_the_time_of_each_question_is_the_median_and_the_longest(tmp_path: Path) -> None:
    records = [_record(name, {}, seconds) for name, seconds in (("ann", 0.5), ("bob", 1.0), ("cid", 4.0))]
    made = summed_up(records, tiny.assignment(tmp_path))
    assert [q.seconds for q in made.questions] == [(1.0, 4.0), (2.0, 8.0)]
    page = report_page(made, "")
    assert '<td class="number">2.0</td><td class="number">8.0</td>' in page


@pytest.mark.usefixtures("folder")
def test_too_few_or_all_alike_say_nothing():
    found = report({"ann": BOTH, "bob": NONE, "cid": FIRST, "dee": SECOND})
    assert [q["discrimination"] for q in found.values()] == [None, None]
    assert "<circle" not in Path("out/report.html").read_text(encoding="utf-8")
    found = report(dict.fromkeys(("ann", "bob", "cid", "dee", "eva", "fay"), FIRST))
    assert [q["discrimination"] for q in found.values()] == [None, None]
    assert '<td class="number">–</td>' in Path("out/report.html").read_text(encoding="utf-8")


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 9)), max_size=30))
def test_pairs_that_come_one_by_one_give_pearsons_correlation(pairs):
    found = Discrimination()
    for item, rest in pairs:
        found.add(item / 4, rest / 3)
    items, rests = [p[0] for p in pairs], [p[1] for p in pairs]
    if len(pairs) < FEWEST or len(set(items)) < 2 or len(set(rests)) < 2:
        assert found.value is None
    else:
        assert found.value == pytest.approx(np.corrcoef(items, rests)[0, 1], abs=1e-9)


def test_a_known_mistake_goes_before_messages_and_ties_are_settled():
    failed = (
        CaseResult("a", True, False, "fine"),
        CaseResult("b", False, True, ""),
        CaseResult("c", False, True, "no"),
    )
    assert wrong_answers(failed, ()) == "no"
    assert wrong_answers(failed, ("stride ignored", "square only")) == "stride ignored or square only"
    assert wrong_answers(failed[:1], ()) == ""
    assert most_frequent(Counter({"b": 2, "a": 2, "c": 1})) == ("a", 2)
    assert most_frequent(Counter()) == ("", 0)


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(-1, 1)), max_size=12))
def test_every_dot_lies_in_the_plot_and_has_its_name_near(places):
    plot = scatter([(f"q{i}", share, value) for i, (share, value) in enumerate(places)])
    assert sorted(dot.name for dot in plot.dots) == sorted(f"q{i}" for i in range(len(places)))
    for dot in plot.dots:
        assert 0 <= dot.x <= SIZE
        assert 0 <= dot.y <= SIZE
        assert abs(dot.name_x - dot.x) + abs(dot.name_y - dot.y) < 120
    assert [label for label, _ in plot.marks][:3] == ["1", "0.5", "0"]


def test_names_of_a_cluster_do_not_cover_each_other():
    plot = scatter([(f"q{i}", 0.6 + i / 100, 0.78 + (i % 3) / 50) for i in range(8)])
    for i, one in enumerate(plot.dots):
        for other in plot.dots[i + 1 :]:
            assert abs(one.name_x - other.name_x) >= 12 or abs(one.name_y - other.name_y) >= 10
