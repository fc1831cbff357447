// Transposed convolution: kernels laid down and added, or zeros put in between; how often outputs are reached.

const [CELL, MARGIN] = [30, 62];
const VIEWS = ["painting", "zeros in between"];

// What is pointed at: an input, a tap, a place (an output, or what is cut off), a zero, or a whole row.
const meant = ({ grid, row, column }, { x, view, stride, padding }, { before }) => {
  if (grid === "x") return { input: column };
  if (grid === "kernel") return { tap: column };
  if (grid === "output") return { place: column + padding };
  if (view === "painting") {
    if (row < x.length) return { input: row, step: true };
    return column ? { place: column - 1 } : { all: true };
  }
  if (row) return { place: row - 1 + padding };
  const u = (column - 1 - before) / stride;
  if (column === 0) return { all: true };
  return x[u] === undefined ? { zero: column - 1 } : { input: u };
};

// Pairs of an input and a tap that what is pointed at is made of, or makes.
const linksOf = ({ input, tap, place }, { reach }) =>
  reach.flatMap((links, at) =>
    links
      .filter(({ u, i }) => u === input || i === tap || at === place)
      .map((link) => ({ ...link, place: at })),
  );

// The counts in the plane: a picture, as words say the same.
class Board {
  constructor() {
    this.title = make("div", { class: "ck-title" });
    this.picture = make("div", { class: "ck-board" });
    this.panel = make("div", { class: "ck-panel" }, this.title, this.picture);
    this.last = true;
  }

  show({ x, kernel, stride }, { plane, size }) {
    const [inputs, taps] = [x, kernel].map(({ length }) => `${length} × ${length}`);
    const told = `${inputs} inputs, a ${taps} kernel, stride ${stride}`;
    if (told + size === this.told) return;
    this.told = told + size;
    const side = Math.max(6, Math.min(18, Math.floor(280 / size)));
    const most = Math.max(1, ...plane.flat());
    const share = (reached) => Math.round((85 * reached) / most);
    const kinds = [...new Set(plane.flat())].sort((a, b) => a - b);
    this.title.textContent = `In the plane: ${told}`;
    const squares = plane.flatMap((line, r) =>
      line.map((reached, c) =>
        svg("rect", {
          ...{ x: c * side, y: r * side, width: side, height: side },
          style: `fill: color-mix(in srgb, var(--output) ${share(reached)}%, var(--paper))`,
        }),
      ),
    );
    const label = `${size} × ${size} outputs, stronger where more inputs reach them: ${some(kinds.map(String))}.`;
    const box = { width: size * side, height: size * side, viewBox: `0 0 ${size * side} ${size * side}` };
    this.picture.replaceChildren(svg("svg", { ...box, role: "img", "aria-label": label }, ...squares));
  }
}

// A slider for how many numbers a row of the state holds; new ones are 1.
const resized = (name, label, row, max) => ({
  ...{ name, label, min: 1, max, get: (state) => state[row].length },
  put: (state, length) => (state[row] = Array.from({ length }, (_, n) => state[row][n] ?? 1)),
});
// Where the cells of the picture stand. One row, `whole`, has its name first, then a cell for every place.
const placed = ({ x, stride, view }, { sums, spread, shift }) => {
  const painting = view === "painting";
  const whole = painting ? x.length : 0;
  const column = (r, c) => (r === whole ? c - 1 : c + (painting ? r * stride : r - 1 + shift));
  const left = (place) => MARGIN + (place + 0.5) * CELL;
  return {
    ...{ whole, column, left, width: left((painting ? sums : spread).length) - CELL / 2 },
    top: (r) => (r + 0.5) * CELL + (r > (painting ? whole - 1 : 0) ? 8 : 0),
  };
};

