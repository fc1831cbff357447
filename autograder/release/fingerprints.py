"""Runs the known mistakes of a master on its tests and keeps what they give back, to name answers by.

This makes two files: one for students' notebooks with the public tests only, and one for the grader with all
tests, beside the manifest. Making them takes a minute, so they are made again only if something that they
depend on has changed. Both are committed, the grader's packed beside the master: a clone builds in seconds.
"""

from __future__ import annotations

import hashlib
import lzma
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import coursekit
from autograder.assignment import load
from autograder.files import whole
from autograder.mistakes import NAME
from autograder.release import attached, otter_release, variants
from autograder.release import term as terms
from autograder.release.sights import Answer, answers
from coursekit import _mistakes
from coursekit._fingerprint import Print, same, without_precision
from coursekit._mistakes import Known, Mistake, Question, Seen

if TYPE_CHECKING:
    from autograder.release.bench import Bench
    from autograder.release.looks import Look

T = TypeVar("T")
FEW = 16
"""Mutants that are run sooner here, one after another, than other processes are started for them."""
_CODE = ("_fingerprint.py", "_mistakes.py", "_recording.py", "checks")


@dataclass(frozen=True)
class Made:
    """The known mistakes for the grader and for students, and why some of them cannot be named."""

    all: Known
    public: Known
    silent: Mapping[str, str]


def public_path(name: str, root: Path) -> Path:
    """Return the path of the file for students' notebooks."""
    return root / "src/coursekit/assignments" / f"{name}.mistakes.json"


def grader_path(name: str, root: Path) -> Path:
    """Return the path of the grader's file."""
    return root / "build" / name / NAME


def packed_path(name: str, root: Path) -> Path:
    """Return the path of the grader's file as it is committed, with the inputs that stand in the master."""
    return root / "solutions" / name / f"{NAME}.xz"


def stamp(name: str, root: Path) -> str:
    """Return a digest of what the files depend on: master, mutants, files that tests read, our code."""
    folder, package = root / "solutions" / name, Path(coursekit.__file__).parent
    code = [package / part for part in _CODE]
    paths = [folder / f"{name}.py", folder / variants.MUTANTS]
    paths += [p for path in code for p in ([path] if path.is_file() else sorted(path.glob("*.py")))]
    brought = [*(folder / attached.FOLDER).glob("*.npz"), *(folder / attached.HANDED_IN).glob("*")]
    paths += sorted(p for p in [*brought, *(folder / variants.SHELF).glob("*/*")] if p.is_file())
    digest = hashlib.sha256()
    for path in paths:
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:32]


def grader_stamp(name: str, root: Path, term: str | None = None) -> str:
    """Return the digest for the grader's file, which depends on the inputs of a term, too."""
    base, of = stamp(name, root), terms.find(root, term)
    return hashlib.sha256(f"{base}{of.secret}".encode()).hexdigest()[:32] if of else base


def due(name: str, root: Path) -> list[Path]:
    """Return the committed files that are missing or out of date.

    The packed one is not asked for once terms have begun, since no build takes it then.
    """
    if not (root / "solutions" / name / variants.MUTANTS).is_file():
        return []
    paths = [public_path(name, root)] + ([] if terms.find(root, None) else [packed_path(name, root)])
    return [path for path in paths if read(path).stamp != stamp(name, root)]


def kept(name: str, root: Path, term: str | None = None) -> dict[str, bytes]:
    """Return the grader's file, by its path in the repository, where a new build of a term may keep it."""
    path, wanted = grader_path(name, root), grader_stamp(name, root, term)
    for there in (path, packed_path(name, root)):
        if read(there).stamp == wanted:
            return {str(path.relative_to(root)): _bytes(there)}
    return {}


def refresh(name: str, root: Path, tier: str = "auto") -> Mapping[str, str] | None:
    """Make the files of a built assignment, unless they are up to date.

    Numbers of an earlier file stay where the new ones differ by rounding alone.

    Parameters
    ----------
    name : str
        The assignment.
    root : Path
        The repository.
    tier : str
        How notebooks are sealed off, as for `autograder grade`.

    Returns
    -------
    mapping or None
        By mutant, why it cannot be named; None where there was nothing to do.
    """
    if not (root / "solutions" / name / variants.MUTANTS).is_file():
        return None
    term = load(name, root / "build").term or terms.OWN
    stale = due(name, root)
    if not stale and kept(name, root, term):
        return None
    from autograder.release import looks  # it loads the sandbox, and a build may need none
    from autograder.release.bench import Bench
    from autograder.sealed import cores

    bench = Bench(name, root, root, tier, progress=None)
    if len(bench.mutants) > FEW:
        bench.jobs = cores.count()
    try:
        made = make(bench, looks.under_seal, stamp(name, root))
    finally:
        bench.close()
    header = otter_release.header(name)
    if (path := public_path(name, root)) in stale:  # the inputs of a term change nothing that students have
        _write(path, steady(read(path), made.public), header)
    own, path = packed_path(name, root), grader_path(name, root)
    known = replace(made.all, stamp=grader_stamp(name, root, term))
    known = steady(read(own if term == terms.OWN else path), known)
    if own in stale and term == terms.OWN:
        _write(own, known, header)
    _write(path, known, header)
    return made.silent


