// A network forward: what every unit adds up, and what its activation makes of the sum.

// What a unit computes, with its numbers.
const sumOf = ({ layer, unit, output }, { weights, activation }, { sums, outputs }) => {
  const a = number(sums[layer - 1][unit - 1]);
  const products = productsOf(weights[layer - 1][unit - 1], [1, ...outputs[layer - 1]]);
  return [
    make("div", {}, strong(`${symbol("a", unit, layer)} = ${a}`), " = ", ...products),
    make(
      "div",
      {},
      "The first product is the bias times the prepended 1. ",
      output
        ? `The last layer has no activation: y${lower(unit)} = ${a}.`
        : term(`${symbol("z", unit, layer)} = ${activation}(${a}) = ${number(outputs[layer][unit - 1])}.`),
    ),
  ];
};
// What an input, or a 1, is to the layer that reads it.
const given = ({ layer, unit }, { weights }, { outputs }) => {
  const column = listed(weights[layer].map((row) => number(row[unit])));
  const many = weights[layer].length > 1;
  return unit
    ? [
        strong(`x${lower(unit)} = ${number(outputs[0][unit - 1])}`),
        ` is read by ${many ? "every unit" : "the one unit"} of layer ${layer + 1}, with the weight${many ? "s" : ""} ${column}.`,
      ]
    : [
        strong("A prepended 1"),
        `: always 1, whatever the input. ${many ? "Its weights are the biases" : "Its weight is the bias"} ` +
          `of layer ${layer + 1}: ${column}.`,
      ];
};

figure({
  controls: () => [{ name: "activation", label: "activation σ", options: NETWORK_ACTIVATIONS }],
  numbers: goForward,
  beside: true,
  start: ["units", 2, 1],

  grids: (state, { sums, outputs }) =>
    networkGrids(state, "Open a unit, or type inputs", ({ layer, unit, output }) => {
      if (!layer) return number(outputs[0][unit - 1]);
      const z = brief(outputs[layer][unit - 1]);
      if (output) return z;
      const a = brief(sums[layer - 1][unit - 1]);
      return `${a} →${a.length + z.length > 5 ? "\n" : " "}${z}`;
    }),

  light({ grid, row, column }, state, numbers) {
    const drawn = drawing(state);
    const shown = (mark, bold, share, say) => ({
      lit: { units: drawn.boxes(mark), ...drawn.cells("weights", (...at) => (bold(...at) ? "window" : "")) },
      lines: { units: drawn.lines(bold) },
      labels: { units: drawn.labels(share, bold) },
      say,
    });
    if (grid !== "units") {
      const [layer, k, h] = [Number(grid.slice(7)) + 1, row + 1, column];
      const [weight, read] = [state.weights[layer - 1][row][h], [1, ...numbers.outputs[layer - 1]][h]];
      const owner = `${layer === drawn.last ? "output" : "unit"} ${k}`;
      return shown(
        (l, u) => (l === layer && u === k ? "output" : l === layer - 1 && u === h ? "window" : ""),
        (l, u, from) => l === layer && u === k && from === h,
        0.4,
        [
          strong(`${weightName(layer, k, h)} = ${number(weight)}`),
          h ? ". It" : `, the bias of ${owner}, meets the prepended 1. It`,
          ` adds ${factor(weight)}·${factor(read)} = ${number(weight * read)} to ${symbol("a", k, layer)}.`,
        ],
      );
    }
    const box = drawn.rows[row][column];
    const { layer, unit } = box;
    if (layer && unit)
      return shown(
        (l, u) => (l === layer && u === unit ? "output" : l === layer - 1 ? "window" : ""),
        (l, u) => l === layer && u === unit,
        0.35,
        sumOf(box, state, numbers),
      );
    return shown(
      (l, u) => (l === layer && u === unit ? "window" : l === layer + 1 && u ? "output" : ""),
      (l, _, h) => l === layer + 1 && h === unit,
      0.65,
      given(box, state, numbers),
    );
  },
});
