"""The checks of coverage name what weak tests leave open, and agree with grading under seal."""

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.release import build, variants
from autograder.release.bench import Bench, lost, until
from autograder.release.checking import contract, coverage, gaps, probes, slips
from tests.assignments import weak
from tests.support import ROOT


def laid(root: Path, text: str) -> Bench:
    """Build a master in a folder of its own, and lay it on the bench."""
    (root / "solutions/hw0").mkdir(parents=True)
    shutil.copy(ROOT / "_config.yml", root)
    (root / "solutions/hw0/hw0.py").write_text(text, encoding="utf-8")
    build.build_assignment("hw0", root)
    return Bench("hw0", root, root, progress=None)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A master with weak tests."""
    ready = laid(tmp_path_factory.mktemp("weak"), weak.master())
    yield ready
    ready.close()


OPEN = {
    "stretch: factor left out": False,
    "stretch: factor other than 2": False,
    "stretch: step other than 1": True,
    "stretch: factor and step both other than their defaults": True,
    "stretch: bias left out": False,
    "stretch: bias other than None": True,
    "stretch: mode left out": False,
    "stretch: mode 'up'": False,
    "stretch: mode 'down'": True,
    "stretch: N = 1 in x": False,
    "stretch: N > 1 in x": False,
    "stretch: C = 1 in x": False,
    "stretch: C > 1 in x": True,
    "stretch: H = W in x": False,
    "stretch: H ≠ W in x": False,
    "stretch: integers in x": True,
    "stretch: float32 in x": False,
    "stretch: float64 in x": False,
    "stretch: negative values in x": True,
    "Counter.__init__: start left out": True,
    "Counter.__init__: start other than 0.0": False,
    "Counter.add: by left out": True,
    "Counter.add: by other than 1": False,
}


def test_conditions_that_no_test_meets_are_named(bench: Bench) -> None:
    problems = coverage.conditions(bench)
    assert {p.split(": no test")[0] for p in problems} == {
        f"q1, {name}" for name, open_ in OPEN.items() if open_
    }
    asked = {p.name for one in contract.read(bench.own["q1"]) for p in probes.of(one)}
    assert set(OPEN) <= asked


def test_lines_that_can_be_broken_are_named(bench: Bench) -> None:
    problems = [p.removeprefix("q1 keeps all points when ").split(": ")[0] for p in coverage.lines(bench)]
    assert problems == [
        "stretch with another exception in the place of `raise ValueError`",
        "stretch without `raise ValueError`",
        "stretch changes its input",
        "stretch returns another dtype of floats",
        "stretch returns one more axis of length 1",
        "stretch returns square results transposed",
        "Counter.__init__ with start=0.5 as default",
        "Counter.add with by=2 as default",
        "Counter.add returns floats",
    ]


def test_public_tests_that_show_too_little_are_named(bench: Bench) -> None:
    assert [p.rsplit(": ", 1)[0] for p in coverage.honest(bench)] == [
        "q1, stretch: public tests use one input alone",
        "q1, stretch: no public test shows a refusal",
        "q1 passes in public when stretch looks at the first of the batch alone",
        "q1 passes in public when stretch looks at the first channel alone",
    ]


def test_a_function_without_a_value_test_is_named(tmp_path: Path) -> None:
    public = weak.PUBLIC.replace("np.sum(stretch(x)) == 24", "stretch(x).shape == x.shape")
    hidden = weak.HIDDEN.replace('np.sum(stretch(x, 3, mode="up")) == 36', "stretch(x) is not None")
    loose = laid(tmp_path, weak.master(public=public, hidden=hidden))
    try:
        assert any(
            p.startswith("q1 keeps all points when stretch returns zeros:") for p in coverage.lines(loose)
        )
    finally:
        loose.close()


def test_a_refusal_that_numpy_makes_as_well_is_no_gap(tmp_path: Path) -> None:
    """Without the `raise` the call still ends in ValueError: no test can tell, and none has to."""
    answer = weak.ANSWER.replace(
        'if mode not in ("up", "down"):\n        raise ValueError("stretch: mode must be up or down")',
        'if x.ndim != 4:\n        raise ValueError("stretch: x has four axes")\n'
        "    batch, channels, height, width = x.shape",
    )
    call = "        stretch(x[0], mode='down')\n"
    refuses = f"    try:\n{call}    except ValueError:\n        return\n    assert False\n"
    public = weak.PUBLIC.replace("\ntest_public(s", f"{refuses}\ntest_public(s")
    sound = laid(tmp_path, weak.master(answer, public))
    try:
        assert [p for p in coverage.lines(sound) if "raise" in p] == []
        assert [p for p in coverage.honest(sound) if "refusal" in p] == []
        met_in_vain = "q1, stretch: mode 'down': no test"
        assert any(p.startswith(met_in_vain) for p in coverage.conditions(sound)), "a refusal is no value"
    finally:
        sound.close()


def test_a_function_of_the_solution_alone_is_not_asked(tmp_path: Path) -> None:
    helper = "# BEGIN SOLUTION\ndef helper(x=1):\n    return x\n# END SOLUTION\n\n\ndef stretch"
    answer = weak.ANSWER.replace("def stretch", helper)
    helped = laid(tmp_path, weak.master(answer))
    try:
        assert "def helper" in helped.own["q1"]
        labels = [one.label for one in coverage.contracts(helped)["q1"]]
        assert labels == ["stretch", "Counter.__init__", "Counter.add"]
    finally:
        helped.close()


def test_a_master_that_fails_its_own_test_ends_the_check(tmp_path: Path) -> None:
    wrong = laid(tmp_path, weak.master(public=weak.PUBLIC.replace("== 24", "== 25")))
    try:
        with pytest.raises(ValueError, match="q1: the master itself fails q1 - 1: AssertionError"):
            coverage.conditions(wrong)
    finally:
        wrong.close()


def test_gaps_may_be_declared_and_not_in_vain(bench: Bench) -> None:
    path = bench.root / "solutions/hw0" / gaps.DECLARED
    entry = '[[{}]]\nquestion = "q1"\n{} = "{}"\nreason = "An example."\n'
    try:
        names = [name for name, open_ in OPEN.items() if open_]
        path.write_text("".join(entry.format("probe", "probe", name) for name in names), encoding="utf-8")
        assert coverage.conditions(bench) == []
        path.write_text(entry.format("probe", "probe", "stretch: mode 'up'"), encoding="utf-8")
        assert coverage.conditions(bench)[-1] == (
            "check.toml declares a gap that is closed: take out q1, \"stretch: mode 'up'\""
        )
        path.write_text(entry.format("line", "line", "stretch changes its input"), encoding="utf-8")
        assert not any("changes its input" in p for p in coverage.lines(bench))
        text = entry.format("sample", "sample", "stretch looks at the first channel alone")
        path.write_text(text, encoding="utf-8")
        assert not any("first channel" in p for p in coverage.honest(bench))
    finally:
        path.unlink()


FAILS = """
def _failing(real, condition, method):
    looked = _looked(real, [condition], method)

    def answer(*args, **kwargs):
        met = looked(args, kwargs)
        value = real(*args, **kwargs)
        if met:
            raise RuntimeError("a probe")
        return value

    return answer

