// Dropout as many networks at once: each with its probability and its output, and the one pass beside their average.

const written = (mask) => mask.join(" ");
const unitsOf = (mask, bit) => mask.flatMap((one, k) => (one === bit ? [`h${lower(k + 1)}`] : []));
const are = (names) => `${listed(names)} ${names.length > 1 ? "are" : "is"}`;
const gap = (words) => `${words.length > 4 ? "\n" : " "}${words}`;
const COMPARED = ["average", "one pass", "difference"];

// What is drawn: the factor of each hidden unit, and what the outputs become; of a mask, or of the one pass.
const networkOf = (state, numbers, index) => {
  const [kept, whole] = factorsOf(state);
  if (index < 0)
    return {
      ...{ scores: numbers.one_scores, outputs: numbers.one_pass, by: whole },
      factors: numbers.hidden.map(() => whole),
    };
  const mask = masksOf(numbers.hidden.length)[index];
  return {
    ...{ mask, scores: numbers.scores[index], outputs: numbers.outputs[index], by: kept },
    factors: mask.map((bit) => bit * kept),
  };
};
// An output with the products that make it.
const outputSum = (k, { weights, output }, { hidden }, { factors, scores, outputs }) => {
  const products = productsOf(weights[1][k], [1, ...hidden.map((h, unit) => h * factors[unit])]);
  const [y, a] = [`y${lower(k + 1)}`, `a${lower(k + 1)}`];
  if (output === "linear") return [strong(`${y} = ${number(outputs[k])}`), " = ", ...products];
  const way = output === "softmax" ? `softmax(a)${lower(k + 1)}` : `${output}(${number(scores[k])})`;
  return [
    strong(`${y} = ${number(outputs[k])}`),
    ` = ${way}, with ${a} = ${number(scores[k])} = `,
    ...products,
  ];
};
const how = (state, { mask, by }) => {
  const [training, { p }] = [state.scaling === "training", state];
  if (!mask)
    return training
      ? "One pass, without dropout: every unit is kept, and nothing is scaled."
      : "One pass, without dropout: every unit is kept, " +
          `and the weights after it are scaled by 1 − p = ${number(1 - p)}.`;
  const [gone, left] = [unitsOf(mask, 0), unitsOf(mask, 1)];
  const scaled = training ? `, times 1/(1 − p) = ${number(by)}` : "";
  return [
    `Mask ${written(mask)}: `,
    gone.length ? `${are(gone)} dropped` : "nothing is dropped",
    left.length ? `, ${are(left)} kept${scaled}.` : ".",
  ].join("");
};
const chance = (mask, { p }, probability) => [
  strong(`P(${written(mask)}) = ${number(probability)}`),
  ` = ${mask.map((bit) => number(bit ? 1 - p : p)).join(" · ")}: each unit is dropped with the probability `,
  `p = ${number(p)}, kept with 1 − p = ${number(1 - p)}, whatever the others do.`,
];
const verdict = ({ output, scaling }, { gap }) => {
  const same = gap.every((value) => Math.abs(value) < 1e-9);
  if (output === "linear")
    return [
      strong("The average over the masks is the one pass"),
      `, for every p and all weights: a unit's factor is ${scaling === "training" ? "1" : "1 − p"} on average, `,
      "and the output is linear in these factors.",
    ];
  return [
    same
      ? strong("Here the average over the masks is the one pass")
      : strong("The average over the masks is not the one pass"),
    same
      ? `, but with ${output} after the dropout it need not be.`
      : `: ${output} comes after the dropout, and it is not linear. The one pass only approximates the average.`,
  ];
};

