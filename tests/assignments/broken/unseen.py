"""Figures and values of given cells that IPython would not show: it shows a cell's last line alone."""

_PLACE = "# %% [raw]\n# # BEGIN SOLUTION\n"
_HALVE = "# %% [markdown]\n# Halve.\n"


def _given(code: str, place: str = _PLACE) -> tuple[str, str]:
    """Return what a given cell with this code is put above, and both."""
    return place, f"# %%\n{code}\n\n{place}"


BROKEN: dict[str, tuple[str, str, str, str]] = {
    "a figure inside an if": (
        *_given("if grader.ready('q1'):\n    plots.curves({'a': [1, 2]},\n        xlabel='x')"),
        "plots.curves({'a': [1, 2]},",
        "nobody sees `plots.curves(…)`, since a notebook shows only the last line of a cell, outside of any "
        "block: write display(plots.curves(…))",
    ),
    "a figure of an else inside a loop": (
        *_given("for k in range(3):\n    if k:\n        pass\n    else:\n        widgets.window_line()"),
        "widgets.window_line()",
        "write display(widgets.window_line(…))",
    ),
    "a value inside a with": (
        *_given("with open('x') as file:\n    found = file.read()\n    found\nprint(1)", _HALVE),
        "found",
        "nobody sees `found`, since a notebook shows only the last line of a cell, outside of any block: "
        "write display(found)",
    ),
    "a figure above the last line": (
        *_given("plots.matrix([1])\nplots.matrix([2])"),
        "plots.matrix([1])",
        "write display(plots.matrix(…))",
    ),
    "a check inside an if": (
        *_given("if True:\n    grader.check('q1')"),
        "grader.check('q1')",
        "write display(grader.check(…))",
    ),
    "a figure of a try": (
        *_given("try:\n    print(1)\nexcept ValueError:\n    plots.row()"),
        "plots.row()",
        "write display(plots.row(…))",
    ),
    "a figure of an attempt that ends well": (
        *_given("try:\n    print(1)\nfinally:\n    table({})"),
        "table({})",
        "write display(table(…))",
    ),
}
