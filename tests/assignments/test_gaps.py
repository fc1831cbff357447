"""`check.toml`: gaps that an author declares, each with a reason."""

from pathlib import Path

import pytest

from autograder.release.checking import gaps


@pytest.mark.parametrize(
    ("table", "text", "words"),
    [
        ("empty", '[[empty]]\nquestion = "q1"\nkind = "returns 0"\n', "reason is missing"),
        ("probe", '[[probe]]\nquestion = "q1"\nkind = "f: x left out"\nreason = "x"\n', "probe is missing"),
        ("line", '[[lines]]\nquestion = "q1"\n', "no table 'lines'; there are empty, probe, line"),
        (
            "empty",
            '[[empty]]\nquestion = "q1"\nkind = "naps"\nreason = "x"\n',
            "no kind 'naps'; there are returns None",
        ),
        ("sample", "[[empty", "check.toml: "),
    ],
)
def test_a_declaration_that_cannot_be_read_is_refused(
    tmp_path: Path, table: str, text: str, words: str
) -> None:
    path = tmp_path / "check.toml"
    assert gaps.read(path, table) == {}
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=words):
        gaps.read(path, table)
