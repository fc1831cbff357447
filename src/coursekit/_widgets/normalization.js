// Normalization: where each output comes from, why gradients add up to zero, and how the running statistics move.

const at = (name, i, j) => `${name}(${i}, ${j})`;
const line = (...words) => make("div", {}, ...words);
const root = ([, spread], eps) => `√${factor(spread + eps)}`;
const over = (state) =>
  fixed(state)
    ? "the running statistics"
    : state.over === "layer"
      ? "mean and variance of its own image"
      : `mean and variance of all ${state.x.flat().length} numbers`;

const openOutput = (i, j, state, { by, normalized, output }) => {
  const [z, [middle]] = [normalized[i][j], by[i]];
  return [
    line(
      strong(`${at("y", i, j)} = ${number(output[i][j])}`),
      ` = γ · x̂ + β = ${factor(state.gamma)} · ${factor(z)} + ${factor(state.beta)}`,
    ),
    line(
      `x̂ = (x − μ) / √(σ² + ε) = (${number(state.x[i][j])} − ${factor(middle)}) / ${root(by[i], state.eps)}`,
      ` = ${number(z)}, with ${over(state)}.`,
    ),
  ];
};
const openGradient = (i, j, state, { by, normalized, middles, grad_x }) => {
  const [g, [of_g, of_product]] = [state.grad[i][j], middles[i]];
  const ahead = `${factor(state.gamma)}/${root(by[i], state.eps)}`;
  const told = fixed(state)
    ? [
        ` = γ / √(σ² + ε) · g = ${ahead} · ${factor(g)}. `,
        "The running statistics do not depend on x, so only its own output does.",
      ]
    : [
        " = γ / √(σ² + ε) · (g − mean of g − x̂ · mean of g·x̂) = ",
        term(`${ahead} · (${number(g)} − ${factor(of_g)} − ${factor(normalized[i][j])} · ${factor(of_product)}).`),
      ];
  return [
    line(strong(`${at("∂L/∂x", i, j)} = ${number(grad_x[i][j])}`), ...told),
    line(`Finite difference, ${number(NEAR)} to both sides: ${number(difference(state, i, j))}.`),
  ];
};
const openSum = (row, state, { sums, total: whole }) => {
  const all = row === sums.length;
  const why = fixed(state)
    ? "It need not be 0: the running statistics stay where they are when the numbers move."
    : state.over === "layer"
      ? "It is 0 for every image: when all of its numbers grow by the same amount, none of its outputs changes."
      : `${all ? "It is 0" : "All of them together are 0"}: ` +
        "when all numbers of the batch grow by the same amount, no output changes.";
  return [
    line(
      strong(`Sum of ∂L/∂x ${all ? "over all images" : `over image ${row}`} = ${number(all ? whole : sums[row])}`),
      `. ${why}`,
    ),
  ];
};
const openStatistics = (row, column, state, numbers) => {
  const { fed, momentum, x } = state;
  const values = state.over === "layer" ? x[row] : x.flat();
  const own = state.over === "layer" ? row : 0;
  const [middle, spread, many] = [numbers.mean[own], numbers.var[own], values.length];
  if (state.over === "layer" || row === 0)
    return column
      ? [
          line(
            strong(`σ² = ${number(spread)}`),
            ` = ${number(spread * many)} / ${many}, the mean of (x − μ)². `,
            state.over === "layer"
              ? ""
              : `The running variance takes ${number(spread * many)} / ${many - 1} = ` +
                `${number((spread * many) / (many - 1))}.`,
          ),
        ]
      : [
          line(
            strong(`μ = ${number(middle)}`),
            ` = ${number(middle * many)} / ${many}, the sum over the number of samples.`,
          ),
        ];
  const [name, path, to] = column
    ? ["running variance", numbers.running_vars, (spread * many) / (many - 1)]
    : ["running mean", numbers.running_means, middle];
  if (row === 1 || fed === 0)
    return [line(strong(`The ${name} starts at ${number(path[0])}`), ", before any batch was fed.")];
  return [
    line(
      strong(`After ${plural(fed, "update")} the ${name} is ${number(path[fed])}`),
      ` = (1 − ${number(momentum)}) · ${factor(path[fed - 1])} + ${number(momentum)} · ${factor(to)}.`,
    ),
  ];
};

const path = (figure) =>
  new Chart(figure, {
    width: 320,
    height: 200,
    tell({ fed, x }, { running_means, running_vars, ...numbers }) {
      const samples = x.flat().length;
      const [middle, spread] = statistics(x.flat());
      const ways = [running_means, running_vars];
      const ends = [middle, (spread * samples) / (samples - 1)];
      const [least, most] = [Math.min(...ways.flat(), ...ends), Math.max(...ways.flat(), ...ends)];
      const room = 0.08 * (most - least || 1);
      return {
        title: "Running statistics: mean orange, variance blue",
        note: "Next feeds the batch once more. Dashed: mean and unbiased variance of the batch.",
        label:
          `After ${plural(fed, "update")} the running mean is ${number(running_means[fed])}, ` +
          `the running variance ${number(running_vars[fed])}.`,
        x: { min: 0, max: FEEDS, label: "times fed" },
        y: { min: least - room, max: most + room, label: "" },
        curves: ways.flatMap((way, index) => {
          const kind = ["window", "output"][index];
          const level = [0, FEEDS].map((t) => [t, ends[index]]);
          const points = way.slice(0, fed + 1).map((value, t) => [t, value]);
          return [
            { points: level, kind, dash: "5 4", thick: 1 },
            { points, kind, dots: 2.5 },
          ];
        }),
        marks: ways.map((way, index) => ({ at: [fed, way[fed]], kind: ["window", "output"][index], size: 6 })),
      };
    },
  });

