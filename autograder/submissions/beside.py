"""The files handed in beside a notebook, out of a zip, a folder, or a platform's flat list of files.

Those that the assignment asks for are taken by name, and none is read beyond the size it may have. Small
files that lie with the notebook come along for the notebook alone: it may import or open them under seal, the
grader looks at none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import PurePosixPath

from autograder.submissions.archive import BROKEN
from autograder.submissions.entry import Entry
from autograder.submissions.notebook import UnreadableError
from autograder.submissions.opened import ZIP, ending_of, files_of, is_meant, is_notebook, read_place, search
from autograder.submissions.tree import LinkError, LockedError, SizeError, Tree
from coursekit._files import Wanted, size

Handed = dict[str, bytes | str]
MAX_HELPERS = 50  # files
MAX_HELPER = 2 * 2**20  # bytes of one
MAX_HELPED = 8 * 2**20  # bytes of all
_PART = re.compile(r"\w[\w. -]{0,99}")  # of a helper's path: nothing that is hidden or leads elsewhere


def handed_in(entry: Entry, notebook: str, wanted: Sequence[Wanted]) -> Handed:
    """Return the files of a submission by their names; a text says why one that is asked for was not taken.

    Parameters
    ----------
    entry : Entry
        What `collect` found.
    notebook : str
        The assignment's notebook name, which tells where in a zip or folder the files should lie.
    wanted : sequence of Wanted
        The files that the assignment asks for; upper and lower case are one.
    """
    found: Handed = {}
    try:
        with files_of(entry.place) as tree:
            if tree is not None:
                with search(tree, notebook) as home:
                    found = _asked_for(home.tree, home.name, wanted) | _helpers(home.tree, home.name, wanted)
    except (UnreadableError, OSError, *BROKEN):
        found = {}  # whatever is wrong with the whole is reported when its notebook is read
    for name, place in entry.beside:
        each = next((w for w in wanted if w.name.casefold() == name.casefold()), None)
        if each:
            found[each.name] = _read(each, "", partial(read_place, place))
        elif _is_helper(name):
            helper = _read(Wanted(name, "", MAX_HELPER), "", partial(read_place, place))
            found |= {name: helper} if isinstance(helper, bytes) else {}
    return found


def _asked_for(tree: Tree, home: str, wanted: Sequence[Wanted]) -> Handed:
    """Read each wanted file: the one beside the notebook, or the only one of its name."""
    here = PurePosixPath(home).parent
    links = {name for name in tree.links() if PurePosixPath(name).parent == here}
    found: Handed = {}
    for each in wanted:
        key = each.name.casefold()
        alike = [n for n in tree.names() if PurePosixPath(n).name.casefold() == key and is_meant(n)]
        near = [n for n in alike if PurePosixPath(n).parent == here]
        exact = [n for n in near if PurePosixPath(n).name == each.name]
        chosen = next((few for few in (exact, near, alike) if len(few) == 1), [])
        if chosen:
            found[each.name] = _read(each, f" in {tree.where}", partial(tree.read, chosen[0]))
        elif alike:
            found[each.name] = f"{len(alike)} files are called {each.name}: hand in one."
        elif any(PurePosixPath(n).name.casefold() == key for n in links):
            found[each.name] = _link(each)
    return found


def _helpers(tree: Tree, home: str, wanted: Sequence[Wanted]) -> Handed:
    """Read what lies with the notebook and below, as far as there is room."""
    here = PurePosixPath(home).parent
    taken = {w.name.casefold() for w in wanted}
    found: Handed = {}
    room = MAX_HELPED
    for name in _below(tree.names(), here):
        at = name if str(here) == "." else name[len(str(here)) + 1 :]
        if PurePosixPath(at).name.casefold() in taken or not _is_helper(at) or len(found) == MAX_HELPERS:
            continue
        try:
            content = tree.read(name, min(MAX_HELPER, room))
        except (UnreadableError, OSError):
            continue  # the notebook says what it misses
        room -= len(content)
        found[at] = content
    return found


def _below(names: Iterable[str], folder: PurePosixPath) -> list[str]:
    """Return the names below a folder, those first that a notebook may import."""
    inside = [n for n in names if is_meant(n) and folder in PurePosixPath(n).parents]
    return sorted(inside, key=lambda n: (not n.endswith(".py"), n.count("/"), n))


def _is_helper(name: str) -> bool:
    parts = name.split("/")
    return all(map(_PART.fullmatch, parts)) and not is_notebook(name) and ending_of(name) != ZIP


def _read(each: Wanted, where: str, read: Callable[[int], bytes]) -> bytes | str:
    """Read a file, or say why not in a sentence for the student."""
    try:
        return read(each.most)
    except SizeError as error:
        return f"{each.name} has {size(error.size)}, at most {size(each.most)} are taken."
    except LinkError:
        return _link(each)
    except LockedError:
        return f"{each.name}{where} has a password: hand it in without."
    except UnreadableError as error:
        broken = "broken" in str(error)
        return (
            f"{each.name}{where} is broken: export again." if broken else f"{each.name} is no ordinary file."
        )
    except OSError:
        return f"{each.name} cannot be opened: hand it in again."


def _link(each: Wanted) -> str:
    return f"{each.name} is a symbolic link: hand in the file that it points to."
