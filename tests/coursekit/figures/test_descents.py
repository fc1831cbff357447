"""The figures about optimizers: whole races against `convnet`, and what is said against the algebra."""

import json
import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from coursekit._markup import asset
from coursekit.widgets import FIGURES, eigen_directions, optimizer_race
from coursekit.widgets._text import short
from tests.coursekit.figures.descents import OPTIMIZERS, SURFACES, way
from tests.coursekit.figures.pages import fill, readout, state

pytestmark = pytest.mark.site

RACES: list[tuple[str, dict[str, Any]]] = [
    *((surface, {}) for surface in SURFACES),
    ("bowl", {"rates": {"SGD": 0.19, "momentum": 0.1, "Adam": 0.05}, "betas": {"momentum": 0.5}}),
    ("bowl", {"rates": {"SGD": 0.25, "Nesterov": 0.3, "momentum": 2}, "steps": 50}),
    ("Himmelblau", {"start": (-1, 0.5), "squares": {"Adam": 0.9, "RMSProp": 0.999}}),
    ("Beale", {"start": (-2, -2), "betas": {"Adam": 0, "Nesterov": 0, "momentum": 0}}),
]


@pytest.mark.parametrize(("surface", "settings"), RACES)
def test_a_whole_race_is_that_of_convnet(desk: Page, surface: str, settings: dict[str, Any]) -> None:
    figure = optimizer_race(surface, runs=OPTIMIZERS, **settings)
    fill(desk, figure)
    shown = desk.locator(".ck-figure").evaluate("box => box.figure.numbers")
    for index, name in enumerate(OPTIMIZERS):
        path, losses = way(figure.state, name)  # type: ignore[arg-type]
        assert len(path) > 1
        np.testing.assert_allclose(shown["paths"][index], path, rtol=1e-9, atol=1e-9, err_msg=name)
        np.testing.assert_allclose(shown["losses"][index], losses, rtol=1e-9, atol=1e-9, err_msg=name)


@pytest.mark.parametrize("surface", SURFACES)
def test_another_surface_comes_with_its_start_and_rates(desk: Page, surface: str) -> None:
    """The script knows them, and so does the function."""
    fill(desk, optimizer_race("bowl" if surface != "bowl" else "saddle", (5, 5), rates={"SGD": 9}))
    desk.get_by_label("surface").select_option(surface)
    assert state(desk) == json.loads(json.dumps(optimizer_race(surface).state))


@pytest.mark.parametrize("surface", SURFACES)
def test_every_optimizer_gets_somewhere(surface: str) -> None:
    """With the rates that a surface comes with nobody diverges, and everybody is lower than at the start."""
    figure = optimizer_race(surface, runs=OPTIMIZERS)
    for name, losses in zip(OPTIMIZERS, figure.numbers["losses"], strict=True):
        assert len(losses) == 201, name
        assert losses[-1] < losses[0], name


def test_divergence_is_told_in_words(desk: Page) -> None:
    fill(desk, optimizer_race("bowl", runs=("SGD", "Adam"), rates={"SGD": 0.3}))
    assert "SGD has diverged: at step 12 its loss rises above" in readout(desk)
    assert desk.get_by_label("SGD, loss: diverged").count() == 1
    desk.locator("input[name=at]").fill("5")
    assert "SGD is at" in readout(desk), "not yet"
    assert "diverged" not in readout(desk)
    assert "Above the loss at the start: SGD." in readout(desk), "but on the way there"
    desk.locator("input[name=at]").fill("40")
    desk.get_by_label("Adam, loss").click()
    assert "Diverged: SGD." in readout(desk), "whoever is pointed at"
    field = desk.get_by_role("textbox", name="SGD, rate η")
    field.fill("0.1")
    assert "iverged" not in readout(desk)


def test_a_race_can_be_empty(desk: Page) -> None:
    fill(desk, optimizer_race(runs=[]))
    assert "SGD does not take part." in readout(desk)
    desk.get_by_label("Adagrad", exact=True).check()
    assert state(desk)["runs"] == ["Adagrad"]
    assert repr(optimizer_race(runs=[])).endswith("nobody takes part.")


