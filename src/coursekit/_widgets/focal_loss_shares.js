// Focal loss beside cross-entropy: both curves, and which examples have how much of the sum.

const ROWS = "ABCDEF";
const COLUMNS = ["how many", "label", "p of label"];
const KINDS = ["output", "window"];
const percent = (share) => `${number(Number((100 * share).toFixed(1)))} %`;
const WORDS = ["loss", "gradient"];
const [BAR, ROW, LEFT_OF, CELL] = [110, 30, 18, 66];
// Two lines for each example: cross-entropy, below it focal loss, each with a bar of the length of its share.
const barGrid = (what, { examples }, { shares, totals }) => ({
  title: `Shares of the ${WORDS[what]}`,
  note: ["blue: cross-entropy", "orange: focal loss"]
    .map((words, kind) => `${words}, in all ${number(totals[2 * what + kind])}`)
    .join("; "),
  values: examples.flatMap((_, index) => [0, 1].map((kind) => [percent(shares[2 * what + kind][index])])),
  name: (r) => `share of the ${WORDS[what]}, ${ROWS[r >> 1]}, ${TERMS[r % 2]}`,
  size: [LEFT_OF + CELL + BAR + 4, ROW * 2 * examples.length + 6 * (examples.length - 1)],
  place: (r) => [LEFT_OF + CELL / 2, barHeight(r), CELL, ROW - 3],
});
const barHeight = (r) => ROW * (r + 0.5) + 6 * (r >> 1);
const bars = (what, { shares }) =>
  shares[2 * what].flatMap((_, index) =>
    [0, 1].map((kind) => {
      const [y, x] = [barHeight(2 * index + kind), LEFT_OF + CELL + 3];
      return [x, y, x + BAR * shares[2 * what + kind][index], y, KINDS[kind], 14];
    }),
  );
const letters = ({ examples }) => examples.map((_, index) => [0, barHeight(2 * index + 0.5) + 7, ROWS[index]]);

const curves = (what) => (figure) =>
  new Chart(figure, {
    height: 220,
    pick: {
      label: `p of the right label, along the ${WORDS[what]}`,
      across: true,
      step: 0.01,
      get: ({ p }) => [p, 0],
      put: (state, [p]) => (state.p = Math.min(0.99, Math.max(0.01, p))),
    },
    tell(state, { point, ...numbers }, at) {
      const { gamma, p, examples, weigh } = state;
      const line = (g, w) =>
        Array.from({ length: 199 }, (_, i) => [(i + 1) / 200, focalLoss((i + 1) / 200, g, w)[what]]);
      const max = what ? 1.4 : 4;
      const sizes = what ? numbers.focal_slopes : numbers.focal;
      const told = TERMS.map((term, kind) => `${term} ${number(point[2 * kind + what])}`).join(", ");
      return {
        title: what ? "Size of the gradient by the score" : "Loss: focal solid, cross-entropy dashed",
        note:
          `p = ${number(p)}: ${told}. ${weigh ? "Solid: label 1, dotted: label 0. " : ""}` +
          "Drag the line, or use arrow keys.",
        label: `p = ${number(p)}: ${told}`,
        x: { min: 0, max: 1, label: "p, probability of the right label" },
        y: { min: 0, max, label: "" },
        curves: [
          {
            points: [
              [p, 0],
              [p, max],
            ],
            thick: 1,
          },
          { points: line(0, 1), kind: KINDS[0], dash: "6 4" },
          ...(weigh ? [{ points: line(gamma, weightOf(state, 0)), kind: KINDS[1], dash: "2 3" }] : []),
          { points: line(gamma, weightOf(state, 1)), kind: KINDS[1], thick: 2.5 },
        ],
        marks: [
          { at: [p, point[what]], kind: KINDS[0], size: 4 },
          { at: [p, point[2 + what]], kind: KINDS[1], size: 4 },
          ...examples.map(([, , right], index) => ({
            ...{ at: [right, sizes[index]], words: ROWS[index], kind: index === at.index ? "ink" : KINDS[1] },
          })),
        ],
      };
    },
  });
