import inspect

import pytest

from coursekit.source import Source, source


def documented(value: int) -> int:
    """Say what it does.

    At length.
    """
    # a reason
    return value + 1


def only_documented() -> None:
    """Nothing else here."""


def test_shows_the_code_that_runs() -> None:
    assert source(documented).code == inspect.getsource(documented).rstrip()


def test_leaves_out_docstrings_and_keeps_comments() -> None:
    assert source(documented, docstring=False).code == (
        "def documented(value: int) -> int:\n    # a reason\n    return value + 1"
    )


def test_keeps_a_docstring_that_is_the_whole_body() -> None:
    code = source(only_documented, docstring=False).code
    compile(code, "code", "exec")
    assert "Nothing else" in code


def test_joins_several_functions_in_order() -> None:
    code = source(only_documented, documented).code
    assert code.index("def only_documented") < code.index("def documented")


def test_is_a_highlighted_block_on_a_page() -> None:
    assert Source("x = 1")._repr_markdown_() == "```python\nx = 1\n```"


def test_wants_a_function() -> None:
    with pytest.raises(ValueError, match="at least one function"):
        source()