@pytest.mark.parametrize("at", [0, 11, 12, 40])
def test_the_still_picture_shows_the_step_that_the_figure_shows(desk: Page, at: int) -> None:
    figure = optimizer_race("bowl", runs=OPTIMIZERS, rates={"SGD": 0.3, "Adam": 0.5}, at=at)
    assert f"at step {at}: SGD {'has diverged' if at >= 12 else 'has the loss'}" in repr(figure)
    still = {row[0]: row[1] for row in re.findall(r"<tr><td>(\w+)</td><td>(.*?)</td>", figure.still)}
    assert list(still) == list(OPTIMIZERS)
    fill(desk, figure)
    for name in OPTIMIZERS:
        assert desk.get_by_label(f"{name}, loss: {still[name]}", exact=True).count() == 1


@pytest.mark.parametrize("places", [0, 1])
def test_large_and_small_numbers_are_written_alike_in_script_and_in_python(desk: Page, places: int) -> None:
    rng = np.random.default_rng(1)
    drawn = rng.normal(size=300) * 10.0 ** rng.integers(-40, 9, 300)
    values = [*drawn.tolist(), 0, 1e-3, 9.99e-4, 9.96e-4, 9999.99, 1e4, 99_500, 1e8, -1e-300, 2.5e-5]
    script = asset("kit_words.js") + asset("chart.js")
    written = desk.evaluate(
        f"([values, places]) => {{{script}return values.map((v) => short(v, places))}}", [values, places]
    )
    assert written == [short(value, places) for value in values]
    assert max(map(len, written)) <= 11, "few signs"


def _middle(desk: Page, name: str, place: tuple[float, float]) -> tuple[float, float]:
    """Where in the window a point of the picture is."""
    x, y = desk.locator(".ck-figure").evaluate(
        """(box, [index, place]) => {
          const chart = box.figure.parts[index];
          const { left, top } = chart.image.getBoundingClientRect();
          return [left + chart.across(place[0]), top + chart.down(place[1])];
        }""",
        [0, list(place)],
    )
    return x, y


@pytest.mark.parametrize("name", ["optimizer_race", "eigen_directions"])
def test_it_starts_where_one_clicks(desk: Page, name: str) -> None:
    fill(desk, FIGURES[name]())
    for place in ((0.5, 1.2), (-1, 0.3)):
        desk.mouse.click(*_middle(desk, name, place))
        np.testing.assert_allclose(state(desk)["start"], place, atol=0.03)
    slider = desk.get_by_role("slider", name="Start of the")
    slider.focus()
    before = state(desk)["start"]
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("ArrowLeft")
    np.testing.assert_allclose(state(desk)["start"], np.add(before, (-0.1, 0.1)), atol=0.006)
    for _ in range(80):
        desk.keyboard.press("ArrowLeft")
    ends = [float(slider.get_attribute(f"aria-value{end}") or "nan") for end in ("now", "min")]
    assert ends[0] == ends[1], "no farther than the picture"


