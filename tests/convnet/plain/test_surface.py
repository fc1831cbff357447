"""The loss surfaces against torch's gradients, finite differences, and the minima that are published."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch

from convnet import plain
from tests.convnet.operations.configurations import each
from tests.convnet.plain.comparison import close, like_differences, like_torch, whole

Surface = Callable[..., Any]

BY_TORCH: dict[str, Surface] = {
    "bowl": lambda w: (w[..., 0] ** 2 + 10 * w[..., 1] ** 2) / 2,
    "saddle": lambda w: w[..., 0] ** 2 / 2 + w[..., 1] ** 4 / 4 - w[..., 1] ** 2 / 2 + 0.25,
    "plateau": lambda w: 1 - 1 / (1 + w.norm(dim=-1) ** 2),
    "rosenbrock": lambda w: (1 - w[..., 0]) ** 2 + 100 * (w[..., 1] - w[..., 0] ** 2) ** 2,
    "beale": lambda w: sum(
        (c - w[..., 0] * (1 - w[..., 1] ** n)) ** 2 for n, c in enumerate((1.5, 2.25, 2.625), 1)
    ),
    "himmelblau": lambda w: ((w**2 + w.flip(-1) - torch.tensor([11.0, 7.0])) ** 2).sum(dim=-1),
    "styblinski_tang": lambda w: (w**4 - 16 * w**2 + 5 * w).sum(dim=-1) / 2,
}
"""Each surface once more, written otherwise."""

MINIMA = {
    "bowl": {(0, 0): 0},
    "saddle": {(0, 1): 0, (0, -1): 0},
    "plateau": {(0, 0): 0},
    "rosenbrock": {(1, 1): 0},
    "beale": {(3, 0.5): 0},
    "himmelblau": {
        (3, 2): 0,
        (-2.805118, 3.131313): 0,
        (-3.779310, -3.283186): 0,
        (3.584428, -1.848127): 0,
    },
    "styblinski_tang": {
        (-2.903534, -2.903534): -78.332331,
        (-2.903534, 2.746803): -64.195613,
        (2.746803, -2.903534): -64.195613,
        (2.746803, 2.746803): -50.058894,
    },
}
"""What the sources and the docstrings say, to six digits."""

VALUES = [
    ("rosenbrock", (-1.2, 1), 24.2),
    ("beale", (0, 0), 14.203125),
    ("himmelblau", (0, 0), 170),
    ("himmelblau", (-0.270845, -0.923039), 181.617),  # the hill between the four minima
    ("saddle", (0, 0), 0.25),
    ("plateau", (3, 4), 25 / 26),
    ("styblinski_tang", (1, 1), -10),
]


def hessian(name: str, w: Any) -> Any:
    """Measure the Hessian of a surface by differences of its gradients."""
    step = 1e-5 * np.eye(2)
    back = getattr(plain, f"{name}_backward")
    return np.stack([(back(w + move) - back(w - move)) / 2e-5 for move in step])


def weighed(name: str) -> Surface:
    """Return a surface's gradient as the comparisons call it: with an upstream gradient."""
    return lambda grad_out, w: grad_out[..., None] * getattr(plain, f"{name}_backward")(w)


def points(rng: np.random.Generator) -> Any:
    """Draw one point, a row of points, or a grid of them."""
    shape = [whole(rng, 1, 4) for _ in range(whole(rng, 0, 2))]
    return rng.uniform(-2, 2, (*shape, 2))


def test_every_surface_is_tested() -> None:
    homes = {name: getattr(plain, name).__module__.rpartition(".")[2] for name in plain.__all__}
    surfaces = {name for name, home in homes.items() if home.startswith("surface")} - {"eigen_directions"}
    assert surfaces == {f"{name}{end}" for name in BY_TORCH for end in ("", "_backward")}


@pytest.mark.parametrize("name", BY_TORCH)
def test_surface(name: str) -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        w = points(rng)
        like_torch(rng, [w], getattr(plain, name), weighed(name), BY_TORCH[name])
        like_differences(rng.standard_normal(w.shape[:-1]), [w], getattr(plain, name), weighed(name))

    each(f"plain {name}", check)


@pytest.mark.parametrize("name", MINIMA)
def test_minima_are_where_they_are_published(name: str) -> None:
    for place, loss in MINIMA[name].items():
        w = np.array(place, dtype=float)
        np.testing.assert_allclose(getattr(plain, name)(w), loss, atol=1e-6, err_msg=str(place))
        np.testing.assert_allclose(getattr(plain, f"{name}_backward")(w), 0, atol=1e-4, err_msg=str(place))
        assert np.linalg.eigvalsh(hessian(name, w)).min() > 0, f"{place} is a minimum, no saddle"


@pytest.mark.parametrize("name", MINIMA)
def test_nothing_is_below_the_lowest(name: str) -> None:
    """On a fine grid around the minima, and wherever far away."""
    axis = np.linspace(-4.5, 4.5, 181)
    grid = np.stack(np.meshgrid(axis, axis), axis=-1)
    lowest = min(MINIMA[name].values())
    assert getattr(plain, name)(grid).min() >= lowest - 1e-6
    assert getattr(plain, name)(100 * grid).min() >= lowest - 1e-6


@pytest.mark.parametrize(("name", "place", "loss"), VALUES)
def test_known_values(name: str, place: tuple[float, float], loss: float) -> None:
    assert getattr(plain, name)(np.array(place, dtype=float)) == pytest.approx(loss, abs=1e-3)


def test_the_saddle_bends_both_ways() -> None:
    np.testing.assert_allclose(plain.saddle_backward(np.zeros(2)), 0)
    np.testing.assert_allclose(hessian("saddle", np.zeros(2)), np.diag([1, -1]), atol=1e-9)
    np.testing.assert_allclose(
        plain.saddle_backward(np.array([2.0, 0])), [2, 0], err_msg="nothing leads off it"
    )


def test_the_plateau_is_flat() -> None:
    near, far = np.array([0.5, 0]), np.array([20.0, 0])
    slope = [np.abs(plain.plateau_backward(w)).max() for w in (near, far)]
    assert slope[0] > 1000 * slope[1] > 0


def test_bowl_has_the_curvatures_along_its_directions() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        curvatures, angle = rng.uniform(-1, 10, 2), rng.uniform(-4, 4)
        directions = plain.eigen_directions(angle)
        close("directions at right angles", directions.T @ directions, np.eye(2))
        close("angle", np.angle(directions[0, 0] + 1j * directions[1, 0]), np.angle(np.exp(1j * angle)))
        matrix = directions @ np.diag(curvatures) @ directions.T
        close("eigenvalues", np.linalg.eigvalsh(matrix), np.sort(curvatures))
        like_torch(
            rng,
            [points(rng)],
            lambda w: plain.bowl(w, curvatures, angle),
            lambda g, w: g[..., None] * plain.bowl_backward(w, curvatures, angle),
            lambda w: torch.einsum("...i,ij,...j->...", w, torch.tensor(matrix), w) / 2,
        )

    each("plain bowl, turned", check)


def test_styblinski_tang_takes_any_number_of_numbers() -> None:
    lowest = -39.166166
    for count in (1, 3, 7):
        w = np.full(count, -2.903534)
        assert plain.styblinski_tang(w) == pytest.approx(lowest * count, abs=1e-5)
        np.testing.assert_allclose(plain.styblinski_tang_backward(w), 0, atol=1e-4)
