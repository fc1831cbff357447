"""A new term: hidden tests draw other inputs, nothing that students have changes, and old terms come back."""

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from autograder.commands.group import autograder
from autograder.release import build, master, new, term
from autograder.release.blocks import MARK
from autograder.release.term import Term
from tests.support import ROOT

NAME = "optimizer"
SPRING = Term("2027-spring", "a secret")
HIDDEN = '""" # BEGIN TEST CONFIG\nhidden: true\n"""  # END TEST CONFIG\n'


def cell(body: str, hidden: bool = True, block: str = "tests") -> SimpleNamespace:
    """Return a cell as a master has it: a test with this body, or other code."""
    source = (
        f"{HIDDEN if hidden else ''}def test_it(f):\n    {body}\n\n\ntest_it(f)" if block == "tests" else body
    )
    return SimpleNamespace(
        cell_type="code", source=source, metadata={MARK: {"block": block, "question": "q1"}}
    )


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of one small assignment, with two terms."""
    root = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "_config.yml", root)
    shutil.copytree(ROOT / "tests/assignments/small" / NAME, root / "solutions" / NAME)
    for name in ("2026-fall", "2027-spring"):
        made = term.drawn(root, name)
        assert made is not None
        assert term.begin(root, made)
    return root


@pytest.fixture(scope="module")
def rendered(course: Path) -> dict[str | None, dict[str, bytes]]:
    """What is built for each term, and without one."""
    return {of: build.render(NAME, course, of).files for of in (term.OWN, "2026-fall", "2027-spring", None)}


@pytest.mark.parametrize(
    ("body", "becomes"),
    [
        ("rng = np.random.default_rng(21050)", "rng = np.random.default_rng({})"),
        ("torch.manual_seed(21050 + number)", "torch.manual_seed({} + number)"),
        ("net(seed=1); random.seed(21050)", "net(seed=1); random.seed({})"),
        ("é, rng = 'é', default_rng(seed=21050)", "é, rng = 'é', default_rng(seed={})"),
        ("r = default_rng(21050), default_rng(21050)", "r = default_rng({0}), default_rng({0})"),
    ],
)
def test_a_seed_is_replaced_wherever_it_stands(body: str, becomes: str) -> None:
    there = cell(body)
    (change,) = term.redraw([there], "hw2", SPRING)
    ((old, fresh),) = change.seeds
    assert (old, change.question, change.test) == (21050, "q1", "test_it")
    assert there.source == cell(becomes.format(fresh)).source
    assert 10**8 <= fresh < 10**9


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("assert f(2) == 4", "draws nothing"),
        ("rng = np.random.default_rng(seed)", "its seed is no number in `np.random.default_rng(seed)`"),
        ("rng = np.random.default_rng(7)", "its seed 7 is one that the notebook uses, too"),
        ("rng = np.random.default_rng(8)", "its seed 8 is one that the notebook uses, too"),
        ("rng = np.random.default_rng(9)", "its seed 9 is one that the notebook uses, too"),
    ],
)
def test_what_stays_is_said_with_its_reason(body: str, why: str) -> None:
    others = [
        cell("rng = default_rng(7)", block="given"),
        cell("rng = default_rng(8)", hidden=False),
        cell("rng = default_rng(9)", block="solution"),
        cell("%pip install it", block="given"),
    ]
    cells = [*others, cell(body)]
    before = [one.source for one in cells]
    (change,) = term.redraw(cells, "hw2", SPRING)
    assert (change.seeds, change.kept) == ((), why)
    assert [one.source for one in cells] == before


def test_seeds_depend_on_term_assignment_and_number() -> None:
    seeds = {
        one.seed(name, old)
        for one in (SPRING, Term("2027-spring", "another"))
        for name in ("hw2", "hw3")
        for old in (1, 2)
    }
    assert len(seeds) == 8
    assert SPRING.seed("hw2", 1) == Term("renamed", "a secret").seed("hw2", 1)


def test_students_files_are_the_same_to_the_byte(course: Path, rendered: dict) -> None:
    released = (
        f"assignments/{NAME}/",
        "src/",
        f"build/{NAME}/student.zip",
        f"build/{NAME}/nbgrader/release/",
    )
    own = {path: content for path, content in rendered[term.OWN].items() if path.startswith(released)}
    assert len(own) > 4
    for files in rendered.values():
        assert {path: content for path, content in files.items() if path in own} == own


def test_hidden_inputs_differ_between_terms_and_are_equal_within_one(course: Path, rendered: dict) -> None:
    path = f"build/{NAME}/tests/q1.py"
    tests = {of: files[path].decode() for of, files in rendered.items()}
    assert len(set(tests.values())) == 3
    assert tests[None] == tests["2027-spring"]
    assert tests["2026-fall"] == build.render(NAME, course, "2026-fall").files[path].decode()
    assert "default_rng(1)" in tests[term.OWN]
    for change in term.redraw(
        master.read(NAME, course, term.OWN).notebook.cells, NAME, term.known(course)["2026-fall"]
    ):
        if change.question == "q1":
            assert all(f"default_rng({fresh})" in tests["2026-fall"] for _, fresh in change.seeds)
    manifests = {of: json.loads(files[f"build/{NAME}/manifest.json"]) for of, files in rendered.items()}
    assert [m.get("term") for m in manifests.values()] == [None, "2026-fall", "2027-spring", "2027-spring"]


def run(*words: str) -> Result:
    return CliRunner().invoke(autograder, list(words), prog_name="autograder")


@pytest.fixture
def here(course: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the repository, as the working folder."""
    root = shutil.copytree(course, tmp_path / "course")
    monkeypatch.chdir(root)
    return root


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((NAME, "--term", "spring 2027"), "'spring 2027' cannot be the name of a term"),
        ((NAME, "--term", "../../etc"), "'../../etc' cannot be the name of a term"),
        (("hw99", "--term", "2028-fall"), "no assignment 'hw99'"),
    ],
)
def test_a_wrong_call_changes_nothing(words: tuple[str, ...], said: str, here: Path) -> None:
    before = (here / "solutions" / term.FILE).read_bytes()
    done = run("build", *words)
    assert done.exit_code == 2
    assert said in done.output
    assert (here / "solutions" / term.FILE).read_bytes() == before
    assert not (here / "build").exists()