@pytest.mark.parametrize("name", ["optimizer_race", "eigen_directions"])
def test_playing_goes_through_the_steps(desk: Page, name: str) -> None:
    desk.clock.install(time=0)
    fill(desk, FIGURES[name]())
    desk.clock.pause_at(1000)
    pace = desk.locator(".ck-figure").evaluate("box => box.figure.spec.pace")
    steps = state(desk)["steps"]
    assert state(desk)["at"] == steps, "all of the path is there at first"
    desk.get_by_role("button", name="Play").click()
    assert state(desk)["at"] == 0, "and playing begins anew"
    desk.clock.run_for(7.5 * pace)
    assert state(desk)["at"] == 7
    desk.get_by_role("button", name="Back").click()
    assert state(desk)["at"] == 6
    desk.get_by_role("button", name="Next").click()
    assert state(desk)["at"] == 7
    desk.get_by_role("button", name="Play").click()
    desk.clock.run_for((steps + 2) * pace)
    assert state(desk)["at"] == steps
    assert desk.get_by_role("button", name="Play").count() == 1, "it stops at the end"
    desk.emulate_media(reduced_motion="reduce")
    desk.get_by_role("button", name="Play").click()
    desk.clock.run_for(800)
    assert state(desk)["at"] == 0, "who wants less motion sees it move about once a second"
    desk.clock.run_for(200)
    assert state(desk)["at"] == -(-900 // pace)
    desk.emulate_media(reduced_motion="no-preference")
    desk.clock.resume()


def test_a_slider_and_its_field_say_the_same(desk: Page) -> None:
    fill(desk, eigen_directions())
    slider = desk.get_by_role("slider", name="rate η")
    field = desk.get_by_role("spinbutton", name="rate η")
    slider.fill("0.3")
    assert field.input_value() == "0.3"
    assert state(desk)["rate"] == 0.3
    field.fill("0.1818")
    assert float(slider.input_value()) == pytest.approx(0.18)
    assert state(desk)["rate"] == 0.1818
    field.fill("7")
    told = desk.locator(".ck-control .ck-error").nth(2)
    assert told.inner_text() == "It needs a number from 0 to 1. It stays 0.182."
    slider.fill("0.2")
    assert told.inner_text() == ""
    assert field.input_value() == "0.2"


VERDICTS = [
    (10, 0.05, 0, "converges monotonically: each step leaves 0.5 of it"),
    (10, 0.1, 0, "is at 0 after one step"),
    (10, 0.18, 0, "oscillates and converges: it changes sides at every step, and each step leaves 0.8 of it"),
    (10, 0.2, 0, "neither converges nor diverges: it changes sides forever"),
    (10, 0.21, 0, "diverges: it changes sides at every step, and grows 1.1-fold"),
    (1, 0, 0.9, "stands still"),
    (1, 0.0025, 0.9, "converges monotonically: in the long run each step leaves"),
    (1, 0.1, 0.81, "oscillates and converges: one swing takes"),
    (10, 0.37, 0.9, "oscillates and converges: one swing takes 2"),
    (10, 0.379, 0.81, "diverges"),
    (10, 0.36, 0.8, "neither converges nor diverges"),
    (10, 0.3615, 0.81, "oscillates and converges: it changes sides at every step"),
]


@pytest.mark.parametrize(("curvature", "rate", "beta", "verdict"), VERDICTS)
def test_the_verdict_is_what_happens(
    desk: Page, curvature: float, rate: float, beta: float, verdict: str
) -> None:
    """In page and function alike; and a long run bears it out."""
    figure = eigen_directions((curvature, 0.5), rate, beta, start=(3, 0), angle=0, steps=100)
    fill(desk, figure)
    first = readout(desk).partition("Along λ₂")[0]
    assert f"Along λ₁ = {curvature} it {verdict}" in first
    assert first.partition("Along")[2].strip() in repr(figure)
    coordinates = np.array(figure.numbers["coordinates"][0])
    sides = np.sign(coordinates)
    if verdict.startswith("diverges"):
        assert abs(coordinates[-1]) > abs(coordinates[0])
    if verdict.startswith("converges"):
        assert (np.diff(np.abs(coordinates)) <= 0).all()
        assert set(sides) == {1}
    if "changes sides" in verdict:
        late = sides[10:40]
        assert (late[1:] != late[:-1]).all()
    if "oscillates" in verdict:
        assert -1 in sides
        assert abs(coordinates[-10:]).max() < abs(coordinates[:10]).max()


def test_roots_are_the_eigenvalues_of_a_step() -> None:
    rng = np.random.default_rng(4)
    for _ in range(300):
        curvatures, rate, beta = rng.uniform(0.1, 20, 2), rng.uniform(0, 1), rng.choice([0, 0.25, 0.81, 0.9])
        figure = eigen_directions(curvatures, rate, beta)
        for curvature, pair, size in zip(
            curvatures, figure.numbers["roots"], figure.numbers["sizes"], strict=True
        ):
            matrix = np.array([[1 - rate * curvature, -rate * beta], [curvature, beta]])
            wanted = np.sort_complex(np.linalg.eigvals(matrix))
            np.testing.assert_allclose([complex(*root) for root in pair], wanted, atol=1e-7)
            assert size == pytest.approx(np.abs(wanted).max(), abs=1e-7)


def test_the_bound_is_where_the_larger_root_leaves_the_circle() -> None:
    for beta in (0, 0.3, 0.9):
        bound = eigen_directions((3, 7), 0.1, beta).numbers["bound"]
        below, above = (
            eigen_directions((3, 7), bound * share, beta).numbers["sizes"] for share in (0.999, 1.001)
        )
        assert max(below) < 1 < max(above)


def test_best_rate_of_a_bowl() -> None:
    """At η = 2 / (λmin + λmax) both directions leave (κ − 1) / (κ + 1): with κ = 10, nine elevenths."""
    np.testing.assert_allclose(eigen_directions(rate=2 / 11).numbers["sizes"], 9 / 11)
    root = np.sqrt(10)
    beta = ((root - 1) / (root + 1)) ** 2
    best = eigen_directions(rate=4 / (root + 1) ** 2, beta=beta).numbers["sizes"]
    np.testing.assert_allclose(best, np.sqrt(beta), atol=1e-6, err_msg="with momentum, √β each")
