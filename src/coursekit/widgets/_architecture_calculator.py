"""A calculator for networks: shapes, parameters, multiply-adds, what each layer sees."""

import json
from functools import cache
from importlib.resources import files

from coursekit.widgets._architectures import Row, Unclear, counted, sizes
from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import table


@figure
def architecture_calculator(network: str = "LeNet-5") -> Figure:
    r"""Count a network layer by layer: shapes, parameters, multiply-adds, receptive fields.

    The reader picks a network with a name, or writes one, a line for each layer; blocks of branches, as in
    Inception networks, and residual blocks may stand inside each other. The networks with names are those of
    `convnet.models`, and the counts those of `convnet.nn.summary`.

    Parameters
    ----------
    network
        The name of a network, such as ``"ResNet-18"``, or its lines. The first line is the input:
        ``"input 3 32 32\nconv 16 3 padding 1\nrelu"``.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If a line is no layer, or does not fit the one before it; the message says which and why.

    Examples
    --------
    >>> architecture_calculator()
    A network of 12 layers: 61,706 parameters, 416,520 multiply-adds for each example.
    """
    given = Given("architecture_calculator")
    if not isinstance(network, str):
        raise given.refuse(f"network expects a name or lines, got {network!r}")
    text = presets().get(network, network)
    try:
        rows = counted(text)
    except Unclear as problem:
        raise given.refuse(str(problem)) from None
    parameters, adds = sum(row.parameters for row in rows), sum(row.adds for row in rows)
    layers = sum("," not in row.words for row in rows)
    return Figure(
        "architecture_calculator",
        "Architecture calculator",
        f"A network of {layers} layers: {parameters:,} parameters, {adds:,} multiply-adds for each example.",
        {"network": text},
        {
            "shapes": [list(row.shape) for row in rows],
            "parameters": [row.parameters for row in rows],
            "adds": [row.adds for row in rows],
            "fields": [row.field for row in rows],
            "totals": [parameters, adds],
        },
        table(
            [_told(row) for row in rows],
            "Layers",
            ("layer", "output", "parameters", "multiply-adds", "sees"),
        ),
        ("architecture_calculator_arithmetic.js", "architecture_calculator.css"),
        {"NETWORKS": presets()},
    )


@cache
def presets() -> dict[str, str]:
    """Return the networks with names, as ``tools/make_architectures.py`` wrote them.

    Returns
    -------
    dict of str to str
        Lines by name.
    """
    text = (files("coursekit") / "_widgets" / "architectures.json").read_text(encoding="utf-8")
    found: dict[str, str] = json.loads(text)
    return found


def _told(row: Row) -> list[str]:
    numbers = [f"{value:,}" if value else "" for value in (row.parameters, row.adds)]
    return ["· " * row.depth + row.words, sizes(row.shape), *numbers, sizes(row.field) or "all"]
