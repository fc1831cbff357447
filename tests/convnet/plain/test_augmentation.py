"""The plain functions of augmentation against torch and SciPy, on drawn images and drawn amounts."""

import numpy as np
import pytest
import torch
from scipy import ndimage
from torch.nn import functional

from convnet import plain

SHAPES = [(3, 1, 6, 6), (4, 2, 5, 8), (1, 3, 7, 4)]


@pytest.fixture(params=SHAPES, ids=str)
def images(request: pytest.FixtureRequest) -> np.ndarray:
    return np.random.default_rng(sum(request.param)).random(request.param)


def test_flip(images: np.ndarray) -> None:
    before, count = images.copy(), len(images)
    for chosen in (np.arange(count) % 2 == 0, np.zeros(count, bool), np.ones(count, bool)):
        x = torch.tensor(images)
        wanted = torch.where(torch.tensor(chosen)[:, None, None, None], x.flip(3), x)
        np.testing.assert_array_equal(plain.flip(images, chosen), wanted)
    np.testing.assert_array_equal(images, before)


def test_shift(images: np.ndarray) -> None:
    before, rng = images.copy(), np.random.default_rng(1)
    for most in (0, 1, 3):
        down, right = rng.integers(-most, most + 1, size=(2, len(images)))
        found = plain.shift(images, down, right)
        for one, moved, r, c in zip(images, found, down, right, strict=True):
            wanted = functional.pad(torch.tensor(one), (int(c), -int(c), int(r), -int(r)))
            np.testing.assert_array_equal(moved, wanted)
    np.testing.assert_array_equal(images, before)


def test_rotate(images: np.ndarray) -> None:
    before = images.copy()
    degrees = np.random.default_rng(2).uniform(-180, 180, len(images))
    found = plain.rotate(images, degrees)
    for one, turned, angle in zip(images, found, degrees, strict=True):
        wanted = ndimage.rotate(one, angle, axes=(1, 2), reshape=False, order=1, mode="grid-constant")
        np.testing.assert_allclose(turned, wanted, atol=1e-12)
    np.testing.assert_array_equal(images, before)


def test_rotate_is_torchs_where_images_are_square() -> None:
    x = np.random.default_rng(3).random((2, 2, 6, 6))
    degrees = np.array([25.0, -70.0])
    rows, columns = plain.turned(6, 6, degrees)
    grid = np.stack([columns, rows], axis=-1) / 2.5 - 1  # torch counts from -1 to 1, columns first
    wanted = functional.grid_sample(torch.tensor(x), torch.tensor(grid), align_corners=True)
    np.testing.assert_allclose(plain.rotate(x, degrees), wanted, atol=1e-12)


@pytest.mark.parametrize("turns", [0, 1, 2, 3, 4])
def test_quarter_turns_are_exact(turns: int) -> None:
    x = np.random.default_rng(4).random((2, 1, 5, 5))
    found = plain.rotate(x, np.full(2, 90.0 * turns))
    np.testing.assert_allclose(found, np.rot90(x, turns, axes=(2, 3)), atol=1e-12)


def test_brighten(images: np.ndarray) -> None:
    before, factor = images.copy(), np.random.default_rng(5).uniform(0.5, 2, len(images))
    wanted = (torch.tensor(images) * torch.tensor(factor)[:, None, None, None]).clamp(max=1)
    np.testing.assert_allclose(plain.brighten(images, factor), wanted, atol=1e-15)
    np.testing.assert_array_equal(images, before)


def test_cutout(images: np.ndarray) -> None:
    images += 1  # so that a zero is one that was put there
    before = images.copy()
    row, column = np.arange(len(images)) % 3, np.arange(len(images)) % 2 + 2
    found = plain.cutout(images, row, column, 3)
    for n, c, u, v in np.ndindex(images.shape):
        covered = row[n] <= u < row[n] + 3 and column[n] <= v < column[n] + 3
        assert found[n, c, u, v] == (0 if covered else images[n, c, u, v])
    np.testing.assert_array_equal(images, before)
