// Loss surfaces and steps of optimizers, each operation in the order that `convnet` has: the numbers are the same.
const sq = (value) => value * value;
const SURFACES = {
  bowl: {
    loss: (x, y) => 0.5 * (sq(x) + 10 * sq(y)),
    slope: (x, y) => [x, 10 * y],
    view: [-4, 4, -3, 3],
    start: [-3.5, 2],
    rates: [0.18, 0.02, 0.02, 0.8, 0.05, 0.2],
  },
  saddle: {
    loss: (x, y) => 0.5 * sq(x) + 0.25 * sq(sq(y) - 1),
    slope: (x, y) => [x, y * (sq(y) - 1)],
    view: [-2, 2, -1.5, 1.5],
    start: [-1.8, 0.001],
    rates: [0.1, 0.02, 0.02, 0.3, 0.02, 0.05],
  },
  plateau: {
    loss: (x, y) => (sq(x) + sq(y)) / (1 + (sq(x) + sq(y))),
    slope: (x, y) => [x, y].map((w) => (2 * w) / sq(1 + (sq(x) + sq(y)))),
    view: [-4, 4, -3, 3],
    start: [-3.5, 2],
    rates: [0.3, 0.1, 0.1, 0.5, 0.05, 0.1],
  },
  Rosenbrock: {
    loss: (x, y) => sq(1 - x) + 100 * sq(y - sq(x)),
    slope: (x, y) => [-2 * (1 - x) - 400 * x * (y - sq(x)), 200 * (y - sq(x))],
    view: [-2, 2, -1, 3],
    start: [-1.2, 1],
    rates: [0.001, 0.0005, 0.0005, 0.4, 0.02, 0.1],
  },
  Beale: {
    loss: (x, y) => sq(1.5 - x + x * y) + sq(2.25 - x + x * y * y) + sq(2.625 - x + x * y * y * y),
    slope: (x, y) => {
      const [a, b, c] = [1.5 - x + x * y, 2.25 - x + x * y * y, 2.625 - x + x * y * y * y];
      return [
        2 * (a * (y - 1) + b * (y * y - 1) + c * (y * y * y - 1)),
        2 * (x * (a + 2 * b * y + 3 * c * y * y)),
      ];
    },
    view: [-4.5, 4.5, -4.5, 4.5],
    start: [1, 1.5],
    rates: [0.01, 0.002, 0.002, 0.5, 0.02, 0.1],
  },
  Himmelblau: {
    loss: (x, y) => sq(sq(x) + y - 11) + sq(x + sq(y) - 7),
    slope: (x, y) => {
      const [r, s] = [sq(x) + y - 11, x + sq(y) - 7];
      return [4 * x * r + 2 * s, 2 * r + 4 * y * s];
    },
    view: [-5, 5, -5, 5],
    start: [0, -4],
    rates: [0.01, 0.002, 0.002, 0.5, 0.05, 0.2],
  },
  "Styblinski–Tang": {
    loss: (x, y) => 0.5 * (part(x) + part(y)),
    slope: (x, y) => [x, y].map((w) => w * (2 * sq(w) - 16) + 2.5),
    view: [-5, 5, -5, 5],
    start: [4, 4],
    rates: [0.01, 0.02, 0.02, 0.5, 0.05, 0.2],
  },
};
const part = (w) => sq(sq(w)) - 16 * sq(w) + 5 * w;

// One step: `memory` holds a velocity or average and an average of squares for each weight, and the powers of the shares.
const OPTIMIZERS = {
  SGD: (w, g, memory, rate) => w - rate * g,
  momentum: (w, g, memory, rate, share) => w - rate * (memory.v = memory.v * share + g),
  Nesterov: (w, g, memory, rate, share) => {
    memory.v = memory.v * share + g;
    return w - rate * (g + share * memory.v);
  },
  Adagrad: (w, g, memory, rate) => {
    memory.s += g * g;
    return w - (g / (Math.sqrt(memory.s) + 1e-10)) * rate;
  },
  RMSProp: (w, g, memory, rate, share, squares) => {
    memory.s = memory.s * squares + (1 - squares) * g * g;
    return w - rate * (g / (Math.sqrt(memory.s) + 1e-8));
  },
  Adam: (w, g, memory, rate, share, squares) => {
    memory.v = memory.v * share + (1 - share) * g;
    memory.s = memory.s * squares + g * g * (1 - squares);
    memory.a *= share;
    memory.b *= squares;
    const root = Math.sqrt(1 - memory.b);
    return w - (memory.v / (Math.sqrt(memory.s) + 1e-8 * root)) * (rate * (root / (1 - memory.a)));
  },
};
const HIGHEST = 1e8; // a loss above it is the end of a path

// Where an optimizer goes. The path ends before the loss leaves all bounds.
const path = ({ surface, start, rates, betas, squares, steps }, name) => {
  const { loss, slope } = SURFACES[surface];
  const found = { path: [start], losses: [loss(...start)] };
  const memories = start.map(() => ({ v: 0, s: 0, a: 1, b: 1 }));
  while (found.path.length <= steps) {
    const w = found.path[found.path.length - 1];
    const g = slope(...w);
    const next = w.map((one, i) =>
      OPTIMIZERS[name](one, g[i], memories[i], rates[name], betas[name], squares[name]),
    );
    const now = loss(...next);
    if (!(now <= HIGHEST)) break;
    found.path.push(next);
    found.losses.push(now);
  }
  return found;
};
const race = (state) => {
  const runs = Object.keys(OPTIMIZERS).map((name) =>
    state.runs.includes(name) ? path(state, name) : { path: [], losses: [] },
  );
  return { paths: runs.map((run) => run.path), losses: runs.map((run) => run.losses) };
};
