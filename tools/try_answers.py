#!/usr/bin/env python
"""Grade every answer of a bank (tests/answers) and say where the tests of an assignment are wrong.

    python tools/try_answers.py hw3
    python tools/try_answers.py hw3 --only q5 --words words.txt  # one question; what students read
    python tools/try_answers.py hw3 --files '*_third_*'  # the answers in some files of the bank

Each answer replaces the master's own in the solution's notebook, and is graded under seal.
Wrong answers that keep all points and right ones that lose some are listed. The exit code is 1 where one of
them is not excused in the bank.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("MPLBACKEND", "agg")
os.environ.setdefault("OMP_NUM_THREADS", "1")

from tqdm import tqdm  # noqa: E402

from autograder.release import build  # noqa: E402
from autograder.release.bench import Bench  # noqa: E402
from tests.answers import bank  # noqa: E402
from tests.answers.seen import shown  # noqa: E402
from tests.answers.trial import Trial, grade  # noqa: E402


@contextmanager
def built(name: str) -> Iterator[Bench]:
    """Build an assignment in a folder of its own, with its known mistakes, and put it on the bench."""
    with tempfile.TemporaryDirectory(prefix=f"answers-{name}-") as folder:
        root = Path(folder)
        shutil.copytree(ROOT / "solutions" / name, root / "solutions" / name)
        shutil.copy(ROOT / "_config.yml", root)
        for known in (f"build/{name}/mistakes.json", f"src/coursekit/assignments/{name}.mistakes.json"):
            if (ROOT / known).is_file():  # they are not run again where they are up to date
                (root / known).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / known, root / known)
        with redirect_stdout(io.StringIO()):
            build.build_assignment(name, root)
            build.learn_mistakes(name, root)
        bench = Bench(name, root, root)
        try:
            yield bench
        finally:
            bench.close()


def table(trials: Sequence[Trial]) -> str:
    """Return the figures of each question and of all."""
    rows: list[tuple[str, ...]] = [
        ("question", "wrong", "kept all", "passed public", "named", "right", "lost some")
    ]
    questions = list(dict.fromkeys(t.answer.question for t in trials))
    questions.sort(key=lambda q: (len(q), q))
    for label, those in [(q, [t for t in trials if t.answer.question == q]) for q in questions] + [
        ("all", trials)
    ]:
        wrong = [t for t in those if not t.answer.right]
        right = [t for t in those if t.answer.right]
        counts = (
            len(wrong),
            sum(t.surprising for t in wrong),
            sum(t.public for t in wrong),
            sum(bool(t.named) for t in wrong),
            len(right),
            sum(t.surprising for t in right),
        )
        rows.append((label, *map(str, counts)))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(c.rjust(w) for c, w in zip(row, widths, strict=True)) for row in rows)


def listed(title: str, trials: Sequence[Trial], *, words: bool = False) -> str:
    """Return a list of trials with the places of their answers; with ``words``, with what was said."""
    lines = [f"\n{title}: {len(trials)}"]
    for t in trials:
        excuse = f" (excused: {t.answer.excused})" if t.answer.excused else ""
        lines.append(f"  {t.answer.question}  {t.answer.what}  [{t.answer.place}]{excuse}")
        lines += [f"        {line}" for text in t.words for line in text.splitlines()] if words else []
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Grade the bank and print what was found."""
    parser = argparse.ArgumentParser(description="Grade every answer of a bank in tests/answers.")
    parser.add_argument("names", nargs="*", help="assignments; all that have a bank without")
    parser.add_argument("--only", action="append", help="this question alone; may be given again")
    parser.add_argument("--files", default="*", help="files of the bank, by a pattern of their names")
    parser.add_argument(
        "--words", type=Path, help="write what a student reads of each wrong answer to a file"
    )
    options = parser.parse_args(arguments)
    deceived = 0
    for name in options.names or bank.assignments():
        chosen = [a for a in bank.answers(name) if not options.only or a.question in options.only]
        chosen = [a for a in chosen if fnmatch(a.place.partition(":")[0], options.files)]
        if not chosen:
            parser.error(f"there is no answer to {name} in {bank.FOLDER}")
        with built(name) as bench:
            trials = [grade(bench, a) for a in tqdm(chosen, desc=name, disable=not sys.stderr.isatty())]
            if options.words:
                options.words.write_text(_words(bench, trials), encoding="utf-8")
        print(table(trials))
        odd = [t for t in trials if t.surprising]
        print(listed("wrong answers that keep all points", [t for t in odd if not t.answer.right]))
        print(listed("right answers that lose points", [t for t in odd if t.answer.right], words=True))
        print(f"\nnamed: {sum(bool(t.named) for t in trials)}")
        for t in trials:
            told = "; ".join(f"{k}: {v}" for k, v in t.named.items())
            if told:
                print(f"  {t.answer.question}  {t.answer.what}\n      -> {told}")
        stale = [t for t in trials if t.answer.excused and not t.surprising]
        print(listed("excused without need", stale))
        deceived += sum(not t.answer.excused for t in odd) + len(stale)
    return int(deceived > 0)


def _words(bench: Bench, trials: Sequence[Trial]) -> str:
    """Return what a student reads of each answer: in the notebook, and after grading."""
    of = {t.answer: t for t in trials}
    parts = []
    for answer, told in shown(bench.name, bench.solution, bench.root, list(of)):
        t = of[answer]
        kind = "right" if answer.right else "wrong"
        head = f"=== {answer.question} {kind}: {answer.what} [{answer.place}] {t.score:g} of {t.possible:g}"
        graded = "\n".join([*(f"named {k}: {v}" for k, v in t.named.items()), *t.words])
        parts.append(f"{head}\n--- breaks: {answer.breaks}\n{told}\n--- graded\n{graded}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    raise SystemExit(main())
