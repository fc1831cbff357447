"""Collections that do not grow in memory: SQLite keeps them in a temporary file of its own.

The file has no name and disappears with the process, however that ends. So it is never out of step with the
results in ``OUT``, and a killed run leaves nothing to clear away.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Self, TypeVar, overload

T = TypeVar("T")
_PAGE = 200  # items read at a time


class OnDisk(Sequence[T]):
    """A sorted sequence of values, each under a name of its own, in a temporary file.

    Values are read back page by page, so a loop over all of them holds a few hundred in memory, and adding
    during the loop does no harm. Values are pickled: they are this process's own, and never leave it.

    Parameters
    ----------
    name : callable, optional
        Takes a value, yields the name by which it is found; a later value of the same name replaces it.
        Without it every value is kept.
    order : callable, optional
        Takes a value, yields the text it is sorted by, equals by name. Without it values stay as added.

    Examples
    --------
    >>> words = OnDisk(str.lower, order=str).filled(["b", "C", "a", "B"])
    >>> list(words), len(words), words[0], words[-1], words[1:], "c" in words.names
    (['B', 'C', 'a'], 3, 'B', 'a', ['C', 'a'], True)
    """

    def __init__(
        self, name: Callable[[T], str] | None = None, order: Callable[[T], str] | None = None
    ) -> None:
        self._name, self._order = name, order
        self._added = 0
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA journal_mode = OFF")  # who would roll back a file that nobody finds again
        self._file.execute(
            "CREATE TABLE item (name BLOB PRIMARY KEY, place BLOB, content BLOB) WITHOUT ROWID"
        )
        self._file.execute("CREATE INDEX by_place ON item (place, name)")
        self.names = _Names(self._file)

    def add(self, value: T) -> None:
        """Take a value."""
        self._added += 1
        name = _key(self._name(value) if self._name else str(self._added))
        row = (name, _key(self._order(value)) if self._order else self._added, pickle.dumps(value))
        self._file.execute("INSERT OR REPLACE INTO item VALUES (?, ?, ?)", row)

    def filled(self, values: Iterable[T]) -> Self:
        """Take values, one by one; return this collection."""
        for value in values:
            self.add(value)
        return self

    def get(self, name: str) -> T | None:
        """Return the value of this name, if there is one."""
        found = self._file.execute("SELECT content FROM item WHERE name = ?", (_key(name),)).fetchone()
        return self._value(found[0]) if found else None

    def __len__(self) -> int:
        count: int = self._file.execute("SELECT count(*) FROM item").fetchone()[0]
        return count

    def __iter__(self) -> Iterator[T]:
        rows = self._file.execute(
            "SELECT place, name, content FROM item ORDER BY place, name LIMIT ?", (_PAGE,)
        ).fetchall()
        while rows:
            for _, _, content in rows:
                yield self._value(content)
            rows = self._file.execute(
                "SELECT place, name, content FROM item WHERE (place, name) > (?, ?) "
                "ORDER BY place, name LIMIT ?",
                (*rows[-1][:2], _PAGE),
            ).fetchall()

    @overload
    def __getitem__(self, at: int) -> T: ...
    @overload
    def __getitem__(self, at: slice) -> list[T]: ...
    def __getitem__(self, at: int | slice) -> T | list[T]:
        if isinstance(at, slice):
            return list(islice(self, *at.indices(len(self))))
        place = at + len(self) if at < 0 else at
        query = "SELECT content FROM item ORDER BY place, name LIMIT 1 OFFSET ?"
        found = self._file.execute(query, (place,)).fetchone() if place >= 0 else None
        if found is None:
            raise IndexError(f"there is no item {at} among {len(self)}")
        return self._value(found[0])

    def _value(self, content: bytes) -> T:
        value: T = pickle.loads(content)
        return value


class _Names:
    """The names in a collection, to ask whether one is there."""

    def __init__(self, file: sqlite3.Connection) -> None:
        self._file = file

    def __contains__(self, name: str) -> bool:
        query = "SELECT 1 FROM item WHERE name = ?"
        return self._file.execute(query, (_key(name),)).fetchone() is not None


def _key(text: str) -> bytes:
    """Write a text so that bytes sort as the texts do; a file's name may hold what is no valid text."""
    return text.encode("utf-8", "surrogatepass")
