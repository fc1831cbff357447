// Wakes every quiz on the page that is not awake yet. Nothing depends on ids, so a cell may run any number of times.
(() => {
  const verdict = (form, options) => {
    const chosen = options.filter((option) => option.querySelector("input").checked);
    if (!chosen.length) return { state: "open", words: "Choose an answer first." };
    if (chosen.some((option) => option.dataset.correct !== "true")) return { state: "wrong", words: "Not yet." };
    const wanted = options.filter((option) => option.dataset.correct === "true").length;
    if (chosen.length < wanted) return { state: "wrong", words: "Right so far, but something is missing." };
    return { state: "right", words: "Right." };
  };

  const check = (form, options, feedback) => {
    const { state, words } = verdict(form, options);
    const head = document.createElement("strong");
    head.textContent = words;
    const lines = [head];
    for (const option of options) {
      if (!option.querySelector("input").checked) continue;
      const line = document.createElement("p");
      line.append(option.querySelector("template").content.cloneNode(true));
      lines.push(line);
    }
    feedback.dataset.state = state;
    feedback.replaceChildren(...lines);
    window.coursekitTypeset?.();
  };

  for (const form of document.querySelectorAll('[data-coursekit="quiz"]:not([data-awake])')) {
    form.dataset.awake = "true";
    const options = [...form.querySelectorAll(".ck-quiz-option")];
    const feedback = form.querySelector(".ck-quiz-feedback");
    const name = `choice-${Math.random().toString(36).slice(2)}`;
    for (const option of options) option.querySelector("input").name = name;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      check(form, options, feedback);
    });
    form.addEventListener("change", () => {
      feedback.replaceChildren();
      delete feedback.dataset.state;
    });
  }
})();
