"""Figures read on light and dark pages, say what they show, and leave Matplotlib as it was."""

import re
import xml.etree.ElementTree as ET

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from matplotlib.colors import to_hex
from matplotlib.image import AxesImage, imread

from coursekit import data, plots
from coursekit.plots._figure import BLUE, COLORS, DIVERGING, GREEN, INK, ORANGE, ink_on
from coursekit.plots._numbers import _shade
from tests.coursekit.test_plots_of_surfaces import WALK, round_bowl

PAGES = ("#ffffff", "#121212", "#14181e")
SQUARE = np.arange(9.0).reshape(3, 3)


def luminance(color: str) -> float:
    values = [int(color[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def draw_each() -> dict[str, plots.CourseFigure]:
    images, labels = data.fashion_mnist("test")
    photo = data.photograph("cat")
    return {
        "image_grid": plots.image_grid(images[:7], [data.FASHION_CLASSES[k] for k in labels[:7]]),
        "compare": plots.compare(
            {"cat": photo, "edges": photo[:, 1:] - photo[:, :-1]}, signed=True, sizes=True
        ),
        "filter_grid": plots.filter_grid(np.linspace(-1, 2, 54).reshape(3, 2, 3, 3)),
        "matrix": plots.matrix(SQUARE, window=(0, 0, 2, 2), title="x <&> y"),
        "cells": plots.cells([["$w_1$", ""], ["", "2"]], [[BLUE, None], [None, None]], title="M"),
        "curves": plots.curves({"training": [3, 2, 1], "validation": [3, 2.5, 2]}, title="LeNet"),
        "dots": plots.dots({"nothing": [79, 80, 78], "dropout": [81, 80, 80]}, line=79),
        "contours": plots.contours(
            round_bowl, {"down": WALK, "up": WALK[::-1]}, minima=[(0, 0)], title="bowl"
        ),
    }


FIGURES = draw_each()


@pytest.mark.parametrize("name", FIGURES)
def test_svg_is_whole_and_in_the_pages_ink(name: str) -> None:
    figure = FIGURES[name]
    drawing = figure.svg()
    root = ET.fromstring(drawing)
    assert root.get("role") == "img"
    assert root.get("aria-label") == figure.alt
    assert figure.alt
    assert "currentColor" in drawing
    assert INK not in drawing
    assert drawing in figure._repr_html_()
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", drawing)  # nothing comes from another host


@pytest.mark.parametrize("name", FIGURES)
def test_svg_fits_the_page_and_is_drawn_alike_twice(name: str) -> None:
    drawing = FIGURES[name].svg()
    assert drawing == draw_each()[name].svg()
    found = re.search(r'style="width:(\d+)px;max-width:100%;height:auto', drawing)
    assert found is not None
    assert int(found[1]) <= 720


def test_figures_on_one_page_share_no_id() -> None:
    drawings = [figure.svg() for figure in FIGURES.values()] + [plots.matrix(SQUARE).svg()]
    ids = [mark for drawing in drawings for mark in re.findall(r'\bid="([^"]+)"', drawing)]
    assert len(ids) == len(set(ids))
    for drawing in drawings:
        own = set(re.findall(r'\bid="([^"]+)"', drawing))
        used = set(re.findall(r'xlink:href="#([^"]+)"|url\(#([^)]+)\)', drawing))
        assert {first or second for first, second in used} == own


@pytest.mark.parametrize("page", PAGES)
def test_colours_show_on_light_and_dark_pages(page: str) -> None:
    """Saved figures: text has the 4.2 that one colour can have on both; shapes need 3."""
    assert contrast(INK, page) > 4.19
    for color in COLORS:
        assert contrast(color, page) >= 3


def test_no_colour_could_do_better_on_both() -> None:
    """Why figures on a page take the page's own ink: even the best grey stays below 4.5."""
    greys = [f"#{k:02x}{k:02x}{k:02x}" for k in range(256)]
    best = max(min(contrast(grey, page) for page in PAGES) for grey in greys)
    assert best < 4.5
    assert min(contrast(INK, page) for page in PAGES) > best - 0.1


def test_lines_are_told_apart_by_more_than_colour() -> None:
    figure = plots.curves({name: [1.0, 2.0] for name in "abcd"})
    looks = [(line.get_linestyle(), line.get_marker()) for line in figure.axes[0].get_lines()]
    assert len(set(looks)) == 4
    assert len({BLUE, ORANGE, GREEN}) == 3


@pytest.mark.parametrize("value", np.linspace(-1, 1, 41))
def test_numbers_on_coloured_cells_can_be_read(value: float) -> None:
    fill, ink = _shade(value)
    assert contrast(to_hex(fill), to_hex(ink)) >= 4.5


def test_saved_pictures_are_transparent(tmp_path) -> None:  # type: ignore[no-untyped-def]
    FIGURES["matrix"].savefig(tmp_path / "m.png")
    picture = imread(tmp_path / "m.png")
    assert picture.shape[2] == 4
    assert picture[0, 0, 3] == 0
    assert picture[..., 3].max() > 0.9


def test_matplotlib_stays_as_it_was() -> None:
    before = dict(mpl.rcParams)
    for figure in draw_each().values():
        figure.svg()
    assert dict(mpl.rcParams) == before
    assert plt.get_fignums() == []


def shown(figure: plots.CourseFigure) -> list[AxesImage]:
    return [image for axes in figure.axes for image in axes.get_images()]


def test_filters_have_white_at_zero_on_one_scale() -> None:
    pictures = shown(plots.filter_grid(np.linspace(-1, 2, 54).reshape(3, 2, 3, 3)))
    assert len(pictures) == 6
    assert {picture.get_clim() for picture in pictures} == {(-2.0, 2.0)}
    middle = np.array(mpl.colormaps[DIVERGING](0.5)[:3])
    assert (middle > 0.95).all()
    np.testing.assert_allclose(pictures[0].to_rgba(np.zeros((1, 1)))[0, 0, :3], middle)


@pytest.mark.parametrize("shape", [(3, 3), (4, 3, 3), (4, 1, 5, 3)])
def test_filters_of_every_rank(shape: tuple[int, ...]) -> None:
    pictures = shown(plots.filter_grid(np.zeros(shape)))
    assert len(pictures) == np.prod(shape[:-2], dtype=int)


@pytest.mark.parametrize(
    ("image", "limits"),
    [
        (SQUARE / 20, (0, 1)),
        (SQUARE - 2, (-6, 6)),
        (SQUARE + 1, (1, 9)),
        (np.full((2, 2), 7.0), (0, 7)),
        (SQUARE.astype(np.uint8), (0, 1)),
        (SQUARE > 3, (0, 1)),
    ],
)
def test_grey_levels_have_a_scale_that_suits_them(image: np.ndarray, limits: tuple[float, float]) -> None:
    (picture,) = shown(plots.image_grid([image]))
    assert picture.get_clim() == limits


def test_images_of_different_sizes_and_kinds_share_a_grid() -> None:
    photo = data.photograph("cat")
    colour = data.photograph("coffee", color=True)
    pictures = shown(plots.image_grid([photo, photo[:, 1:] - photo[:, :-1], colour, photo[None]], columns=2))
    assert [picture.get_size() for picture in pictures] == [(280, 320), (280, 319), (200, 300), (280, 320)]
    np.testing.assert_allclose(pictures[2].get_array(), colour.transpose(1, 2, 0))


def test_small_images_keep_their_pixels_and_photographs_are_smooth() -> None:
    drawing = plots.compare({"digit": data.digits()[0][0]}).svg()
    assert "image-rendering:pixelated" in drawing
    assert 'width="8"' in drawing  # its own pixels, scaled by the browser
    drawing = plots.compare({"cat": data.photograph("cat")}).svg()
    assert "image-rendering" not in drawing
    assert 'width="320"' in drawing


def test_torch_tensors_do_too() -> None:
    weight = torch.linspace(-1, 1, 18).reshape(2, 1, 3, 3).requires_grad_()
    assert plots.filter_grid(weight).svg() == plots.filter_grid(weight.detach().numpy()).svg()


@pytest.mark.parametrize(
    ("number", "columns", "words"),
    [(1, 6, "1 image of 1 by 1 pixels in 1 row."), (3, 2, "3 images of 1 by 1 pixels in 2 rows.")],
)
def test_numbers_agree_in_the_words_of_a_grid(number: int, columns: int, words: str) -> None:
    assert plots.image_grid(np.zeros((number, 1, 1)), columns=columns).alt == words


def test_the_grid_is_read_out() -> None:
    figure = plots.matrix([[1, -2], [0.5, np.nan]], window=[(0, 0, 1, 2), (1, 1, 1, 1)], title="x")
    assert figure.alt == (
        "x: a grid of 2 rows and 2 columns. Row 1: 1, −2. Row 2: 0.5, empty."
        " Marked: rows 1 to 1, columns 1 to 2. Marked: rows 2 to 2, columns 2 to 2."
    )
    assert plots.matrix([1], alt='a "quoted" <one>').alt == 'a "quoted" <one>'


@pytest.mark.parametrize(
    ("value", "text"), [(12345, "12345"), (-3, "−3"), (0.123456, "0.1235"), (1e9, "1e+09"), (0, "0")]
)
def test_numbers_are_written_plainly(value: float, text: str) -> None:
    assert f"Row 1: {text}." in plots.matrix([value]).alt


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: plots.image_grid(np.zeros((3, 3))), r"each of images expects .* got \(3,\)"),
        (lambda: plots.image_grid([]), "image_grid: images is empty"),
        (lambda: plots.image_grid(np.zeros((2, 4, 4)), ["one"]), "titles has 1 texts for 2 images"),
        (lambda: plots.compare({}), "compare: images is empty"),
        (lambda: plots.compare({"a": np.zeros((2, 4, 4))}), r"compare: 'a' expects .* got \(2, 4, 4\)"),
        (lambda: plots.compare({"a": np.full((3, 4, 4), 2.0)}), "values within .* got 2 to 2"),
        (lambda: plots.filter_grid(np.zeros(3)), r"filter_grid: weight expects .* got \(3,\)"),
        (lambda: plots.matrix(np.zeros((1, 2, 2))), r"matrix: values expects .* got \(1, 2, 2\)"),
        (
            lambda: plots.matrix(SQUARE, window=(2, 2, 2, 1)),
            r"window \(2, 2, 2, 1\) .* leaves the grid of 3 × 3",
        ),
        (lambda: plots.curves({}), "curves: series is empty"),
        (lambda: plots.curves({"a": [1, 2]}, x=[1]), r"series\['a'\] expects 1 numbers"),
        (lambda: plots.dots({}), "dots: rows is empty"),
        (lambda: plots.dots({"a": [1, np.nan]}), r"rows\['a'\] expects a sequence of finite numbers"),
        (lambda: plots.dots({"a": [1, 2]}, limits=(0, 1)), r"limits 0 to 1, got 1 to 2"),
        (lambda: plots.dots({"a": [[1, 2]]}), r"rows\['a'\] .* got shape \(1, 2\)"),
        (lambda: plots.contours(round_bowl, x=(1, 1)), r"x expects a range from low to high, got \(1, 1\)"),
        (lambda: plots.contours(round_bowl, {"a": [1, 2]}), r"paths\['a'\] expects finite points of shape"),
        (lambda: plots.contours(round_bowl, {"a": [[0, np.inf]]}), r"paths\['a'\] expects finite points"),
    ],
)
def test_what_cannot_be_drawn_is_refused_in_words(call, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match=words):
        call()


