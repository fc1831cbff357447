// Optimizers on a loss surface: their paths on the contour lines, their losses below each other.

const NAMES = Object.keys(OPTIMIZERS);
const COLUMNS = ["loss", "rate η", "β₁", "β₂"];
const look = (index) => ({ kind: ["window", "output", "third"][index % 3], dash: index < 3 ? null : "5 3" });
// The minima that are marked, and the lowest loss where it is not 0.
const MINIMA = {
  bowl: [[0, 0]],
  saddle: [
    [0, 1],
    [0, -1],
  ],
  plateau: [[0, 0]],
  Rosenbrock: [[1, 1]],
  Beale: [[3, 0.5]],
  Himmelblau: [
    [3, 2],
    [-2.805, 3.131],
    [-3.779, -3.283],
    [3.584, -1.848],
  ],
  "Styblinski–Tang": [[-2.9035, -2.9035]],
};
const lowest = (surface) => (surface === "Styblinski–Tang" ? -78.33233140754282 : 0);
// The line of an optimizer, and its number, which its marks bear.
const swatch = (index, name) => {
  const { kind, dash } = look(index);
  const style = `stroke: var(--${kind}); stroke-width: 3; stroke-dasharray: ${dash ?? "none"}`;
  return make(
    "span",
    { style: "display: flex; gap: 0.3rem; align-items: center" },
    svg(
      "svg",
      { width: 18, height: 6, "aria-hidden": "true" },
      svg("line", { x1: 0, y1: 3, x2: 18, y2: 3, style }),
    ),
    `${index + 1} ${name}`,
  );
};
const there = ([x, y]) => `(${short(x)}, ${short(y)})`;
const until = (run, at) => run.slice(0, at + 1);
const drawn = (runs, pointed) => ({
  curves: runs.map((points, index) => ({ points, ...look(index), thick: index === pointed.row ? 3 : 2 })),
  marks: runs.flatMap((points, index) =>
    points.length ? [{ at: points[points.length - 1], words: index + 1, kind: look(index).kind }] : [],
  ),
});
// A picture of the paths; a click, a tap or the arrow keys choose where they start.
const ground = (figure) =>
  new Chart(figure, {
    pick: {
      label: "Start of the race",
      get: ({ start }) => start,
      put: (state, place) => (state.start = place),
      step: 0.1,
    },
    tell: ({ surface, start, at }, { paths }, pointed) => {
      const { view, loss } = SURFACES[surface];
      const runs = paths.map((path) => until(path, at));
      return {
        title: "Paths on the contour lines",
        note: "Click, tap or use the arrow keys to start elsewhere.",
        label: `start at w₁ = ${number(start[0])}, w₂ = ${number(start[1])}`,
        x: { min: view[0], max: view[1], label: "w₁" },
        y: { min: view[2], max: view[3], label: "w₂" },
        key: surface,
        ground: (chart) => [
          contours(chart, (point) => loss(...point), evenly(14), 64),
          ...MINIMA[surface].map((place) => chart.mark({ at: place, size: 3, kind: "ink" })),
        ],
        ...drawn(runs, pointed),
      };
    },
  });
// How far above the lowest point of the surface each optimizer is, step by step.
const losses = (figure) =>
  new Chart(figure, {
    tell: ({ surface, at, steps }, numbers, pointed) => {
      const above = numbers.losses.map((run) => run.map((loss) => loss - lowest(surface)));
      const largest = Math.max(1e-3, ...above.flat());
      const smallest = Math.max(1e-9, Math.min(largest / 10, ...above.flat()));
      const ends = [Math.floor(Math.log10(smallest)), Math.ceil(Math.log10(largest) + 1e-9)];
      const runs = above.map((run) => until(run, at).map((loss, t) => [t, loss]));
      return {
        title: lowest(surface) ? "Loss above the lowest point" : "Loss",
        label: `The loss of each optimizer against its steps, on a logarithmic scale. ${told(numbers, at)}`,
        x: { min: 0, max: steps, label: "step" },
        y: { min: ends[0], max: ends[1], log: true, label: "loss" },
        ...drawn(runs, pointed),
      };
    },
  });
