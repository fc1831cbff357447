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
