"""`make publish DEST=…`: the public repository, written from this one."""

from __future__ import annotations

import argparse
import datetime
import hashlib
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from . import destination, links, offline, pdf, releases, secrecy, tree

ROOT = Path(__file__).resolve().parents[2]
MOST_SHOWN = 12


def publish(
    root: Path,
    folder: Path,
    day: datetime.date,
    *,
    table: Path = releases.TABLE,
    dirty: bool = False,
    entries: Sequence[tuple[str, str]] | None = None,
    looked: secrecy.Search | None = None,
) -> str | None:
    """Write the public tree into a folder, as a commit on top of what is there.

    Parameters
    ----------
    root : Path
        The repository, with the book built.
    folder : Path
        The destination: an empty folder, one that is not there, or a clone of the public repository.
    day : date
        What is released after it is held back.
    table : Path, optional
        Days of release.
    dirty : bool
        Whether to publish what is not committed.
    entries : sequence of (kind, name), optional
        Parts and pages of the PDF, as of `pdf.contents`.
    looked : Search, optional
        What is looked for; it remembers the files that it has read.

    Returns
    -------
    str or None
        The commit; nothing when nothing has changed.

    Raises
    ------
    ValueError, RuntimeError
        When something is not as it must be; the destination is then as it was.
    """
    if not (root / "_build" / "html" / "index.html").is_file():
        raise ValueError("there is no built book: run `make book`")
    destination.check_source(root, dirty)
    there = tree.filled(root)
    grown = destination.check(root, folder, there.branch)
    held = releases.read(tree.homeworks(root), day, table)
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Beside the destination, on the same disk: the last step is a change of name.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}-") as workspace:
        aside = Path(workspace) / "tree"
        aside.mkdir()
        tree.assemble(root, aside, folder if grown else None, held, say)
        say("the PDF")
        chosen = pdf.contents(root / "book") if entries is None else entries
        kept = root / "_build" / ("publish" if entries is None else "publish-some")
        pdf.write(aside, aside / f"{tree.OFFLINE}.pdf", kept, chosen, tree.title(root), there.site)
        say("the zip for reading offline")
        offline.pack(aside, aside / f"{tree.OFFLINE}.zip", there.wheel)
        if missing := links.dangling(aside, there):
            raise RuntimeError(_listed("links lead to nothing", missing))
        say("searched for solutions, hidden tests and rubrics: the tree")
        search(looked or secrecy.search(root), aside, folder if grown else None)
        source = destination.git(root, "rev-parse", "--short=10", "HEAD")
        message = f"The course, version {there.version}, from {source}, on {day}"
        return destination.place(aside, folder, grown, there.branch, message)


def search(looked: secrecy.Search, aside: Path, grown: Path | None) -> None:
    """Look for what must not leave, in the tree and in all that was published before.

    Raises
    ------
    RuntimeError
        With what was found.
    """
    if found := secrecy.over(looked.find, aside):
        raise RuntimeError(_listed("things would leak", found))
    if grown:
        say("and the history")
        state = hashlib.sha256(repr((sorted(looked.lines), looked.shown)).encode()).hexdigest()
        if found := destination.search_history(grown, looked.find, state):
            raise RuntimeError(
                _listed("things have leaked", found) + "\nwhoever cloned it has them: take them out of its "
                "history or start another repository, and ask other questions"
            )


def _listed(what: str, found: Sequence[str]) -> str:
    shown = "\n  ".join(found[:MOST_SHOWN])
    more = f"\n  and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
    return f"{len(found)} {what}; nothing was published:\n  {shown}{more}"


_BEGAN = time.monotonic()


def say(line: str) -> None:
    """Print a line of progress."""
    print(f"{time.monotonic() - _BEGAN:5.0f} s  {line}", flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Publish the course: site, notebooks, package and released homeworks, and nothing else."""
    parser = argparse.ArgumentParser(prog="python -m tools.publish", description=main.__doc__)
    parser.add_argument(
        "folder", type=Path, metavar="DEST", help="an empty folder, or a clone of the public one"
    )
    parser.add_argument(
        "--date", type=datetime.date.fromisoformat, default=datetime.date.today(), metavar="YYYY-MM-DD",
        help="publish as on this day (releases.toml has the days of release)",
    )  # fmt: skip
    parser.add_argument("--dirty", action="store_true", help="publish what is not committed, too")
    options = parser.parse_args(arguments)
    if shutil.which("git") is None:
        print("git is not there: install it", file=sys.stderr)
        return 1
    try:
        commit = publish(ROOT, options.folder, options.date, dirty=options.dirty)
    except (ValueError, RuntimeError, OSError) as error:
        print(f"not published: {error}", file=sys.stderr)
        return 1
    if commit is None:
        say(f"nothing has changed since {options.folder} was published")
    else:
        say(
            f"published in {options.folder} as {commit[:10]}: look at it, then `git -C {options.folder} push`"
        )
    return 0