def test_a_master_without_seeds_is_said_by_name(here: Path) -> None:
    path = here / "solutions" / NAME / f"{NAME}.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("default_rng(", "default_rng(1 * "), encoding="utf-8")
    done = run("build", NAME, "--term", "2028-fall")
    assert done.exit_code == 2
    assert f"{NAME}: no hidden test has a seed that a term could change" in done.output
    assert "2028-fall" not in term.known(here)


@pytest.mark.parametrize(
    "text", ["terms = 3", "[terms]\na b = 'x'", "[terms]\nspring = 3", "[terms]\nspring = ''", "[terms"]
)
def test_a_broken_file_of_terms_is_an_error(text: str, here: Path) -> None:
    (here / "solutions" / term.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"terms\.toml"):
        term.find(here)


def test_an_unknown_term_is_an_error(here: Path) -> None:
    with pytest.raises(ValueError, match=r"no term '2020-fall'.*there is 2026-fall, 2027-spring"):
        build.render(NAME, here, "2020-fall")


@pytest.mark.sealed
def test_an_old_term_is_graded_again_with_its_own_inputs(here: Path) -> None:
    build.build_assignment(NAME, here, "2026-fall")
    (here / "in").mkdir()
    shutil.copy(here / "build" / NAME / "solution.ipynb", here / "in" / "ann.ipynb")
    graded = run("grade", NAME, "in", "--out", "out", "--tier", "process")
    assert graded.exit_code == 0, graded.output
    assert "7" in (here / "out/grades.csv").read_text(encoding="utf-8")
    build.build_assignment(NAME, here)  # the present term again
    for words in (("regrade", NAME, "out"), ("grade", NAME, "in", "--out", "out")):
        refused = run(*words)
        assert refused.exit_code == 2
        assert f"`autograder build {NAME} --term 2026-fall` first" in refused.output
    build.build_assignment(NAME, here, "2026-fall")
    again = run("regrade", NAME, "out")
    assert "1 graded again: no score changed." in again.output, again.output


def students_files(root: Path) -> list[Path]:
    """Return all that students get, what names their mistakes included."""
    return [
        path for folder in ("assignments", "src") for path in (root / folder).rglob("*.*") if path.is_file()
    ]


@pytest.mark.sealed
@pytest.mark.slow
def test_the_command_says_what_changed_and_tries_known_mistakes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(ROOT / "_config.yml", tmp_path)
    new.write("hw8", "Homework 8: moving means", tmp_path)
    monkeypatch.chdir(tmp_path)
    build.build_assignment("hw8", tmp_path)
    build.learn_mistakes("hw8", tmp_path)
    given = {path: path.read_bytes() for path in students_files(tmp_path)}
    of_graders = (tmp_path / "build/hw8/mistakes.json").read_bytes()
    right = sorted((tmp_path / "solutions/hw8/alternatives").glob("*.py"))[0]
    text = right.read_text(encoding="utf-8")
    right.write_text(text.replace("return ", "return 2 * "), encoding="utf-8")
    done = run("build", "hw8", "--term", "2027-spring")
    assert done.exit_code == 1, done.output
    assert "hidden tests draw other inputs in 2027-spring" in done.output
    assert "2027-spring is a new term: commit solutions/terms.toml" in done.output
    assert "ok   each mutant loses its question alone" in done.output
    assert "FAIL alternatives get full marks" in done.output
    assert "the hidden inputs of 2027-spring are not good enough" in done.output
    assert {path: path.read_bytes() for path in students_files(tmp_path)} == given
    assert (tmp_path / "build/hw8/mistakes.json").read_bytes() != of_graders
    assert list(term.known(tmp_path)) == ["2027-spring"]