figure({
  controls: () => [
    { name: "p", label: "p, dropped", min: 0, max: 0.9, step: 0.05, typed: "beside" },
    { name: "activation", label: "hidden activation σ", options: NETWORK_ACTIVATIONS },
    { name: "output", label: "output function", options: Object.keys(OUTPUTS) },
    { name: "scaling", label: "scaled in", options: ["training", "evaluation"] },
  ],
  numbers: ensemble,
  beside: true,
  start: (given) => ["masks", Math.min(2, 2 ** given.weights[0].length - 1), 1],

  grids(state, numbers) {
    const { units, weights0, weights1 } = networkGrids(state, "The network that is left", ({ layer, unit }) =>
      layer ? "" : number(state.x[unit - 1]),
    );
    const names = numbers.one_pass.map((_, k) => `y${lower(k + 1)}`);
    const masks = masksOf(numbers.hidden.length);
    const group = "Type weights: a row for each unit, its bias first";
    return {
      units: { ...units, text: (r, c) => units.values[r][c] }, // the others get their words from `light`
      masks: {
        title: `All ${masks.length} masks: point at one`,
        note: "1: the hidden unit is kept, 0: dropped. P: the probability of the mask.",
        heads: { columns: ["P", ...names], rows: masks.map(written) },
        values: masks.map((_, index) => [numbers.probabilities[index], ...numbers.outputs[index]].map(brief)),
        name: (r, c) => `mask ${written(masks[r])}, ${["P", ...names][c]}`,
      },
      compared: {
        title: "Their average, and one pass",
        note: "The average weighs each mask with P.",
        heads: { columns: names, rows: COMPARED },
        values: [numbers.average, numbers.one_pass, numbers.gap].map((line) => line.map(brief)),
        name: (r, c) => `${COMPARED[r]}, ${names[c]}`,
      },
      weights0: { ...weights0, group, note: "" },
      weights1: { ...weights1, group },
    };
  },

  light({ grid, row, column }, state, numbers) {
    const drawn = drawing(state);
    const index = grid === "masks" ? row : -1;
    const network = networkOf(state, numbers, index);
    const { factors } = network;
    const gone = (layer, unit) => layer === 1 && unit > 0 && factors[unit - 1] === 0;
    let output = -1;
    const say = [];
    if (grid === "masks" && column === 0) say.push(chance(network.mask, state, numbers.probabilities[row]));
    else if (grid === "masks" || (grid === "compared" && row === 1)) {
      output = grid === "masks" ? column - 1 : column;
      say.push(outputSum(output, state, numbers, network));
    } else if (grid === "compared") {
      output = column;
      const [mean, one, gap] = [numbers.average, numbers.one_pass, numbers.gap].map((line) => line[column]);
      say.push(
        row
          ? [
              strong(`Difference in y${lower(column + 1)}: ${number(gap)}`),
              ` = ${number(mean)} − ${factor(one)}, the average less the one pass.`,
            ]
          : [
              strong(`Average of y${lower(column + 1)} = ${number(mean)}`),
              " = ",
              ...productsOf(
                numbers.probabilities,
                numbers.outputs.map((y) => y[column]),
              ),
            ],
      );
    } else if (grid === "units") {
      const { layer, unit, output: last } = drawn.rows[row][column];
      if (last) {
        output = unit - 1;
        say.push(outputSum(output, state, numbers, network));
      } else if (layer && unit) {
        const [h, p] = [number(numbers.hidden[unit - 1]), number(1 - state.p)];
        say.push([
          strong(`h${lower(unit)} = ${h}`),
          `. It is kept with the probability 1 − p = ${p}.`,
        ]);
      } else
        say.push(
          unit
            ? [strong(`x${lower(unit)} = ${number(state.x[unit - 1])}`), " is never dropped: only h is."]
            : [strong("A prepended 1"), ": its weights are the biases, and it is never dropped."],
        );
    } else {
      const layer = Number(grid.slice(7)) + 1;
      const weight = number(state.weights[layer - 1][row][column]);
      say.push([
        strong(`${weightName(layer, row + 1, column)} = ${weight}`),
        layer === 1 || !column
          ? ". It is in all of the masks' networks."
          : `. It counts in the masks that keep h${lower(column)}.`,
      ]);
    }
    if (grid === "masks" || grid === "units" || grid === "compared") say.push([how(state, network)]);
    const bold = (layer, k, h) => layer === 2 && k === output + 1 && !gone(1, h);
    const stays = eachWeight(state.weights, (_, layer, k, h) => !gone(layer, k) && !gone(layer - 1, h));
    return {
      words: {
        units: drawn.boxes((layer, unit) => {
          if (unit === 0) return "1";
          if (layer === 0) return ""; // typed
          const name = `${layer === 1 ? "h" : "y"}${lower(unit)}`;
          if (layer === 2) return `${name}:${gap(brief(network.outputs[unit - 1]))}`;
          const h = numbers.hidden[unit - 1];
          return `${name}: ${brief(h)}\n→ ${brief(h * factors[unit - 1])}`;
        }),
      },
      lit: {
        units: drawn.boxes((layer, unit) => {
          if (gone(layer, unit)) return "unread";
          return layer === 2 && unit === output + 1 ? "output" : layer === 1 && unit && index >= 0 ? "window" : "";
        }),
        masks: (r) => (grid === "compared" && row === 0 ? "window" : r === index ? "output" : ""),
        ...drawn.cells("weights", (...at) => (bold(...at) ? "window" : "")),
      },
      lines: { units: drawn.lines((...at) => at[0] === 1 || bold(...at)).filter((_, line) => stays[line]) },
      labels: { units: drawn.labels(0.65, bold) },
      say: say.map((words) => make("div", {}, ...words)),
      below: [make("p", {}, ...verdict(state, numbers))],
    };
  },
});
