"""Images and kernels: in a grid, or side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coursekit.plots._figure import DIVERGING, INK, CourseFigure, as_numpy, count
from coursekit.plots._sheet import Sheet

Array = NDArray[Any]

_PAGE = 7.2  # inches of text on a page of the book


def image_grid(
    images: Any,
    titles: Sequence[str] | None = None,
    columns: int | None = None,
    *,
    share: bool = False,
    limits: tuple[float, float] | None = None,
    size: float | None = None,
    alt: str = "",
) -> CourseFigure:
    """Draw images in a grid, each filling its place.

    Parameters
    ----------
    images : array (N, H, W), (N, 1, H, W) or (N, 3, H, W), or sequence of images
        The images; in a sequence they may differ in size. Each is drawn on its own scale, see `compare`,
        unless ``share`` says otherwise.
    titles : sequence of str, optional
        One above each image.
    columns : int, optional
        Images in a row; at most six without it, which a phone still shows.
    share : bool
        Whether one scale serves all grey images, so that the same grey is the same value in each.
    limits : (float, float), optional
        The values to draw as black and white in all grey images, also in those of another figure.
    size : float, optional
        Width of one image in inches; without it the grid is as wide as a page's text, small images smaller.
    alt : str
        What is to be seen.

    Returns
    -------
    CourseFigure
        The grid.

    Raises
    ------
    ValueError
        If an image has another shape, there is none, or the titles have another number.
    """
    pictures = [_picture(as_numpy(image), "image_grid: each of images") for image in images]
    if not pictures:
        raise ValueError("image_grid: images is empty")
    if titles is not None and len(titles) != len(pictures):
        raise ValueError(f"image_grid: titles has {len(titles)} texts for {len(pictures)} images")
    columns = min(columns or 6, len(pictures))
    rows = -(-len(pictures) // columns)
    high = max(picture.shape[0] for picture in pictures)
    wide = max(picture.shape[1] for picture in pictures)
    said = f": {', '.join(title.replace(chr(10), ' ') for title in titles)}" if titles is not None else ""
    many = count(len(pictures), "image")
    alt = alt or f"{many} of {high} by {wide} pixels in {count(rows, 'row')}{said}."
    size = size or min(_PAGE / columns, 1.2 if wide <= 64 else 3.0)
    lines = max(title.count("\n") + 1 for title in titles) if titles is not None else 0
    above, tall = 0.21 * lines, size * high / wide + 0.06
    sheet = Sheet(size * columns, (above + tall) * rows, alt)
    common = limits or (_common(pictures) if share else None)
    for number, picture in enumerate(pictures):
        row, column = divmod(number, columns)
        left, top = column * size, row * (above + tall) + above
        shades = common if common and picture.ndim == 2 else _limits(picture)
        sheet.picture(picture, (left, top, size, tall), shades, "gray")
        if titles is not None:
            sheet.title(titles[number], left + size / 2, top)
    return sheet.figure


def compare(
    images: Mapping[str, Any],
    *,
    signed: bool = False,
    share: bool = False,
    limits: tuple[float, float] | None = None,
    sizes: bool = False,
    width: float = 3.0,
    alt: str = "",
) -> CourseFigure:
    """Draw a few images side by side, each under its title, sized in proportion to its pixels.

    Parameters
    ----------
    images : mapping of str to array, shape (H, W), (1, H, W) or (3, H, W)
        Titles and images. Grey levels within [0, 1] are drawn from black to white. Negative values make
        zero a middle grey, with equal steps to black and white. Other values are drawn from the least to the
        greatest, whole numbers from 0 to 255 (uint8) from black to white.
    signed : bool
        Whether the images hold positive and negative values: red above zero, blue below, white at zero, on
        one scale for all, which a bar shows. Images in colour, and such within [0, 1], stay as they are.
    share : bool
        Whether one scale serves all grey images, so that the same grey is the same value in each; a bar
        shows it.
    limits : (float, float), optional
        The values to draw as black and white.
    sizes : bool
        Whether to write height × width below each.
    width : float
        Most inches that the widest image is wide; less where the page has no room for all.
    alt : str
        What is to be seen.

    Returns
    -------
    CourseFigure
        The row of images.

    Raises
    ------
    ValueError
        If an image has another shape, or there is none.
    """
    if not images:
        raise ValueError("compare: images is empty")
    pictures = {title: _picture(as_numpy(image), f"compare: {title!r}") for title, image in images.items()}
    tall = max(picture.shape[0] for picture in pictures.values())
    wide = max(picture.shape[1] for picture in pictures.values())
    ratios = [picture.shape[1] for picture in pictures.values()]
    bar = 0.7 if signed or share else 0
    width = min(width, (_PAGE - bar) * wide / sum(ratios))
    described = ", ".join(f"{title} ({p.shape[0]} by {p.shape[1]} pixels)" for title, p in pictures.items())
    figure = CourseFigure(
        width * sum(ratios) / wide + bar,
        width * tall / wide + (0.65 if sizes else 0.4),
        alt or f"Side by side: {described}.",
    )
    shades = {title: p for title, p in pictures.items() if signed and p.ndim == 2 and _limits(p) != (0, 1)}
    most = max((float(np.abs(p).max()) for p in shades.values()), default=1.0) or 1.0
    common = limits or (_common(pictures.values()) if share else None)
    grid = figure.add_gridspec(1, len(pictures), width_ratios=ratios)
    drawn, places = None, []
    for number, (title, picture) in enumerate(pictures.items()):
        axes = figure.add_subplot(grid[0, number])
        places.append(axes)
        if title in shades:
            drawn = _draw(axes, picture, limits or (-most, most), DIVERGING)
        elif common and picture.ndim == 2:
            grey = _draw(axes, picture, common, "gray")
            drawn = grey if share else drawn
        else:
            _draw(axes, picture, _limits(picture), "gray")
        axes.set_title(title, fontsize=12, color=INK)
        if sizes:
            axes.set_xlabel(f"{picture.shape[0]} × {picture.shape[1]}", fontsize=11, color=INK)
    if drawn is not None:
        _bar(figure, drawn, places)
    return figure


def filter_grid(weight: Any, *, size: float = 0.9, alt: str = "") -> CourseFigure:
    """Draw the kernels of a convolution layer, one row per filter, one column per channel.

    Red is positive, blue negative, white zero, on one scale for all.

    Parameters
    ----------
    weight : array, shape (F, C, k, k'), (F, k, k') or (k, k')
        The kernels.
    size : float
        Width of one kernel in inches.
    alt : str
        What is to be seen.

    Returns
    -------
    CourseFigure
        The grid and its scale.

    Raises
    ------
    ValueError
        If ``weight`` has another number of axes.
    """
    kernels = as_numpy(weight).astype(float)
    if kernels.ndim not in {2, 3, 4} or not kernels.size:
        raise ValueError(
            f"filter_grid: weight expects (F, C, k, k), (F, k, k) or (k, k), got {kernels.shape}"
        )
    if kernels.ndim < 4:
        kernels = kernels.reshape(1, -1, *kernels.shape[-2:])  # kernels without channels stand in one row
    rows, columns, high, wide = kernels.shape
    most = float(np.abs(kernels).max()) or 1.0
    words = f"{rows} by {columns} kernels of {high} by {wide} weights between {kernels.min():.3g} and"
    tall = size * high / wide
    height = max(tall * rows, 1.2)
    sheet = Sheet(size * columns + 0.9, height, alt or f"{words} {kernels.max():.3g}.")
    for row, column in np.ndindex(rows, columns):
        box = (column * size, row * tall + (height - tall * rows) / 2, size, tall)
        drawn = sheet.picture(kernels[row, column], box, (-most, most), DIVERGING)
    sheet.bar(drawn, size * columns + 0.1)
    return sheet.figure


def _picture(image: Array, called: str) -> Array:
    """Return grey (H, W) as it is and colours as (H, W, 3) in [0, 1], the order Matplotlib wants."""
    array = np.asarray(image)
    if array.ndim == 3 and array.shape[0] == 1:
        array = array[0]
    if array.dtype == np.uint8:
        array = array / 255
    if array.ndim == 2 and array.size:
        return array.astype(float)
    if array.ndim != 3 or array.shape[0] != 3 or not array.size:
        raise ValueError(f"{called} expects (H, W), (1, H, W) or (3, H, W), got {_seen(image)}")
    if array.min() < 0 or array.max() > 1:
        low, high = array.min(), array.max()
        raise ValueError(f"{called}: colours expect values within [0, 1], got {low:.3g} to {high:.3g}")
    return array.transpose(1, 2, 0).astype(float)


def _seen(image: Array) -> object:
    """Return what to call a wrong image: its shape, or itself where it has none, such as None."""
    return image.shape or image.item()


def _limits(values: Array) -> tuple[float, float]:
    """Return what is black and what is white."""
    low, high = float(values.min()), float(values.max())
    if low < 0:
        most = max(-low, high)
        return -most, most
    return (0.0, 1.0) if high <= 1 else (low, high) if high > low else (0.0, high)


def _common(pictures: Iterable[Array]) -> tuple[float, float] | None:
    """Return what is black and white in all grey pictures, or None where there are none."""
    grey = [picture.ravel() for picture in pictures if picture.ndim == 2]
    return _limits(np.concatenate(grey)) if grey else None


def _draw(axes: Any, picture: Array, limits: tuple[float, float], colormap: str) -> Any:
    axes.set(xticks=[], yticks=[])
    axes.set_facecolor("none")
    for spine in axes.spines.values():  # an edge, because white pixels end nowhere on a white page
        spine.set(edgecolor=INK, linewidth=0.6)
    return axes.imshow(picture, cmap=colormap, vmin=limits[0], vmax=limits[1])


def _bar(figure: CourseFigure, drawn: Any, places: Sequence[Any]) -> None:
    """Show which value has which colour."""
    bar = figure.colorbar(drawn, ax=places, fraction=0.04, pad=0.02, aspect=15, shrink=0.85)
    bar.ax.tick_params(colors=INK, labelsize=9)
    bar.outline.set(edgecolor=INK, linewidth=0.6)