def test_panels_that_share_a_scale_show_one_value_in_one_grey() -> None:
    dark, light = SQUARE / 8, SQUARE * 2
    alone = shown(plots.image_grid([dark, light]))
    assert alone[0].get_clim() != alone[1].get_clim()
    for figure in (
        plots.image_grid([dark, light], share=True),
        plots.compare({"a": dark, "b": light}, share=True),
    ):
        assert {picture.get_clim() for picture in shown(figure)[:2]} == {(0.0, 16.0)}
    signed = shown(plots.image_grid([dark, -light], share=True))
    assert {picture.get_clim() for picture in signed} == {(-16.0, 16.0)}


def test_colours_keep_their_own_scale_beside_shared_greys() -> None:
    colour = data.photograph("cat", color=True)[:, :20, :20]
    pictures = shown(plots.image_grid([colour, SQUARE, 2 * SQUARE], share=True))
    np.testing.assert_allclose(pictures[0].get_array(), colour.transpose(1, 2, 0))
    assert pictures[1].get_clim() == pictures[2].get_clim() == (0.0, 16.0)


def test_figures_can_share_limits() -> None:
    figures = [plots.image_grid([SQUARE * factor], limits=(-1, 3)) for factor in (1, 2)]
    assert {picture.get_clim() for figure in figures for picture in shown(figure)} == {(-1, 3)}


def test_a_shared_scale_is_shown_by_a_bar() -> None:
    assert len(plots.compare({"a": SQUARE, "b": SQUARE}, share=True).axes) == 3
    assert len(plots.compare({"a": SQUARE, "b": SQUARE}).axes) == 2


@pytest.mark.parametrize(("ink", "page"), [("#323232", "#ffffff"), ("#ced6dd", "#14181e")])
def test_lines_behind_curves_show_on_both_pages(ink: str, page: str) -> None:
    """On a page the ink is the theme's text colour; the lines let some of the page through."""
    (line, *_) = plots.curves({"a": [1, 2, 3]}).axes[0].get_xgridlines()
    clear = line.get_alpha()
    seen = [
        round(clear * int(ink[k : k + 2], 16) + (1 - clear) * int(page[k : k + 2], 16)) for k in (1, 3, 5)
    ]
    assert contrast("#" + "".join(f"{value:02x}" for value in seen), page) >= 3


@pytest.mark.parametrize("fill", COLORS)
def test_texts_on_every_colour_can_be_read(fill: str) -> None:
    assert contrast(fill, "#000000" if ink_on(fill) == "black" else "#ffffff") >= 4.5