// Where each optimizer is, in words.
const told = ({ losses }, at) =>
  NAMES.flatMap((name, index) => {
    const run = losses[index];
    if (!run.length) return [];
    return [`${name} ${at < run.length ? short(run[at]) : "has diverged"}`];
  }).join(", ");

figure({
  controls: (given) => [
    { name: "surface", label: "surface", options: Object.keys(SURFACES) },
    ...[0, 1].map((axis) => ({
      ...{ name: `start${axis}`, label: `start w${"₁₂"[axis]}`, min: -6, max: 6, step: 0.1, typed: true },
      get: ({ start }) => start[axis],
      put: ({ start }, value) => (start[axis] = value),
    })),
    ...NAMES.map((name) => ({
      ...{ name, label: name },
      get: ({ runs }) => runs.includes(name),
      put: (state, on) => (state.runs = NAMES.filter((n) => (n === name ? on : state.runs.includes(n)))),
    })),
    { name: "at", label: "step", min: 0, max: given.steps },
  ],
  // Another surface comes with a start and rates of its own.
  settle(state, name) {
    if (name !== "surface") return;
    const { start, rates } = SURFACES[state.surface];
    Object.assign(state, {
      start: [...start],
      rates: Object.fromEntries(NAMES.map((n, i) => [n, rates[i]])),
    });
  },
  parts: (figure) => [ground(figure), losses(figure)],
  numbers: race,
  start: ["optimizers", 0, 0],
  walk: "at",
  beside: "narrow",
  pace: 60,

  grids({ rates, betas, squares, runs, at }, { losses }) {
    const settings = [rates, betas, squares];
    const loss = (index) => {
      const run = losses[index];
      return !run.length ? "–" : at < run.length ? short(run[at], 0) : "diverged";
    };
    return {
      optimizers: {
        title: "Optimizers: type rates and shares of your own",
        note: "η is the learning rate, β₁ the share of the velocity that is kept, β₂ that of the average of squares.",
        values: NAMES.map((name, index) => [loss(index), ...settings.map((own) => own[name] ?? "–")]),
        heads: { columns: COLUMNS, rows: NAMES.map((name, index) => swatch(index, name)) },
        edits: ["rates"],
        editable: (r, c) => c > 0 && settings[c - 1][NAMES[r]] !== undefined,
        path: (r, c) => [["rates", "betas", "squares"][c - 1], NAMES[r]],
        limit: (_, c) => ({ min: 0, max: c > 1 ? 0.9999 : 10, whole: false }),
        name: (r, c) => `${NAMES[r]}, ${COLUMNS[c]}`,
      },
    };
  },

  light({ row, column }, { surface, start, at, steps }, { paths, losses }) {
    const [name, path, run] = [NAMES[row], paths[row], losses[row]];
    const now = NAMES.map((other, index) => [losses[index][at], other]).filter(
      ([loss]) => loss !== undefined,
    );
    const best = now.reduce((one, other) => (other[0] < one[0] ? other : one), now[0]);
    const risen = NAMES.filter((_, index) => losses[index][at] > losses[index][0]);
    const lost = NAMES.filter((_, index) => losses[index].length && losses[index].length <= at);
    const own = !run.length
      ? [strong(name), " does not take part. "]
      : at < run.length
        ? [strong(name), ` is at ${there(path[at])}, with the loss ${short(run[at])}. `]
        : [strong(name), ` has diverged: at step ${run.length} its loss rises above ${short(HIGHEST)}. `];
    return {
      lit: { optimizers: (r) => (r === row ? "output" : "") },
      say: [
        `Step ${at} of ${steps} on the surface “${surface}”, from ${there(start)}. `,
        ...own,
        best && now.length > 1 ? `Lowest loss: ${best[1]}, ${short(best[0])}. ` : "",
        risen.length ? `Above the loss at the start: ${listed(risen)}. ` : "",
        lost.some((other) => other !== name) ? `Diverged: ${listed(lost)}.` : "",
      ],
    };
  },
});
