"""A statement without everything that can be changed without changing what it does."""

from __future__ import annotations

from collections.abc import Sequence

from autograder.similarity.lexer import LITERAL, NAME, Token

_MAGIC = ("%", "%=", "!")
_CLOSING, _OPENING = frozenset(")]}"), frozenset("([{")
# What ends an annotation, and at which depth of brackets: 1 is inside the parameters' own parentheses.
_PARAMETER_ENDS = frozenset({(1, ","), (1, "="), (0, ")")})
_RESULT_ENDS = frozenset({(0, ":")})


def normal(tokens: Sequence[Token]) -> list[Token]:
    """Drop docstrings, annotations, magics, grouping parentheses and trailing commas; join adjacent strings.

    Examples
    --------
    >>> from autograder.similarity.lexer import statements
    >>> def shown(source):
    ...     return " ".join(t.text for s in statements(source) for t in normal(s.tokens))
    >>> shown("def f(x: int, *, y: dict[str, int] = {}) -> None:")
    'def f ( x , * , y = { } ) :'
    >>> shown("total: float = g(1, 'a' 'b',)"), shown("total: float"), shown("%time f()")
    ("total = g ( 1 , 'a' )", '', '')
    >>> shown("return (a, (b + 1))"), shown("f((a), *(1, 2,))(b)")
    ('return a , b + 1', 'f ( a , * 1 , 2 ) ( b )')
    """
    if tokens[0].text in _MAGIC or all(_is_string(t) for t in tokens):
        return []
    start = 1 if tokens[0].text == "async" else 0
    if len(tokens) > start and tokens[start].text == "def":
        kept = _without_signature_annotations(tokens)
    else:
        kept = _without_annotation(tokens)
    return _joined(kept)


def _is_string(token: Token) -> bool:
    return token.kind == LITERAL and token.text[-1] in "\"'"


def _without_signature_annotations(tokens: Sequence[Token]) -> list[Token]:
    """Drop what stands from a parameter's colon to its ``=`` or comma, and from ``->`` to the colon."""
    kept: list[Token] = []
    depth, begins, header = 0, False, True
    ends: frozenset[tuple[int, str]] = frozenset()
    for token in tokens:
        text = token.text
        if not header:
            kept.append(token)
            continue
        level = depth - (text in _CLOSING)
        depth = level + (text in _OPENING)
        if ends:
            if (level, text) not in ends:
                continue
            ends = frozenset()
        elif text == "->" and level == 0:
            ends = _RESULT_ENDS
            continue
        elif text == ":" and level == 1 and begins:
            ends = _PARAMETER_ENDS
            continue
        header = not (text == ":" and level == 0)
        # A name that opens a parameter may be annotated; the colon of a default's lambda comes after more.
        begins = level == 1 and token.kind == NAME and kept[-1].text in ("(", ",", "*", "**")
        kept.append(token)
    return kept


def _without_annotation(tokens: Sequence[Token]) -> list[Token]:
    """Drop the annotation of an assignment, and a bare annotation whole."""
    if tokens[0].kind != NAME:
        return list(tokens)
    depth = 0
    for i, token in enumerate(tokens):
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth or token.text in _CLOSING:
            continue
        if token.text == ":" and i + 1 < len(tokens):
            rest = _from_equals(tokens, i + 1)
            return [*tokens[:i], *rest] if rest else []
        target = token.text == "." if i and tokens[i - 1].kind == NAME else token.kind == NAME
        if not target:
            break
    return list(tokens)


def _from_equals(tokens: Sequence[Token], start: int) -> Sequence[Token]:
    depth = 0
    for i in range(start, len(tokens)):
        depth += (tokens[i].text in _OPENING) - (tokens[i].text in _CLOSING)
        if depth == 0 and tokens[i].text == "=":
            return tokens[i:]
    return ()


def _joined(tokens: Sequence[Token]) -> list[Token]:
    """Drop what only a formatter cares about: parentheses that group, commas before a closing bracket."""
    kept: list[Token] = []
    grouping: list[bool] = []  # of each open bracket
    for i, token in enumerate(tokens):
        opens = token.text in _OPENING
        if opens:
            grouping.append(token.text == "(" and not (i and _is_called(tokens[i - 1])))
        closes = token.text in _CLOSING
        if closes and kept and kept[-1].text == ",":
            kept.pop()
        if (opens and grouping[-1]) or (closes and grouping and grouping.pop()):
            continue
        if not (kept and _is_string(token) and _is_string(kept[-1])):
            kept.append(token)
    return kept


def _is_called(token: Token) -> bool:
    """Whether a parenthesis behind ``token`` opens a call's arguments or a function's parameters."""
    return token.kind == NAME or token.text in _CLOSING
