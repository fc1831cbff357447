"""Python source cut into tokens, whatever state it is in.

Not `tokenize`: it stops at the first error, gives other tokens on 3.12 than on 3.11, and takes quadratic time
on a line of blanks. This one reads any text in linear time (repetitions are possessive, or followed by what
always matches) and agrees with `tokenize` on source that is right; a test compares them.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

NAME, LITERAL = 1, 2
_OPERATORS = (
    "**=", "//=", ">>=", "<<=", "...",
    "!=", "->", ":=", "+=", "-=", "*=", "/=", "%=", "@=", "&=", "|=", "^=", "==", "<=", ">=", "//",
    "**", "<<", ">>",
    "+", "-", "*", "/", "%", "@", "&", "|", "^", "~", "=", "<", ">", "(", ")", "[", "]", "{", "}",
    ",", ":", ";", ".", "!",
)  # fmt: skip
# The kinds are bytes. Hash values depend on them, but no hash is ever kept.
KINDS = {word: kind for kind, word in enumerate([*_OPERATORS, *sorted(keyword.kwlist)], start=LITERAL + 1)}
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
# They begin statements and cannot stand inside brackets: where they do, a bracket was never closed.
_RECOVERY = frozenset({"def", "class"})


def _closed(mark: str, breaks: str) -> str:
    """Match a string up to its closing mark; one that is not closed, up to the end of what it may fill."""
    one = mark[0]
    inside = rf"[^{one}\\{breaks}]++|(?s:\\.)" + (rf"|{one}(?!{mark[1:]})" if len(mark) > 1 else "")
    end = rf"(?={breaks})|" if breaks else ""
    # Not possessive: Python 3.11.2, for one, lets such a group give up what it had matched. Nor need it be:
    # whatever ends the repetition is one of the three below, so it never steps back.
    return rf"{mark}(?:{inside})*(?:{mark}|{end}\\?\Z)"


_STRING = "|".join(_closed(*kind) for kind in (('"""', ""), ("'''", ""), ('"', r"\n"), ("'", r"\n")))
_TOKEN = re.compile(
    r"(?P<blank>[ \t]++|\\\n|\#[^\n]*+)"
    r"|(?P<newline>\n)"
    rf"|(?P<string>(?i:[rbuf]{{0,2}}+)(?:{_STRING}))"
    r"|(?P<number>0[xXoObB]\w++|(?:\d[\d_]*+(?:\.[\d_]*+)?+|\.\d[\d_]*+)(?:[eE][+-]?+\d[\d_]*+)?+[jJ]?+)"
    r"|(?P<name>\w++)"
    rf"|(?P<operator>{'|'.join(re.escape(o) for o in _OPERATORS)})"
)


class Token(NamedTuple):
    """A token: its kind, its text and the line it begins in, counted from 0."""

    kind: int
    text: str
    line: int


@dataclass
class Statement:
    """The tokens of one logical line, up to a semicolon; ``indent`` is the column it begins in."""

    indent: int
    tokens: list[Token] = field(default_factory=list)


def statements(source: str) -> Iterator[Statement]:
    r"""Yield the statements of ``source`` in order.

    Parameters
    ----------
    source : str
        Text whose only line break is the line feed, as `autograder.text.plain` leaves it.

    Examples
    --------
    >>> [[t.text for t in s.tokens] for s in statements("x = (1,\n  2); y = 'a\n  z")]
    [['x', '=', '(', '1', ',', '2', ')'], ['y', '=', "'a"], ['z']]
    """
    depth, line, line_start = 0, 0, 0
    current = Statement(0)
    first_of_line = True
    for match in _TOKEN.finditer(source):
        group, text = match.lastgroup, match[0]
        if group == "blank":
            line += text[0] == "\\"
            continue
        if group == "newline":
            line, line_start, first_of_line = line + 1, match.end(), True
            if depth == 0 and current.tokens:
                yield current
                current = Statement(0)
            continue
        if first_of_line and depth and text in _RECOVERY:
            depth = 0
            yield current
            current = Statement(0)
        if not current.tokens:
            current.indent = match.start() - line_start
        first_of_line = False
        if text == ";" and depth == 0:
            if current.tokens:
                yield current
            current = Statement(current.indent)
            continue
        depth += (text in _OPENING) - (depth > 0 and text in _CLOSING)
        literal = group in ("string", "number")
        current.tokens.append(Token(LITERAL if literal else KINDS.get(text, NAME), text, line))
        if group == "string":
            line += text.count("\n")
    if current.tokens:
        yield current
