// The image with nine points on it. Each can be dragged by mouse and finger; arrow keys move the chosen one.

const [UNIT, NEAR, LONGEST] = [40, 20, 34];
const LETTERS =
  "fill: var(--ink); font-size: 11px; paint-order: stroke; stroke: var(--paper); stroke-width: 2px";
const onto = ([u, v]) => [(v + 1.5) * UNIT, (u + 1.5) * UNIT];
const BY_KEY = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const shape = (tag, style, attributes, ...words) => svg(tag, { ...attributes, style }, ...words);

class Points {
  constructor(figure) {
    Object.assign(this, { figure, held: null });
    this.picture = svg("g");
    const side = 7 * UNIT;
    this.image = svg(
      "svg",
      {
        ...{ viewBox: `0 0 ${side} ${side}`, width: side, height: side, "aria-hidden": "true" },
        style: "display: block",
      },
      this.picture,
    );
    this.frame = make(
      "div",
      {
        ...{ role: "slider", tabindex: "0", "aria-label": "sampling point of the chosen tap" },
        ...{ "aria-valuemin": -REACH, "aria-valuemax": REACH },
        style: `width: ${side}px; border-radius: 4px; cursor: crosshair`,
        onkeydown: (event) => this.key(event),
        onpointerdown: (event) => this.take(event),
        // A finger on a point drags it and scrolls nothing.
        ontouchstart: (event) => this.held?.near && event.cancelable && event.preventDefault(),
        onpointermove: (event) => this.drag(event),
        onpointerup: (event) => this.drop(event),
        onpointercancel: () => (this.held = null),
      },
      this.image,
    );
    const words =
      "Drag the points; or choose one, and click where it is to go, or use arrow keys. " +
      "Arrows: where to go for a larger y. Outside of the image there are zeros.";
    this.panel = make(
      "div",
      { class: "ck-panel" },
      make("div", { class: "ck-title" }, "Where the taps look"),
      make("div", { class: "ck-scroll" }, this.frame),
      make("div", { class: "ck-note" }, words),
    );
  }

  under(event) {
    const { left, top, width } = this.image.getBoundingClientRect();
    const pixels = (from, to) => ((to - from) * 7) / width - 1.5;
    return [pixels(top, event.clientY), pixels(left, event.clientX)];
  }

  take(event) {
    const { offsets, tap } = this.figure.state;
    const [u, v] = this.under(event);
    // Of points on one another the chosen one is taken.
    const away = TAPS.map(([i, j], t) => {
      const [row, column] = placeOf(offsets, i, j);
      return UNIT * Math.hypot(row - u, column - v) - (NAMES[t] === tap ? 1 : 0);
    });
    const nearest = away.indexOf(Math.min(...away));
    if (event.pointerType === "mouse" && event.button !== 0) return;
    const near = away[nearest] <= NEAR;
    this.held = { t: near ? nearest : NAMES.indexOf(tap), near, dragged: false };
    this.frame.setPointerCapture(event.pointerId);
  }

  // A finger that begins beside the points may be scrolling the page.
  drag(event) {
    if (!this.held || (event.pointerType === "touch" && !this.held.near)) return;
    this.held.dragged = true;
    this.put(this.held.t, this.under(event));
  }

  // Without dragging: a point is chosen, or the chosen one goes where there is none.
  drop(event) {
    if (!this.held) return;
    const { t, near, dragged } = this.held;
    if (near && !dragged) this.figure.change((state) => (state.tap = NAMES[t]), "tap");
    else if (!dragged) this.put(t, this.under(event));
    this.held = null;
  }

