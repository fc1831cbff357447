// What scrolls must be reachable by keyboard, so it gets a tab stop. The theme measures all such boxes when a page has
// come, which lays out the whole page at once (light_pages.py takes that out of its script). An observer is told of a
// box when it is drawn, unfolded or resized, at a moment when its size is known anyway. Whoever presses Tab is
// led through what has not been drawn yet, too: that is measured before the key takes effect.
const SCROLLS = "pre, .cell_output > .output, .pst-scrollable-table-container";
const unmeasured = new Set(document.querySelectorAll(SCROLLS));
const measure = (boxes) => {
  const scrolls = boxes.map((box) => box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight);
  boxes.forEach((box, k) => (scrolls[k] ? (box.tabIndex = 0) : box.removeAttribute("tabindex")));
  boxes.forEach((box) => unmeasured.delete(box));
};
const sizes = new ResizeObserver((seen) =>
  measure([...new Set(seen.map((entry) => entry.target.closest(SCROLLS)))].filter(Boolean)),
);
for (const box of unmeasured) {
  sizes.observe(box);
  if (!box.matches("pre")) for (const content of box.children) sizes.observe(content); // it may grow inside its box
}
document.addEventListener("keydown", ({ key }) => key === "Tab" && measure([...unmeasured]), true);

// A page that is opened at its top draws only what is near the screen (course.css). At the first sign of a reader the
// rest is drawn, a section at a time so that nothing is held up: then each place has its true height, for the scroll
// bar and for the way back. A link within the page needs them before it leads there.
const drawRest = async () => {
  for (const part of document.querySelectorAll(".bd-article > section > section")) {
    part.style.contentVisibility = "visible";
    await new Promise((resume) => setTimeout(resume, 30));
  }
};
for (const sign of ["scroll", "pointerdown", "keydown"])
  window.addEventListener(sign, drawRest, { once: true, passive: true });
const drawAll = ({ target }) => {
  if (target.closest?.('a[href*="#"]')) document.documentElement.dataset.whole = true;
};
document.addEventListener("click", drawAll, true);

// Formulas are set when they come near, a few at a time: to load MathJax and set all at once would hold up the page
// for a second. Until the reader scrolls, near is what the screen shows. Whoever prints gets all of them. `courseFormulas()` sets all and waits for the last.
if (window.MathJax) {
  const NEAR = 1500; // pixels: about two screens
  const source = document.querySelector("script[data-mathjax]");
  const waiting = new Set(document.querySelectorAll(".math, .ck-math"));
  const due = [];
  let loaded, working;

  const load = () => {
    window.MathJax.startup = { typeset: false };
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = source.dataset.mathjax;
      script.onload = () => window.MathJax.startup.promise.then(resolve);
      script.onerror = reject;
      document.head.append(script);
    });
  };
  const work = async () => {
    await (loaded ??= load());
    do {
      while (due.length) {
        const formula = due.shift();
        if (formula.matches(".math")) await window.MathJax.typesetPromise([formula]);
        await new Promise((resume) => setTimeout(resume));
      }
      await window.coursekitTypeset?.(); // those of the questions; meanwhile more may have come near
    } while (due.length);
    working = undefined;
  };
  const set = (formula) => {
    if (!waiting.delete(formula)) return;
    nearby.unobserve(formula);
    due.push(formula);
    working ??= work();
  };
  let nearby;
  const watch = (pixels) => {
    nearby?.disconnect();
    nearby = new IntersectionObserver(
      (seen) => seen.filter((entry) => entry.isIntersecting).forEach((entry) => set(entry.target)),
      { rootMargin: `${pixels}px` },
    );
    waiting.forEach((formula) => nearby.observe(formula));
  };
  watch(0);
  window.addEventListener("scroll", () => watch(NEAR), { once: true, passive: true });
  window.courseFormulas = async () => {
    [...waiting].forEach(set);
    await working;
  };
  window.addEventListener("beforeprint", window.courseFormulas);
}
