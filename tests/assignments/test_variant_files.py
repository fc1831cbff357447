"""A variant brings files of its own, where its answers stand and nowhere else."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.release import fingerprints, variants
from autograder.release.bench import Bench
from tests.assignments.handed import NAME, course, files_of

SHUFFLED, ONE_KIND = "q2_shuffled", "q2_one_kind"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    root = course(tmp_path_factory.mktemp(NAME))
    laid = Bench(NAME, root, root, progress=None)
    yield laid
    laid.close()


@pytest.fixture
def folder(bench: Bench, tmp_path: Path) -> Path:
    """A copy of the master and its variants, to be changed."""
    shutil.copy(bench.root / "_config.yml", tmp_path)
    return shutil.copytree(bench.root / "solutions", tmp_path / "solutions") / NAME


def mutant(bench: Bench, name: str) -> variants.Variant:
    return next(found for found in bench.mutants if found.name == name)


def test_each_notebook_has_the_files_of_its_own_hand(bench: Bench) -> None:
    master = files_of(bench.root)
    assert bench.handed_in(bench.solution) == master
    assert bench.handed_in(bench.blank) == {}
    shuffled = mutant(bench, SHUFFLED)
    wrong = variants.answer(bench.solution, shuffled.answers)
    assert bench.handed_in(wrong) == shuffled.files
    assert shuffled.files["predictions.npy"] not in (b"", master["predictions.npy"])
    other = variants.answer(bench.solution, mutant(bench, "q2_other_points").answers)
    assert bench.handed_in(other) == {}, "it brings none, and what the master's cell wrote is not its own"


@pytest.mark.sealed
def test_a_mutant_with_files_is_caught_by_what_they_hold(bench: Bench) -> None:
    def passed(name: str) -> list[bool]:
        result = bench.grade(variants.answer(bench.solution, mutant(bench, name).answers))
        return [case.passed for case in result.questions[1].cases if case.name.startswith("q2 - ")]

    assert passed(SHUFFLED) == [True] + [False] * 6, "its files agree with each other, and reach no band"
    assert passed(ONE_KIND) == [False, *[True] * 3, *[False] * 3], "its weights are right"


def test_files_of_no_variant_are_refused(bench: Bench, folder: Path) -> None:
    (folder / "mutants/q2_suffled").mkdir()
    with pytest.raises(ValueError, match="mutants/q2_suffled: files of no variant: give the folder the name"):
        variants.mutants(bench.source, folder.parents[1])
    (folder / "alternatives/longer.py").rename(folder / "alternatives/long.py")
    with pytest.raises(ValueError, match="alternatives/longer: files of no variant"):
        variants.folder(folder / "alternatives")


def test_a_file_that_nobody_asks_for_is_refused(bench: Bench, folder: Path) -> None:
    (folder / "alternatives/longer/weights.npz").write_bytes(b"")
    broken = Bench(NAME, folder.parents[1], bench.built, progress=None)
    words = "longer brings weights.npz; the files handed in are: weights.safetensors, predictions.npy"
    with pytest.raises(ValueError, match=re.escape(words)):
        broken.handed_in(bench.solution)


@pytest.mark.parametrize(
    "changed", ["data/held_out.npz", "files/predictions.npy", f"mutants/{ONE_KIND}/predictions.npy"]
)
def test_known_mistakes_are_due_where_a_file_changed(changed: str, folder: Path) -> None:
    root = folder.parents[1]
    before = fingerprints.stamp(NAME, root)
    (folder / "data/notes.txt").write_text("read by no test")
    assert fingerprints.stamp(NAME, root) == before
    (folder / changed).write_bytes(b"other")
    assert fingerprints.stamp(NAME, root) != before
