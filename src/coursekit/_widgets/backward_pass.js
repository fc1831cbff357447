// A network backward: δ of every unit, the derivative by every weight, and a finite difference beside it.

const deltaName = (unit, layer) => symbol("δ", unit, layer);
const MEANT = {
  "squared error": "half the squared distance of y from t",
  "cross-entropy": "the cross-entropy of p, which is the softmax of y",
  "upstream gradient": "as if the loss were g times y, added up over the outputs",
};
const atKink = ({ activation }, a) => activation === "ReLU" && a === 0;

// Where a δ of the last layer comes from.
const fromLoss = (k, state, { outputs, deltas }) => {
  const [y, delta] = [outputs[outputs.length - 1], deltas[deltas.length - 1][k - 1]];
  const [value, t, index] = [y[k - 1], state.target[k - 1], lower(k)];
  const ways = {
    "squared error": () => `y${index} − t${index} = ${number(value)} − ${factor(t)}`,
    "cross-entropy": () => `p${index} − t${index} = ${number(delta + t)} − ${number(t)}`,
    "upstream gradient": () => `g${index}`,
  };
  return [
    strong(`${deltaName(k, deltas.length)} = ${number(delta)}`),
    ` = ∂L/∂y${index} = ${ways[state.loss]()}.`,
  ];
};
// What comes back to a unit or an input from the layer that reads it.
const fromNext = ({ layer, unit }, { weights, activation }, { sums, deltas, grad_x }) => {
  const column = weights[layer].map((row) => row[unit]);
  if (!layer) {
    const products = productsOf(column, deltas[0]);
    return [strong(`∂L/∂x${lower(unit)} = ${number(grad_x[unit - 1])}`), " = ", ...products, "."];
  }
  const a = sums[layer - 1][unit - 1];
  const slope = CURVES[activation][1](a);
  return [
    strong(`${deltaName(unit, layer)} = ${number(deltas[layer - 1][unit - 1])}`),
    ` = ${activation}′(${number(a)}) · `,
    ...productsOf(column, deltas[layer], "(", ")"),
    ` = ${factor(slope)} · ${factor(inner(column, deltas[layer]))}.`,
    atKink({ activation }, a) ? " At 0 ReLU has no slope, and 0 is taken." : "",
  ];
};
const byWeight = (layer, k, h, state, { sums, outputs, deltas, grads }) => {
  const read = [1, ...outputs[layer - 1]][h];
  const name = h === 0 ? "1" : layer === 1 ? `x${lower(h)}` : symbol("z", h, layer - 1);
  const kink = layer < sums.length && atKink(state, sums[layer - 1][k - 1]);
  return [
    strong(`∂L/∂${weightName(layer, k, h)} = ${number(grads[layer - 1][k - 1][h])}`),
    ` = ${deltaName(k, layer)} · ${name} = ${factor(deltas[layer - 1][k - 1])} · ${factor(read)}. `,
    `The finite difference, ${number(NEAR)} to both sides: ${number(difference(state, layer - 1, k - 1, h))}.`,
    kink ? " The unit is at the kink of ReLU, where the two need not agree." : "",
  ];
};
const NOTHING = [
  strong("A prepended 1"),
  ": nothing goes back to it, since it never changes. Its weights are biases; the derivative by each is δ times 1.",
];

figure({
  controls: ({ target }) => [
    { name: "activation", label: "activation σ", options: NETWORK_ACTIVATIONS },
    { name: "loss", label: "loss", options: Object.keys(LOSSES) },
    {
      name: "target",
      label: "target t",
      presets: Object.fromEntries(
        target.map((_, k) => [
          `class ${k + 1}: ${target.map((_, q) => Number(q === k)).join(", ")}`,
          target.map((_, q) => Number(q === k)),
        ]),
      ),
    },
  ],
  numbers: goBackward,
  // A target that cannot be probabilities becomes the class with the largest entry.
  settle(state, changed) {
    const { target, loss } = state;
    if (changed === "loss" && loss === "cross-entropy" && noShares(target))
      state.target = target.map((_, k) => Number(k === target.indexOf(Math.max(...target))));
  },
  beside: true,
  start: ["units", 2, 1],

  grids(state, { outputs, deltas, grads }) {
    const { loss, target, grad, weights } = state;
    const told = networkGrids(state, "Open a unit or a weight", ({ layer, unit }) => {
      const z = outputs[layer][unit - 1];
      return layer ? `${brief(z)}\nδ ${brief(deltas[layer - 1][unit - 1])}` : number(z);
    });
    const upstream = loss === "upstream gradient";
    told.wanted = {
      title: upstream ? "Upstream gradient g" : "Target t",
      values: [upstream ? grad : target],
      name: (_, k) => `${upstream ? "g" : "t"}${lower(k + 1)}`,
      edits: [upstream ? "grad" : "target"],
      wide: true,
      path: (_, k) => [upstream ? "grad" : "target", k],
      limit: () => (loss === "cross-entropy" ? { min: 0, max: 1 } : LIMIT),
    };
    grads.forEach((matrix, l) => {
      told[`grads${l}`] = {
        group: "Derivatives of the loss by the weights",
        title: `∂L/∂W${upper(l + 1)}`,
        values: matrix.map((line) => line.map(brief)),
        wide: true,
        name: (k, h) => `∂L/∂${weightName(l + 1, k + 1, h)}`,
      };
    });
    return told;
  },

  light({ grid, row, column }, state, numbers) {
    const drawn = drawing(state);
    // `mark` says how boxes are marked, `bold` which weights are; `share` is where on a line its number stands.
    const shown = (say, mark, bold, { share = 0.65, weight = false, wanted = -1 } = {}) => ({
      lit: {
        ...{ units: drawn.boxes(mark), wanted: (_, k) => (k === wanted ? "window" : "") },
        ...drawn.cells("weights", (...at) => (bold(...at) ? "window" : "")),
        ...drawn.cells("grads", (...at) => (weight && bold(...at) ? "output" : "")),
      },
      lines: { units: drawn.lines(bold) },
      labels: { units: drawn.labels(share, bold) },
      say,
      below: [make("p", {}, strong(`L = ${number(numbers.loss)}`), `, ${MEANT[state.loss]}.`)],
    });
    const { layer, unit, output } = grid === "units" ? drawn.rows[row][column] : {};
    if (output || grid === "wanted") {
      const k = output ? unit : column + 1;
      const mark = (l, u) => (l === drawn.last && u === k ? "output" : "");
      return shown(fromLoss(k, state, numbers), mark, () => false, { wanted: k - 1 });
    }
    if (grid !== "units") {
      const [into, k, h] = [Number(grid.slice(-1)) + 1, row + 1, column];
      return shown(
        byWeight(into, k, h, state, numbers),
        (l, u) => (l === into && u === k ? "output" : l === into - 1 && u === h ? "window" : ""),
        (l, u, from) => l === into && u === k && from === h,
        { share: 0.4, weight: true },
      );
    }
    return shown(
      unit ? fromNext({ layer, unit }, state, numbers) : NOTHING,
      (l, u) => (l === layer && u === unit ? "output" : l === layer + 1 && u ? "window" : ""),
      (l, _, h) => l === layer + 1 && h === unit,
      { weight: unit === 0 },
    );
  },
});
