"""The script's numbers are those of Python and of `convnet`, wherever a reader can take a figure.

Nothing is said here about single figures: what can be changed is read from the page, from its controls and
its grids, and drawn.
"""

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from coursekit.widgets import FIGURES
from coursekit.widgets._text import number
from tests.coursekit.figures.pages import fill
from tests.coursekit.figures.references import REFERENCES

pytestmark = pytest.mark.site

DRAWS, LENGTH = 30, 400

WANDER = """(box, draws) => draws.map((numbers) => {
  const { figure } = box;
  let used = 0;
  const draw = () => numbers[used++ % numbers.length];
  const whole = (min, max) => min + Math.floor(draw() * (max - min + 1));
  let state = structuredClone(figure.given);
  for (const { kind, field, name, put } of figure.controls) {
    const step = kind.step ?? 1;
    const options = kind.presets ? Object.values(kind.presets) : kind.options;
    const value = options ? options[whole(0, options.length - 1)] : field.type === "checkbox" ? draw() < 0.5
      : Number((kind.min + step * whole(0, Math.floor((kind.max - kind.min) / step + 1e-9))).toFixed(9));
    const next = structuredClone(state);
    put(next, structuredClone(value));
    figure.spec.settle?.(next, name);
    const problem = figure.spec.numbers(next).problem;
    if (problem && draw() < 0.2) return { state: next, problem };
    if (!problem) state = next;
  }
  figure.change((old) => Object.assign(old, state));
  const typed = [];
  const mood = whole(0, 2);  // few whole numbers, so that many are equal; many of them; any number
  const spread = mood === 0 ? 1 : 9;
  for (const grid of Object.values(figure.grids)) {
    const cells = grid.cells.flatMap((line, row) => line.map((cell, column) => ({ cell, row, column })));
    for (const { row, column } of cells.filter(({ cell }) => cell.input)) {
      const { min = -spread, max = spread, whole: only = mood < 2 } = grid.told.limit?.(row, column) ?? {};
      const any = Math.round((min + draw() * (max - min)) * 100) / 100;
      const value = only ? whole(min, max) : Math.min(max, any);
      typed.push([grid.path(row, column), value]);
    }
  }
  const follow = (state, path) => path.slice(0, -1).reduce((part, key) => part[key], state);
  figure.change((state) => {
    for (const [path, value] of typed) follow(state, path)[path[path.length - 1]] = value;
  });
  const shown = Object.values(figure.grids).flatMap((grid) => grid.cells.flatMap((line, row) =>
    line.map((cell, column) => [grid.told.text ? null : grid.told.values[row][column],
      (cell.input?.value ?? cell.words.textContent)])));
  return { state: figure.state, numbers: figure.numbers, shown, told: figure.readout.textContent };
})"""


@pytest.mark.parametrize("name", FIGURES)
def test_numbers_agree_wherever_a_reader_can_go(desk: Page, name: str) -> None:
    fill(desk, FIGURES[name]())
    seed = 0
    draws = np.random.default_rng(seed).random((DRAWS, LENGTH)).tolist()
    found = desk.locator(".ck-figure").evaluate(WANDER, draws)
    assert len({str(one["state"]) for one in found}) > DRAWS / 4, "the draws differ"
    for index, one in enumerate(found):
        told = f"draw {index} of seed {seed}: {name}(**{one['state']})"
        if "problem" in one:
            with pytest.raises(ValueError, match=f"^{name}: "):
                FIGURES[name](**one["state"])
            continue
        figure = FIGURES[name](**one["state"])
        assert figure.state == one["state"], told
        sources = [figure.numbers, REFERENCES[name](one["state"])] if name in REFERENCES else [figure.numbers]
        for numbers in sources:
            assert set(numbers) == set(figure.numbers)
            for key, value in numbers.items():
                _agree(one["numbers"][key], value, f"{key} in {told}")
        for value, text in one["shown"]:
            assert value is None or text == (value if isinstance(value, str) else number(value)), told
        assert one["told"].strip(), told
        assert not {"NaN", "undefined", "Infinity", "null"} & set(one["told"].split()), told


def _agree(shown: Any, expected: Any, told: str) -> None:
    if isinstance(expected, list) and expected and isinstance(expected[0], list):
        assert len(shown) == len(expected), told
        for one, other in zip(shown, expected, strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-9, err_msg=told)
        return
    found = np.asarray(shown, dtype=float)  # from a page large numbers come as whole ones
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-9, err_msg=told)