def make(bench: Bench, look: Look, stamp: str = "") -> Made:
    """Look at the master and at every mutant, each on the tests of its question alone."""
    everything: dict[str, Question] = {}
    public: dict[str, Question] = {}
    silent: dict[str, str] = {}
    mutants = {mutant.name: mutant for mutant in bench.mutants}
    wrong = list(answers(bench.mutants))
    own = {q: Answer(q) for q in dict.fromkeys(answer.question for _, answer in wrong)}
    masters = dict(zip(own, look(bench, list(own.values())), strict=True))
    sights = look(bench, [answer for _, answer in wrong])
    for question, master in masters.items():
        seen = {
            name: sight
            for (name, answer), sight in zip(wrong, sights, strict=True)
            if answer.question == question
        }
        if not master.passed:
            silent |= dict.fromkeys(seen, f"the master's own answer to {question} fails")
            continue
        right = tuple(_as(case, case) for case in master.seen)
        shown = [k for k, hidden in enumerate(master.hidden) if not hidden]
        silent |= {name: sight.missing for name, sight in seen.items() if sight.missing}
        mistakes = tuple(
            Mistake(name, mutants[name].told or mutants[name].why, tuple(map(_as, sight.seen, master.seen)))
            for name, sight in seen.items()
            if not sight.missing
        )
        everything[question] = _told_apart(Question(right, mistakes), silent)
        part = Question(
            tuple(right[k] for k in shown),
            tuple(replace(m, cases=tuple(m.cases[k] for k in shown)) for m in everything[question].mistakes),
        )
        public[question] = _told_apart(part, {})
    return Made(
        Known(stamp, everything), Known(stamp, {q: p for q, p in public.items() if p.mistakes}), silent
    )


def steady(old: Known, new: Known) -> Known:
    """Return ``new``, with the numbers of ``old`` where these differ by rounding alone."""
    return replace(old, stamp=new.stamp) if equal(old, new) else new


def equal(one: Known, other: Known) -> bool:
    """Say whether two files name the same mistakes, whatever rounding did."""
    return one.questions.keys() == other.questions.keys() and all(
        _each(one.questions[q].right, other.questions[q].right, _equal_case)
        and _each(
            one.questions[q].mistakes,
            other.questions[q].mistakes,
            lambda a, b: (a.name, a.told) == (b.name, b.told) and _each(a.cases, b.cases, _equal_case),
        )
        for q in one.questions
    )


def alike(one: tuple[Seen, ...], other: tuple[Seen, ...]) -> bool:
    """Say whether the cases of a question saw the same of two answers, whatever rounding did."""
    return _each(one, other, _equal_case)


def _equal_case(one: Seen, other: Seen) -> bool:
    return one.passed == other.passed and _each(one.prints, other.prints, same)


def _each(one: tuple[T, ...], other: tuple[T, ...], like: Callable[[T, T], bool]) -> bool:
    return len(one) == len(other) and all(map(like, one, other))


def _told_apart(question: Question, silent: dict[str, str]) -> Question:
    """Keep the mistakes that are named where they are made; say why the others are not."""
    kept = []
    for mistake in question.mistakes:
        found = [m.name for m in question.named(mistake.cases)]
        if mistake.name in found:
            kept.append(mistake)
        if len(found) == 2:
            other = next(name for name in found if name != mistake.name)
            silent[mistake.name] = f"its outputs are those of {other}, so both are told"
        if not found:
            like = [
                m.name
                for m in question.mistakes
                if m is not mistake and _each(m.cases, mistake.cases, _equal_case)
            ]
            silent[mistake.name] = (
                f"its outputs are those of {' and '.join(like)}"
                if like
                else "no wrong value came back through `checks` in a test that fails"
            )
    return replace(question, mistakes=tuple(kept))


def _as(case: Seen, right: Seen) -> Seen:
    """Return a case whose arrays stand for any precision, unless the precision is what is wrong with them."""
    rights = [*right.prints, *case.prints[len(right.prints) :]]
    return replace(case, prints=tuple(_loose(p, r) for p, r in zip(case.prints, rights, strict=False)))


def _loose(print_: Print, right: Print) -> Print:
    if print_[0] in ("array", "tensor"):
        counts = right[0] == print_[0] and right[1][0] == print_[1][0] and right[1] != print_[1]
        return print_ if counts else without_precision(print_)
    if print_[0] != right[0]:
        return print_
    if print_[0] == "sequence" and len(print_[1]) == len(right[1]):
        return ["sequence", list(map(_loose, print_[1], right[1]))]
    if print_[0] in ("dict", "changed") and [k for k, _ in print_[1]] == [k for k, _ in right[1]]:
        pairs = [[k, _loose(p, r)] for (k, p), (_, r) in zip(print_[1], right[1], strict=True)]
        return [print_[0], pairs, *map(_loose, print_[2:], right[2:])]
    return print_


def read(path: Path) -> Known:
    """Read one of the files; nothing is known where it is missing or broken."""
    try:
        return _mistakes.read(_bytes(path).decode())
    except (OSError, ValueError, lzma.LZMAError):
        return Known()


def _bytes(path: Path) -> bytes:
    content = path.read_bytes()
    return lzma.decompress(content) if path.suffix == ".xz" else content


def _write(path: Path, known: Known, header: str) -> None:
    content = _mistakes.write(known, header).encode()
    if path.is_file() and _bytes(path) == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as draft:
        draft.write_bytes(lzma.compress(content, preset=9) if path.suffix == ".xz" else content)
