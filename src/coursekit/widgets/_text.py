"""Numbers and tables as every figure writes them; ``kit_words.js`` writes numbers in the same way."""

import html
import math
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from numpy.typing import ArrayLike


def number(value: float) -> str:
    """Write a number as the figures do: two decimals, three digits below one, no noise, a true minus.

    Parameters
    ----------
    value
        A finite number.

    Returns
    -------
    str
        Such as ``"−2.5"`` or ``"0.0123"``.

    Examples
    --------
    >>> number(0.1 + 0.2), number(-2.5), number(1e-17), number(0.012345)
    ('0.3', '−2.5', '0', '0.0123')
    """
    if abs(value) < 1e-9:
        return "0"
    places = max(2, 2 - math.floor(math.log10(abs(value))))
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded:f}".rstrip("0").rstrip(".").replace("-", "−")


def short(value: float, places: int = 1) -> str:
    """Write a number that may be very large or very small in few signs.

    Parameters
    ----------
    value
        A finite number.
    places
        Decimals before a power of ten.

    Returns
    -------
    str
        As `number` does from a thousandth to ten thousand; outside with a power of ten.

    Examples
    --------
    >>> short(0.25), short(-123456.0), short(0.000987), short(0.000987, 0)
    ('0.25', '−1.2·10⁵', '9.9·10⁻⁴', '1·10⁻³')
    """
    if value == 0 or 1e-3 <= abs(value) < 1e4:
        return number(value)
    exact = Decimal(value)
    power = exact.adjusted()
    shown = exact.scaleb(-power).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    if abs(shown) == 10:
        shown, power = shown / 10, power + 1
    raised = str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{shown:.{places}f}·10{raised}".replace("-", "−")


def table(values: ArrayLike, caption: str, heads: Sequence[str] = ()) -> str:
    """Lay a grid of numbers out as an HTML table.

    Parameters
    ----------
    values
        Numbers or words, shape (rows, columns).
    caption
        What the table shows.
    heads
        One word above each column; none by default.

    Returns
    -------
    str
        HTML.
    """
    cells = [
        [number(value) if not isinstance(value, str) else value for value in row]
        for row in np.asarray(values, dtype=object).tolist()
    ]
    head = "".join(f'<th scope="col">{html.escape(word)}</th>' for word in heads)
    rows = "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in cells)
    return (
        f"<table><caption>{html.escape(caption)}</caption>"
        f"{f'<thead><tr>{head}</tr></thead>' if heads else ''}<tbody>{rows}</tbody></table>"
    )


def size(values: ArrayLike) -> str:
    """Write the shape of an array.

    Parameters
    ----------
    values
        Any array.

    Returns
    -------
    str
        Such as ``"3 × 4"``.
    """
    return " × ".join(map(str, np.shape(values)))
