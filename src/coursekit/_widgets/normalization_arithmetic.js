// Normalization of one channel, forward and backward: over the whole batch, or over each image.

const FEEDS = 40;
const NEAR = 1e-5;
const total = (values) => values.reduce((sum, value) => sum + value, 0);
const mean = (values) => total(values) / values.length;
// Mean and biased variance.
const statistics = (values) => {
  const middle = mean(values);
  return [middle, mean(values.map((value) => (value - middle) ** 2))];
};
const statisticsOf = ({ x, over }) => (over === "layer" ? x.map(statistics) : [statistics(x.flat())]);
// Running statistics before the first batch and after each; the variance takes the unbiased estimate.
const runningOf = ({ x, momentum, running_mean, running_var }) => {
  const samples = x.flat().length;
  const [middle, spread] = statistics(x.flat());
  const way = (first, to) => {
    const path = [first];
    for (let fed = 0; fed < FEEDS; fed += 1) path.push((1 - momentum) * path[fed] + momentum * to);
    return path;
  };
  return {
    running_means: way(running_mean, middle),
    running_vars: way(running_var, (spread * samples) / (samples - 1)),
  };
};
const fixed = ({ over, mode }) => over === "batch" && mode === "evaluation";
const forward = (state) => {
  const { x, gamma, beta, eps, fed } = state;
  const [own, running] = [statisticsOf(state), runningOf(state)];
  const used = fixed(state) ? [[running.running_means[fed], running.running_vars[fed]]] : own;
  const by = (row) => used[used.length > 1 ? row : 0];
  const normalized = x.map((line, i) => line.map((v) => (v - by(i)[0]) / Math.sqrt(by(i)[1] + eps)));
  const output = normalized.map((line) => line.map((v) => gamma * v + beta));
  return { ...running, own, by, normalized, output };
};
const products = (left, right) => left.map((line, i) => line.map((v, j) => v * right[i][j]));
// What stands for the loss: the sum of g · y.
const lossOf = (state) => total(products(state.grad, forward(state).output).flat());

const normalize = (state) => {
  const { grad, gamma, eps } = state;
  const { own, by, ...numbers } = forward(state);
  const met = products(grad, numbers.normalized);
  // The means of g and of g · x̂ that are subtracted, for each row.
  const middles = grad.map((_, row) => {
    if (fixed(state)) return [0, 0];
    return state.over === "layer" ? [mean(grad[row]), mean(met[row])] : [mean(grad.flat()), mean(met.flat())];
  });
  const grad_x = grad.map((line, i) =>
    line.map(
      (g, j) =>
        (gamma * (g - middles[i][0] - numbers.normalized[i][j] * middles[i][1])) / Math.sqrt(by(i)[1] + eps),
    ),
  );
  return {
    ...numbers,
    ...{ mean: own.map(([middle]) => middle), var: own.map(([, spread]) => spread) },
    ...{ by: grad.map((_, row) => by(row)), middles, grad_x, sums: grad_x.map(total) },
    ...{ total: total(grad_x.flat()), grad_gamma: total(met.flat()), grad_beta: total(grad.flat()) },
  };
};
const difference = (state, i, j) => {
  const moved = (by) => {
    const x = structuredClone(state.x);
    x[i][j] += by;
    return lossOf({ ...state, x });
  };
  return (moved(NEAR) - moved(-NEAR)) / (2 * NEAR);
};
