// LeNet-5 on what the reader draws: every map, every window, the scores of the classes.

const classesOf = ({ weights }) => KEPT[weights].classes;
const percent = (share) => {
  if (share < 0.0005) return "< 0.1 %";
  return share > 0.9995 ? "> 99.9 %" : `${number(Math.round(1000 * share) / 10)} %`;
};
// The pictures that come along, under their names, ink in hundredths.
const pictures = () => {
  const found = {};
  for (const { pictures: text, classes } of Object.values(KEPT)) {
    const ink = bytesOf(text);
    classes.forEach((name, k) => {
      const row = (r) => Array.from({ length: SIDE }, (_, c) => ink[(k * SIDE + r) * SIDE + c] / 100);
      found[name.length === 1 ? `digit ${name}` : name] = Array.from({ length: SIDE }, (_, r) => row(r));
    });
  }
  return found;
};
const PICTURES = pictures();
const DIGITS = new Set(Object.keys(PICTURES).slice(0, 10).map((name) => JSON.stringify(PICTURES[name])));

// What is said of the opened value: where it comes from.
const tellOpened = (opened, state, numbers) => {
  const [name, map, row, column] = opened;
  const found = windowOf(opened, state, numbers);
  const called = name === "output" ? `score of ${classesOf(state)[map]}` : placeName(opened);
  const head = strong(`${called} = ${number(found.value)}`);
  const { index, blocks, total, bias, sums } = found;
  if (!index) {
    const reach = (at) => Math.min(at + 2, SIDE - 1) - Math.max(at - 2, 0) + 1;
    return [head, ` is ink. ${number(reach(row) * reach(column))} numbers of each map of C1 read it.`];
  }
  const below = LAYERS[index - 1].name;
  if (!LAYERS[index].weights)
    return [head, " is the average of ", blocks[0].taps.map(({ pixel }) => number(pixel)).join(", "), `: four numbers of ${below}, map ${map}.`];
  const many = blocks.length * blocks[0].taps.length;
  const sum = sums.reduce((whole, one) => whole + one, 0);
  return [
    head,
    ` = ${LAYERS[index].linear ? "" : `tanh(${number(total)}), and ${number(total)} = `}`,
    `${number(sum)} + ${factor(bias)}: the sum of ${plural(many, "product")} with ${below}, and the bias.`,
  ];
};

// The box tells its width and its colours; both may change while the page is open.
const watch = (figure) => {
  if (figure.watched) return;
  figure.watched = true;
  const again = () => {
    const [breadth, theme] = [figure.box.clientWidth - 34, getComputedStyle(figure.box).colorScheme];
    if (breadth === figure.breadth && theme === figure.theme) return false;
    Object.assign(figure, { breadth, theme });
    return true;
  };
  again();
  const look = () => again() && figure.light();
  new ResizeObserver(look).observe(figure.box);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", look);
  const page = new MutationObserver(look);
  for (const part of [document.documentElement, document.body]) page.observe(part, { attributes: true });
};

figure({
  controls: () => [
    {
      name: "picture",
      label: "picture",
      presets: PICTURES,
      get: ({ image }) => image,
      put: (state, image) => (state.image = image),
    },
    { name: "weights", label: "trained on", options: Object.keys(KEPT) },
    { name: "brush", label: "brush", options: Object.keys(BRUSHES) },
  ],
  // Who picks a garment wants the network that knows garments; he may change it after that.
  settle: (state, changed) => {
    if (changed === "picture") state.weights = DIGITS.has(JSON.stringify(state.image)) ? "digits" : "garments";
  },
  numbers: runLenet,
  beside: "narrow",
  parts: (figure) => {
    watch(figure);
    return [new Pad(figure), ...LAYERS.slice(1, -1).map((_, index) => new Maps(figure, index + 1)), new Opened()];
  },

  grids(state, { output, probabilities }) {
    const classes = classesOf(state);
    return {
      output: {
        title: "Score and probability",
        values: output.map((score) => [score]),
        name: (k) => `score of ${classes[k]}`,
        size: [282, 280],
        place: (k) => [120, 14 + 28 * k, 62, 24],
        labels: classes.flatMap((name, k) => [
          [0, 18 + 28 * k, name],
          [234, 18 + 28 * k, percent(probabilities[k])],
        ]),
      },
    };
  },

  light(at, state, numbers) {
    const opened = openedAt(at, state);
    const { probabilities } = numbers;
    const classes = classesOf(state);
    const order = probabilities.map((_, k) => k).sort((a, b) => probabilities[b] - probabilities[a]);
    const [first, second] = order.map((k) => [classes[k], percent(probabilities[k])]);
    const bar = (share, k) => [156, 14 + 28 * k, 156 + 72 * share, 14 + 28 * k, "output", 12];
    return {
      lit: { output: (k) => (opened[0] === "output" && k === opened[1] ? "output" : k === order[0] ? "third" : "") },
      lines: { output: probabilities.map(bar) },
      say: [
        make("div", {}, "LeNet-5 reads ", strong(first[0]), `: ${first[1]}. Next comes ${second[0]}, ${second[1]}.`),
        make("div", {}, ...tellOpened(opened, state, numbers)),
      ],
    };
  },
});