"""


@pytest.mark.slow
@pytest.mark.sealed
@pytest.mark.parametrize("name", build.names(ROOT))
def test_a_probe_is_lost_under_seal_as_it_was_recorded(
    name: str, on_the_bench: Callable[[str], Bench]
) -> None:
    """Really wrapping the answer so that it fails there, in a drawn sample, says what the recording says."""
    bench, wrong = on_the_bench(name), []
    recorded = coverage.record(bench)
    every = [
        (question, one, number, probe)
        for question, promised in coverage.contracts(bench).items()
        for one in promised
        for number, probe in enumerate(probes.of(one))
    ]
    for question, one, number, probe in random.Random(10).sample(every, 7):
        calls = [c for case in recorded[question] for c in case.calls if c.function == one.label]
        noticed = any(number in c.met for c in calls if not c.raised)
        change = f"{one.label} = _failing({one.label}, {probe.expression!r}, {bool(one.owner)})\n"
        answer = "\n\n".join([bench.own[question], probes.HELPERS, FAILS, change])
        result = bench.grade(until(variants.answer(bench.solution, {question: answer}), question), question)
        if (question in lost(result)) != noticed:
            wrong.append((question, probe.name, noticed, lost(result)))
    assert wrong == []


@pytest.mark.slow
@pytest.mark.sealed
@pytest.mark.parametrize("name", build.names(ROOT))
def test_a_slip_scores_under_seal_what_it_scores_at_the_desk(
    name: str, on_the_bench: Callable[[str], Bench]
) -> None:
    bench, wrong = on_the_bench(name), []
    every = [
        (question, slip)
        for question, promised in coverage.contracts(bench).items()
        for one in promised
        for slip in slips.lines(one)
    ]
    for question, slip in random.Random(10).sample(every, 7):
        (cases,) = bench.desk.run([{"question": question, "source": slip.source}])
        notebook = until(bench.solution, question)  # whose files come along while its own cells are there
        slipped = {"cell_type": "code", "metadata": {}, "outputs": [], "source": slip.source}
        slipped |= {"execution_count": None, "id": "slip"}
        result = bench.grade(notebook | {"cells": [*notebook["cells"], slipped]}, question)
        (found,) = [q for q in result.questions if q.name == question]
        here = {case.name: case.passed for case in cases}
        there = {
            case.name: case.passed for case in found.cases if case.name in here
        }  # rules are the grader's
        if here != there:
            wrong.append((question, slip.name, here, there))
    assert wrong == []
