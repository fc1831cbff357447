// A value opened: every number of its window times its weight, a block for each map below.
// Elements are kept and only their words change: this follows the pen.
const thousandths = (value) => number(Math.round(1000 * value) / 1000);
class Opened {
  constructor() {
    this.blocks = [];
    this.inner = make("div", { class: "ck-products" });
    this.last = true;
    this.scroll = make(
      "div",
      { class: "ck-opened", tabindex: "0", role: "region", "aria-label": "Products of the opened value" },
      this.inner,
    );
    this.title = make("div", { class: "ck-title" });
    this.panel = make("div", { class: "ck-panel ck-layer" }, this.title, this.scroll);
  }

  build(opened, { blocks, index }) {
    const key = `${opened[0]} ${blocks.length}`;
    if (key === this.key) return;
    this.key = key;
    const flat = blocks[0]?.taps.length === 1;
    this.blocks = (flat ? [blocks] : blocks).map((block) => {
      const cells = (flat ? block : block.taps).map(() => make("span", { class: "ck-tap" }));
      const title = make("div");
      const columns = flat || cells.length === 25 ? 5 : 2;
      const grid = make("div", { class: "ck-taps", style: `--across: ${columns}` }, ...cells);
      return { title, cells, whole: make("div", { class: "ck-block" }, title, grid) };
    });
    this.inner.replaceChildren(...this.blocks.map(({ whole }) => whole));
    this.flat = flat;
    this.below = LAYERS[index - 1]?.name;
  }

  show(state, numbers, at) {
    const opened = openedAt(at, state);
    const found = windowOf(opened, state, numbers);
    const layer = LAYERS[found.index];
    this.panel.hidden = found.blocks.length === 0;
    this.title.textContent = `${opened[0]}, opened: ${layer.weights ? "numbers times weights" : "its window, a quarter of each"}`;
    this.build(opened, found);
    const { blocks, sums } = found;
    const most = Math.max(1e-9, ...blocks.flatMap(({ taps: all }) => all.map((tap) => Math.abs(tap.pixel * tap.weight))));
    const rows = this.flat ? [blocks.map(({ taps: [tap] }) => tap)] : blocks.map(({ taps: all }) => all);
    rows.forEach((all, row) => {
      const { title, cells } = this.blocks[row];
      const sum = this.flat ? sums.reduce((total, one) => total + one, 0) : sums[row];
      title.textContent = `${this.below}${this.flat || this.below === "input" ? "" : ` map ${blocks[row].map}`}: sum ${number(sum)}`;
      all.forEach(({ pixel, weight }, index) => {
        const [cell, product] = [cells[index], pixel * weight];
        const [left, right] = [pixel, weight].map(thousandths);
        const words = `${left}\n·${right.startsWith("−") ? `(${right})` : right}`;
        if (cell.textContent !== words) cell.textContent = words;
        const share = `${Math.round((40 * Math.abs(product)) / most)}%`;
        cell.style.setProperty("--share", share);
        cell.style.setProperty("--sign", product < 0 ? "var(--window)" : "var(--output)");
      });
    });
  }
}
