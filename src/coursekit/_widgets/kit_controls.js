// One control: a label, something to move, and beside it the words for what could not be taken.

class Control {
  constructor(figure, { name, label = name, ...kind }) {
    Object.assign(this, { figure, name, label, kind });
    this.get = kind.get ?? ((state) => state[kind.sets ?? name]);
    this.put = kind.put ?? ((state, value) => (state[kind.sets ?? name] = value));
    this.error = make("span", { class: "ck-error", role: "alert" });
    this.value = make("output", { class: "ck-value" });
    this.field =
      kind.options || kind.presets ? this.choice() : kind.min === undefined ? this.box() : this.scale();
    const words = make("span", { class: "ck-label" }, label);
    const parts = this.field.type === "checkbox" ? [this.field, words] : [words, this.field];
    if (kind.typed === "beside") {
      this.slider = this.field;
      this.field = this.scale("number");
      this.slider.setAttribute("aria-label", label);
      parts.splice(1, 1, this.field, this.slider);
    } else if (this.field.type === "range") parts.push(this.value);
    this.whole = make("div", { class: "ck-control" }, make("label", {}, ...parts), this.error);
  }

  choice() {
    const { options, presets } = this.kind;
    const names = presets ? ["your own", ...Object.keys(presets)] : options;
    const list = names.map((name, index) => make("option", { value: index }, name));
    if (presets) list[0].disabled = true;
    return make("select", { name: this.name, onchange: () => this.take(Number(this.field.value)) }, ...list);
  }

  box() {
    return make("input", {
      type: "checkbox",
      name: this.name,
      onchange: () => this.take(this.field.checked),
    });
  }

  // A slider, a field, or with `typed: "beside"` both.
  scale(type = this.kind.typed === true ? "number" : "range") {
    const { min, max, step = 1 } = this.kind;
    const given = this.get(this.figure.given);
    return make("input", {
      type,
      name: this.name,
      min,
      max: Math.max(max, given),
      step,
      oninput: ({ target }) =>
        target === this.slider ? this.take(Number(target.value)) : this.number(false),
      onblur: ({ target }) => target !== this.slider && this.number(true),
    });
  }

  // Where playing goes next; true at the end.
  advance(by) {
    const { figure } = this;
    const [min, max] = [this.kind.min, Number(this.field.max)];
    const now = this.get(figure.state);
    const next = by > 0 && now === max ? min : by < 0 && now === min ? max : Math.min(max, now + by);
    figure.state = structuredClone(figure.state);
    this.put(figure.state, next);
    figure.numbers = figure.spec.numbers(figure.state);
    figure.render();
    return next === max;
  }

  number(done) {
    const { min, step = 1 } = this.kind;
    const value = this.field.value === "" ? undefined : Number(this.field.value);
    const wanted = refusal(value, { min, max: Number(this.field.max), whole: Number.isInteger(step) });
    if (wanted) this.refuse(`It needs ${wanted}.`, done);
    else if (value !== this.get(this.figure.state) || this.error.textContent === "") this.take(value);
    if (!wanted || !done) return;
    this.show(); // what stands there now is what is used
    this.field.removeAttribute("aria-invalid");
  }

  take(value) {
    const { options, presets } = this.kind;
    const next = presets ? Object.values(presets)[value - 1] : options ? options[value] : value;
    this.refuse(
      this.figure.change((state) => this.put(state, structuredClone(next)), this.name),
      true,
    );
  }

  refuse(problem, restore) {
    this.error.textContent = problem && `${problem} It stays ${this.text()}.`;
    if (problem) this.field.setAttribute("aria-invalid", "true");
    else this.field.removeAttribute("aria-invalid");
    if (restore) this.show();
  }

  text() {
    if (this.kind.presets) return "as it is";
    const value = this.get(this.figure.state);
    return typeof value === "number" ? number(value) : String(value);
  }

  // What the state says, in the field.
  show() {
    const value = this.get(this.figure.state);
    const { options, presets } = this.kind;
    if (presets) {
      const kinds = Object.values(presets).map((preset) => JSON.stringify(preset));
      this.field.value = kinds.indexOf(JSON.stringify(value)) + 1;
    } else if (options) this.field.value = options.indexOf(value);
    else if (this.field.type === "checkbox") this.field.checked = value;
    else if (value !== null && (this.field.value === "" || Number(this.field.value) !== value))
      this.field.value = value;
    if (this.slider) this.slider.value = value;
    if (this.field.type === "range") this.value.textContent = value === null ? "–" : number(value);
  }
}
