"""The text of a CSV file that an instructor saved, from a spreadsheet or by hand."""

from __future__ import annotations

from pathlib import Path


def read(path: Path) -> tuple[str, str]:
    """Return the text and its separator: comma, semicolon or tab, whichever the first line has most.

    Raises
    ------
    ValueError
        When the file cannot be read, or is not UTF-8.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ValueError(f"{path} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ValueError(f"{path} is not UTF-8 text: save it as CSV UTF-8") from None
    return text, max(",;\t", key=text.partition("\n")[0].count)
