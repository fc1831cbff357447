"""Files that are handed in beside the notebook: which there may be, read without trust, and for whom.

A file is numbers (``npy`` or ``safetensors``); none is ever unpickled or executed. The grader holds the bytes
that were handed in and binds them while it runs the tests (`bound`); in a notebook, and under Otter's own
grader, the files lie in the working folder.
"""

from __future__ import annotations

import contextlib
import io
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursekit import safetensors
from coursekit._bands import NoScore

KINDS = ("npy", "safetensors")
MOST = 64 * 10**6  # bytes of any file
_HEADER = 10_000  # bytes of the header of an npy file

Arrays = NDArray[Any] | dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Wanted:
    """A file that an assignment asks for, as its head declares it.

    ``most`` is the largest size in bytes, ``shape`` the shape of an npy file's array, or None for any.
    """

    name: str
    kind: str
    most: int = MOST
    shape: tuple[int, ...] | None = None
    required: bool = True

    @classmethod
    def all(cls, course: Mapping[str, Any]) -> tuple[Wanted, ...]:
        """Return the files that an assignment asks for."""
        return tuple(
            cls(f["name"], f["kind"], f["most"], tuple(f["shape"]) if f["shape"] else None, f["required"])
            for f in course.get("files", ())
        )

    def read(self, content: bytes) -> Arrays:
        """Return the array, or the arrays by name, that the file holds.

        Raises
        ------
        ValueError
            When it is too large, of another kind or shape, or holds what is no finite number; the message
            says what to do.
        """
        if len(content) > self.most:
            raise ValueError(f"{self.name} has {size(len(content))}, at most {size(self.most)} are taken.")
        try:
            found = _npy(content) if self.kind == "npy" else safetensors.loads(content)
        except ValueError as error:
            remedy = (
                f'np.save("{self.name}", array)' if self.kind == "npy" else f'save("{self.name}", arrays)'
            )
            raise ValueError(f"{self.name} cannot be read: {error}. Write it with {remedy}.") from None
        if isinstance(found, np.ndarray) and self.shape is not None and found.shape != self.shape:
            raise ValueError(f"{self.name} holds shape {found.shape}, the right shape is {self.shape}.")
        for name, array in found.items() if isinstance(found, dict) else [("", found)]:
            if array.dtype.kind in "fc" and not np.isfinite(array).all():
                where = f", in {name[:80]!r}" if name else ""
                raise ValueError(f"{self.name} holds nan or inf{where}. Look for a division by 0.")
        return found


@dataclass(frozen=True)
class Desk:
    """What tests find: the bytes of each file, or why there are none, and data that never left the grader."""

    wanted: tuple[Wanted, ...] = ()
    files: Mapping[str, bytes | str] = field(default_factory=dict)
    data: Mapping[str, bytes] = field(default_factory=dict)

    def wrong(self, wanted: Wanted) -> str:
        """Return what is wrong with a file in a sentence; empty where nothing is."""
        try:
            self.read(wanted)
        except ValueError as error:
            return str(error)
        return ""

    def read(self, wanted: Wanted) -> Arrays:
        """Return what a file holds.

        Raises
        ------
        ValueError
            When it was not handed in, or cannot be read; the message says what to do.
        """
        content = self.files.get(wanted.name)
        if content is None:
            raise ValueError(f"{wanted.name} was not handed in. Put it beside the notebook and export again.")
        if isinstance(content, str):
            raise ValueError(content)
        return wanted.read(content)


_desk: Desk | None = None


@contextlib.contextmanager
def bound(desk: Desk) -> Iterator[None]:
    """Until the block ends, let tests find what lies on ``desk``, and nothing in the working folder."""
    global _desk
    before, _desk = _desk, desk
    try:
        yield
    finally:
        _desk = before


def handed_in(name: str) -> Arrays:
    """Return what a file holds that the student handed in beside the notebook.

    The grader reads the bytes that were handed in, whatever the notebook's cells did to the file. In a
    notebook, and under Otter's own grader, the file lies in the working folder.

    Parameters
    ----------
    name : str
        The file, such as ``"predictions.npy"``, as the assignment's head declares it.

    Returns
    -------
    ndarray or dict of ndarray
        The array of an npy file; the arrays of a safetensors file by their names.

    Raises
    ------
    AssertionError
        When it is missing, too large, of another kind or shape, or holds nan or inf; the message says so.
    ValueError
        When the assignment asks for no file of this name.
    """
    desk = _desk if _desk is not None else in_folder(_guess(name), Path())
    for wanted in desk.wanted:
        if wanted.name == name:
            try:
                return desk.read(wanted)
            except ValueError as error:
                raise NoScore(str(error)) from None
    names = ", ".join(w.name for w in desk.wanted) or "none"
    raise ValueError(f"handed_in: the assignment asks for no file {name!r}; its files are: {names}")


