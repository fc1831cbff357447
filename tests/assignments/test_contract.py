"""What a contract says is read from signature and docstring, as authors write them."""

import ast

import pytest

from autograder.release.checking import contract, probes, slips
from autograder.release.checking.contract import Words

CONTRACT = '''
def layer(x, kernel_size, weights=None, *, stride=1, padding=0, mode="zeros"):
    """Do something.

    Parameters
    ----------
    x : array (N, C, H, W) of floats   the images: one after another
    kernel_size : pair of int
        Height and width (kh, kw) of the window.
    weights : array (F, C, kh, kw) or None
    stride, padding : int              steps
    mode : str
        Either "zeros"
        or "mirror".

    Returns
    -------
    out : array (N, F, H\', W\') of floats
    count : int                        how many

    Raises
    ------
    ValueError
        For another mode.
    """
'''


def test_types_names_and_meanings_are_read() -> None:
    (one,) = contract.read(CONTRACT)
    kinds = {p.name: (p.words.kind, p.default) for p in one.parameters}
    assert kinds == {
        "x": ("array", None),
        "kernel_size": ("pair", None),
        "weights": ("array", "None"),
        "stride": ("int", "1"),
        "padding": ("int", "0"),
        "mode": ("str", "'zeros'"),
    }
    x, size, weights, stride, _, mode = one.parameters
    assert x.words.dims == ("N", "C", "H", "W")
    assert x.words.of_floats
    assert x.words.meaning == "the images: one after another"
    assert size.words.pair == ()
    assert (weights.words.may_be_none, stride.words.may_be_none) == (True, False)
    assert mode.words.values == ("zeros", "mirror")
    assert [w.kind for w in one.returns] == ["array", "int"]
    assert one.refuses
    assert not one.in_place


@pytest.mark.parametrize(
    ("words", "kind", "more"),
    [
        ("tensor (N, D)", "array", {"tensor": True, "dims": ("N", "D")}),
        ("array (N,) of int", "array", {"whole": True, "dims": ("N",)}),
        ("pair of int (kh, kw)", "pair", {"pair": ("kh", "kw")}),
        ("list of pairs of int", "list", {"pair": None}),
        ("callable", "", {}),
        ("int or None", "int", {"may_be_none": True}),
    ],
)
def test_words_that_name_a_type(words: str, kind: str, more: dict[str, object]) -> None:
    found = Words(words)
    assert found.kind == kind
    assert {name: getattr(found, name) for name in more} == more


def test_what_is_not_said_is_not_asked() -> None:
    (silent,) = contract.read("def f(x, y):\n    return x\n")
    assert probes.of(silent) == []
    assert [s.name for s in slips.lines(silent)] == ["f returns zeros"]
    assert slips.samples(silent) == []


@pytest.mark.parametrize(
    ("said", "absent"),
    [
        ("array (N, D) of floats", "integers in x"),
        ("array (N, D)    of floats from 0 to 1", "negative values in x"),
        ("array (N,) of int", "float32 in x"),
        ("array (N, D) float32", "float64 in x"),
        ("tensor (N, D)", "float32 in x"),
        ("array (n, D)", "N = 1 in x"),
    ],
)
def test_a_contract_that_says_less_asks_for_less(said: str, absent: str) -> None:
    def asked(kind: str) -> list[str]:
        text = f'def f(x):\n    """Do.\n\n    Parameters\n    ----------\n    x : {kind}\n    """\n'
        return [p.words for one in contract.read(text) for p in probes.of(one)]

    assert absent in asked("array (N, D)")
    assert absent not in asked(said)


LEFT_OVER = [
    ("int", "1", (2, 1, 7, 5), 3, {"stride": 2}, []),
    ("int", "1", (2, 1, 8, 7), 3, {"stride": 2}, ["rows left over"]),
    ("int", "None", (2, 1, 6, 7), 3, {}, ["columns left over"]),
    ("pair of int (kh, kw)", "1", (1, 1, 8, 8), (3, 2), {"stride": 2}, ["rows left over"]),
    ("int", "1", (1, 1, 8, 8), 3, {"stride": 2, "padding": 1}, ["rows left over", "columns left over"]),
]


@pytest.mark.parametrize(("kernel", "default", "shape", "size", "given", "met"), LEFT_OVER)
def test_leftovers_follow_the_formula(
    kernel: str, default: str, shape: tuple[int, ...], size: object, given: dict[str, int], met: list[str]
) -> None:
    import numpy as np

    text = f'''
def pool(x, kernel_size, stride={default}, padding=0):
    """Do.

    Parameters
    ----------
    x : array (N, C, H, W)
    kernel_size : {kernel}
    stride, padding : int
    """
'''
    (one,) = contract.read(text)
    scope: dict[str, object] = {}
    exec(text + probes.HELPERS, scope)
    asked = [p for p in probes.of(one) if p.words.endswith("left over")]
    looked = scope["_looked"](scope["pool"], [p.expression for p in asked], False)  # type: ignore[operator]
    assert [asked[k].words for k in looked((np.zeros(shape), size), given)] == met


def test_a_border_may_differ_before_and_after() -> None:
    text = '''
def count(size, kernel_size, stride=1, padding=(0, 0)):
    """Count.

    Parameters
    ----------
    size, kernel_size, stride : int
    padding : pair of int (before, after)
    """
'''
    (one,) = contract.read(text)
    (probe,) = [p for p in probes.of(one) if p.words.endswith("left over")]
    asked = {"size": 7, "kernel_size": 3, "stride": 2}
    assert eval(probe.expression, {**asked, "padding": (0, 1)})
    assert not eval(probe.expression, {**asked, "padding": (1, 1)})
    assert "with padding=(1, 1) as default" in [slip.words for slip in slips.lines(one)]


def test_an_empty_tuple_has_no_other_default() -> None:
    text = '''
def total(x, axes=()):
    """Sum.

    Parameters
    ----------
    x : array (N, D) of floats
    axes : tuple of int
    """
'''
    (one,) = contract.read(text)
    assert not [slip.words for slip in slips.lines(one) if "default" in slip.words]


def test_every_slip_is_python_and_says_what_to_write() -> None:
    (one,) = contract.read(
        CONTRACT.replace("    \"\"\"\n'''", "") + "    if mode:\n        raise ValueError(mode)\n"
    )
    made = slips.lines(one)
    for slip in made:
        ast.parse(slip.source)
        assert slip.remedy
    names = [slip.words for slip in made]
    assert "with mode='mirror' as default" in names
    assert "with stride=2 as default" in names
    assert "returns floats as value 2" in names
    assert len(set(names)) == len(names)
