"""Draw the picture that other sites show when somebody links to the book: book/_static/social-card.png.

    python tools/make_social_card.py

A photograph's edge map, computed by the course's own convolution, with one window and its sum marked.
"""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.patches import ConnectionPatch, Rectangle

from convnet import plain
from coursekit import data
from coursekit.plots import BLUE, ORANGE

TARGET = Path(__file__).resolve().parents[1] / "book" / "_static" / "social-card.png"
WIDTH, HEIGHT, DPI = 1200, 630, 100
TITLE = "Convolutional Neural Networks"
WORDS = "A book in which every number comes from a cell,\nwith homeworks that a machine checks."
EDGE = np.array([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
ROW, COLUMN = 9, 17
"""Upper left corner of the window that is marked."""


def main() -> None:
    """Draw and write."""
    images, _ = data.fashion_mnist("train")
    image = np.asarray(images[0], dtype=float).reshape(28, 28)
    image = image / image.max()
    edges = plain.conv2d(image[None, None], EDGE[None, None])[0, 0]
    figure = plt.figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor="#10233f")
    figure.text(0.05, 0.86, TITLE, color="white", fontsize=38, weight="bold", va="center")
    figure.text(0.05, 0.72, WORDS, color="#c9d6ea", fontsize=19, va="center", linespacing=1.4)
    places = ((0.05, 0.07, 0.27, 0.52), (0.40, 0.19, 0.15, 0.286), (0.63, 0.07, 0.27, 0.52))
    picture, kernel, result = (figure.add_axes(place) for place in places)
    picture.imshow(image, cmap="gray")
    picture.add_patch(Rectangle((COLUMN - 0.5, ROW - 0.5), 3, 3, fill=False, edgecolor=ORANGE, linewidth=3))
    kernel.imshow(EDGE, cmap="coolwarm", vmin=-3, vmax=3)
    for (row, column), value in np.ndenumerate(EDGE):
        kernel.text(column, row, f"{value:+.0f}" if value else "0", ha="center", va="center", fontsize=17)
    result.imshow(edges, cmap="coolwarm", vmin=-np.abs(edges).max(), vmax=np.abs(edges).max())
    result.add_patch(Rectangle((COLUMN - 0.5, ROW - 0.5), 1, 1, fill=False, edgecolor=ORANGE, linewidth=3))
    for axes in (picture, kernel, result):
        axes.set_xticks([])
        axes.set_yticks([])
        for side in axes.spines.values():
            side.set_color(BLUE)
    for start, end, source, goal in (
        ((COLUMN + 2.5, ROW + 1), (-0.5, 1), picture, kernel),
        ((2.5, 1), (COLUMN - 0.5, ROW), kernel, result),
    ):
        figure.add_artist(
            ConnectionPatch(start, end, "data", "data", axesA=source, axesB=goal, color=ORANGE, linewidth=2)
        )
    figure.savefig(TARGET, dpi=DPI, metadata={"Software": None}, pil_kwargs={"optimize": True})
    print(f"{TARGET.name}: {TARGET.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
