"""Known mistakes are named as the mutants that they are, under seal and in a kernel, and nothing else is."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from autograder.release import build, fingerprints, leaks, looks, master, variants
from autograder.release.bench import Bench
from autograder.sealed import Grader, Limits, naming
from coursekit import _mistakes
from tests.support import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.sealed]
MADE = build.names(ROOT)


@pytest.fixture(scope="module")
def bench(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The assignment of `autograder new`, built, its mistakes learnt."""
    root = shutil.copytree(tiny, tmp_path_factory.mktemp("learnt") / "course")
    found = Bench("hw8", root, root, progress=False)
    yield found
    found.close()


def test_each_mutant_is_named_as_itself_and_says_nothing_else(bench: Bench) -> None:
    assert len(bench.mutants) >= 3
    for mutant in bench.mutants:
        result = bench.watch(variants.answer(bench.solution, mutant.answers))[0]
        named = {q.name: dict(q.mistakes) for q in result.questions if q.mistakes}
        (question,) = mutant.answers
        assert named == {question: {mutant.name: mutant.why}}
        (graded,) = (q for q in bench.assignment.graded if q.name == question)
        guesses = re.findall(r'failure_message="(.+?)"', graded.tests.read_text(encoding="utf-8"))
        words = [case.message for q in result.questions for case in q.cases if not case.passed]
        assert guesses
        assert not [guess for guess in guesses if any(guess in said for said in words)]


def test_right_answers_blank_ones_and_two_mistakes_at_once_are_not_named(bench: Bench) -> None:
    sums, last, _ = (mutant.answers["q1"] for mutant in bench.mutants)
    both = sums.replace("len(signal) - width + 1)", "len(signal) - width)")
    assert both not in (sums, last)
    notebooks = [bench.solution, bench.blank, variants.answer(bench.solution, {"q1": both})]
    notebooks += [variants.answer(bench.solution, v.answers) for v in bench.folder("alternatives")]
    notebooks += [variants.answer(bench.blank, v.answers) for v in bench.folder("worthless")]
    for notebook in notebooks:
        assert [q.mistakes for q in bench.watch(notebook)[0].questions if q.mistakes] == []


def test_naming_leaves_the_score_and_whether_cases_pass(bench: Bench, course: Path) -> None:
    fingerprints.grader_path("hw8", course).unlink()
    unnamed = Bench("hw8", course, course, progress=False)
    try:
        for mutant in bench.mutants:
            notebook = variants.answer(bench.solution, mutant.answers)
            one, other = bench.watch(notebook)[0], unnamed.watch(notebook)[0]
            assert not any(q.mistakes for q in other.questions)
            assert (one.status, one.score) == (other.status, other.score)
            passed = [[[c.passed for c in q.cases] for q in r.questions] for r in (one, other)]
            assert passed[0] == passed[1]
    finally:
        unnamed.close()


def test_code_that_hangs_in_the_second_run_loses_no_point(bench: Bench) -> None:
    own = bench.mutants[0].answers["q1"]
    name = re.search(r"def (\w+)\(", own)[1]  # type: ignore[index]
    hangs = f"{own}\n\nimport itertools\ncalls = itertools.count()\nonce = {name}\n"
    hangs += f"def {name}(*args, **keywords):\n    while next(calls) > PATIENCE:\n        pass\n"
    hangs += "    return once(*args, **keywords)\n"
    plain = bench.watch(variants.answer(bench.solution, {"q1": own}))[0]
    assert plain.questions[0].mistakes
    with Grader(bench.assignment, "auto", Limits(call_seconds=0.5)) as grader:
        for patience in range(12):
            answer = {"q1": hangs.replace("PATIENCE", str(patience))}
            result = grader.grade(json.dumps(variants.answer(bench.solution, answer)))
            if result.status == "graded":
                break
    assert patience > 0, "it hangs in the first run too, when it has less patience"
    assert (result.status, result.reason, result.score) == ("graded", "", plain.score)
    assert not result.questions[0].mistakes, "it hung before all was seen"


def test_a_second_build_runs_nothing_and_a_changed_mutant_does(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = shutil.copytree(bench.root, tmp_path / "course")
    before = fingerprints.public_path("hw8", root).read_bytes()
    build.build_assignment("hw8", root)
    assert fingerprints.kept("hw8", root), "a build keeps what the grader names mistakes by"
    with monkeypatch.context() as without:
        without.setattr(fingerprints, "make", None)
        assert fingerprints.refresh("hw8", root) is None
        grader = fingerprints.grader_path("hw8", root).read_bytes()
        shutil.rmtree(root / "build")  # as in a clone
        build.build_assignment("hw8", root)
        build.learn_mistakes("hw8", root)
        assert fingerprints.grader_path("hw8", root).read_bytes() == grader
    mutants = root / "solutions/hw8/mutants.toml"
    mutants.write_text(mutants.read_text() + "\n# a remark\n")
    out = [fingerprints.packed_path("hw8", root), fingerprints.public_path("hw8", root)]
    assert build.out_of_step("hw8", root) == [str(path.relative_to(root)) for path in out]
    assert fingerprints.refresh("hw8", root) is not None
    after = fingerprints.public_path("hw8", root).read_bytes()
    assert re.sub(rb'"stamp": "\w+"', b"", after) == re.sub(rb'"stamp": "\w+"', b"", before)
    assert after != before
    assert build.out_of_step("hw8", root) == []


def test_numbers_that_rounding_moved_stay_as_they_were(bench: Bench) -> None:
    text = fingerprints.public_path("hw8", bench.root).read_text(encoding="utf-8")
    old = _mistakes.read(text)
    assert re.search(r"\d\.\d{6}", text)
    moved = _mistakes.read(re.sub(r"(\d\.\d{7})\d*", r"\1", text))
    assert moved != old
    assert fingerprints.steady(old, moved) == old
    wrong = _mistakes.read(re.sub(r"(\d)\.(\d{7})\d*", r"7\1.\2", text))
    assert fingerprints.steady(old, wrong) == wrong


def test_what_students_get_holds_no_solution_and_no_hidden_case(bench: Bench) -> None:
    path = fingerprints.public_path("hw8", bench.root)
    source = master.read("hw8", bench.root)
    assert leaks.find(source, {str(path): path.read_bytes()}) == []
    public = _mistakes.read(path.read_text(encoding="utf-8"))
    for question in bench.grade(bench.solution).questions:
        shown = sum(not case.hidden for case in question.cases)
        entry = public.questions.get(question.name)
        assert entry is None or len(entry.right) == shown < len(question.cases)


def test_a_mutant_without_time_for_a_second_run_is_left_unnamed(
    course: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(naming, "SECONDS", 0.0)
    bench = Bench("hw8", course, course, progress=None)
    try:
        silent = fingerprints.make(bench, looks.under_seal).silent
        assert set(silent) == {mutant.name for mutant in bench.mutants}
    finally:
        bench.close()
    assert set(silent.values()) == {"running its tests a second time took too long"}
