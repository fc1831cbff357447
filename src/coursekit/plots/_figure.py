"""A figure that reads on light and dark pages and says in words what it shows.

No single colour has a contrast of 4.5 with both a white and a near-black page. So on a page the figure is an
SVG drawing whose ink is the page's own text colour. Saved as a picture, its ink is a grey that stands
between.
"""

from __future__ import annotations

import hashlib
import io
import os
import re
from html import escape
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from matplotlib.image import AxesImage, imsave
from numpy.typing import NDArray

from coursekit.notebook import GRADING

# All colours are defined here. Each has a contrast of at least 3 with white and with a dark page.
INK = "#777c84"  # contrast 4.2 with white and with #14181e, the most that one colour can have with both
BLUE = "#2f80ed"
ORANGE = "#d9660a"
GREEN = "#2b9348"
PURPLE = "#9a5bd6"
RED = "#d64545"
TEAL = "#1f8f96"
PINK = "#c9588c"
DIVERGING = "RdBu_r"  # white at zero; red and blue are told apart by colour-blind readers too
COLORS = (BLUE, ORANGE, GREEN, PURPLE, TEAL, PINK, RED)
GRID = 0.55  # opacity of the lines behind a curve: in the page's ink a contrast of at least 3

_PAGE_INK = "currentColor"
_LARGE = 128  # pixels a side: from here on an image is a photograph, smaller ones are shown pixel by pixel
_IMAGE = re.compile(r"<image\b[^>]*>")
_ID = re.compile(r'\sid="([^"]*)"')
_REFERENCE = re.compile(r'href="#([^"]*)"|url\(#([^)]*)\)')
_SVG: dict[Any, Any] = {"svg.hashsalt": "coursekit", "svg.fonttype": "path", "svg.image_inline": True}


class CourseFigure(Figure):
    """A Matplotlib figure without background whose ink follows the page.

    Parameters
    ----------
    width, height : float
        Size in inches.
    alt : str
        What is to be seen, in words, for readers who do not see it.

    Notes
    -----
    It belongs to no window system: nothing is shown twice, nothing needs closing, and no global setting
    changes. `savefig` works as usual.
    """

    def __init__(self, width: float, height: float, alt: str = "") -> None:
        super().__init__(figsize=(width, height), facecolor="none", layout="constrained")
        FigureCanvasAgg(self)
        self.alt = alt

    def svg(self) -> str:
        """Return the drawing as SVG text that can stand inside a page.

        Equal figures give equal text; ids are the drawing's own, so that several can share a page.
        """
        for image in self.findobj(AxesImage):
            image.set_interpolation("none")  # embeds its own pixels, which the browser scales
        buffer = io.StringIO()
        with mpl.rc_context(_SVG):
            self.savefig(
                buffer, format="svg", dpi=144, transparent=True, metadata={"Date": None, "Creator": None}
            )
        self.set_layout_engine("none")  # a second layout starts from the first and moves everything a little
        head, body = _tidy(buffer.getvalue(), self.alt).split(">", 1)
        head = re.sub(r'\s(width|height)="[^"]*"', "", head)
        width = self.get_size_inches()[0] * 96  # CSS pixels an inch
        style = f"width:{width:.0f}px;max-width:100%;height:auto;margin:.4em 0"
        return f'{head} role="img" aria-label="{escape(self.alt)}" style="{style}">{body.strip()}'

    def _repr_html_(self) -> str | None:
        return None if GRADING in os.environ else f'<div class="ck-figure">{self.svg()}</div>'

    def _repr_png_(self) -> bytes | None:
        """Return a picture where the grader runs the notebook; its pages show no HTML of a submission."""
        return as_png(self.pixels()) if GRADING in os.environ else None

    def pixels(self) -> NDArray[np.uint8]:
        """Return the drawing as red, green, blue and opacity, shape (height, width, 4), 96 pixels an inch."""
        self.set_dpi(96)
        canvas: Any = FigureCanvasAgg(self)
        canvas.draw()  # once; `savefig` would draw a constrained layout twice
        return np.array(canvas.buffer_rgba())


def as_png(pixels: NDArray[np.uint8]) -> bytes:
    """Return pixels of shape (height, width, 4) as the bytes of a PNG file."""
    buffer = io.BytesIO()
    imsave(buffer, pixels, format="png")
    return buffer.getvalue()


def _tidy(drawing: str, alt: str) -> str:
    """Put the page's ink in, take out what no page needs, and give the ids left a mark of this drawing."""
    drawing = re.sub(r"<metadata>.*?</metadata>", "", drawing[drawing.index("<svg") :], flags=re.DOTALL)
    drawing = _IMAGE.sub(_smooth_if_large, drawing.replace(INK, _PAGE_INK))
    # Numbered: Matplotlib's ids depend on the last bits of the layout, which may be others the next time.
    names = dict.fromkeys(first or second for first, second in _REFERENCE.findall(drawing))
    ids = {name: f"\0{number}" for number, name in enumerate(names)}
    drawing = _ID.sub(lambda found: f' id="{ids[found[1]]}"' if found[1] in ids else "", drawing)
    drawing = _REFERENCE.sub(lambda to: f'href="#{ids[to[1]]}"' if to[1] else f"url(#{ids[to[2]]})", drawing)
    mark = "f" + hashlib.sha256((alt + drawing).encode()).hexdigest()[:10] + "-"
    return drawing.replace("\0", mark)


def _smooth_if_large(image: re.Match[str]) -> str:
    sides = [float(side) for side in re.findall(r'\b(?:width|height)="([\d.]+)"', image[0])]
    return re.sub(r'\sstyle="[^"]*"', "", image[0]) if max(sides) > _LARGE else image[0]


def count(number: int, noun: str) -> str:
    """Return a number with its noun, as words of a figure say it: 1 row, 2 rows."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def as_numpy(values: Any) -> NDArray[Any]:
    """Return numbers as a NumPy array; a torch tensor may live anywhere and carry gradients."""
    if hasattr(values, "detach"):
        values = values.detach().cpu()
    return np.asarray(values)


def ink_on(fill: str) -> str:
    """Return black or white, whichever reads better on a colour; its contrast is 4.5 and more."""
    return "black" if _luminance(to_rgb(fill)) > 0.179 else "white"


def _luminance(color: tuple[float, float, float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in color]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def style(axes: Any, *, frame: bool = False, grid: bool = False) -> None:
    """Draw an axes' text, ticks and edges in the ink, and keep its background clear.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        The axes, after its labels and titles were set.
    frame : bool
        Whether all four edges are drawn rather than the left and the lower one.
    grid : bool
        Whether lines lead from the ticks through the drawing.
    """
    if grid:
        axes.grid(color=INK, alpha=GRID, linewidth=0.6, linestyle=":")
        axes.set_axisbelow(True)
    axes.set_facecolor("none")
    axes.tick_params(colors=INK, which="both")
    for text in (axes.title, axes.xaxis.label, axes.yaxis.label):
        text.set_color(INK)
    for side, spine in axes.spines.items():
        spine.set_edgecolor(INK)
        spine.set_visible(frame or side in {"left", "bottom"})
