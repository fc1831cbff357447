// Hands the maths of questions to MathJax where the page has one; elsewhere the readable text stays.
(() => {
  // The readable text stays the name of the formula: labels of inputs need words, and MathML is not counted as such.
  const words = (span) => {
    const copy = span.cloneNode(true);
    for (const raised of copy.querySelectorAll("sup")) raised.prepend("^");
    for (const lowered of copy.querySelectorAll("sub")) lowered.prepend("_");
    return copy.textContent;
  };

  const typeset = async () => {
    const mathjax = window.MathJax;
    if (!mathjax?.tex2chtmlPromise) return false;
    await mathjax.startup.promise;
    const waiting = document.querySelectorAll(".ck-math[data-tex]");
    for (const span of waiting) {
      await new Promise((resume) => setTimeout(resume)); // one at a time, so that the page stays quick
      if (!span.dataset.tex) continue; // another quiz's script was faster
      const tex = span.dataset.tex;
      span.removeAttribute("data-tex");
      span.setAttribute("role", "img");
      span.setAttribute("aria-label", words(span));
      span.replaceChildren(await mathjax.tex2chtmlPromise(tex, { display: false }));
    }
    if (waiting.length) {
      mathjax.startup.document.clear();
      mathjax.startup.document.updateDocument(); // the fonts' style sheet
    }
    return true;
  };
  window.coursekitTypeset = typeset;
  // A page may load MathJax after this script has run.
  typeset().then((done) => {
    if (!done) window.addEventListener("load", typeset, { once: true });
  });
})();
