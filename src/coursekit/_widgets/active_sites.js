// Active sites behind layer after layer: an ordinary convolution wakes their neighbours, a submanifold one does not.

const BRUSHES = ["only look", "draw sites", "rub out"];

// The input is drawn on: Space switches a site, and with a brush a click, a tap or a stroke of the mouse.
class Drawing {
  constructor(figure) {
    Object.assign(this, { figure, last: true });
    this.panel = make("div", { class: "ck-panel" });
    const { box } = figure;
    const stroke = (event) =>
      event.pointerType === "mouse" && event.buttons === 1 && this.paint(this.place(event.target));
    box.addEventListener("pointerdown", stroke);
    box.addEventListener("pointerover", stroke);
    box.addEventListener("click", (event) => this.paint(this.place(event.target)));
    box.addEventListener("keydown", (event) => {
      const at = event.key === " " ? this.place(event.target) : null;
      if (!at) return;
      event.preventDefault();
      event.stopPropagation();
      this.put(at, 1 - figure.state.sites[at.row][at.column]);
    });
  }

  // The place of the input that an element belongs to.
  place(element) {
    const { cells } = this.figure.grids.sites;
    const row = cells.findIndex((line) => line.some(({ frame }) => frame.contains(element)));
    return row < 0 ? null : { row, column: cells[row].findIndex(({ frame }) => frame.contains(element)) };
  }

  paint(at) {
    const brush = BRUSHES.indexOf(this.figure.state.brush);
    if (at && brush > 0) this.put(at, brush === 1 ? 1 : 0);
  }

  put({ row, column }, on) {
    if (this.figure.state.sites[row][column] === on) return;
    this.figure.change((state) => (state.sites[row][column] = on), "sites");
  }

  // What each layer counts; made anew only when the numbers are.
  show({ layer }, numbers) {
    if (numbers === this.numbers) return;
    this.numbers = numbers;
    const { sites_ordinary, sites_same, adds_ordinary, adds_same, dense, totals } = numbers;
    const rows = adds_ordinary.map((adds, l) => [
      `${l + 1}${l + 1 === layer ? " (shown)" : ""}`,
      ...[sites_ordinary[l + 1], adds, sites_same[l + 1], adds_same[l], dense].map(count),
    ]);
    rows.push([`in all, to layer ${layer}`, "", count(totals[0]), "", count(totals[1]), count(totals[2])]);
    const heads = ["layer", "ordinary: sites", "multiply-adds", "submanifold: sites", "multiply-adds", "dense"];
    this.panel.replaceChildren(table("Active sites and multiply-adds behind and in each layer", heads, rows));
  }
}

const at = (r, c) => `(${r}, ${c})`;
const lineWords = (lines) => listed(lines.map((line) => `(${line.join(", ")})`));

