"""A submission opened: its one notebook, and the files beside it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath
from typing import NamedTuple

from autograder.lookalikes import told_apart
from autograder.submissions.entry import Place
from autograder.submissions.newest import Dated, in_time, is_of, own
from autograder.submissions.notebook import MAX_BYTES, UnreadableError
from autograder.submissions.script import MAX_SCRIPT, as_notebook
from autograder.submissions.tree import FolderTree, SizeError, SubTree, Tree, read_file
from autograder.submissions.zips import class_zip, zip_in, zip_on_disk
from autograder.text import one_line

NOTEBOOK_ENDINGS = (".ipynb", ".ipynb.json", ".ipynb.txt")  # browsers add the last two when they save
SCRIPT, ZIP = ".py", ".zip"
MAX_DEPTH = 3  # zips in zips


class Found(NamedTuple):
    """The notebook of a submission: the files among which it lies, its name, what to say of the choice."""

    tree: Tree
    name: str
    note: str


def is_notebook(name: str) -> bool:
    """Whether a path inside a zip or folder is a notebook that somebody meant to hand in."""
    return name.lower().endswith(NOTEBOOK_ENDINGS) and is_meant(name)


def is_meant(name: str) -> bool:
    """Whether a path is none of those that programs leave beside what somebody handed in."""
    return not any(p.startswith((".", "~$")) or p == "__MACOSX" for p in name.split("/"))


def ending_of(name: str) -> str:
    """Return the ending by which a file is a notebook, a script or a zip; empty for any other."""
    return next((e for e in (*NOTEBOOK_ENDINGS, SCRIPT, ZIP) if name.lower().endswith(e)), "")


@contextlib.contextmanager
def files_of(place: Place) -> Iterator[Tree | None]:
    """Open the folder or zip of a submission; yield None for a single file.

    Raises
    ------
    UnreadableError
        When it cannot be opened; the message says why.
    """
    if place.within:
        whole = class_zip(place.path)
        if place.within.endswith("/"):
            yield SubTree(whole, place.within)
        elif ending_of(place.within) == ZIP:
            with zip_in(whole, place.within) as tree:
                yield tree
        else:
            yield None
    elif place.path.is_dir():
        yield FolderTree(place.path)
    elif ending_of(place.path.name) == ZIP:
        with zip_on_disk(place.path) as tree:
            yield tree
    else:
        yield None


def read_place(place: Place, most: int) -> bytes:
    """Return the bytes of a single file.

    Raises
    ------
    UnreadableError
        When it cannot be read; the message says why.
    """
    if place.within:
        return class_zip(place.path).read(place.within, most)
    return read_file(place.path, place.name, most)


def notebook_at(place: Place) -> bytes:
    """Return the bytes of a notebook that lies there by itself; a script is made one.

    Raises
    ------
    UnreadableError
        When it cannot be read.
    """
    if ending_of(place.name) == SCRIPT:
        return as_notebook(read_place(place, MAX_SCRIPT))
    try:
        return read_place(place, MAX_BYTES)
    except SizeError:
        raise UnreadableError(f"the notebook is larger than {MAX_BYTES // 2**20} MiB") from None


def notebook_in(found: Found) -> bytes:
    """Return the bytes of the notebook that was found; a script is made one."""
    if ending_of(found.name) == SCRIPT:
        return as_notebook(found.tree.read(found.name, MAX_SCRIPT))
    return found.tree.read(found.name, MAX_BYTES)


@contextlib.contextmanager
def search(tree: Tree, wanted: str, depth: int = 1) -> Iterator[Found]:
    """Find the notebook to grade among files: the only one, the one with the right name, or the newest.

    Exports, the zips that `grader.export()` writes, stand beside notebooks; any other zip is opened where
    there is nothing else, and a script counts where there is no notebook.

    Parameters
    ----------
    tree : Tree
        The files.
    wanted : str
        The assignment's notebook name, such as ``"hw3.ipynb"``.
    depth : int
        In how many zips these files lie already.

    Raises
    ------
    UnreadableError
        When there is none, or it is unclear which; the message names what was found.
    """
    names = [n for n in tree.names() if is_meant(n)]
    zips = [n for n in names if ending_of(n) == ZIP]
    chosen, note = "", ""
    for kind, able in (
        ("notebooks", [n for n in names if is_notebook(n)] + [n for n in zips if own(_stem(n)).made]),
        ("scripts", [n for n in names if ending_of(n) == SCRIPT]),
        ("zips", zips),
    ):
        if able:
            chosen, note = pick(tree, able, wanted, kind)
            break
    else:
        held = f" (it holds {listing(tree.names())})" if tree.names() else " (it is empty)"
        raise UnreadableError(f"no notebook in {tree.where}{held}")
    if ending_of(chosen) != ZIP:
        yield Found(tree, chosen, note)
        return
    if depth >= MAX_DEPTH:
        raise UnreadableError(f"zips within zips, more than {MAX_DEPTH} deep: hand in the notebook")
    with zip_in(tree, chosen) as inner, search(inner, wanted, depth + 1) as found:
        yield found._replace(note="; ".join(n for n in (note, found.note) if n))


def pick(tree: Tree, able: Sequence[str], wanted: str, kind: str) -> tuple[str, str]:
    """Choose one of several files; say which were not chosen, and why.

    Raises
    ------
    UnreadableError
        When it is unclear which.
    """
    if len(able) == 1:
        return able[0], ""
    stem = PurePosixPath(wanted).stem
    named = [n for n in able if is_of(_stem(n), stem)] or list(able)
    exact = [n for n in named if PurePosixPath(n).name == wanted]
    count = {2: "two", 3: "three"}.get(len(able), str(len(able)))
    order = None
    if kind != "scripts" or len(named) == 1:
        order = in_time([Dated(_stem(n), changed=tree.date(n)) for n in named])
    if order:
        chosen, why = named[order[0][-1]], f", the newest {order[1]}," if order[1] else ""
    elif len(exact) == 1:
        chosen, why = exact[0], ""
    else:
        raise UnreadableError(
            f"{count} {kind} in {tree.where}: {listing(able)}; one should be named {wanted}"
        )
    others = [n for n in able if n != chosen]
    first, *rest = told_apart([chosen, *sorted(others)[:3]])
    more = f" and {len(others) - 3} more" if len(others) > 3 else ""
    return chosen, f"{count} {kind} in {tree.where}: {first}{why} counts; not {', '.join(rest)}{more}"


def listing(names: Sequence[str]) -> str:
    """Name the first three of several files."""
    shown = ", ".join(told_apart(sorted(names)[:3]))
    return shown + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _stem(name: str) -> str:
    last = PurePosixPath(name).name
    return one_line(last[: -len(ending_of(last)) or None])
