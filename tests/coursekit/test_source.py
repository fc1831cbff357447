import inspect

import pytest

from convnet import plain
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
        "def documented(value):\n    # a reason\n    return value + 1"
    )


def with_a_long_signature(
    first: dict[str, tuple[int, ...]],
    *others: int,
    keyword: str = "a: b",
    another_keyword: int = 2,
    yet_another: bool = False,
) -> int:
    """Wrap."""

    def inner(x: int = 1) -> int: return x  # fmt: skip

    return inner() + len(first) + len(others)


def test_leaves_out_annotations_with_the_docstrings() -> None:
    """The arguments are wrapped where they do not fit a line; functions inside are treated alike."""
    assert source(with_a_long_signature, docstring=False).code == "\n".join(
        [
            "def with_a_long_signature(",
            '    first, *others, keyword="a: b", another_keyword=2,',
            "    yet_another=False",
            "):",
            "",
            "    def inner(x=1): return x  # fmt: skip",
            "",
            "    return inner() + len(first) + len(others)",
        ]
    )


def test_every_plain_function_stays_the_same_program_without_annotations() -> None:
    for name in plain.__all__:
        function = getattr(plain, name)
        code = source(function, docstring=False).code
        scope = dict(vars(inspect.getmodule(function)))
        exec(code, scope)
        assert scope[name].__code__.co_names == function.__code__.co_names
        assert scope[name].__defaults__ == function.__defaults__
        assert max(len(line) for line in code.splitlines()) <= 68, name


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
