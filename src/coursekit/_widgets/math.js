// Hands the maths of questions to MathJax where the page has one; elsewhere the readable text stays.
(() => {
  const typeset = async () => {
    const mathjax = window.MathJax;
    if (!mathjax || !mathjax.tex2chtmlPromise) return false;
    await mathjax.startup.promise;
    const waiting = document.querySelectorAll(".ck-math[data-tex]:not([data-set])");
    for (const span of waiting) {
      span.dataset.set = "true";
      const node = await mathjax.tex2chtmlPromise(span.dataset.tex, { display: false });
      span.replaceChildren(node);
    }
    if (waiting.length) {
      mathjax.startup.document.clear();
      mathjax.startup.document.updateDocument();
    }
    return true;
  };
  window.coursekitTypeset = typeset;
  // A page may load MathJax after this script has run.
  typeset().then((done) => {
    if (!done) window.addEventListener("load", typeset, { once: true });
  });
})();
