// Hands the maths of questions to MathJax where the page has one; elsewhere the readable text stays.
(() => {
  const typeset = async () => {
    const mathjax = window.MathJax;
    if (!mathjax?.typesetPromise) return false;
    await mathjax.startup.promise;
    const waiting = [...document.querySelectorAll(".ck-math[data-tex]")];
    for (const span of waiting) {
      span.textContent = `\\(${span.dataset.tex}\\)`;
      span.classList.add("mathjax_process");
      span.removeAttribute("data-tex");
    }
    // The whole way, not a bare conversion: it adds the MathML that a screen reader reads.
    if (waiting.length) await mathjax.typesetPromise(waiting);
    return true;
  };
  window.coursekitTypeset = typeset;
  // A page may load MathJax after this script has run.
  typeset().then((done) => {
    if (!done) window.addEventListener("load", typeset, { once: true });
  });
})();
