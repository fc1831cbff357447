// The paper: drawn on with mouse, finger and keyboard. Its keyboard is that of every layer's picture, and Space draws.
const SIDE = 28;
const BRUSHES = { pen: 1.1, "fine pen": 0.6, rubber: 1.6 };
const hundredths = (value) => Math.round(100 * value) / 100;

// Draw one line with a round brush: full ink inside, none a pixel further.
const stroke = (image, [row, column], [toRow, toColumn], brush) => {
  const [down, right, radius] = [toRow - row, toColumn - column, BRUSHES[brush]];
  const length = down ** 2 + right ** 2;
  for (let r = 0; r < SIDE; r++)
    for (let c = 0; c < SIDE; c++) {
      const along = length ? ((r - row) * down + (c - column) * right) / length : 0;
      const near = Math.min(1, Math.max(0, along));
      const away = Math.hypot(r - row - near * down, c - column - near * right);
      const ink = hundredths(Math.min(1, Math.max(0, radius + 0.5 - away)));
      image[r][c] = brush === "rubber" ? Math.min(image[r][c], 1 - ink) : Math.max(image[r][c], ink);
    }
};

// A picture of any size, as large as fits, in grey; dark lines on a light ground become ink.
const readPicture = async (file) => {
  const whole = await createImageBitmap(file);
  const scale = SIDE / Math.max(whole.width, whole.height);
  const [width, height] = [whole.width, whole.height].map((size) => Math.max(1, Math.round(size * scale)));
  const canvas = make("canvas", { width, height });
  const brush = canvas.getContext("2d");
  Object.assign(brush, { fillStyle: "white", imageSmoothingQuality: "high" });
  brush.fillRect(0, 0, width, height);
  brush.drawImage(whole, 0, 0, width, height);
  const { data } = brush.getImageData(0, 0, width, height);
  const grey = Array.from({ length: height }, (_, r) =>
    Array.from({ length: width }, (_, c) => {
      const from = 4 * (r * width + c);
      return 0.299 * data[from] + 0.587 * data[from + 1] + 0.114 * data[from + 2];
    }),
  );
  const border = grey.flatMap((line, r) =>
    line.filter((_, c) => r % (height - 1) === 0 || c % (width - 1) === 0),
  );
  const all = grey.flat();
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const light = border.reduce((total, value) => total + value, 0) / border.length > (least + most) / 2;
  const image = Array.from({ length: SIDE }, () => Array(SIDE).fill(0));
  const [top, left] = [(SIDE - height) >> 1, (SIDE - width) >> 1];
  grey.forEach((line, r) =>
    line.forEach((value, c) => {
      const share = most > least ? (value - least) / (most - least) : 0;
      image[top + r][left + c] = hundredths(most > least && light ? 1 - share : share);
    }),
  );
  return image;
};

class Pad extends Maps {
  constructor(figure) {
    super(figure, 0);
    this.past = [];
    this.frame.style.touchAction = "none"; // a finger draws; the page is moved beside the paper
    this.file = make("input", {
      ...{ type: "file", accept: "image/*", hidden: "", "aria-label": "Your own picture" },
      onchange: () => this.load(),
    });
    const button = (words, act) => make("button", { type: "button", onclick: act }, words);
    this.error = make("div", { class: "ck-error", role: "alert" });
    this.panel.append(
      make(
        "div",
        { class: "ck-buttons ck-pad" },
        button("Undo", () => this.undo()),
        button("Clear", () => this.take(Array.from({ length: SIDE }, () => Array(SIDE).fill(0)))),
        button("Load a picture", () => this.file.click()),
        this.file,
      ),
      this.error,
    );
  }

  reset() {
    super.reset();
    if (this.error) this.error.textContent = "";
  }

  // Change the picture; what it was can come back.
  take(image, before = this.figure.state.image) {
    this.error.textContent = "";
    const past = [...this.past, before];
    this.made = JSON.stringify(image);
    this.figure.change((state) => (state.image = image), "image");
    this.past = past;
  }

  undo() {
    if (this.past.length === 0) {
      this.error.textContent = "There is nothing to undo.";
      return;
    }
    const past = this.past.slice(0, -1);
    const image = this.past[past.length];
    this.made = JSON.stringify(image);
    this.figure.change((state) => (state.image = image), "image");
    this.past = past;
  }

  async load() {
    const [file] = this.file.files;
    if (!file) return;
    try {
      this.take(await readPicture(file));
    } catch {
      this.error.textContent = `${file.name} is no picture that this browser can read. The paper stays as it is.`;
    }
    this.file.value = "";
  }

  spot(event) {
    const { left, top, width } = this.canvas.getBoundingClientRect();
    return [event.clientY - top, event.clientX - left].map((at) => (at / width) * SIDE - 0.5);
  }

  listen() {
    const { frame } = this;
    frame.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      this.drawing = { last: this.spot(event), before: this.figure.state.image, pointer: event.pointerId };
      if (event.isTrusted) frame.setPointerCapture(event.pointerId); // a stroke may end beside the paper
      this.move([event]);
    });
    frame.addEventListener("pointermove", (event) => {
      if (this.drawing?.pointer === event.pointerId) this.move(event.getCoalescedEvents?.() ?? [event]);
    });
    frame.addEventListener("pointerup", () => this.finish());
    frame.addEventListener("pointercancel", () => this.finish(true));
  }

  move(events) {
    const { drawing, figure } = this;
    const image = structuredClone(figure.state.image);
    for (const event of events) {
      const to = this.spot(event);
      stroke(image, drawing.last, to, figure.state.brush);
      drawing.last = to;
    }
    this.made = JSON.stringify(image);
    figure.change((state) => (state.image = image), "image");
  }

  finish(cancelled = false) {
    const { drawing } = this;
    if (!drawing) return;
    this.drawing = null;
    if (cancelled) this.figure.change((state) => (state.image = drawing.before), "image");
    else this.past.push(drawing.before);
    this.made = JSON.stringify(this.figure.state.image);
  }

  key(event) {
    const paints = event.key === " " || (event.shiftKey && event.key.startsWith("Arrow"));
    if (!paints) return super.key(event);
    event.preventDefault();
    event.stopPropagation();
    const from = this.place.slice(2);
    const to = event.key === " " ? from : this.after(event.key)?.slice(2);
    if (!to) return;
    const image = structuredClone(this.figure.state.image);
    stroke(image, from, to, this.figure.state.brush);
    this.open([0, ...to]);
    this.take(image);
  }

  show(state, numbers, at) {
    if (JSON.stringify(state.image) !== this.made) this.past = []; // picked or reset: nothing of it was drawn
    super.show(state, numbers, at);
  }
}
