// A grid of numbers: one tab stop, arrow keys, cells that can be pointed at, and that can be typed in.
// With `place` its cells stand anywhere over a drawing of lines.

class Grid {
  constructor(figure, name) {
    Object.assign(this, { figure, name, cells: [], active: [0, 0], built: null });
    this.heading = make("div", { class: "ck-title" });
    this.body = make("div", { class: "ck-grid", role: "grid", onpointerleave: () => figure.hover(null) });
    this.note = make("div", { class: "ck-note" });
    this.error = make("div", { class: "ck-error", role: "alert" });
    this.panel = make(
      "div",
      { class: "ck-panel" },
      this.heading,
      make("div", { class: "ck-scroll" }, this.body),
      this.note,
      this.error,
    );
  }

  // What it holds: after every change of the numbers.
  fill(told) {
    this.told = told;
    this.edits = (row, column) =>
      Boolean(told.edits) && this.inside(row, column) && (told.editable?.(row, column) ?? true);
    this.heading.replaceChildren(told.title ?? "");
    this.note.textContent = told.note ?? "";
    this.body.setAttribute("aria-label", told.label ?? told.title);
    const wanted = JSON.stringify([
      told.values.map((line, r) => line.map((_, c) => Boolean(this.edits(r, c)))),
      told.heads,
      told.size,
    ]);
    if (wanted !== this.built) this.build();
    this.built = wanted;
    this.each((cell, row, column) => {
      const shown = this.shown(row, column);
      if (cell.input) {
        if (cell.input !== document.activeElement) cell.input.value = shown;
        cell.input.setAttribute("aria-label", this.named(row, column));
      } else this.write(cell, row, column, shown);
      if (told.place) {
        const [x, y, width, height] = told.place(row, column);
        const sides = width ? `; --cell: 2rem; letter-spacing: -0.03em; width: ${width}px; height: ${height}px` : "";
        cell.frame.setAttribute("style", `left: ${x}px; top: ${y}px${sides}`);
      }
    });
  }

  shown(row, column) {
    const value = this.told.values[row][column];
    return this.told.text?.(row, column) ?? (typeof value === "number" ? number(value) : value);
  }

  write(cell, row, column, shown) {
    cell.words.textContent = shown;
    cell.target.setAttribute("aria-label", `${this.named(row, column)}: ${shown || "empty"}`);
  }

  named(row, column) {
    const { name, symbol, offset = 0 } = this.told;
    return (
      name?.(row, column) ?? `${symbol ?? this.name}(${number(row - offset)}, ${number(column - offset)})`
    );
  }

  // Whether a cell lies inside the border of padding.
  inside(row, column) {
    const { border, offset = 0, values } = this.told;
    if (border) return !border(row, column);
    const within = (at, length) => at >= offset && at < length - offset;
    return within(row, values.length) && within(column, values[row].length);
  }

  // Where in the state a cell's number stands.
  path(row, column) {
    const { edits, path, offset = 0 } = this.told;
    return path?.(row, column) ?? [...edits, row - offset, column - offset];
  }

  build() {
    const { values, heads, place, size, lines } = this.told;
    const focused = this.body.contains(document.activeElement);
    this.cells = values.map((line, row) => line.map((_, column) => this.cell(row, column)));
    const row = (cells, r) =>
      make(
        "div",
        { role: "row", class: "ck-row" },
        ...(heads ? [make("div", { role: "rowheader", class: "ck-head" }, heads.rows[r])] : []),
        ...cells,
      );
    const rows = this.cells.map((line, r) =>
      row(
        line.map((cell) => cell.frame),
        r,
      ),
    );
    if (heads) {
      const tops = ["", ...heads.columns].map((words) =>
        make("div", words ? { role: "columnheader", class: "ck-head" } : { role: "gridcell" }, words),
      );
      rows.unshift(make("div", { role: "row", class: "ck-row" }, ...tops));
    }
    this.lines = svg("svg", { class: "ck-lines", "aria-hidden": "true" });
    this.body.replaceChildren(...(place ? [this.lines] : []), ...rows);
    this.body.classList.toggle("ck-placed", Boolean(place));
    this.body.classList.toggle("ck-compact", Boolean(this.told.compact));
    this.body.classList.toggle("ck-wide", Boolean(this.told.wide));
    const columns = Math.max(...values.map((line) => line.length));
    this.body.setAttribute(
      "style",
      place ? `width: ${size[0]}px; height: ${size[1]}px` : `--columns: ${columns}`,
    );
    this.body.classList.toggle("ck-headed", Boolean(heads));
    this.stop(...this.active);
    if (focused) this.at(...this.active).target.focus();
  }

