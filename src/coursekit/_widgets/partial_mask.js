// Partial convolutions, layer by layer: which pixels are known, and what a window makes of them.

const FILTERS = {
  "mean": Array.from({ length: 3 }, () => Array(3).fill(1 / 9)),
  "weighted mean": [[1, 2, 1], [2, 4, 2], [1, 2, 1]].map((line) => line.map((value) => value / 16)),
  "upright edges": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
};
const BRUSHES = ["only look", "make a hole", "make it known"];

// What a list offers: what was given stands in it once.
const offered = (given, kinds) => {
  const there = Object.values(kinds).some((kind) => JSON.stringify(kind) === JSON.stringify(given));
  return there ? kinds : { "as given": given, ...kinds };
};

// Pixels change by Space, and with a brush by a click, a tap or a stroke of the mouse.
class Brush {
  constructor(figure) {
    Object.assign(this, { figure, last: true });
    this.panel = make(
      "div",
      { class: "ck-note" },
      "A question mark: a hole, whose number is not known. Beyond the border nothing is known either. " +
        "Purple: filled in this layer. Cells are rounded.",
    );
    const { box } = figure;
    box.addEventListener("pointerdown", (event) => event.pointerType === "mouse" && this.stroke(event));
    box.addEventListener("pointerover", (event) => event.pointerType === "mouse" && this.stroke(event));
    // Words that were marked before would be dragged instead.
    box.addEventListener("mousedown", (event) => this.paints && this.place(event.target) && event.preventDefault());
    box.addEventListener("click", (event) => this.paint(this.place(event.target)));
    box.addEventListener("keydown", (event) => {
      const at = event.key === " " ? this.place(event.target) : null;
      if (!at) return;
      event.preventDefault();
      const { layer, mask } = figure.state;
      this.put(at, layer === 1 ? 1 - mask[at.row][at.column] : mask[at.row][at.column]);
    });
  }

  // The pixel that an element belongs to.
  place(element) {
    const { cells } = this.figure.grids.before;
    const row = cells.findIndex((line) => line.some(({ frame }) => frame.contains(element)));
    return row < 0 ? null : { row, column: cells[row].findIndex(({ frame }) => frame.contains(element)) };
  }

  stroke(event) {
    if (event.buttons === 1) this.paint(this.place(event.target));
  }

  // 0 where a click only looks.
  get paints() {
    return BRUSHES.indexOf(this.figure.state.brush);
  }

  paint(at) {
    if (at && this.paints) this.put(at, this.paints - 1);
  }

  // What is painted is the picture, so a later layer makes way for it.
  put({ row, column }, known) {
    const { layer, mask } = this.figure.state;
    if (layer === 1 && mask[row][column] === known) return;
    this.figure.change((state) => {
      state.layer = 1;
      state.mask[row][column] = known;
    }, "mask");
  }

  show() {}
}

// Three signs for a small cell; the readout has all digits.
const rounded = (value) =>
  Math.abs(value) < 999.5 ? number(Number(value.toFixed(Math.abs(value) < 9.95 ? 1 : 0))) : brief(value);
const places = (row, column) => `(${row}, ${column})`;
const knownProducts = (window) =>
  window
    .filter((tap) => tap.known)
    .map(({ pixel, weight }, index) => term(`${index ? " + " : ""}${factor(pixel)}·${factor(weight)}`));
const plusBias = (bias) => (bias ? ` + ${factor(bias)}` : "");

