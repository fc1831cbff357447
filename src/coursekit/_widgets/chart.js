// A picture in numbers of its own: axes, curves and marks. With `pick` the reader puts a point into it, by mouse, by finger
// and with the arrow keys.
// With `across` it picks along the horizontal axis alone.
const [LEFT, RIGHT, ABOVE, BELOW] = [44, 14, 8, 34];
// Steps that a key makes.
const BOTH = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const ALONG = {
  ...BOTH,
  ArrowUp: [1, 0],
  ArrowDown: [-1, 0],
  PageUp: [10, 0],
  PageDown: [-10, 0],
  Home: [-1e9, 0],
  End: [1e9, 0],
};

class Chart {
  constructor(figure, { tell, pick, width = 300, height = 240 }) {
    Object.assign(this, { figure, tell, pick, width, height });
    this.title = make("div", { class: "ck-title" });
    this.note = make("div", { class: "ck-note" });
    this.ground = svg("g");
    this.front = svg("g");
    this.image = svg(
      "svg",
      { viewBox: `0 0 ${width} ${height}`, width, height, style: "display: block; overflow: hidden" },
      this.ground,
      this.front,
    );
    this.frame = make("div", { style: `width: ${width}px; border-radius: 4px` }, this.image);
    if (pick) this.listen();
    else this.image.setAttribute("role", "img");
    const scroll = make("div", { class: "ck-scroll" }, this.frame);
    this.panel = make("div", { class: "ck-panel" }, this.title, scroll, this.note);
  }

