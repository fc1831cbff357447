"""One surface measured in inches, on which many small images cost little more than one.

Matplotlib's own way, an `Axes` for each image and a layout that negotiates between them, takes a fifth of a
second for ten images; a graded notebook draws many.
"""

from __future__ import annotations

from typing import Any

from matplotlib.patches import Rectangle

from coursekit.plots._figure import INK, CourseFigure

_GAP = 0.08  # inches between two images


class Sheet:
    """A figure whose coordinates are inches from its upper left corner.

    Parameters
    ----------
    width, height : float
        Size in inches.
    alt : str
        What is to be seen.
    """

    def __init__(self, width: float, height: float, alt: str) -> None:
        self.figure = CourseFigure(width, height, alt)
        self.figure.set_layout_engine("none")
        self._axes: Any = self.figure.add_axes((0, 0, 1, 1))
        self._axes.set(xlim=(0, width), ylim=(height, 0))
        self._axes.set_axis_off()

    def picture(
        self,
        picture: Any,
        box: tuple[float, float, float, float],
        limits: tuple[float, float],
        colormap: str,
    ) -> Any:
        """Draw an image, as large as fits into ``box`` (left, top, width, height), in its middle."""
        left, top, width, height = box
        high, wide = picture.shape[:2]
        scale = min((width - _GAP) / wide, (height - _GAP) / high)
        wide, high = wide * scale, high * scale
        left, top = left + (width - wide) / 2, top + (height - high) / 2
        drawn = self._axes.imshow(
            picture,
            cmap=colormap,
            vmin=limits[0],
            vmax=limits[1],
            extent=(left, left + wide, top + high, top),
            aspect="auto",
        )
        # An edge, because white pixels end nowhere on a white page.
        edge = Rectangle((left, top), wide, high, facecolor="none", edgecolor=INK, linewidth=0.6)
        self._axes.add_patch(edge)
        return drawn

    def title(self, text: str, middle: float, bottom: float) -> None:
        """Write ``text`` around ``middle``, down to ``bottom``."""
        self._axes.text(middle, bottom, text, ha="center", va="bottom", fontsize=10, color=INK)

    def bar(self, drawn: Any, left: float, width: float = 0.12) -> None:
        """Show at ``left`` which value of ``drawn`` has which colour."""
        sheet_width, sheet_height = self.figure.get_size_inches()
        height = min(0.85 * sheet_height, 15 * width)
        place = (left / sheet_width, 0.5 - height / sheet_height / 2)
        axes = self.figure.add_axes((*place, width / sheet_width, height / sheet_height))
        bar = self.figure.colorbar(drawn, cax=axes)
        bar.ax.tick_params(colors=INK, labelsize=9)
        bar.outline.set(edgecolor=INK, linewidth=0.6)
