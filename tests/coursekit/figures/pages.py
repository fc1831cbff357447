"""Pages with figures on them, and what a test reads from such a page."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page

from coursekit.widgets import Figure

Open = Callable[..., Page]

ADDRESS = "http://figures.invalid/"
HEAD = (
    '<!doctype html><html lang="en"><head><title>figures</title>'
    '<meta name="viewport" content="width=device-width, initial-scale=1"></head>'
)

SNAPSHOT = """(box) => {
  const copy = box.cloneNode(true);
  const live = box.querySelectorAll("input, select");
  copy.querySelectorAll("input, select").forEach((field, index) => {
    field.setAttribute("live", live[index].type === "checkbox" ? live[index].checked : live[index].value);
  });
  copy.querySelector(".ck-readout")?.removeAttribute("style");
  for (const element of copy.querySelectorAll("[tabindex]")) element.removeAttribute("tabindex");
  return copy.outerHTML;
}"""
"""Everything a reader can see of a figure, as text; which cell the tab key reaches is left out,
and the height that the readout has grown to."""


FOCUS = """() => {
  const active = document.activeElement;
  const style = getComputedStyle(active);
  const grid = active.closest(".ck-grid");
  const box = active.closest(".ck-figure");
  if (!box) return null;
  const name = Object.entries(box.figure.grids).find(([, one]) => one.body === grid)?.[0];
  const cells = name ? box.figure.grids[name].cells : [];
  const row = cells.findIndex((line) => line.some((cell) => cell.target === active));
  const column = row < 0 ? -1 : cells[row].findIndex((cell) => cell.target === active);
  return { grid: name, row, column,
    what: name ?? active.name ?? (active.role === "slider" ? active.ariaLabel : ""),
    button: active.tagName === "BUTTON" ? active.textContent : "",
    region: active.getAttribute("role") === "region",
    ring: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth) };
}"""

POINT = ".ck-figure [role=slider]"
"""What is moved inside a picture."""

NONSENSE = """(field) => [  // for a field of numbers
  "", String(Number(field.min) - 1), String(Number(field.max) + 1), "99999",
  ...(Number.isInteger(Number(field.step)) ? ["1.55"] : [])]"""

SMALL = """() => [...document.querySelectorAll(".ck-cell, .ck-figure :is(button, select, label)")]
  .filter((part) => part.offsetWidth < 24 || part.offsetHeight < 24)
  .map((part) => part.outerHTML.slice(0, 120))"""

OUTSIDE = """() => [...document.querySelectorAll(".ck-figure *")]
  .filter((part) => !part.closest(".ck-scroll > *") && part.getBoundingClientRect().right > 361)
  .map((part) => part.outerHTML.slice(0, 120))"""

DURATIONS = """() => [...document.querySelectorAll(".ck-figure *")]
  .map((part) => getComputedStyle(part).transitionDuration)"""

CHANGE = """(field) => {  // what a reader would press to move it
  if (field.type === "checkbox") return "Space";
  const at = field.tagName === "SELECT" ? field.selectedIndex : Number(field.value);
  const last = field.tagName === "SELECT" ? field.options.length - 1 : Number(field.max);
  const down = field.tagName === "SELECT" ? "ArrowDown" : "ArrowUp";
  return at < last ? down : down === "ArrowUp" ? "ArrowDown" : "ArrowUp";
}"""


def fill(tab: Page, *shown: Figure | str) -> Page:
    """Put figures on a page, as a notebook or the book does, with no mouse on them."""
    tab.mouse.move(0, 0)
    parts = [part if isinstance(part, str) else part._repr_html_() for part in shown]
    html = f"{HEAD}<body><main><h1>Figures</h1>{''.join(parts)}</main></body></html>"
    tab.unroute(ADDRESS)  # a page of its own each time: one that is only rewritten keeps the old one's mouse
    tab.route(ADDRESS, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
    tab.goto(ADDRESS)
    return tab


def snapshot(tab: Page, index: int = 0) -> str:
    return str(tab.locator(".ck-figure").nth(index).evaluate(SNAPSHOT))


def state(tab: Page, index: int = 0) -> dict[str, Any]:
    return dict(tab.locator(".ck-figure").nth(index).evaluate("box => box.figure.state"))


def readout(tab: Page) -> str:
    return " ".join(tab.locator(".ck-readout").first.inner_text().split())


def grids(tab: Page) -> list[dict[str, Any]]:
    """For each grid of the first figure: its name, its rows' lengths, whether it can be typed in."""
    return list(
        tab.locator(
            ".ck-figure"
        ).first.evaluate("""box => Object.entries(box.figure.grids).map(([name, grid], index) => ({
          name, index, rows: grid.cells.map((line) => line.length),
          typed: grid.cells.flat().some((cell) => cell.input) }))""")
    )


def kinds(tab: Page) -> list[dict[str, Any]]:
    """One of the first figure's grids for each shape, typed in and not: the others are built alike."""
    return list({(grid["typed"], str(grid["rows"])): grid for grid in grids(tab)}.values())


def cell(tab: Page, grid: str, row: int, column: int) -> Any:
    """A cell's frame, as an element handle."""
    return tab.locator(".ck-figure").first.evaluate_handle(
        "(box, [grid, row, column]) => box.figure.grids[grid].cells[row][column].frame", [grid, row, column]
    )


def middle(box: Any) -> dict[str, float]:
    """Return the middle of a bounding box."""
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
