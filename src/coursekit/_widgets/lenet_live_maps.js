// The maps of one layer as a picture: a place is pointed at by click, drag and keys, windows are framed.
const SCALE = { input: 10, C1: 3, S2: 4, C3: 4, S4: 6, C5: 12, F6: 12 };
const ACROSS = { input: [1], C1: [6, 3], S2: [6, 4, 3], C3: [16, 8, 6, 4], S4: [16, 8], C5: [40, 30, 20], F6: [42, 28, 21] };
const TOLD = {
  input: "",
  C1: "convolution 5 × 5, tanh",
  S2: "average of 2 × 2",
  C3: "convolution 5 × 5 over all maps, tanh",
  S4: "average of 2 × 2",
  C5: "convolution 5 × 5 over all maps, tanh: each map is one number",
  F6: "linear, tanh",
};
// Where zero, minus one and plus one lie, in light and dark.
const COLOURS = {
  light: { paper: [255, 255, 255], ink: [31, 35, 40], plus: [11, 97, 196], minus: [179, 86, 10] },
  dark: { paper: [24, 27, 32], ink: [230, 232, 235], plus: [108, 178, 255], minus: [240, 160, 75] },
};
const placeName = ([name, map, row, column]) => {
  const layer = LAYERS[layerOf(name)];
  if (name === "input") return `x(${row}, ${column})`;
  return layer.side === 1 ? `${name}(${map})` : `${name}(${map}, ${row}, ${column})`;
};
// A class score that is pointed at goes before what was opened.
const openedAt = (at, state) => (at ? ["output", at.row, 0, 0] : state.opened);

class Maps {
  constructor(figure, index) {
    const layer = LAYERS[index];
    Object.assign(this, { figure, index, layer, last: index > 0 });
    this.reset();
    const { name, maps, side } = layer;
    const sized = side === 1 ? `${maps} numbers` : `${plural(maps, "map")} of ${side} × ${side}`;
    const title = index ? [strong(name), `: ${sized}, ${TOLD[name]}`] : ["Draw here"];
    this.canvas = make("canvas", { "aria-hidden": "true" });
    this.frame = make(
      "div",
      {
        class: "ck-maps",
        role: "slider",
        tabindex: "0",
        "aria-label": index
          ? `${name}, ${sized}: arrow keys move inside, Page Up and Page Down from map to map`
          : "Picture: arrow keys move, Space draws, Shift with arrow keys draws a line",
        "aria-valuemin": 0,
        "aria-valuemax": maps * side ** 2 - 1,
        onkeydown: (event) => this.key(event),
        onfocus: () => this.open(this.place.slice(1)),
      },
      this.canvas,
    );
    this.panel = make(
      "div",
      { class: `ck-panel${index ? " ck-layer" : ""}` },
      make("div", { class: index ? "" : "ck-title" }, ...title),
      this.frame,
    );
    this.pixels = document.createElement("canvas");
    this.listen();
  }

  // Where the keyboard goes on.
  reset() {
    const middle = this.index ? 0 : 14;
    this.place = [this.layer.name, 0, middle, middle];
  }

  listen() {
    const { frame } = this;
    frame.addEventListener("pointerdown", () => (this.dragged = false));
    frame.addEventListener("pointermove", (event) => {
      if (event.pointerType !== "mouse" || event.buttons !== 1) return;
      this.dragged = true; // the click that follows opens nothing
      this.open(this.nearest(event));
    });
    frame.addEventListener("click", (event) => this.dragged || this.open(this.nearest(event)));
  }

  open([map, row, column]) {
    const place = [this.layer.name, map, row, column];
    const { figure } = this;
    if (!figure.chosen && !figure.hovered && String(figure.state.opened) === String(place)) return;
    Object.assign(figure, { chosen: null, hovered: null });
    figure.change((state) => (state.opened = place), "opened");
  }

  // Place under the mouse: map, row, column.
  nearest(event) {
    const { side, maps } = this.layer;
    const { left, top } = this.canvas.getBoundingClientRect();
    const pitch = side + this.gap;
    const [down, right] = [event.clientY - top, event.clientX - left].map((at) => at / SCALE[this.layer.name]);
    const inside = (value, most) => Math.max(0, Math.min(most, Math.floor(value)));
    const tileRow = inside(down / pitch, Math.ceil(maps / this.columns) - 1);
    const tile = inside(right / pitch, this.columns - 1);
    return [
      Math.min(maps - 1, tileRow * this.columns + tile),
      inside(down - tileRow * pitch, side - 1),
      inside(right - tile * pitch, side - 1),
    ];
  }

