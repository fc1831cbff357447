// The convolution stepper: one kernel on one small picture, one output pixel at a time.
// The page holds an empty box with the numbers in `data-config`; everything in it is made here, without a library.
// Follows stepper_arithmetic.js in one block, so that nothing of it is seen by the rest of the page.

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};

const panel = (title, body, note = "") => {
  const heading = make("div", { class: "ck-step-title" }, title);
  return make("div", { class: "ck-step-panel" }, heading, body, make("div", { class: "ck-step-note" }, note));
};

class Stepper {
  constructor(box) {
    const config = JSON.parse(box.dataset.config);
    this.image = config.image;
    this.given = config.kernel;
    this.kernel = config.kernel.map((row) => [...row]);
    this.settings = { stride: config.stride, padding: config.padding, dilation: config.dilation };
    this.flip = config.flip;
    this.position = { row: 0, column: 0 };
    this.timer = null;

    this.panels = make("div", { class: "ck-step-panels" });
    this.sentence = make("p", { class: "ck-step-sentence", "aria-live": "polite", "aria-atomic": "true" });
    this.size = make("p", { class: "ck-step-size" });
    box.replaceChildren(this.makeControls(), this.panels, this.makeButtons(), this.sentence, this.size);
    this.rebuild();
  }

  // Controls.

  makeControls() {
    const count = (name, smallest, largest) => {
      const input = make("input", {
        type: "number", min: smallest, max: Math.max(largest, this.settings[name]), value: this.settings[name],
        name, oninput: () => {
          const value = Number(input.value);
          const fits = Number.isInteger(value) && input.value !== "" && input.checkValidity();
          input.setAttribute("aria-invalid", String(!fits));
          if (fits) {
            this.settings[name] = value;
            this.rebuild();
          }
        },
      });
      return make("label", {}, name, input);
    };
    const choice = make("select", {
      name: "preset",
      onchange: () => {
        this.kernel = (presets[choice.value] ?? this.given).map((row) => [...row]);
        this.rebuild();
      },
    }, make("option", { value: "" }, "as given"), ...Object.keys(presets).map((name) => make("option", {}, name)));
    const flip = make("input", {
      type: "checkbox", name: "flip",
      onchange: () => {
        this.flip = flip.checked;
        this.rebuild();
      },
    });
    flip.checked = this.flip;
    return make("div", { class: "ck-step-controls" },
      count("stride", 1, 4), count("padding", 0, 3), count("dilation", 1, 3),
      make("label", {}, "kernel", choice),
      make("label", { class: "ck-step-flip" }, flip, "flip the kernel (true convolution)"));
  }

  makeButtons() {
    this.back = make("button", { type: "button", onclick: () => this.step(-1) }, "Back");
    this.next = make("button", { type: "button", onclick: () => this.step(1) }, "Next");
    const toggle = () => (this.timer ? this.pause() : this.play());
    this.player = make("button", { type: "button", onclick: toggle }, "Play");
    return make("div", { class: "ck-step-buttons" }, this.back, this.next, this.player);
  }

  // Drawing: once for each change of the numbers.

  rebuild(keepKernel = false) {
    this.pause();
    this.used = this.flip ? turn(this.kernel) : this.kernel;
    this.padded = pad(this.image, this.settings.padding);
    this.rows = outputSize(this.image.length, this.kernel.length, this.settings);
    this.columns = outputSize(this.image[0].length, this.kernel[0].length, this.settings);
    this.fits = this.rows > 0 && this.columns > 0;
    for (const button of [this.back, this.next, this.player]) button.disabled = !this.fits;
    // The kernel stays as it is while its own numbers are typed, so that the keyboard keeps its place.
    const kernel = keepKernel ? this.panels.children[1] : this.drawKernel();
    const [input, output] = [this.drawInput(), this.drawOutput()];
    if (keepKernel) {
      kernel.previousElementSibling.replaceWith(input);
      kernel.nextElementSibling.replaceWith(output);
    } else this.panels.replaceChildren(input, kernel, output);
    this.describeSize();
    if (!this.fits) {
      this.sentence.textContent = this.noRoom();
      return;
    }
    this.show(Math.min(this.position.row, this.rows - 1), Math.min(this.position.column, this.columns - 1));
  }

  drawInput() {
    const { padding } = this.settings;
    const height = this.image.length;
    const width = this.image[0].length;
    const inside = (y, x) => y >= padding && y < padding + height && x >= padding && x < padding + width;
    const read = this.readPixels();
    let unread = 0;
    this.pixels = this.padded.map((row, y) => row.map((value, x) => {
      const skipped = this.fits && !read.has(`${y},${x}`);
      if (skipped && inside(y, x)) unread += 1;
      const kind = `ck-step-pixel${inside(y, x) ? "" : " ck-step-border"}${skipped ? " ck-step-unread" : ""}`;
      return make("div", { class: `ck-step-cell ${kind}` }, make("span", {}, number(value)), make("small"));
    }));
    const listed = this.image.map((row) => row.map(number).join(" ")).join("; ");
    const label = `Input, ${height} rows of ${width}: ${listed}` +
      (padding ? `. A border of ${padding} zeros lies around it.` : ".");
    const grid = make("div", { class: "ck-step-grid", role: "img", "aria-label": label,
      style: `--columns: ${this.padded[0].length}` }, ...this.pixels.flat());
    return panel(`Input ${height} × ${width}`, grid, unread ? `${plural(unread, "pixel")} never read` : "");
  }