  listen() {
    const { frame, pick } = this;
    this.image.setAttribute("aria-hidden", "true");
    for (const [name, value] of Object.entries({ role: "slider", tabindex: "0", "aria-label": pick.label }))
      frame.setAttribute(name, value);
    frame.style.cursor = pick.across ? "ew-resize" : "crosshair";
    if (pick.across) frame.style.touchAction = "pan-y"; // a finger that goes sideways moves the point
    frame.addEventListener("click", (event) => this.dragged || this.put(this.place(event)));
    frame.addEventListener("pointerdown", () => (this.dragged = false));
    frame.addEventListener("pointermove", (event) => {
      const drags = event.pointerType === "mouse" || pick.across;
      if (!drags || event.buttons !== 1) return;
      this.dragged = true; // the click that follows moves nothing
      this.put(this.place(event));
    });
    frame.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    const by = (this.pick.across ? ALONG : BOTH)[event.key];
    if (!by || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation(); // Jupyter and the book turn pages with arrow keys
    const { step } = this.pick;
    this.put(this.pick.get(this.figure.state).map((value, axis) => value + by[axis] * step));
  }

  // Numbers that a reader would type, inside the picture.
  put(wanted) {
    const within = ({ min, max }, value) =>
      Number(Math.min(max, Math.max(min, value)).toFixed(this.pick.places ?? 2));
    const place = [within(this.x, wanted[0]), within(this.y, wanted[1])];
    this.figure.change((state) => this.pick.put(state, place), "pick");
  }

  place(event) {
    const { left, top, width } = this.image.getBoundingClientRect();
    const scale = this.width / width;
    const across = ((event.clientX - left) * scale - LEFT) / (this.width - LEFT - RIGHT);
    const up = 1 - ((event.clientY - top) * scale - ABOVE) / (this.height - ABOVE - BELOW);
    return [this.x.min + across * (this.x.max - this.x.min), this.y.min + up * (this.y.max - this.y.min)];
  }

  // From a number to a point of the picture; on a logarithmic axis `min` and `max` are powers of ten.
  across(value) {
    const { min, max } = this.x;
    return LEFT + ((value - min) / (max - min)) * (this.width - LEFT - RIGHT);
  }

  down(value) {
    const { min, max, log } = this.y;
    const at = log ? Math.log10(Math.max(value, 10 ** min)) : value;
    return ABOVE + ((max - at) / (max - min)) * (this.height - ABOVE - BELOW);
  }

  // Far outside a point is drawn just outside: lines keep their direction well enough, and the picture its size.
  spot([x, y]) {
    const near = (value, length) => Math.min(2 * length, Math.max(-length, value));
    return [near(this.across(x), this.width), near(this.down(y), this.height)].map((v) => v.toFixed(1));
  }

  show(state, numbers, at) {
    const told = this.tell(state, numbers, at);
    Object.assign(this, { x: told.x, y: told.y });
    this.title.textContent = told.title;
    this.note.textContent = told.note ?? "";
    const key = JSON.stringify([told.x, told.y, told.key]);
    if (key !== this.drawn) this.ground.replaceChildren(...this.axes(), ...(told.ground?.(this) ?? []));
    this.drawn = key;
    const curves = told.curves.map((curve) => this.curve(curve));
    const marks = (told.marks ?? []).map((mark) => this.mark(mark));
    const [wide, high] = [this.width - LEFT - RIGHT, this.height - ABOVE - BELOW];
    const inside = {
      x: LEFT,
      y: ABOVE,
      width: wide,
      height: high,
      viewBox: `${LEFT} ${ABOVE} ${wide} ${high}`,
    };
    this.front.replaceChildren(svg("svg", inside, ...curves), ...marks);
    if (this.pick) {
      const [x] = this.pick.get(state);
      const values = { valuetext: told.label, valuenow: x, valuemin: this.x.min, valuemax: this.x.max };
      for (const [name, value] of Object.entries(values)) this.frame.setAttribute(`aria-${name}`, value);
    } else this.image.setAttribute("aria-label", told.label);
  }

  curve({ points, kind, dash, thick = 2, dots = 0, fill = "none" }) {
    const places = points.map((point) => this.spot(point));
    const colour = `var(--${kind ?? "line"})`;
    return svg(
      "g",
      {},
      svg("polyline", {
        points: places.join(" "),
        style: `fill: ${fill}; stroke: ${colour}; stroke-width: ${thick}; stroke-dasharray: ${dash ?? "none"}`,
      }),
      ...(dots ? places.map(([cx, cy]) => svg("circle", { cx, cy, r: dots, style: `fill: ${colour}` })) : []),
    );
  }

  // A small disc with a letter in it, kept inside the picture.
  mark({ at, words = "", kind, size = 8 }) {
    const [x, y] = this.spot(at).map(Number);
    const inside = (value, low, high) => Math.min(high, Math.max(low, value));
    const cx = inside(x, LEFT, this.width - RIGHT);
    const cy = inside(y, ABOVE, this.height - BELOW);
    const colour = `var(--${kind ?? "ink"})`;
    return svg(
      "g",
      {},
      svg("circle", { cx, cy, r: size, style: `fill: var(--paper); stroke: ${colour}; stroke-width: 2` }),
      svg(
        "text",
        { x: cx, y: cy + 4, style: "fill: var(--ink); font-size: 11px; text-anchor: middle" },
        words,
      ),
    );
  }

  axes() {
    const text = (x, y, anchor, words) =>
      svg("text", { x, y, style: `fill: var(--soft); font-size: 11px; text-anchor: ${anchor}` }, words);
    const line = (x1, y1, x2, y2) => svg("line", { x1, y1, x2, y2, style: "stroke: var(--line)" });
    const [right, bottom] = [this.width - RIGHT, this.height - BELOW];
    const ticks = [line(LEFT, ABOVE, LEFT, bottom), line(LEFT, bottom, right, bottom)];
    for (const value of steps(this.x)) {
      const x = this.across(value);
      ticks.push(line(x, bottom, x, bottom + 4), text(x, bottom + 15, "middle", number(value)));
    }
    for (const value of steps(this.y)) {
      const y = this.down(this.y.log ? 10 ** value : value);
      const words = this.y.log ? tenTo(value) : number(value);
      ticks.push(line(LEFT - 4, y, LEFT, y), text(LEFT - 6, y + 4, "end", words));
    }
    ticks.push(text((LEFT + right) / 2, this.height - 5, "middle", this.x.label));
    const turned = svg("g", { transform: `translate(11 ${(ABOVE + bottom) / 2}) rotate(-90)` });
    turned.append(text(0, 0, "middle", this.y.label));
    return [...ticks, turned];
  }
}

// Round numbers between two ends, five or so.
const steps = ({ min, max, log }) => {
  const rough = (max - min) / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  let step = [1, 2, 5, 10].find((factor) => factor * power >= rough - 1e-12) * power;
  if (log) step = Math.ceil(rough);
  const first = Math.ceil(min / step - 1e-9);
  const count = Math.floor(max / step + 1e-9) - first;
  return Array.from({ length: count + 1 }, (_, index) => (first + index) * step);
};
const raised = (whole) => [...String(whole)].map((sign) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[sign] ?? "⁻").join("");
const tenTo = (power) => (power === 0 ? "1" : power === 1 ? "10" : `10${raised(power)}`);
// A number that may be very large or very small, in few signs. `_text.py` writes the same.
const short = (value, places = 1) => {
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e4)) return number(value);
  const [shown, power] = value.toExponential(places).split("e");
  return `${shown.replace("-", "−")}·10${raised(Number(power))}`;
};