  // Where a key leads; undefined where it leads nowhere.
  after(key) {
    const { side, maps } = this.layer;
    const [name, map, row, column] = this.place;
    const across = side === 1 ? this.columns : 1; // a row of numbers below each other
    const moves = {
      ArrowLeft: column ? [map, row, column - 1] : [map - 1, row, side - 1],
      ArrowRight: column < side - 1 ? [map, row, column + 1] : [map + 1, row, 0],
      ArrowUp: side === 1 ? [map - across, 0, 0] : row ? [map, row - 1, column] : null,
      ArrowDown: side === 1 ? [map + across, 0, 0] : row < side - 1 ? [map, row + 1, column] : null,
      PageUp: [map - 1, row, column],
      PageDown: [map + 1, row, column],
      Home: [0, row, column],
      End: [maps - 1, row, column],
    };
    const to = moves[key];
    return to && to[0] >= 0 && to[0] < maps ? [name, ...to] : undefined;
  }

  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || !/^(Arrow|Page|Home|End)/.test(event.key)) return;
    event.preventDefault();
    event.stopPropagation(); // Jupyter and the book turn pages with arrow keys
    const to = this.after(event.key);
    if (to) this.open(to.slice(1));
  }

  fit() {
    const { name, maps, side } = this.layer;
    const room = this.figure.breadth || 300;
    const scale = SCALE[name];
    this.gap = side > 1 && maps > 1 ? 1 : 0;
    const width = (columns) => (columns * (side + this.gap) - this.gap) * scale;
    const possible = ACROSS[name];
    this.columns = possible.find((columns) => width(columns) <= room) ?? possible[possible.length - 1];
    const size = [width(this.columns), width(Math.ceil(maps / this.columns))];
    const now = String(size);
    if (now === this.fitted) return;
    this.fitted = now;
    Object.assign(this.canvas, { width: 2 * size[0], height: 2 * size[1] });
    this.canvas.style.width = `${size[0]}px`;
    Object.assign(this.pixels, { width: size[0] / scale, height: size[1] / scale });
  }

  show(state, numbers, at) {
    const opened = openedAt(at, state);
    const { name, side } = this.layer;
    if (opened[0] === name) this.place = opened;
    this.fit();
    this.paint(numbers[name]);
    this.frames(opened, windowOf(opened, state, numbers));
    const [, map, row, column] = this.place;
    const index = (map * side + row) * side + column;
    this.frame.setAttribute("aria-valuenow", index);
    this.frame.setAttribute("aria-valuetext", `${placeName(this.place)} = ${number(numbers[name][index])}`);
  }

  paint(values) {
    const { maps, side } = this.layer;
    const { width, height } = this.pixels;
    const { paper, ink, plus, minus } = COLOURS[this.figure.theme];
    const brush = this.pixels.getContext("2d");
    const picture = brush.createImageData(width, height);
    for (let m = 0, index = 0; m < maps; m++) {
      const top = Math.floor(m / this.columns) * (side + this.gap);
      const left = (m % this.columns) * (side + this.gap);
      for (let r = 0; r < side; r++)
        for (let c = 0; c < side; c++, index++) {
          const value = values[index];
          const end = this.index === 0 ? ink : value < 0 ? minus : plus;
          const share = Math.min(1, Math.abs(value));
          const to = 4 * ((top + r) * width + left + c);
          for (let channel = 0; channel < 3; channel++)
            picture.data[to + channel] = paper[channel] + share * (end[channel] - paper[channel]);
          picture.data[to + 3] = 255;
        }
    }
    brush.putImageData(picture, 0, 0);
    const large = this.canvas.getContext("2d");
    large.clearRect(0, 0, this.canvas.width, this.canvas.height);
    large.imageSmoothingEnabled = false;
    large.drawImage(this.pixels, 0, 0, this.canvas.width, this.canvas.height);
  }

  // The value itself, or its window in each map that it reads.
  frames(opened, { index, blocks, top, left, side }) {
    const [name, map, row, column] = opened;
    if (name === this.layer.name) this.box(map, row, column, 1, true);
    else if (index === this.index + 1) for (const block of blocks) this.box(block.map, top, left, side, false);
  }

  box(map, row, column, side, own) {
    const brush = this.canvas.getContext("2d");
    const scale = 2 * SCALE[this.layer.name];
    const pitch = (this.layer.side + this.gap) * scale;
    const [x, y] = [(map % this.columns) * pitch, Math.floor(map / this.columns) * pitch];
    const size = this.layer.side * scale;
    brush.save();
    brush.beginPath();
    brush.rect(x - 2, y - 2, size + 4, size + 4); // a window may reach into the padding
    brush.clip();
    const { paper, ink } = COLOURS[this.figure.theme];
    for (const [colour, width] of [
      [paper, own ? 8 : 6],
      [own ? ink : THIRD[this.figure.theme], own ? 4 : 3],
    ]) {
      brush.lineWidth = width;
      brush.strokeStyle = `rgb(${colour.join(" ")})`;
      brush.strokeRect(x + column * scale, y + row * scale, side * scale, side * scale);
    }
    brush.restore();
  }
}
const THIRD = { light: [122, 63, 184], dark: [201, 155, 255] };
