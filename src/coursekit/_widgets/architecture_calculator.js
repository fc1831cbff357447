// A network, a line for each layer, and its table: the editor and what is counted.

const ADDED = {
  conv: "conv 16 3 padding 1",
  maxpool: "maxpool 2",
  avgpool: "avgpool 2",
  bn: "bn",
  relu: "relu",
  dropout: "dropout 0.5",
  flatten: "flatten",
  linear: "linear 10",
  globalpool: "globalpool",
  branches: "branches\nbranch\n  conv 8 1\nbranch\n  conv 8 3 padding 1\nend",
  residual: "residual\n  bn\n  relu\nend",
};

class Editor {
  constructor(figure) {
    Object.assign(this, { figure, past: [], typedAt: -Infinity });
    this.error = make("div", { class: "ck-error", role: "alert" });
    this.field = make("textarea", {
      ...{ name: "lines", spellcheck: "false", autocapitalize: "off", autocomplete: "off", wrap: "off" },
      oninput: () => this.take(this.field.value, performance.now() - this.typedAt > 900),
      onkeydown: (event) => event.stopPropagation(), // Jupyter and the book listen to single keys
    });
    const button = (words, act) => make("button", { type: "button", onclick: act }, words);
    const adds = Object.keys(ADDED).map((name) => button(`+ ${name}`, () => this.insert(ADDED[name])));
    this.panel = make(
      "div",
      { class: "ck-panel ck-editor" },
      make("label", {}, "Layers, one a line", this.field),
      this.error,
      make("div", { class: "ck-adding" }, ...adds, button("Undo", () => this.undo())),
    );
  }

  // What can be counted is taken; what cannot stays in the field, with the reason below it.
  take(text, apart = true) {
    const before = this.figure.state.network;
    if (text === before) return this.refuse("");
    const past = apart ? [...this.past, before] : this.past;
    this.shown = text;
    const problem = this.figure.change((state) => (state.network = text), "lines");
    if (problem) this.shown = before;
    else Object.assign(this, { past, typedAt: performance.now() });
    return this.refuse(problem);
  }

  refuse(problem) {
    this.error.textContent = problem && `${problem} The table stays as it was.`;
    if (problem) this.field.setAttribute("aria-invalid", "true");
    else this.field.removeAttribute("aria-invalid");
  }

  // Below the line where the caret stands; at the end before anybody wrote.
  insert(layer) {
    const { value, selectionEnd } = this.field;
    const caret = this.touched ? selectionEnd : value.length;
    const end = value.indexOf("\n", caret);
    const at = end < 0 ? value.length : end;
    const line = value.slice(value.lastIndexOf("\n", at - 1) + 1, at);
    const room = line.match(/^ */)[0];
    const text = `\n${layer.replace(/^/gm, room)}`;
    this.field.value = value.slice(0, at) + text + value.slice(at);
    this.field.setSelectionRange(at + text.length, at + text.length);
    this.touched = true;
    this.take(this.field.value);
  }

  undo() {
    // What is not counted goes first.
    if (this.field.value !== this.figure.state.network) this.field.value = this.figure.state.network;
    else if (this.past.length) {
      const network = this.past.pop();
      this.field.value = this.shown = network;
      this.figure.change((state) => (state.network = network), "lines");
    } else return this.refuse("There is nothing to undo.");
    return this.refuse("");
  }

  reset() {
    Object.assign(this, { past: [], touched: false, shown: this.figure.given.network });
    this.field.value = this.shown;
    this.refuse("");
  }

  show({ network }) {
    if (network === this.shown) return;
    if (this.shown !== undefined) this.past.push(this.shown); // another one was picked: that can be undone, too
    this.field.value = this.shown = network;
    this.touched = false;
    this.refuse("");
  }
}

class Layers {
  constructor() {
    this.panel = make("div", { class: "ck-layers" });
  }

  show(_, { rows }) {
    if (rows === this.rows) return;
    this.rows = rows;
    const told = rows.map(({ words, depth, shape, parameters, adds, field }) => [
      "· ".repeat(depth) + words,
      sizes(shape),
      parameters ? count(parameters) : "",
      adds ? count(adds) : "",
      sizes(field) || "all",
    ]);
    this.panel.replaceChildren(
      table("Layers", ["layer", "output", "parameters", "multiply-adds", "sees"], told),
    );
  }
}

figure({
  controls: () => [{ name: "network", label: "network", presets: NETWORKS }],
  numbers: countNetwork,
  parts: (figure) => [new Editor(figure), new Layers()],
  light: (_, state, { rows, totals: [parameters, adds] }) => {
    const layers = rows.filter(({ words }) => !words.includes(",")).length;
    const widestField = rows.map(({ field }) => field).filter((field) => field.length).pop();
    const most = rows.reduce((best, row) => (row.parameters > best.parameters ? row : best));
    const share = parameters ? Math.round((100 * most.parameters) / parameters) : 0;
    return {
      say: [
        strong(`${plural(parameters, "parameter")}, ${plural(adds, "multiply-add")}`),
        ` for each example, in ${plural(layers, "layer")}. The output is ${sizes(rows[rows.length - 1].shape)}. `,
        widestField ? `The last maps see ${sizes(widestField)} pixels. ` : "",
        parameters ? `${share} % of the parameters are in “${most.words}”.` : "",
      ],
    };
  },
});
