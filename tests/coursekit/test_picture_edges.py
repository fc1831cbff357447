"""The edge of a picture comes from the figure, not from a style sheet."""

import re
import xml.etree.ElementTree as ET

import numpy as np

from coursekit import plots
from tests.support import ROOT


def outlined(style: str) -> list[str]:
    """Rules of a style sheet that draw an outline or a border at images inside of drawings."""
    rules = re.findall(r"([^{}]*)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL))
    return [
        selector.strip()
        for selector, body in rules
        if re.search(r"svg[^,]*\bimage\b", selector) and re.search(r"\b(outline|border|filter)\s*:", body)
    ]


def test_a_pictures_edge_is_drawn_once() -> None:
    """By the figure. CSS draws in the picture's own pixels, which are large where the picture is small."""
    styles = sorted((ROOT / "book" / "_static").glob("*.css"))
    assert styles
    assert [rule for path in styles for rule in outlined(path.read_text(encoding="utf-8"))] == []
    assert outlined(".bd-content svg image { outline: 1px solid grey; }") == [".bd-content svg image"]
    drawing = ET.fromstring(plots.image_grid(np.ones((2, 8, 8))).svg())
    edges = [
        path
        for path in drawing.iter()
        if path.tag.endswith("path") and "stroke: currentColor" in str(path.attrib)
    ]
    assert len(edges) >= 2, "white pictures end somewhere on a white page"