figure({
  controls: ({ image, mask, kernel }) => {
    const [rows, columns] = [image.length, image[0].length];
    return [
      { name: "layer", label: "layer", min: 1, max: MOST_LAYERS },
      { name: "holes", label: "holes", presets: offered(mask, holeKinds(rows, columns)), sets: "mask" },
      { name: "picture", label: "picture", presets: offered(image, pictureKinds(rows, columns)), sets: "image" },
      { name: "filter", label: "kernel", presets: offered(kernel, FILTERS), sets: "kernel" },
      { name: "bias", label: "bias b", min: -9, max: 9, step: 0.5, typed: true },
      { name: "brush", label: "mouse and finger", options: BRUSHES },
    ];
  },
  numbers: partialLayers,
  parts: (figure) => [new Brush(figure)],
  start: ["partial", 2, 4],
  walk: "layer",
  beside: "narrow",
  pace: 1500,

  grids({ kernel, layer }, { before, before_mask, partial, after, ordinary }) {
    const hole = (mask) => (r, c) => (mask[r][c] ? "" : ", a hole");
    const known = hole(before_mask);
    return {
      before: {
        title: layer === 1 ? sized("Picture x", before) : `After layer ${layer - 1}: x`,
        values: before,
        compact: true,
        text: (r, c) => (before_mask[r][c] ? rounded(before[r][c]) : "?"),
        name: (r, c) => `x${places(r, c)}${known(r, c)}`,
        note:
          layer === 1
            ? "Space makes a hole of a pixel, and back; or choose a brush, and paint"
            : "the picture is painted in layer 1",
      },
      partial: {
        title: `After layer ${layer}: partial, y`,
        values: partial,
        compact: true,
        text: (r, c) => rounded(partial[r][c]),
        name: (r, c) => `y${places(r, c)}${hole(after)(r, c)}`,
        note: "point at a number, or use the arrow keys",
      },
      ordinary: {
        title: `After layer ${layer}: ordinary`,
        values: ordinary,
        compact: true,
        text: (r, c) => rounded(ordinary[r][c]),
        name: (r, c) => `ordinary output ${places(r, c)}`,
        note: "with zeros in the holes and beyond the border",
      },
      kernel: {
        title: "Kernel w",
        values: kernel,
        symbol: "w",
        wide: true,
        edits: ["kernel"],
        limit: () => ({ min: -9, max: 9 }),
        note: "type your own numbers",
      },
    };
  },

  light({ grid, row, column }, state, numbers) {
    const { bias, kernel, layer } = state;
    const { before, before_mask, windows, known, sum, partial, after, ordinary, holes } = numbers;
    const size = kernel.flat().length;
    const closed = holes.indexOf(0);
    const after_layers = holes.slice(1).map((left, step) => `${left} after layer ${step + 1}`);
    const below = [
      make(
        "p",
        {},
        `Pixels in holes: ${[holes[0], ...after_layers.slice(0, closed < 0 ? MOST_LAYERS : closed)].join(", ")}.`,
      ),
    ];
    const hatch = (mask) => (r, c) => (mask[r][c] ? "" : "unread");
    const filled = (r, c) => (after[r][c] ? (before_mask[r][c] ? "" : "third") : "unread");
    const here = (r, c) => r === row && c === column;
    const lines = (...said) => said.filter(Boolean).map((words) => make("div", {}, ...words));

    if (grid === "partial" || grid === "ordinary") {
      const window = windows[row][column];
      const inside = (r, c) => window.find((tap) => tap.u === r && tap.v === c);
      const amount = known[row][column];
      const [y, plain] = [number(partial[row][column]), number(ordinary[row][column])];
      const counted = `${amount} of the ${size} places of the window ${amount === 1 ? "is" : "are"} known`;
      const first = amount
        ? [
            strong(`y${places(row, column)} = ${y}`),
            ` = ${size}/${amount} · ${factor(sum[row][column])}${plusBias(bias)}: ${counted}. `,
            "Their products: ",
            ...knownProducts(window),
            ` = ${number(sum[row][column])}.`,
          ]
        : [strong(`y${places(row, column)} = 0`), ": nothing in the window is known, so it stays a hole."];
      const closes = amount && !before_mask[row][column] ? ["The hole in its middle is filled here."] : null;
      const other = [
        strong(`Ordinary: ${plain}`),
        layer === 1
          ? `${amount ? ` = ${number(sum[row][column])}${plusBias(bias)}: the same sum, not scaled` : ", the bias"}.`
          : `, after ${plural(layer, "layer")} of its own.`,
      ];
      return {
        below,
        lit: {
          before: (r, c) => (inside(r, c)?.known ? "window" : inside(r, c) ? "window" : hatch(before_mask)(r, c)),
          kernel: (i, j) => (window[3 * i + j].known ? "window" : ""),
          partial: (r, c) => (here(r, c) ? "output" : filled(r, c)),
          ordinary: (r, c) => (here(r, c) ? "output" : ""),
        },
        say: grid === "partial" ? lines(first, closes, other) : lines(other, first, closes),
      };
    }
    if (grid === "before") {
      const reads = (r, c) => Math.abs(r - row) <= 1 && Math.abs(c - column) <= 1;
      const count = known.flat().filter((_, index) => {
        const [r, c] = [Math.floor(index / before[0].length), index % before[0].length];
        return reads(r, c);
      }).length;
      const shown = before_mask[row][column];
      return {
        below,
        lit: {
          before: (r, c) => (here(r, c) ? "window" : hatch(before_mask)(r, c)),
          partial: (r, c) => (reads(r, c) ? "output" : filled(r, c)),
          ordinary: (r, c) => (reads(r, c) ? "output" : ""),
        },
        say: shown
          ? [
              strong(`x${places(row, column)} = ${number(before[row][column])}`),
              ` is known. It lies in ${plural(count, "window")}, and these pixels are known after this layer.`,
            ]
          : [
              strong(`x${places(row, column)} is a hole`),
              `. It lies in ${plural(count, "window")}. A partial convolution does not count it; an ordinary one ` +
                "takes it for a zero.",
            ],
      };
    }
    const met = (r, c) => windows[r][c][3 * row + column].known;
    const times = windows.flat().filter((window) => window[3 * row + column].known).length;
    return {
      below,
      lit: {
        before: hatch(before_mask),
        kernel: (i, j) => (here(i, j) ? "window" : ""),
        partial: (r, c) => (met(r, c) ? "output" : filled(r, c)),
      },
      say: [
        strong(`w${places(row, column)} = ${number(kernel[row][column])}`),
        ` meets a known pixel in ${times} of ${windows.flat().length} windows: those marked.`,
      ],
    };
  },
});