def data(name: str) -> dict[str, NDArray[Any]]:
    """Return data that students never get, by which hidden tests judge what was trained.

    Parameters
    ----------
    name : str
        The file, such as ``"held_out.npz"``, as the assignment's head declares it.

    Returns
    -------
    dict of ndarray
        Its arrays, fresh ones at each call.

    Raises
    ------
    ValueError
        When there is no such file here: a notebook has none.
    """
    if _desk is not None:
        content = _desk.data.get(name)
    else:  # Otter's own grader puts it into the working folder
        content = Path(name).read_bytes() if Path(name).is_file() and Path(name).name == name else None
    if content is None:
        raise ValueError(f"data: {name!r} is not here: it lies with the grader alone, for hidden tests")
    with np.load(io.BytesIO(content), allow_pickle=False) as archive:
        return dict(archive)


def in_folder(wanted: Sequence[Wanted], folder: Path) -> Desk:
    """Return the desk of a notebook whose files lie in ``folder``."""
    files: dict[str, bytes | str] = {}
    for each in wanted:
        path = folder / each.name
        if not path.is_file():
            continue
        count = path.stat().st_size
        if count > each.most:
            files[each.name] = f"{each.name} has {size(count)}, at most {size(each.most)} are taken."
            continue
        try:
            files[each.name] = path.read_bytes()
        except OSError as error:
            files[each.name] = f"{each.name} cannot be opened: {error.strerror}."
    return Desk(tuple(wanted), files)


def in_notebook(course: Mapping[str, Any], folder: Path) -> contextlib.AbstractContextManager[None]:
    """Have the checks of a notebook find its files in ``folder``, judged as the assignment declares them."""
    wanted = Wanted.all(course)
    return bound(in_folder(wanted, folder)) if wanted else contextlib.nullcontext()


def for_export(course: Mapping[str, Any], folder: Path) -> tuple[dict[str, bytes], list[str]]:
    """Return the files that belong in the zip, and what a student should know about them first."""
    desk = in_folder(Wanted.all(course), folder)
    told = []
    for wanted in desk.wanted:
        if wanted.name not in desk.files:
            if wanted.required:
                told.append(
                    f"`{wanted.name}` is missing: it must lie beside the notebook. Run the cell that "
                    "writes it, then export again."
                )
        elif wrong := desk.wrong(wanted):
            told.append(f"{wrong} It would get no points.")
    return {name: c for name, c in desk.files.items() if isinstance(c, bytes)}, told


def size(count: int) -> str:
    """Return a number of bytes in words, such as ``"1.5 MB"``."""
    if count >= 10**6:
        return f"{count / 10**6:.3g} MB"
    return f"{count / 1000:.3g} kB" if count >= 1000 else f"{count} bytes"


def _guess(name: str) -> tuple[Wanted, ...]:
    """Return the kind of a file by its ending, where it is not known what the assignment asks for."""
    kind = Path(name).suffix[1:]
    return (Wanted(name, kind),) if kind in KINDS and Path(name).name == name else ()


def _npy(content: bytes) -> NDArray[Any]:
    """Read an npy file of numbers; what its header claims is compared with the bytes that there are."""
    stream = io.BytesIO(content)
    try:
        version = np.lib.format.read_magic(stream)
        readers = {
            (1, 0): np.lib.format.read_array_header_1_0,
            (2, 0): np.lib.format.read_array_header_2_0,
        }
        shape, fortran, dtype = readers[version](stream, max_header_size=_HEADER)
    except KeyError:
        raise ValueError("its npy format is a version for texts and records") from None
    except Exception:  # numpy parses the header as Python, and raises whatever that raises
        raise ValueError("it is no npy file") from None
    if dtype.hasobject or dtype.kind not in "biuf":
        raise ValueError(f"it holds no plain numbers but {'objects' if dtype.hasobject else dtype}")
    if any(side < 0 for side in shape) or math.prod(shape) * dtype.itemsize != len(content) - stream.tell():
        raise ValueError("it is cut short, or its header claims another size than it has")
    array = np.frombuffer(content, dtype, offset=stream.tell())
    return array.reshape(shape, order="F" if fortran else "C").copy()
