// A figure: numbers that follow from a state, grids and lines that show them, one place that is pointed at.
// A figure's own script says only what is its own; see "Writing a figure" in the instructor's guide.

class Figure {
  constructor(box, spec) {
    Object.assign(this, { box, spec, grids: {}, hovered: null, timer: null });
    this.given = JSON.parse(box.dataset.config);
    this.state = structuredClone(this.given);
    this.numbers = spec.numbers(this.state);
    this.controls = (spec.controls?.(this.given) ?? []).map((control) => new Control(this, control));
    // Plots and the like: made once, shown anew after every change.
    this.parts = spec.parts?.(this) ?? [];
    this.panels = make("div", { class: "ck-panels" }, ...this.parts.map((part) => part.panel));
    this.readout = make("div", {
      class: "ck-readout",
      role: "status",
      "aria-live": "polite",
      "aria-atomic": "true",
    });
    this.below = make("div", { class: "ck-below" });
    const button = (words, act) => make("button", { type: "button", onclick: act }, words);
    this.player = button("Play", () => (this.timer ? this.pause() : this.play()));
    const steps = spec.walk
      ? [button("Back", () => this.step(-1)), button("Next", () => this.step(1)), this.player]
      : [];
    const title = make("div", { class: "ck-name" }, box.getAttribute("aria-label"));
    box.replaceChildren(
      make(
        "div",
        { class: "ck-top" },
        title,
        make(
          "div",
          { class: "ck-buttons" },
          ...steps,
          button("Reset", () => this.reset()),
        ),
      ),
      ...(this.controls.length
        ? [make("div", { class: "ck-controls" }, ...this.controls.map((c) => c.whole))]
        : []),
      this.panels,
      this.readout,
      this.below,
    );
    this.start();
    this.render();
    for (const { panel, last = spec.partsLast } of this.parts)
      if (last) {
        this.panels.append(panel);
        panel.style.order = 2; // below the readout, wherever that is
      }
    // The readout may stand beside the first picture, where the reader looks; or only where there is no room for two.
    if (spec.beside) this.panels.firstChild.after(this.readout);
    this.readout.classList.toggle("ck-last", spec.beside === "narrow");
  }

  start() {
    const { start } = this.spec;
    const [grid, row, column] = (typeof start === "function" ? start(this.given) : start) ?? [];
    this.chosen = grid ? { grid, row, column } : null;
  }

  // Take a value into the state, unless it makes no sense there: then say why.
  set(path, value) {
    return this.change((next) => {
      const inner = path.slice(0, -1).reduce((part, key) => part[key], next);
      inner[path[path.length - 1]] = value;
    }, path[0]);
  }

  change(act, name) {
    const next = structuredClone(this.state);
    act(next);
    this.spec.settle?.(next, name);
    const numbers = this.spec.numbers(next);
    if (numbers.problem) return numbers.problem;
    Object.assign(this, { state: next, numbers });
    this.pause();
    this.render();
    return "";
  }

  reset() {
    this.pause();
    Object.assign(this, { state: structuredClone(this.given), hovered: null });
    this.numbers = this.spec.numbers(this.state);
    for (const control of this.controls) control.refuse("", false);
    for (const part of this.parts) part.reset?.();
    this.start();
    Object.assign(this, { tallest: null });
    this.readout.replaceChildren();
    this.readout.style.minHeight = "";
    this.render();
    for (const grid of Object.values(this.grids)) grid.settle();
  }

  render() {
    const told = this.spec.grids?.(this.state, this.numbers) ?? {};
    for (const [name, content] of Object.entries(told)) {
      this.grids[name] ??=
        this.room(content.group).appendChild((this.created = new Grid(this, name)).panel) && this.created;
      this.grids[name].fill(content);
    }
    for (const control of this.controls) control.show();
    this.light();
  }

  // Grids with the same `group` stand in one row under its name.
  room(group) {
    if (!group) return this.panels;
    const found = [...this.panels.children].find((part) => part.dataset.group === group);
    const made =
      found ??
      this.panels.appendChild(
        make(
          "div",
          { class: "ck-group", "data-group": group },
          make("div", { class: "ck-group-name" }, group),
        ),
      );
    return made;
  }

  light() {
    const at = this.clamp(this.hovered ?? this.chosen);
    const {
      say = [],
      lit = {},
      corner = {},
      lines = {},
      labels = {},
      words = {},
      below = [],
    } = this.spec.light(at, this.state, this.numbers);
    for (const [name, grid] of Object.entries(this.grids))
      grid.mark(at, lit[name], corner[name], lines[name], labels[name], words[name]);
    for (const part of this.parts) part.show(this.state, this.numbers, at);
    this.steady();
    this.readout.replaceChildren(...say);
    this.below.replaceChildren(...below);
  }

  // The readout only grows, so that what stands below does not jump while the reader points. As long as it says
  // nothing there is nothing to keep: measured while a page comes, it would have all of the page laid out.
  steady() {
    if (!this.readout.firstChild) return;
    const { width, height } = this.readout.getBoundingClientRect();
    this.tallest =
      this.tallest?.width === width
        ? { width, height: Math.max(height, this.tallest.height) }
        : { width, height };
    this.readout.style.minHeight = `${Math.ceil(this.tallest.height)}px`;
  }

  clamp(at) {
    if (!at) return null;
    const { cells } = this.grids[at.grid];
    const row = Math.min(at.row, cells.length - 1);
    return { ...at, row, column: Math.min(at.column, cells[row].length - 1) };
  }

  // A mouse shows, and leaving undoes it; a click, a tap and the keyboard choose.
  hover(at) {
    if (this.timer) return;
    this.hovered = at;
    this.light();
  }

  choose(at) {
    this.pause();
    Object.assign(this, { chosen: at, hovered: null });
    this.grids[at.grid].stop(at.row, at.column);
    this.light();
  }

  step(by) {
    this.pause();
    this.advance(by);
  }

  advance(by) {
    const { walk, within = () => true } = this.spec;
    const road = this.controls.find(({ name }) => name === walk);
    if (road) return road.advance(by);
    const places = this.grids[walk].cells
      .flatMap((line, row) => line.map((_, column) => ({ grid: walk, row, column })))
      .filter(({ row, column }) => within(row, column));
    const now = this.clamp(this.chosen);
    const index = places.findIndex((p) => now.grid === walk && p.row === now.row && p.column === now.column);
    const next = index < 0 ? 0 : (index + by + places.length) % places.length;
    this.chosen = places[next];
    this.grids[walk].stop(places[next].row, places[next].column);
    this.light();
    return next === places.length - 1;
  }

  play() {
    this.hovered = null;
    this.readout.setAttribute("aria-live", "off"); // nobody can listen that fast
    this.player.textContent = "Pause";
    if (this.advance(0)) this.advance(1);
    // Who wants less motion sees as much in as long a time, in leaps.
    const { pace = 900 } = this.spec;
    const leap = matchMedia("(prefers-reduced-motion: reduce)").matches ? Math.ceil(900 / pace) : 1;
    this.timer = setInterval(() => this.advance(leap) && this.pause(), pace * leap);
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.player.textContent = "Play";
    this.readout.setAttribute("aria-live", "polite");
  }
}

const define = (name, spec) => {
  for (const box of document.querySelectorAll(`[data-figure="${name}"]:not([data-awake])`)) {
    box.dataset.awake = "true";
    box.figure = new Figure(box, spec);
  }
};