  cell(row, column) {
    const place = () => ({ grid: this.name, row, column });
    const corner = make("small");
    const reacts = {
      onpointerenter: (event) => event.pointerType !== "touch" && this.figure.hover(place()),
      onclick: () => this.figure.choose(place()),
    };
    const keys = {
      onfocus: () => {
        this.stop(row, column);
        this.figure.choose(place());
      },
      onkeydown: (event) => this.key(event, row, column),
    };
    if (!this.edits(row, column)) {
      const words = make("span");
      const frame = make(
        "div",
        { class: "ck-cell", role: "gridcell", tabindex: "-1", ...reacts, ...keys },
        words,
        corner,
      );
      return { frame, target: frame, words, corner };
    }
    const input = make("input", {
      type: "text",
      inputmode: "decimal",
      autocomplete: "off",
      tabindex: "-1",
      ...keys,
      oninput: () => this.type(input, row, column, false),
      onblur: () => this.type(input, row, column, true),
    });
    input.addEventListener("focus", () => input.select());
    const frame = make("div", { class: "ck-cell ck-edit", role: "gridcell", ...reacts }, input, corner);
    return { frame, target: input, input, corner };
  }

  each(act) {
    this.cells.forEach((line, row) => line.forEach((cell, column) => act(cell, row, column)));
  }

  at(row, column) {
    const line = this.cells[Math.min(row, this.cells.length - 1)];
    return line[Math.min(column, line.length - 1)];
  }

  // The one cell that the tab key reaches.
  stop(row, column) {
    this.each((cell) => (cell.target.tabIndex = -1));
    this.active = [Math.min(row, this.cells.length - 1), column];
    this.at(row, column).target.tabIndex = 0;
  }

  key(event, row, column) {
    const { input } = this.cells[row][column];
    const caret = input ? [input.selectionStart, input.selectionEnd, input.value.length] : null;
    const whole = !caret || (caret[0] === 0 && caret[1] === caret[2]);
    const last = this.cells[row].length - 1;
    const above = (by) => this.told.neighbour?.(row, column, by) ?? column;
    const moves = { ArrowUp: [row - 1, above(-1)], ArrowDown: [row + 1, above(1)] };
    if (whole || caret[1] === 0) Object.assign(moves, { ArrowLeft: [row, column - 1], Home: [row, 0] });
    if (whole || caret[0] === caret[2])
      Object.assign(moves, { ArrowRight: [row, column + 1], End: [row, last] });
    const target = moves[event.key];
    if (!target) return;
    event.preventDefault();
    event.stopPropagation(); // Jupyter and the book turn pages with arrow keys
    const line = this.cells[target[0]];
    line?.[Math.min(target[1], line.length - 1)]?.target.focus();
  }

  // A number typed into a cell. What is no number is said in words, and changes nothing.
  type(input, row, column, done) {
    const kept = this.shown(row, column);
    if (input.value === kept) {
      input.removeAttribute("aria-invalid");
      return;
    }
    const value = typed(input.value);
    if (value === null && !done) return;
    const wanted = refusal(value, this.told.limit?.(row, column) ?? {});
    const problem = wanted
      ? `“${input.value}” is not ${wanted}.`
      : this.figure.set(this.path(row, column), value);
    this.error.textContent = problem && `${problem} ${this.named(row, column)} stays ${kept}.`;
    if (problem) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    if (done && problem) {
      input.value = kept;
      input.removeAttribute("aria-invalid");
    }
  }

  // What of it is marked: after every change of the place pointed at.
  mark(at, lit, corner, lines = [], labels = this.told.labels ?? [], words = null) {
    this.each((cell, row, column) => {
      if (words && !cell.input) this.write(cell, row, column, words(row, column));
      const pointed = at && at.grid === this.name && at.row === row && at.column === column;
      const marks = (lit?.(row, column) || "")
        .split(" ")
        .filter(Boolean)
        .map((mark) => `ck-${mark}`);
      const border = this.inside(row, column) ? [] : ["ck-border"];
      cell.frame.className = [
        "ck-cell",
        cell.input ? "ck-edit" : "",
        ...border,
        ...marks,
        pointed ? "ck-pointed" : "",
      ]
        .filter(Boolean)
        .join(" ");
      cell.corner.textContent = corner?.(row, column) ?? "";
    });
    this.lines.replaceChildren(
      ...lines.map(([x1, y1, x2, y2, kind = "", width]) => {
        const kinds = ["line", ...kind.split(" ")].filter(Boolean).map((word) => `ck-${word}`);
        return svg("line", {
          ...{ x1, y1, x2, y2, class: kinds.join(" ") },
          style: width && `stroke-width: ${width}px`,
        });
      }),
      ...labels.map(([x, y, words]) => svg("text", { x, y }, words)),
    );
  }

  settle() {
    this.error.textContent = "";
    this.each((cell) => cell.input?.removeAttribute("aria-invalid"));
    this.stop(0, 0);
  }
}
