"""`tools/new_layer.py` and `tools/new_figure.py`: what they refuse, and where they put their lines.

That what they write passes every test is seen in test_contributing.py.
"""

import shutil
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

sys.path.insert(0, str(ROOT / "tools"))

import guide_code
import new_figure
import new_layer

FORMULAS = ("x - np.tanh(x)", "grad_out * np.tanh(x) ** 2")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """What the two tools read and write, in a folder of its own."""
    rubbish = shutil.ignore_patterns("__pycache__", "sample_class", "answers", "attacks")
    for name in ("src/convnet", "src/coursekit/widgets", "src/coursekit/_widgets", "tests/convnet"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=rubbish)
    for name in ("book/instructors", "book/reference"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def state(tree: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in tree.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("name", "formulas", "said"),
    [
        ("Tanhshrink", FORMULAS, "an activation's name is like softsign"),
        ("squeeze_all", FORMULAS, "torch has no activation squeeze_all"),
        ("tanhshrink", ("x - tanh(x)", FORMULAS[1]), "cannot be computed: name 'tanh' is not defined"),
        ("tanhshrink", (FORMULAS[0], "np.sum(x)"), "has to give one number for each input"),
    ],
)
def test_a_layer_that_cannot_be_begun_changes_nothing(
    tree: Path, name: str, formulas: tuple[str, str], said: str
) -> None:
    before = state(tree)
    with pytest.raises(ValueError, match=said.replace("(", r"\(")):
        new_layer.begin(tree, name, *formulas)
    assert state(tree) == before


def test_a_layer_is_never_written_over(tree: Path) -> None:
    new_layer.begin(tree, "tanhshrink", *FORMULAS)
    before = state(tree)
    with pytest.raises(ValueError, match=r"tanhshrink\.py is there already"):
        new_layer.begin(tree, "tanhshrink", *FORMULAS)
    assert state(tree) == before


@pytest.mark.parametrize("name", ["Newton", "pooling-stepper", "matrix stepper"])
def test_a_figure_without_a_name_is_refused(tree: Path, name: str) -> None:
    with pytest.raises(ValueError, match="a figure's name is like newton_step"):
        new_figure.begin(tree, name)


def test_a_figure_is_offered_in_its_place_and_never_written_over(tree: Path) -> None:
    there = (tree / "src/coursekit/widgets/__init__.py").read_text(encoding="utf-8")
    written = new_figure.begin(tree, "newton_step")
    text = written[-1].read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("from coursekit.widgets.")]
    assert lines == sorted(lines)
    assert set(there.splitlines()) <= set(text.splitlines())
    assert "from coursekit.widgets._newton_step import newton_step" in lines
    assert '    "newton_step",\n' in text
    before = state(tree)
    with pytest.raises(ValueError, match=r"newton_step\.js is there already"):
        new_figure.begin(tree, "newton_step")
    assert state(tree) == before


def test_names_are_put_where_ruff_wants_them() -> None:
    each = '__all__ = [\n    "GELU",\n    "Conv1d",\n    "init",\n]\n'
    assert guide_code.into_all(each, ["Abs"]) == each.replace('    "Conv1d"', '    "Abs",\n    "Conv1d"')
    packed = '__all__ = [\n    "add", "beale",\n    "turn",\n]\n'
    assert guide_code.into_all(packed, ["cut"]) == '__all__ = [\n    "add", "beale",\n    "cut", "turn",\n]\n'
    with pytest.raises(ValueError, match="no list __all__"):
        guide_code.into_all("import os\n", ["cut"])


def test_a_guide_whose_code_has_changed_is_noticed() -> None:
    with pytest.raises(ValueError, match="this tool has to follow it"):
        guide_code.exchanged("return x", {"x / (1 + np.abs(x))": "x"})
