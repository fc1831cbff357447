"""Checks of what the tests cover: conditions and lines of each contract, and what public tests show."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from autograder.release.bench import Bench
from autograder.release.checking import contract, gaps, probes, slips
from autograder.release.checking.contract import Contract
from autograder.release.checking.slips import Slip
from autograder.release.desk import Call, Case
from coursekit._cells import question_of

T = TypeVar("T")


def contracts(bench: Bench) -> dict[str, list[Contract]]:
    """Return the contracts of each question that a machine grades: of what students find in its answer cells.

    A function that only the solution defines is left to the master.
    """
    found = {}
    for question, own in bench.own.items():
        given = _given(bench, question)
        every = contract.read(own)
        found[question] = [c for c in every if (c.owner.name if c.owner else c.name) in given] or every
    return found


def _given(bench: Bench, question: str) -> set[str]:
    """Return the functions and classes that begin in the answer cells as given."""
    names: set[str] = set()
    for cell in bench.blank["cells"]:
        if cell["cell_type"] == "code" and question_of(cell) == question:
            names |= set(re.findall(r"^(?:def|class) (\w+)", "".join(cell["source"]), re.MULTILINE))
    return names


def conditions(bench: Bench) -> list[str]:
    """Return the conditions on arguments that no test with a value meets and that are not declared."""
    found = {}
    recorded = record(bench)
    for question, promised in contracts(bench).items():
        for one in promised:
            met = frozenset().union(*(c.met for c in _values(recorded[question], one)))
            for number, probe in enumerate(probes.of(one)):
                if number not in met:
                    found[question, probe.name] = (
                        f"{question}, {probe.name}: no test would notice a failure there: "
                        f"call it so and compare the values, or narrow the contract"
                    )
    return gaps.judge(bench, "probe", found)


def lines(bench: Bench) -> list[str]:
    """Return the lines of contracts that can be broken without losing points."""
    found = {}
    base = record(bench)
    for question, slip, cases in _try(bench, slips.lines):
        if kept(cases, base[question]) and not _refuses_all_the_same(slip, cases, base[question]):
            found[question, slip.name] = f"{question} keeps all points when {slip.name}: {slip.remedy}"
    return gaps.judge(bench, "line", found)


def honest(bench: Bench) -> list[str]:
    """Return what public tests do not show, and the answers for a single picture that pass them."""
    found = {}
    recorded = record(bench)
    for question, promised in contracts(bench).items():
        for one in promised:
            calls = [c for case in recorded[question] if not case.hidden for c in case.calls]
            calls = [c for c in calls if c.function == one.label]
            for what, remedy in _dishonest(one, calls):
                found[question, f"{one.label}: {what}"] = f"{question}, {one.label}: {what}: {remedy}"
    for question, slip, cases in _try(bench, slips.samples, hidden=False):
        if all(case.passed for case in cases):
            found[question, slip.name] = f"{question} passes in public when {slip.name}: {slip.remedy}"
    return gaps.judge(bench, "sample", found)


def _dishonest(one: Contract, calls: Sequence[Call]) -> Iterable[tuple[str, str]]:
    valued = [c for c in calls if not c.raised]
    if one.name == "__init__":
        return
    if not valued:
        yield "no public test asks for a value of it", "write one"
    elif one.arrays and len({c.digest for c in valued}) < 2:
        yield "public tests use one input alone", "use two that differ"
    if one.refuses and all(c.raised != "ValueError" for c in calls):
        yield "no public test shows a refusal", "write checks.refuses(...) into a public test"


def record(bench: Bench) -> dict[str, list[Case]]:
    """Run all tests on the master once, with a recorder around each answer; return the cases by question."""
    if not bench.recorded:
        jobs = []
        for question, promised in contracts(bench).items():
            asked = {one.label: [p.expression for p in probes.of(one)] for one in promised}
            jobs.append({"question": question, "source": "", "record": asked, "helpers": probes.HELPERS})
        bench.recorded.update(zip(contracts(bench), bench.desk.run(jobs, seconds=120), strict=True))
    for question, cases in bench.recorded.items():
        if failed := [c for c in cases if not c.passed]:
            raise ValueError(f"{question}: the master itself fails {failed[0].name}: {failed[0].told}")
    return bench.recorded


def kept(cases: Sequence[Case], base: Sequence[Case]) -> bool:
    """Say whether an answer kept all points: every case of the master's was reached and passed."""
    return len(cases) == len(base) and all(case.passed for case in cases)


def _values(cases: Sequence[Case], one: Contract) -> list[Call]:
    return [c for case in cases for c in case.calls if c.function == one.label and not c.raised]


def _refusals(cases: Sequence[Case], label: str) -> int:
    return sum(c.raised == "ValueError" for case in cases for c in case.calls if c.function == label)


def _refuses_all_the_same(slip: Slip, cases: Sequence[Case], base: Sequence[Case]) -> bool:
    """Say whether an answer without a `raise` refuses whatever the master's does, because NumPy does.

    That the tests reach this `raise` is seen by the slip that raises something else there.
    """
    asked = _refusals(base, slip.function)
    return slip.words.startswith("without") and 0 < asked == _refusals(cases, slip.function)


def _try(
    bench: Bench,
    made: Callable[[Contract], list[Slip]],
    *,
    hidden: bool = True,
) -> list[tuple[str, Slip, list[Case]]]:
    """Put slips to the tests of their questions."""
    all_of = [
        (question, slip)
        for question, promised in contracts(bench).items()
        for one in promised
        for slip in made(one)
    ]
    jobs = [
        {
            "question": question,
            "source": slip.source,
            "hidden": hidden,
            "lost": 0,  # one failure is enough
            "record": {slip.function: []} if slip.refusal else {},
            "helpers": probes.HELPERS,
        }
        for question, slip in all_of
    ]
    answers = bench.desk.run(jobs)
    return [(question, slip, cases) for (question, slip), cases in zip(all_of, answers, strict=True)]
