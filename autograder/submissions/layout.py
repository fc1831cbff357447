"""What is in the folder of submissions: who handed in what, wherever a platform or a download put it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from autograder.submissions import gradescope_export
from autograder.submissions.archive import BROKEN
from autograder.submissions.entry import Place
from autograder.submissions.members import Member
from autograder.submissions.names import Name, Naming
from autograder.submissions.newest import is_of
from autograder.submissions.notebook import UnreadableError
from autograder.submissions.opened import SCRIPT, ZIP, ending_of, is_meant
from autograder.submissions.tree import FolderTree, SubTree, Tree
from autograder.submissions.zips import class_zip

# Files that operating systems, platforms and this grader put beside submissions; no student has such a name.
_NOBODY = re.compile(
    r"\.|~\$|(?:__macosx|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r|\$recycle\.bin|lost\+found"
    r"|system volume information|submissions\.csv|submission_metadata\.yml|autograder\.toml)$",
    re.IGNORECASE,
)
_DEEPEST = 3  # folders above the class
MAX_CLASS = 5_000_000  # files of a class that are looked at
_SEVERAL = 3  # from so many hand-ins with names of people on, files that lie together are a class


@dataclass(frozen=True)
class Piece:
    """One file or folder that was handed in; where a list of the platform says whose it is, by whom.

    ``members`` are those of a group.
    """

    place: Place
    student: str = ""
    account: str = ""
    submitted: datetime | None = None
    note: str = ""
    members: tuple[Member, ...] = ()


def pieces(folder: Path, naming: Naming, wanted: str) -> list[Piece]:
    """List what was handed in, files of nobody left out.

    A folder or zip that is alone in ``folder`` and holds a class is the class, so a download may be unpacked
    one folder too deep, or not at all.

    Parameters
    ----------
    folder : Path
        The folder of submissions.
    naming : Naming
        How names are read.
    wanted : str
        The assignment's notebook name without ending, by which a student's folder is told from a class.
    """
    here = [Piece(Place(folder / name)) for name in _somebody(p.name for p in folder.iterdir())]
    listed = folder / gradescope_export.LIST
    if listed.is_file() and not listed.is_symlink():
        return _named(here, listed.read_bytes())
    if len(here) == 1:
        return _class_at(here[0].place.path, naming, wanted, _DEEPEST) or here
    return here


def is_nobody(name: str) -> bool:
    """Whether a file's name says that no student handed it in.

    Examples
    --------
    >>> [is_nobody(n) for n in ("Thumbs.db", "~$answers.docx", "submissions.csv", "thumbs.ipynb")]
    [True, True, True, False]
    """
    return bool(_NOBODY.match(name))


def _somebody(names: Iterable[str]) -> list[str]:
    return sorted(name for name in names if not is_nobody(name))


def _class_at(path: Path, naming: Naming, wanted: str, depth: int) -> list[Piece] | None:
    """Return the class in a folder or zip that is alone; None when that is a student's."""
    is_folder = path.is_dir()
    if path.is_symlink() or not (is_folder or (path.is_file() and ending_of(path.name) == ZIP)):
        return None
    stem = path.name if is_folder else path.name[: -len(ZIP)]
    if naming.read(stem) != Name(stem):
        return None  # a platform's name of a student
    try:
        whole: Tree = FolderTree(path, MAX_CLASS) if is_folder else class_zip(path)
        way, tree, top = "", whole, _top(whole)
        while not _is_class(tree, top, naming, wanted):
            if len(top) != 1 or depth == 0:
                return None
            if not top[0].endswith("/"):
                return _class_at(path / way / top[0], naming, wanted, depth - 1) if is_folder else None
            way, depth = way + top[0], depth - 1
            tree = SubTree(whole, way)
            top = _top(tree)
        here = [Piece(Place(path / way / n) if is_folder else Place(path, way + n)) for n in top]
        if gradescope_export.LIST in tree.names():
            return _named(here, tree.read(gradescope_export.LIST, gradescope_export.MAX_LIST))
        return here
    except (UnreadableError, OSError, *BROKEN):
        return None  # whatever is wrong shows when it is opened as a student's


def _top(tree: Tree) -> list[str]:
    """Return what lies directly in a tree, folders with a ``/`` at their end."""
    firsts = dict.fromkeys(n.partition("/")[0] + ("/" if "/" in n else "") for n in tree.names())
    return [first for first in firsts if not is_nobody(first.rstrip("/"))]


def _is_class(tree: Tree, top: Sequence[str], naming: Naming, wanted: str) -> bool:
    """Say whether files that lie together are of a class rather than of one student.

    They are when Gradescope's list is among them, or a platform named them; when several folders hold the
    assignment's notebook; or when there are some hand-ins, and none has the assignment's own name, as one of
    a student's notebooks would.
    """
    if gradescope_export.LIST in tree.names():
        return True
    full = {n.partition("/")[0] + "/" for n in tree.names() if "/" in n and _may_be_handed_in(n)}
    able = [n for n in top if n in full or _may_be_handed_in(n)]
    if any(is_of(_stem(n), wanted) for n in able if not n.endswith("/")):
        return False
    named = sum(naming.read(stem) != Name(stem) for stem in map(_stem, able))
    own = {n.partition("/")[0] for n in tree.names() if "/" in n and is_of(_stem(n), wanted)}
    return named * 2 > len(able) or len(own) > 1 or len(able) >= _SEVERAL


def _may_be_handed_in(name: str) -> bool:
    return is_meant(name) and ending_of(name) not in ("", SCRIPT)


def _stem(name: str) -> str:
    last = PurePosixPath(name).name
    return last if name.endswith("/") else last[: -len(ending_of(last)) or None]


def _named(here: Sequence[Piece], raw: bytes) -> list[Piece]:
    """Say whose the folders of Gradescope's bulk export are, by the list that lies beside them."""
    listed = gradescope_export.read(raw)
    found = [(piece, listed.get(piece.place.name)) for piece in here]
    return [
        Piece(p.place, f.student, f.account, f.submitted, f.note, f.members) if f else p for p, f in found
    ]