  drawKernel() {
    const cells = this.kernel.flatMap((row, i) => row.map((weight, j) => {
      const input = make("input", {
        type: "text", inputmode: "text", value: number(weight), size: 3, autocomplete: "off",
        "aria-label": `Kernel row ${i + 1}, column ${j + 1}`,
        oninput: () => {
          const value = Number(input.value.replace("−", "-").replace(",", "."));
          const fits = input.value.trim() !== "" && Number.isFinite(value);
          input.setAttribute("aria-invalid", String(!fits));
          if (!fits) return;
          this.kernel[i][j] = value;
          this.rebuild(true);
        },
      });
      return make("div", { class: "ck-step-cell" }, input);
    }));
    const grid = make("div", { class: "ck-step-grid ck-step-kernel", role: "group", "aria-label": "Kernel",
      style: `--columns: ${this.kernel[0].length}` }, ...cells);
    return panel(`Kernel ${this.kernel.length} × ${this.kernel[0].length}`, grid,
      this.flip ? "laid on turned by 180°" : "type your own");
  }

  drawOutput() {
    if (!this.fits) return panel("Output", make("div", { class: "ck-step-empty" }, "no room"));
    this.cells = Array.from({ length: this.rows }, (_, row) => Array.from({ length: this.columns }, (_, column) => {
      const value = sum(taps(this.padded, this.used, this.settings, row, column));
      return make("button", {
        type: "button", class: "ck-step-cell", role: "gridcell", tabindex: "-1", "data-value": String(value),
        "aria-label": `Row ${row + 1}, column ${column + 1}: ${number(value)}`,
        onpointerenter: () => this.visit(row, column), onfocus: () => this.visit(row, column),
        onclick: () => this.visit(row, column), onkeydown: (event) => this.key(event, row, column),
      }, number(value));
    }));
    const rows = this.cells.map((cells) => make("div", { role: "row", class: "ck-step-row" }, ...cells));
    const grid = make("div", { class: "ck-step-grid ck-step-output", role: "grid", "aria-label": "Output",
      style: `--columns: ${this.columns}` }, ...rows);
    return panel(`Output ${this.rows} × ${this.columns}`, grid, "point at a number, or use the arrow keys");
  }

  describeSize() {
    const down = sizeFormula(this.image.length, this.kernel.length, this.settings);
    const across = sizeFormula(this.image[0].length, this.kernel[0].length, this.settings);
    this.size.textContent = !this.fits ? ""
      : down === across ? `Rows and columns: ${down}` : `Rows: ${down}. Columns: ${across}`;
  }

  noRoom() {
    const { dilation } = this.settings;
    const reach = (size) => dilation * (size - 1) + 1;
    const reached = `${reach(this.kernel.length)} × ${reach(this.kernel[0].length)} pixels`;
    return `No room: the kernel reaches over ${reached}, ` +
      `the padded input has ${this.padded.length} × ${this.padded[0].length}. ` +
      "Take more padding, less dilation or a smaller kernel.";
  }

  readPixels() {
    const read = new Set();
    for (let row = 0; row < this.rows; row += 1) {
      for (let column = 0; column < this.columns; column += 1) {
        const rows = taps(this.padded, this.used, this.settings, row, column);
        for (const tap of rows.flat()) read.add(`${tap.y},${tap.x}`);
      }
    }
    return read;
  }

  // One output pixel: its window, its products, its sum.

  show(row, column) {
    this.position = { row, column };
    const rows = taps(this.padded, this.used, this.settings, row, column);
    for (const pixel of this.pixels.flat()) {
      pixel.classList.remove("ck-step-lit");
      pixel.lastChild.textContent = "";
    }
    for (const tap of rows.flat()) {
      this.pixels[tap.y][tap.x].classList.add("ck-step-lit");
      this.pixels[tap.y][tap.x].lastChild.textContent = `×${number(tap.weight)}`;
    }
    for (const cell of this.cells.flat()) {
      cell.classList.remove("ck-step-lit");
      cell.tabIndex = -1;
    }
    this.cells[row][column].classList.add("ck-step-lit");
    this.cells[row][column].tabIndex = 0;
    const products = rows.map((line, i) => make("span", { class: "ck-step-products" },
      `${i ? "+ " : ""}${line.map((tap) => `${factor(tap.pixel)}·${factor(tap.weight)}`).join(" + ")} `));
    this.sentence.replaceChildren(`Output row ${row + 1}, column ${column + 1}: `, ...products,
      make("strong", {}, `= ${number(sum(rows))}`));
  }

  visit(row, column) {
    this.pause();
    if (row !== this.position.row || column !== this.position.column) this.show(row, column);
  }

  key(event, row, column) {
    const moves = { ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1], Home: [row, 0], End: [row, this.columns - 1] };
    const target = moves[event.key];
    if (!target) return;
    event.preventDefault();
    event.stopPropagation(); // Jupyter and the book turn pages with arrow keys
    this.cells[target[0]]?.[target[1]]?.focus();
  }

  step(by) {
    this.pause();
    this.advance(by);
  }

  advance(by) {
    const count = this.rows * this.columns;
    const index = (this.position.row * this.columns + this.position.column + by + count) % count;
    this.show(Math.floor(index / this.columns), index % this.columns);
    return index;
  }

  play() {
    this.sentence.setAttribute("aria-live", "off"); // nobody can listen that fast
    this.player.textContent = "Pause";
    if (this.advance(0) === this.rows * this.columns - 1) this.show(0, 0);
    this.timer = setInterval(() => {
      if (!this.player.isConnected || this.advance(1) === this.rows * this.columns - 1) this.pause();
    }, 900);
  }

  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.player.textContent = "Play";
    this.sentence.setAttribute("aria-live", "polite");
  }
}

for (const box of document.querySelectorAll('[data-coursekit="stepper"]:not([data-awake])')) {
  box.dataset.awake = "true";
  new Stepper(box);
}