  key(event) {
    const by = BY_KEY[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation(); // Jupyter and the book turn pages with arrow keys
    const { tap, offsets } = this.figure.state;
    const place = placeOf(offsets, ...tapOf(tap));
    this.put(
      NAMES.indexOf(tap),
      place.map((at, axis) => at + by[axis] / 4),
    );
  }

  // Numbers that a reader would type, within reach.
  put(t, place) {
    const [i, j] = TAPS[t];
    const within = (value) => Number(Math.min(REACH, Math.max(-REACH, value)).toFixed(2));
    const offset = place.map((at, axis) => within(at - (MIDDLE - 1 + TAPS[t][axis])));
    this.figure.change((state) => {
      state.offsets[i][j] = offset;
      state.tap = NAMES[t];
    }, "offsets");
  }

  show(state, numbers, at) {
    const { image, kernel, offsets } = state;
    const [i, j] = tapOf(state.tap);
    const read = around(image, placeOf(offsets, i, j)).filter(({ share }) => share > 0);
    const texts = []; // over the points
    const pixels = image.flatMap((line, r) =>
      line.map((value, c) => {
        const mixes = read.some((corner) => corner.r === r && corner.c === c);
        const [x, y] = onto([r, c]).map((middle) => middle - UNIT / 2);
        const colours = mixes
          ? "fill: var(--window-fill); stroke: var(--window); stroke-width: 2"
          : "fill: var(--paper); stroke: var(--line)";
        const [width, height] = [UNIT, UNIT];
        texts.push(shape("text", LETTERS, { x: x + 4, y: y + 13 }, number(value)));
        return [mixes, shape("rect", colours, { x, y, width, height })];
      }),
    );
    pixels.sort(([one], [other]) => one - other); // marked edges over the others
    const lengths = numbers.grad_offsets.flat().map(([down, right]) => Math.hypot(down, right));
    const scale = LONGEST / Math.max(...lengths, 1e-9);
    const points = TAPS.map(([a, b], t) => {
      const chosen = a === i && b === j;
      const pointed = at && at.grid !== "image" && at.row === a && at.column === b;
      const colour = chosen ? "var(--output)" : pointed ? "var(--window)" : "var(--third)";
      const [x, y] = onto(placeOf(offsets, a, b));
      const [x0, y0] = onto([MIDDLE - 1 + a, MIDDLE - 1 + b]);
      const [down, right] = numbers.grad_offsets[a][b].map((part) => part * scale);
      const thick = chosen || pointed ? 3 : 1.5;
      return svg(
        "g",
        {},
        shape("line", "stroke: var(--soft); stroke-dasharray: 3 3", { x1: x0, y1: y0, x2: x, y2: y }),
        ...arrow(x, y, right, down, `stroke: ${colour}; fill: ${colour}; stroke-width: ${thick}`),
        shape(
          "circle",
          `fill: ${chosen ? "var(--output-fill)" : "var(--paper)"}; stroke: ${colour}; stroke-width: ${thick}`,
          { cx: x, cy: y, r: chosen ? 7 : 5 },
        ),
      );
    });
    const [last] = points.splice(NAMES.indexOf(state.tap), 1);
    this.picture.replaceChildren(...pixels.map(([, square]) => square), ...points, last, ...texts);
    const [down, right] = offsets[i][j];
    const told = `${state.tap}: ${number(down)} down, ${number(right)} right; weight ${number(kernel[i][j])}`;
    this.frame.setAttribute("aria-valuetext", told);
    this.frame.setAttribute("aria-valuenow", down);
  }

  reset() {
    this.held = null;
  }
}

const arrow = (x, y, right, down, style) => {
  const length = Math.hypot(right, down);
  if (length < 2) return [];
  const [a, b] = [right / length, down / length];
  const [x2, y2] = [x + right + 7 * a, y + down + 7 * b];
  const side = (by) => `${x2 - 7 * a - by * 4 * b},${y2 - 7 * b + by * 4 * a}`;
  return [
    shape("line", style, { x1: x, y1: y, x2: x2 - 4 * a, y2: y2 - 4 * b }),
    shape("polygon", style, { points: `${x2},${y2} ${side(1)} ${side(-1)}` }),
  ];
};