figure({
  controls: () => [
    { name: "sites", label: "sites", presets: PRESETS },
    { name: "layer", label: "layer", min: 1, max: MOST_LAYERS },
    { name: "channels", label: "channels C", min: 1, max: 64, typed: true },
    { name: "brush", label: "mouse and finger", options: BRUSHES },
  ],
  numbers: activeSites,
  parts: (figure) => [new Drawing(figure)],
  partsLast: true,
  beside: true,
  walk: "layer",
  pace: 1500,
  start: ({ sites }) => {
    const row = sites.findIndex((line) => line.includes(1));
    return ["same", Math.max(row, 0), row < 0 ? 0 : sites[row].indexOf(1)];
  },

  grids({ sites, layer }, { ordinary, lines_ordinary, lines_same, rows, sites_ordinary, sites_same }) {
    const shown = (values, mask, name) => ({
      values,
      compact: true,
      text: (r, c) => (mask[r][c] ? number(values[r][c]) : ""),
      name: (r, c) => `${name} ${at(r, c)}${mask[r][c] ? "" : ", not active"}`,
    });
    return {
      sites: {
        ...shown(rows, sites, "input"),
        title: `Input: ${plural(sites_same[0], "active site")}`,
        note: "the numbers are rows of the list of sites; Space switches a site, or choose a brush and draw",
      },
      ordinary: {
        ...shown(lines_ordinary, ordinary, "ordinary output"),
        title: `Ordinary, layer ${layer}: ${plural(sites_ordinary[layer], "site")}`,
        note: "the numbers are lines of the rulebook that begin here",
      },
      same: {
        ...shown(lines_same, sites, "submanifold output"),
        title: `Submanifold, layer ${layer}: ${plural(sites_same[layer], "site")}`,
        note: "point at an output to read its lines",
      },
    };
  },

  light({ grid, row, column }, { sites, layer, channels }, { before, ordinary, rows, rulebook, totals }) {
    const here = (r, c) => r === row && c === column;
    const near = (r, c) => Math.abs(r - row) <= 1 && Math.abs(c - column) <= 1;
    const plain = (mask) => (r, c) => (mask[r][c] ? "output" : "");
    const woke = (r, c) => (ordinary[r][c] ? (before[r][c] ? "output" : "third") : "");
    const heard = (mask, other) => (r, c) => (near(r, c) && mask[r][c] ? "window" : other(r, c));
    const marked = (other) => (r, c) => [other(r, c), here(r, c) ? "strong" : ""].join(" ");
    const work = (lines) =>
      `${plural(lines, "line")} of at most 9, and ${lines} · ${channels} · ${channels} = ` +
      `${plural(lines * channels ** 2, "multiply-add")}.`;
    const told = (said) => [
      make("div", {}, ...said),
      make(
        "div",
        {},
        `${layer === 1 ? "In layer 1" : `In layers 1 to ${layer}`}, the ordinary network takes ` +
          `${plural(totals[0], "multiply-add")}, the submanifold one ${count(totals[1])}, ` +
          `a dense one ${count(totals[2])}.`,
      ),
    ];
    if (grid === "same") {
      const lines = rulebook.filter(([output]) => output === rows[row][column]);
      return {
        lit: {
          sites: heard(sites[row][column] ? sites : zeros(sites.length, sites[0].length), plain(sites)),
          ordinary: woke,
          same: marked(plain(sites)),
        },
        say: told(sites[row][column]
          ? [
              strong(`Row ${rows[row][column]}, at ${at(row, column)}`),
              `, in every layer. Lines (output row, input row, tap): ${lineWords(lines)}. ${work(lines.length)}`,
            ]
          : [strong(`${at(row, column)} is not active`), ": no line begins here, and nothing is computed."]),
      };
    }
    if (grid === "ordinary") {
      const lines = heardBy(before, row, column).length;
      const kind = before[row][column]
        ? "was active before"
        : `wakes up in layer ${layer}, for its window holds ${plural(lines, "active place")}`;
      return {
        lit: { sites: plain(sites), ordinary: marked(heard(before, woke)), same: plain(sites) },
        say: told(ordinary[row][column]
          ? [
              strong(`Ordinary output ${at(row, column)}`),
              ` ${kind}. ${work(lines)} `,
              sites[row][column] ? "" : "In the submanifold network nothing is computed here.",
            ]
          : [strong(`Ordinary output ${at(row, column)}`), " is not active yet: nothing in its window was."]),
      };
    }
    const near_sites = heardBy(sites, row, column).length;
    const window = sites.flatMap((line, r) => line.filter((_, c) => near(r, c))).length;
    return {
      lit: {
        sites: marked(plain(sites)),
        ordinary: woke,
        same: (r, c) => (sites[row][column] && near(r, c) && sites[r][c] ? "window" : plain(sites)(r, c)),
      },
      say: told(sites[row][column]
        ? [
            strong(`Input ${at(row, column)} is active`),
            `, row ${rows[row][column]}. ${plural(near_sites, "site")} of the submanifold layer ` +
              `${near_sites === 1 ? "hears" : "hear"} it, itself among them; in an ordinary layer ${window} do.`,
          ]
        : [
            strong(`Input ${at(row, column)} is not active`),
            `: it counts as 0, and no line names it. ${plural(near_sites, "place")} next to it ` +
              `${near_sites === 1 ? "is" : "are"} active.`,
          ]),
    };
  },
});