figure({
  controls: () => [
    { name: "over", label: "normalize over", options: ["batch", "layer"] },
    { name: "mode", label: "mode", options: ["training", "evaluation"] },
    { name: "gamma", label: "scale γ", min: -10, max: 10, step: 0.1, typed: true },
    { name: "beta", label: "shift β", min: -10, max: 10, step: 0.1, typed: true },
    { name: "momentum", label: "momentum", min: 0, max: 1, step: 0.05, typed: "beside" },
    { name: "fed", label: "times fed", min: 0, max: FEEDS },
  ],
  numbers: normalize,
  parts: (figure) => [path(figure)],
  partsLast: true,
  beside: "narrow",
  walk: "fed",
  pace: 300,
  start: ["output", 0, 0],

  grids(state, numbers) {
    const { x, grad } = state;
    const typed = (name, symbol, most) => ({
      ...{ values: state[name], symbol, edits: [name], wide: true, limit: () => ({ min: -most, max: most }) },
    });
    const made = (values, symbol) => ({ values: values.map((row) => row.map(brief)), symbol, wide: true });
    const layer = state.over === "layer";
    const images = x.map((_, row) => `image ${row}`);
    const rows = layer ? images : ["this batch", "running, at first", "running, now"];
    const running = [numbers.running_means, numbers.running_vars];
    const values = layer
      ? x.map((_, row) => [numbers.mean[row], numbers.var[row]].map(brief))
      : [
          [numbers.mean[0], numbers.var[0]].map(brief),
          [state.running_mean, state.running_var],
          running.map((way) => brief(way[state.fed])),
        ];
    const forward = { group: "Forward: a row for each image" };
    const backward = { group: "Backward" };
    return {
      x: { ...forward, title: "Input x", note: "type your own", ...typed("x", "x", 100) },
      output: { ...forward, title: "Output y", ...made(numbers.output, "y") },
      statistics: {
        ...forward,
        title: "Mean μ and variance σ²",
        heads: { columns: ["μ", "σ²"], rows },
        values,
        name: (r, c) => `${rows[r]}, ${["mean", "variance"][c]}`,
        edits: ["running"],
        editable: (r) => !layer && r === 1,
        path: (_, c) => [["running_mean", "running_var"][c]],
        limit: (_, c) => (c ? { min: 0, max: 1000 } : { min: -100, max: 100 }),
      },
      grad: { ...backward, title: "Upstream g = ∂L/∂y", note: "type your own", ...typed("grad", "∂L/∂y", 10) },
      grad_x: { ...backward, title: "Gradient ∂L/∂x", ...made(numbers.grad_x, "∂L/∂x") },
      sums: {
        ...backward,
        title: "Its sums",
        note: "the last: of all",
        values: [...numbers.sums, numbers.total].map((sum) => [brief(sum)]),
        wide: true,
        name: (r) => (r < grad.length ? `sum of image ${r}` : "sum of all"),
      },
    };
  },

  light({ grid, row, column }, state, numbers) {
    const { over: what, fed } = state;
    const cells = grid !== "sums" && grid !== "statistics";
    const opened = cells
      ? ["x", "output"].includes(grid)
        ? openOutput(row, column, state, numbers)
        : openGradient(row, column, state, numbers)
      : grid === "sums"
        ? openSum(row, state, numbers)
        : openStatistics(row, column, state, numbers);
    const mine = (r, c) => cells && r === row && c === column;
    // Whose mean and variance it needs.
    const near = (r) => !fixed(state) && (what === "batch" || r === row);
    const shared = (r, c) => (mine(r, c) ? "output" : cells && near(r) ? "window" : "");
    const only = (r, c) => (mine(r, c) ? "output" : "");
    const [back, summed] = [grid === "grad" || grid === "grad_x", grid === "sums" && row];
    const source = fixed(state) ? 2 : what === "layer" ? row : 0;
    return {
      lit: {
        ...{ x: back ? only : shared, output: only, grad: back ? shared : only },
        grad_x: grid === "sums" ? (r) => (r === summed || summed === state.x.length ? "window" : "") : only,
        sums: (r) => (grid === "sums" && r === row ? "output" : ""),
        statistics: (r, c) =>
          grid === "statistics" ? (r === row && c === column ? "output" : "") : cells && r === source ? "third" : "",
      },
      say: [
        ...opened,
        line(
          what === "layer"
            ? "Layer norm takes each image by itself: no running statistics, and evaluation is the same as training."
            : `${["Not fed yet", "Fed once"][fed] ?? `Fed ${fed} times`}: ` +
                `running mean ${number(numbers.running_means[fed])}, running variance ${number(numbers.running_vars[fed])}.`,
        ),
      ],
      below: [
        make(
          "p",
          {},
          "∂L/∂γ = Σ g·x̂ = ",
          strong(number(numbers.grad_gamma)),
          ", ∂L/∂β = Σ g = ",
          strong(number(numbers.grad_beta)),
          ". L stands for the sum of g · y.",
        ),
      ],
    };
  },
});