figure({
  controls: () => [
    { name: "view", label: "view", options: VIEWS },
    resized("inputs", "inputs H", "x", 6),
    resized("kernel_size", "kernel k", "kernel", 6),
    { name: "stride", label: "stride s", min: 1, max: 4 },
    { name: "padding", label: "padding p", min: 0, max: 3 },
    { name: "output_padding", label: "output padding q", min: 0, max: 3 },
  ],
  numbers: goUp,
  settle: (state, changed) => {
    if (changed === "stride") state.output_padding = Math.min(state.output_padding, state.stride - 1);
  },
  parts: () => [new Board()],
  start: ({ view }) => ["work", view === "painting" ? 0 : 1, 0],
  walk: "work",
  beside: true,
  within: (_, column) => column === 0,

  grids(state, numbers) {
    const { painted, sums, spread, output, counts, turned, size } = numbers;
    const { x, kernel, stride, padding, view } = state;
    const painting = view === "painting";
    const row = (name, title, symbol) => ({
      ...{ group: "Given", title, values: [state[name]], edits: [name], path: (_, c) => [name, c] },
      ...{ name: (_, c) => `${symbol}(${c})`, note: "type your own" },
    });
    const rows = painting
      ? [...painted, ["sum", ...sums]]
      : [["spread", ...spread], ...counts.map(() => turned)];
    const spot = placed(state, numbers);
    const kept = (place) => place >= padding && place < padding + size;
    const cutOff = (r, c) => painting && r === x.length && c > 0 && !kept(c - 1);
    return {
      x: row("x", `Input x, ${x.length}`, "x"),
      kernel: row("kernel", `Kernel w, ${kernel.length}`, "w"),
      work: {
        title: painting
          ? `Each input lays its kernel down, ${plural(stride, "place")} further on`
          : "The turned kernel slides over the spread row",
        values: rows,
        text: (r, c) => (typeof rows[r][c] === "number" ? number(rows[r][c]) : rows[r][c]),
        labels: rows.flatMap((_, r) =>
          r === spot.whole ? [] : [[8, spot.top(r) + 4, painting ? `x(${r})·w` : yName(r - 1)]],
        ),
        name: (r, c) => {
          if (r === spot.whole && c === 0) return painting ? "the sum" : "the spread row";
          if (cutOff(r, c)) return "cut off";
          if (r === spot.whole) return painting ? yName(c - 1 - padding) : `place ${c - 1}`;
          return painting ? `x(${r})·w(${c})` : `${yName(r - 1)}, w(${kernel.length - 1 - c})`;
        },
        border: cutOff,
        size: [spot.width, spot.top(rows.length - 1) + CELL / 2 + 2],
        place: (r, c) =>
          r === spot.whole && c === 0
            ? [28, spot.top(r), 52, 26]
            : [spot.left(spot.column(r, c)), spot.top(r)],
        neighbour: (r, c, by) => {
          if (!rows[r + by]) return c;
          const here = spot.column(r, c);
          const gaps = rows[r + by].map((_, other) => Math.abs(spot.column(r + by, other) - here));
          return gaps.indexOf(Math.min(...gaps));
        },
        note: painting && padding ? "dashed: cut off by the padding" : "",
      },
      output: {
        title: `Output y, ${size}; below, how many inputs reach each`,
        values: [output, counts],
        name: (r, c) => (r ? `inputs that reach ${yName(c)}` : yName(c)),
        note: "the same in both views",
      },
    };
  },

  light(at, state, numbers) {
    const { x, kernel, stride, padding, output_padding, view } = state;
    const { size, counts, before, shift } = numbers;
    const [point, painting] = [meant(at, state, numbers), view === "painting"];
    const links = linksOf(point, numbers);
    const [whole, most] = [painting ? x.length : 0, Math.max(1, ...counts)];
    const has = (test, mark) => (links.some(test) ? mark : "");
    const target = (at) => (at === point.place ? "output" : has(({ place }) => place === at, "output"));
    const work = (r, c) => {
      if (r === whole && c === 0) return point.all ? "window" : "quiet";
      if (painting)
        return r === whole ? target(c - 1) : has(({ u, i }) => u === r && i === c, "window");
      if (r > 0) {
        const [tap, at] = [kernel.length - 1 - c, r - 1 + padding];
        return at === point.place ? "window" : has(({ i, place }) => i === tap && place === at, "window");
      }
      const from = point.place === undefined ? -Infinity : point.place - padding + shift;
      const u = (c - 1 - before) / stride;
      if (c - 1 >= from && c - 1 < from + kernel.length) return "window";
      const read = point.place === undefined ? has((link) => link.u === u, "window") : "";
      return read || (x[u] === undefined ? "band" : "");
    };
    const sums = point.step ? soFar(numbers, point.input) : numbers.sums;
    const shown = (r, c) => (r < whole ? number(numbers.painted[r][c]) : c ? number(sums[c - 1]) : "sum");
    const [fewest, largest] = [Math.floor(kernel.length / stride), Math.ceil(kernel.length / stride)];
    const even = fewest === largest;
    return {
      lit: {
        x: (_, c) => has(({ u }) => u === c, "window"),
        kernel: (_, c) => has(({ i }) => i === c, "window"),
        work,
        output: (r, c) => {
          if (r === 0) return target(c + padding);
          const share = counts[c] ? `share${Math.round((6 * counts[c]) / most)}` : "unread";
          return point.place === c + padding ? `${share} strong` : share;
        },
      },
      words: painting ? { work: shown } : {},
      say: tell(point, state, numbers, links),
      below: [
        make(
          "p",
          {},
          strong("H′ = (H − 1)·s + k − 2p + q"),
          ` = ${x.length - 1}·${stride} + ${kernel.length} − 2·${padding} + ${output_padding} = ${size}`,
        ),
        make(
          "p",
          {},
          `Away from the border, ${even ? plural(fewest, "input") : `${fewest} or ${largest} inputs`} ` +
            `${even && fewest === 1 ? "reaches" : "reach"} each output: ` +
            `${stride} ${even ? "divides" : "does not divide"} ${kernel.length}.`,
        ),
      ],
    };
  },
});