const indexOf = ({ grid, row }) => (grid === "examples" ? row : row >> 1);
// The sum behind a bar.
const opened = ({ grid, row }, { examples }, { shares, totals, ...numbers }) => {
  const [what, kind, index] = [WORDS.indexOf(grid), row % 2, row >> 1];
  if (what < 0) return [];
  const one = [
    [numbers.entropy, numbers.focal],
    [numbers.entropy_slopes, numbers.focal_slopes],
  ][what][kind][index];
  const [share, whole] = [percent(shares[2 * what + kind][index]), number(totals[2 * what + kind])];
  return [
    make(
      "div",
      {},
      strong(`${ROWS[index]}: ${share} of the ${grid} with ${TERMS[kind]}`),
      ` = ${number(examples[index][0])} · ${number(one)} / ${whole}.`,
    ),
  ];
};

figure({
  controls: () => [
    { name: "gamma", label: "focus γ", min: 0, max: 5, step: 0.1, typed: "beside" },
    { name: "weigh", label: "weigh labels with α" },
    { name: "alpha", label: "α of label 1", min: 0, max: 1, step: 0.05, typed: "beside" },
    { name: "p", label: "point p", min: 0.01, max: 0.99, step: 0.01, typed: true },
  ],
  numbers: shareOut,
  parts: (figure) => [0, 1].map((what) => curves(what)(figure)),
  start: ["examples", 0, 0],

  grids: (state, numbers) => ({
    examples: {
      title: "Examples: type your own",
      note: "how many of the kind, their label (0 or 1), and the probability that the model gives this label",
      heads: { columns: COLUMNS, rows: state.examples.map((_, index) => ROWS[index]) },
      values: state.examples,
      edits: ["examples"],
      limit: (_, c) =>
        [
          { min: 0, max: 1e5, whole: true },
          { min: 0, max: 1, whole: true },
          { min: 0.01, max: 0.99, whole: false },
        ][c],
      name: (r, c) => `${ROWS[r]}, ${COLUMNS[c]}`,
    },
    loss: barGrid(0, state, numbers),
    gradient: barGrid(1, state, numbers),
  }),

  light(place, state, numbers) {
    const { gamma, p, examples, alpha, weigh } = state;
    const index = indexOf(place);
    const [many, label, right] = examples[index];
    const [entropy, , focal] = numbers.point;
    const w = weightOf(state, label);
    const factors = [
      ...(weigh ? [`${label ? `α = ${number(alpha)}` : `1 − α = ${number(1 - alpha)}`} times `] : []),
      `(1 − p)^γ = ${number(1 - right)}^${number(gamma)} = ${number((1 - right) ** gamma)}`,
    ];
    const shared = (what) => [0, 1].map((kind) => strong(percent(numbers.shares[2 * what + kind][index])));
    const mark = (what) => (r) =>
      r >> 1 === index && (place.grid !== WORDS[what] || r === place.row) ? KINDS[r % 2] : "";
    return {
      lit: { examples: (r) => (r === index ? "window" : ""), loss: mark(0), gradient: mark(1) },
      lines: { loss: bars(0, numbers), gradient: bars(1, numbers) },
      labels: { loss: letters(state), gradient: letters(state) },
      say: [
        ...opened(place, state, numbers),
        make(
          "div",
          {},
          strong(`${ROWS[index]}: ${plural(many, "example")} with p = ${number(right)}`),
          `. The cross-entropy of one is ${number(numbers.entropy[index])}. `,
          `Focal loss multiplies it by ${factors.join("")}: ${number(numbers.focal[index])}`,
          w === 0 ? ", nothing." : ".",
        ),
        make(
          "div",
          {},
          "Share of the loss: ",
          shared(0)[0],
          " with cross-entropy, ",
          shared(0)[1],
          " with focal loss. Share of the gradient: ",
          shared(1)[0],
          " and ",
          shared(1)[1],
          ".",
        ),
        make(
          "div",
          {},
          `At the point p = ${number(p)}${weigh ? ", with label 1," : ""} cross-entropy is ${number(entropy)}, `,
          `focal loss ${number(focal)}.`,
        ),
      ],
    };
  },
});
