// What scrolls must be reachable by keyboard. The theme gives such boxes a tab stop when the window is resized, but
// not when something folded is opened: so tell it.
const measureAgain = () => window.dispatchEvent(new Event("resize"));
document.addEventListener("toggle", measureAgain, true);
document.addEventListener("click", (event) => {
  if (event.target.closest?.(".admonition.toggle")) measureAgain();
});

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
