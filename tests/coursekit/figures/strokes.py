"""Digits as a hand draws them, line by line: for figures that are drawn in.

Nothing was learned from these. Points are (row, column) between 0 and 1, several ways for each digit.
"""

from typing import Any

import numpy as np

Line = list[tuple[float, float]]


def arc(row: float, column: float, high: float, wide: float, start: float, end: float) -> Line:
    """Part of an ellipse; degrees go clockwise from its top."""
    turns = np.deg2rad(np.linspace(start, end, 17))
    return [(row - high * float(np.cos(t)), column + wide * float(np.sin(t))) for t in turns]


WAYS: dict[int, list[list[Line]]] = {
    0: [[arc(0.5, 0.5, 0.5, 0.33, 0, 360)], [arc(0.5, 0.5, 0.48, 0.42, -20, 350)]],
    1: [
        [[(0, 0.5), (1, 0.5)]],
        [[(0.22, 0.25), (0, 0.52), (1, 0.52)]],
        [[(0, 0.62), (1, 0.4)]],
    ],
    2: [
        [[*arc(0.27, 0.5, 0.27, 0.34, -80, 125), (1, 0.12)], [(1, 0.12), (1, 0.9)]],
        [[*arc(0.3, 0.45, 0.3, 0.36, -60, 110), (0.95, 0.1), (0.97, 0.5), (0.95, 0.95)]],
    ],
    3: [
        [arc(0.25, 0.45, 0.25, 0.34, -70, 170), arc(0.73, 0.45, 0.27, 0.38, 5, 235)],
        [[(0, 0.12), (0, 0.8), (0.4, 0.42), *arc(0.7, 0.42, 0.3, 0.4, 5, 240)]],
    ],
    4: [
        [[(0, 0.2), (0.55, 0.15), (0.55, 0.9)], [(0.05, 0.68), (1, 0.68)]],
        [[(1, 0.66), (0, 0.66), (0.64, 0.08), (0.64, 0.95)]],
        [[(0, 0.3), (0.5, 0.2), (0.5, 0.8)], [(0.1, 0.85), (1, 0.7)]],
    ],
    5: [
        [[(0, 0.85), (0, 0.22), (0.42, 0.2), *arc(0.67, 0.45, 0.33, 0.4, -20, 240)]],
        [[(0, 0.3), (0.4, 0.22), *arc(0.68, 0.42, 0.32, 0.42, -5, 235)], [(0, 0.3), (0.02, 0.9)]],
    ],
    6: [
        [[(0, 0.62), (0.35, 0.25), *arc(0.7, 0.5, 0.3, 0.34, -90, 280)]],
        [[*arc(0.55, 0.68, 0.55, 0.55, 0, -100), *arc(0.72, 0.48, 0.28, 0.33, -100, 260)]],
    ],
    7: [
        [[(0, 0.1), (0, 0.9), (1, 0.4)]],
        [[(0.02, 0.12), (0, 0.88), (0.5, 0.55), (1, 0.42)], [(0.5, 0.25), (0.5, 0.82)]],
    ],
    8: [
        [arc(0.24, 0.5, 0.24, 0.27, 180, 540), arc(0.73, 0.5, 0.27, 0.34, 0, 360)],
        [
            [
                *arc(0.25, 0.5, 0.25, 0.3, 60, -180),
                *arc(0.75, 0.5, 0.25, 0.32, 0, 360),
                (0.3, 0.75),
                (0.1, 0.7),
            ]
        ],
    ],
    9: [
        [[*arc(0.28, 0.48, 0.28, 0.32, 90, -270), (1, 0.72)]],
        [[*arc(0.28, 0.45, 0.28, 0.32, 80, -280), (0.7, 0.78), *arc(0.72, 0.42, 0.28, 0.36, 90, 220)]],
    ],
}


def drawn(digit: int, way: int, rng: np.random.Generator | None = None) -> list[Line]:
    """Points in a picture of 28 × 28 pixels; with a generator turned, slanted, stretched, moved a little."""
    draw = (lambda low, high: float(rng.uniform(low, high))) if rng else (lambda low, high: (low + high) / 2)
    angle, slant, tall, broad = draw(-0.15, 0.15), draw(-0.2, 0.2), draw(15, 21), draw(0.75, 1.05)
    down, right = draw(-2, 2), draw(-2, 2)

    def placed(row: float, column: float) -> tuple[float, float]:
        v, u = (row - 0.5) * tall, (column - 0.5) * tall * broad
        u -= slant * v
        return (
            13.5 + down + np.cos(angle) * v - np.sin(angle) * u,
            13.5 + right + np.sin(angle) * v + np.cos(angle) * u,
        )

    return [[placed(*point) for point in line] for line in WAYS[digit][way]]


def inked(lines: list[Line], radius: float = 1.1) -> Any:
    """What the figure's pen makes of the lines, shape (28, 28)."""
    image = np.zeros((28, 28))
    rows, columns = np.mgrid[:28, :28]
    for line in lines:
        for (r, c), (to_r, to_c) in zip(line, [*line[1:], line[-1]], strict=True):
            length = (to_r - r) ** 2 + (to_c - c) ** 2
            along = ((rows - r) * (to_r - r) + (columns - c) * (to_c - c)) / length if length else 0 * rows
            along = np.clip(along, 0, 1)
            away = np.hypot(rows - r - along * (to_r - r), columns - c - along * (to_c - c))
            image = np.maximum(image, np.clip(radius + 0.5 - away, 0, 1))
    return np.round(image, 2)
