"""Nothing secret leaves, and a publication that cannot be right leaves everything as it was."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from autograder.release.normalize import archive
from tests.publish.conftest import FIRST, HELD_BACK, Authors
from tests.support import ROOT
from tools.publish import allowed, cli, destination, releases, secrecy, tree, wheel

pytestmark = pytest.mark.site


def planted(search: secrecy.Search) -> str:
    """Return a long line that only instructors may see."""
    label = next(label for label in sorted(search.lines.values()) if label.startswith("hw3: "))
    return label.removeprefix("hw3: ")


def test_the_published_tree_holds_no_secret(public: Path, search: secrecy.Search) -> None:
    assert len(search.lines) > 3000
    assert set(search.short) == set(tree.homeworks(ROOT))
    assert secrecy.over(search.find, public) == []


def test_no_exception_is_idle(public: Path, search: secrecy.Search) -> None:
    needed = set()
    for path in public.rglob("*"):
        if path.is_file() and ".git" not in path.parts:
            needed |= search.used(path.relative_to(public).as_posix(), path.read_bytes())
    assert [entry.line for entry in search.shown if entry not in needed] == []
    assert all(len(entry.why) > 15 for entry in search.shown)


@pytest.mark.parametrize(
    ("path", "wrap"),
    [
        ("convolution/pooling.html", "<p>{line}</p>"),
        ("convolution/pooling.html", '<span class="k">{spans}</span>'),
        ("convolution/pooling.html", "<!-- {line} -->"),
        ("_sources/convolution/pooling.md", "```\n{line}\n```"),
        ("src/convnet/new.py", "# {line}"),
        ("README.md", "{line}"),
    ],
    ids=["page", "coloured", "comment", "source", "code", "text"],
)
def test_a_solution_line_is_found(search: secrecy.Search, path: str, wrap: str) -> None:
    line = planted(search)
    escaped = line.replace("&", "&amp;").replace("<", "&lt;")
    html = path.endswith(".html")
    text = wrap.format(line=escaped if html else line, spans="</span><span>".join(escaped.split(" ")))
    for content in (text, f"{'x' * 5}\n{text}\n"):
        assert search.find(path, content.encode()) == [f"{path}: hw3: {line}"]


def test_it_is_found_in_archives_and_notebooks(search: secrecy.Search) -> None:
    line = planted(search)
    cell = json.dumps({"cells": [{"cell_type": "code", "source": ["a = 1\n", f"{line}\n"]}]}).encode()
    zipped = archive({"inner.zip": archive({"a.ipynb": cell})})
    assert search.find("offline/cnn-course.zip", zipped) == [
        f"offline/cnn-course.zip/inner.zip/a.ipynb: hw3: {line}"
    ]
    short = next(iter(search.short["hw3"].values())).removeprefix("hw3: ")
    assert search.find("assignments/hw3/tests/q1.py", short.encode()) == [
        f"assignments/hw3/tests/q1.py: hw3: {short}"
    ]
    assert search.find("wheels/a.whl", archive({"b.pyc": b"\0"})) == [
        "wheels/a.whl/b.pyc: a compiled or binary file"
    ]
    assert search.find("tests/q.py", b"@test_case(hidden = True)") == ["tests/q.py: a hidden test"]
    (name, data), *_ = search.data.items()
    assert f"_static/a.npz: data that only the grader may have: {name}" in search.find("_static/a.npz", data)


def test_rubrics_and_mutants_are_secret_too(search: secrecy.Search) -> None:
    for name in ("rubric.md", "mutants.toml"):
        lines = (ROOT / "solutions" / "hw3" / name).read_text(encoding="utf-8").splitlines()
        long = max(lines, key=len)
        assert search.find("a.md", long.encode()) != [], name


def test_the_secret_of_a_term_is_found(tmp_path: Path) -> None:
    (tmp_path / "solutions").mkdir()
    secret = "5f0c" * 8
    (tmp_path / "solutions" / "terms.toml").write_text(f'[terms]\n2027-spring = "{secret}"\n')
    found = secrecy.search(tmp_path).find("a.html", f"<p>{secret}</p>".encode())
    assert found == ["a.html: the secret of the term 2027-spring"]


def test_a_planted_line_stops_the_publication(authors: Authors, public: Path, search: secrecy.Search) -> None:
    path = authors.root / "assignments" / "hw3" / "tests" / "q1.py"
    was, before = path.read_text(encoding="utf-8"), destination.git(public, "rev-parse", "HEAD")
    path.write_text(f"{was}\n# {planted(search)}\n", encoding="utf-8")
    try:
        with pytest.raises(RuntimeError, match=r"would leak; nothing was published:\n.*q1\.py: hw3"):
            authors.publish(public, FIRST, dirty=True)
    finally:
        path.write_text(was, encoding="utf-8")
    assert destination.git(public, "rev-parse", "HEAD") == before
    assert [path.name for path in public.parent.iterdir()] == [public.name]


def test_what_leaked_once_is_found_in_the_history(search: secrecy.Search, tmp_path: Path) -> None:
    line = planted(search)
    destination.git(tmp_path, "init", "-q")
    for text in (line, "fine\n" * 9):
        (tmp_path / "page.md").write_text(text)
        destination.git(tmp_path, "add", "-A")
        destination.git(tmp_path, "commit", "-qm", "a page", environment=destination.AUTHOR)
    for _ in range(2):  # what passed is remembered, what did not is found again
        (found,) = destination.search_history(tmp_path, search.find, "state")
        assert found.startswith(f"page.md: hw3: {line} (in the history, ")
    asked: list[str] = []
    destination.search_history(tmp_path, lambda path, _: asked.append(path) or [], "state")
    assert asked == ["page.md"], "only what did not pass is looked at again"


def test_a_file_that_nobody_allowed_stops_it(authors: Authors, tmp_path: Path) -> None:
    strange = authors.root / "src" / "convnet" / "notes.txt"
    strange.write_text("what to ask next year")
    try:
        with pytest.raises(ValueError, match=r"1 files are not committed, .*notes\.txt among them"):
            authors.publish(tmp_path / "new", FIRST)
        with pytest.raises(ValueError, match=r"src/convnet/notes\.txt is no file that may be public"):
            authors.publish(tmp_path / "new", FIRST, dirty=True)
    finally:
        strange.unlink()
    assert not any(tmp_path.iterdir())
    assert not allowed.is_in("solutions/hw3/hw3.py", (*allowed.SITE, *allowed.FILES, *allowed.SOURCES))


def test_destinations_that_are_refused(tmp_path: Path) -> None:
    def refused(folder: Path, why: str) -> None:
        with pytest.raises(ValueError, match=why):
            destination.check(ROOT, folder, "main")

    refused(ROOT / "public", "inside of this repository or around it")
    refused(ROOT.parent, "inside of this repository or around it")
    (tmp_path / "a.txt").write_text("mine")
    refused(tmp_path, "holds files and is no git repository")
    refused(tmp_path / "a.txt", "is a file")
    subprocess.run(["git", "init", "-q", "-b", "other", str(tmp_path)], check=True)
    refused(tmp_path, "changes that are not committed, a.txt among them")
    destination.git(tmp_path, "add", "-A")
    destination.git(tmp_path, "commit", "-qm", "mine", environment=destination.AUTHOR)
    refused(tmp_path, "is on branch other, and _config.yml publishes main")
    assert destination.check(ROOT, tmp_path, "other")
    assert not destination.check(ROOT, tmp_path / "new", "main")


def test_the_command_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([str(ROOT / "x"), "--dirty"]) == 1
    assert capsys.readouterr().err.startswith("not published: ")
    with pytest.raises(SystemExit):
        cli.main([str(tmp_path), "--date", "tomorrow"])


def test_days_of_release(tmp_path: Path) -> None:
    table = tmp_path / "releases.toml"
    table.write_text(f"[release]\n{HELD_BACK} = 2027-02-01\nhw7 = 2027-02-02\n")
    held = releases.read(["hw6", "hw7"], FIRST, table)
    assert list(held.closed) == ["hw7"]
    assert list(held.without) == ["hw7"]
    assert not [path for path in wheel.sources(ROOT, held.without) if "hw7" in path]
    table.write_text("checks_early = true\n" + table.read_text())
    assert list(releases.read(["hw6", "hw7"], FIRST, table).without) == []
    for text, why in (("hw9 = 2027-02-01", "no homework hw9"), ('hw6 = "soon"', "wants a date")):
        table.write_text(f"[release]\n{text}\n")
        with pytest.raises(ValueError, match=why):
            releases.read(["hw6", "hw7"], FIRST, table)
    assert not releases.read(tree.homeworks(ROOT), FIRST).closed, "the course as it stands holds nothing back"


def test_the_wheel_is_the_same_on_any_day(tmp_path: Path) -> None:
    first, again = (wheel.build_wheel(ROOT, tmp_path / name, without=["hw6"]) for name in "ab")
    assert first.read_bytes() == again.read_bytes()
