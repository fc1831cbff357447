"""A hint in a notebook is headed by what a check says: each such quotation is said to some wrong answer."""

import re
from collections.abc import Callable

import pytest

from autograder.release import build
from autograder.release.bench import Bench
from tests.assignments.messages import HINTED, WRONG
from tests.support import ROOT

_SUMMARY = re.compile(r"<summary>Hint: (.*?)</summary>", re.DOTALL)


def quoted(text: str) -> dict[str, list[str]]:
    """Return what the headings of hints quote, by question."""
    found = {}
    for part in text.split("# # BEGIN QUESTION")[1:]:
        name = re.search(r"^# name: (\w+)$", part, re.MULTILINE)
        headings = [heading.replace("\n# ", " ") for heading in _SUMMARY.findall(part)]
        assert name
        found[name[1]] = [heading.strip('"') for heading in headings if heading.startswith('"')]
        others = [heading for heading in headings if not heading.startswith('"')]
        assert others == [], f"a hint of {name[1]} quotes no message: {others}"
    return {question: headings for question, headings in found.items() if headings}


@pytest.mark.slow
@pytest.mark.parametrize("name", build.names(ROOT))
def test_each_message_that_a_hint_quotes_is_said_to_a_wrong_answer(
    name: str, on_the_bench: Callable[[str], Bench]
) -> None:
    bench = on_the_bench(name)
    text = (ROOT / "solutions" / bench.name / f"{bench.name}.py").read_text(encoding="utf-8")
    wanted = quoted(text)
    answers = [(q, source) for mutant in bench.mutants for q, source in mutant.answers.items()]
    answers += [(q, source) for q, (source, _) in WRONG.get(bench.name, {}).items()]
    answers += [(q, source) for q, sources in HINTED.get(bench.name, {}).items() for source in sources]
    jobs = [{"question": q, "source": source, "hidden": False} for q, source in answers if q in wanted]
    said: dict[str, list[str]] = {q: [] for q in wanted}
    for job, cases in zip(jobs, bench.desk.run(jobs), strict=True):
        said[str(job["question"])] += [case.told for case in cases if not case.passed]
    missing = [
        (q, words) for q, all_ in wanted.items() for words in all_ if not any(words in m for m in said[q])
    ]
    assert missing == []


def test_a_quotation_is_found_where_a_line_breaks() -> None:
    text = '# # BEGIN QUESTION\n# name: q1\n# <details><summary>Hint: "a long\n# message"</summary>\n'
    assert quoted(text) == {"q1": ["a long message"]}
