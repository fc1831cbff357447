"""One visit to a page: what a browser finds wrong with it, on a desk and a phone, light and dark.

Each check returns what is wrong, a line each. A page is loaded once for all of them.
"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

DESK, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 800}
PLAIN = """() => {  // what stands in a page by the thousand would take most of axe's time
  const drop = (whole, kept) => [...whole.children].forEach((part) => kept(part) || part.remove());
  for (const drawing of document.querySelectorAll("svg"))
    drop(drawing, (part) => ["title", "desc"].includes(part.tagName));
  for (const formula of document.querySelectorAll("mjx-container")) {
    const { width, height } = formula.getBoundingClientRect(), box = document.createElement("span");
    drop(formula, () => false);
    box.style.cssText = `display: inline-block; width: ${width}px; height: ${height}px`;
    formula.append(box);
  }
  const seen = {};
  for (const word of document.querySelectorAll(".highlight span[class]"))
    if ((seen[word.className] = (seen[word.className] ?? 0) + 1) > 2) word.replaceWith(word.textContent);
}"""
"""The lines of a drawing and the signs of a formula are not read one by one: the whole has a name. Of words
of code that have one colour, two stay. These were left out by selectors once: axe then asks of each element
whether it lies in one of thousands."""
SAMPLES = """() => {  // two of all texts with the same colours, size and grounds: the rest are like them
  const seen = {}, own = (node) => node.nodeType === Node.TEXT_NODE && node.data.trim();
  for (const old of document.querySelectorAll("[data-sample]")) delete old.dataset.sample;
  for (const text of document.querySelectorAll("body *")) {
    if (![...text.childNodes].some(own) || !text.checkVisibility()) continue;
    const { color, fontSize, fontWeight, textShadow } = getComputedStyle(text);
    const look = [color, fontSize, fontWeight, textShadow, text.matches("a, button, input")];
    for (let at = text; at; at = at.parentElement) {
      const { backgroundColor, backgroundImage, opacity, filter, position } = getComputedStyle(at);
      look.push([backgroundColor, backgroundImage, opacity, filter, position]);
    }
    const key = look.join();
    if ((seen[key] = (seen[key] ?? 0) + 1) <= 2) text.dataset.sample = "";
  }
}"""
READY = """async () => {
  if (window.courseFormulas) await window.courseFormulas();
  document.activeElement?.blur();
}"""
UNFOLD = """() => {  // what is folded is read too
  for (const folded of document.querySelectorAll("details")) folded.open = true;
  for (const title of document.querySelectorAll(".toggle-hidden > .admonition-title")) title.click();
}"""
SCROLLED_THROUGH = """async () => {  // as by a reader: what is far from the screen is not drawn
  for (const part of document.querySelectorAll("article section")) {
    part.scrollIntoView({ behavior: "instant" });
    for (let k = 0; k < 3; k++) await new Promise((resume) => requestAnimationFrame(resume));
  }
  scrollTo({ top: 0, behavior: "instant" });
}"""
REACHED = """() => [...document.querySelectorAll(
    "article :is(pre, .cell_output > .output, .pst-scrollable-table-container)")]
  .filter((box) => box.checkVisibility() && box.tabIndex !== 0)
  .filter((box) => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight)
  .map((box) => `no tab stop: ${box.outerHTML.slice(0, 80)}`)"""
DRAWN = """() => [...document.querySelectorAll("article section")]
  .every((part) => (part.firstElementChild ?? part).checkVisibility({ contentVisibilityAuto: true }))"""
MATHS = """() => {
  const wrong = [];
  for (const formula of document.querySelectorAll("article .math"))
    if (!formula.querySelector("mjx-container")) wrong.push(`not set: ${formula.textContent.slice(0, 60)}`);
  for (const error of document.querySelectorAll("mjx-merror, [data-mjx-error]"))
    wrong.push(`MathJax: ${error.getAttribute("data-mjx-error") ?? error.textContent}`);
  const article = document.querySelector("article, main").cloneNode(true);
  for (const e of article.querySelectorAll("pre, code, script, style, mjx-container, template")) e.remove();
  for (const mark of ["$", "\\\\(", ":math:"])
    if (article.textContent.includes(mark)) wrong.push(`raw maths: ${mark}`);
  return wrong;
}"""
CLIPPED = """() => [...document.querySelectorAll(
    "article :is(.cell_input pre, .cell_output, .cell_output pre)")]
  .filter((box) => box.checkVisibility() && box.scrollWidth > box.clientWidth + 1)
  .map((box) => `scrolls sideways, ${box.scrollWidth} px: ${box.innerText.slice(0, 60)}`)"""
HIDDEN = """() => [...document.querySelectorAll("article .cell_output, article pre, article table")]
  .filter((box) => box.checkVisibility() && box.scrollWidth > box.clientWidth + 1)
  .filter((box) => {
    for (let outer = box; outer && outer.tagName !== "ARTICLE"; outer = outer.parentElement)
      if (["auto", "scroll"].includes(getComputedStyle(outer).overflowX)) return false;
    return true;
  }).map((box) => `is cut off: ${box.innerText.slice(0, 60)}`)"""
COVERED = """() => [...document.querySelectorAll("div.math")].flatMap((formula) => {
  const number = formula.querySelector(".eqno"), drawn = formula.querySelector("mjx-container mjx-math");
  if (!number || !drawn) return [];
  const shown = formula.querySelector("mjx-container").getBoundingClientRect();
  const a = number.getBoundingClientRect(), b = drawn.getBoundingClientRect();
  const right = Math.min(b.right, shown.right);
  const beside = a.left >= right - 1 || a.right <= b.left + 1;
  const apart = beside || a.top >= b.bottom - 1 || a.bottom <= b.top + 1;
  return apart ? [] : [`the number ${number.innerText} covers its equation`];
})"""
CAPTIONS = """() => [...document.querySelectorAll("figcaption .caption-text, figcaption p, table caption")]
  .filter((caption) => getComputedStyle(caption).fontWeight !== "400")
  .map((caption) => `a caption has weight ${getComputedStyle(caption).fontWeight}`)"""
BOXES = """() => [...document.querySelectorAll("article .cell_output img, article .text_html")]
  .filter((box) => { const style = getComputedStyle(box);
    return style.backgroundColor !== "rgba(0, 0, 0, 0)" || style.filter !== "none"; })
  .map((box) => `a figure has a ground of its own in the dark: ${box.outerHTML.slice(0, 80)}`)"""


def visit(context: BrowserContext, address: str, page: str, kind: str) -> list[str]:
    """Look at a page in every way; return what is wrong with it."""
    tab = context.new_page()
    try:
        return _look(tab, f"{address}/{page}.html", address, kind)
    finally:
        tab.close()


def _look(tab: Page, url: str, address: str, kind: str) -> list[str]:
    asked: list[str] = []
    wrong: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on(
        "console",
        lambda line: wrong.append(f"console: {line.text}") if line.type in ("error", "warning") else None,
    )
    tab.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    tab.set_viewport_size(DESK)
    tab.emulate_media(color_scheme="light", reduced_motion="reduce")
    tab.goto(url)
    tab.wait_for_load_state("load")
    tab.evaluate(READY)
    wrong += tab.evaluate(MATHS)
    wrong += [
        f"on a desk: {what}" for what in _width(tab) + (tab.evaluate(CLIPPED) if kind == "chapter" else [])
    ]
    wrong += tab.evaluate(CAPTIONS)
    tab.set_viewport_size(PHONE)
    tab.wait_for_timeout(50)
    wrong += [f"on a phone: {what}" for what in _width(tab) + tab.evaluate(COVERED) + tab.evaluate(HIDDEN)]
    tab.set_viewport_size(DESK)
    tab.evaluate(UNFOLD)
    tab.evaluate(SCROLLED_THROUGH)
    wrong += reached(tab)
    tab.wait_for_function(DRAWN)  # axe judges all of the page
    tab.evaluate(PLAIN)
    wrong += [f"light: {what}" for what in axe(tab) + contrast(tab)]
    tab.emulate_media(color_scheme="dark", reduced_motion="reduce")
    tab.wait_for_function("document.documentElement.dataset.theme === 'dark'")
    wrong += [f"dark: {what}" for what in contrast(tab)]
    wrong += tab.evaluate(BOXES)
    wrong += [f"asks another host: {url}" for url in asked if not url.startswith((address, "data:", "blob:"))]
    return wrong


def reached(tab: Page) -> list[str]:
    """Boxes that scroll without a tab stop; a busy machine tells the page of a box's size a moment later."""
    for _ in range(20):
        if not tab.evaluate(REACHED):
            return []
        tab.wait_for_timeout(100)
    return list(tab.evaluate(REACHED))


def axe(tab: Page) -> list[str]:
    """What axe says of a page, but for its colours."""
    return _violations(tab, None, {"rules": {"color-contrast": {"enabled": False}}})


def contrast(tab: Page) -> list[str]:
    """What axe says of a page's colours."""
    tab.evaluate(SAMPLES)
    return _violations(tab, "[data-sample]", {"runOnly": {"type": "rule", "values": ["color-contrast"]}})


def _violations(tab: Page, context: str | None, options: dict[str, Any]) -> list[str]:
    found = Axe().run(tab, context=context, options={"resultTypes": ["violations"]} | options)
    violations = found.response["violations"]
    return [
        f"axe, {v['id']}: {node['html'][:160]} {node['target']}" for v in violations for node in v["nodes"]
    ]


def _width(tab: Page) -> list[str]:
    page, width = tab.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    return [f"the page is {page} px wide, {page - width} too many"] if page > width else []
