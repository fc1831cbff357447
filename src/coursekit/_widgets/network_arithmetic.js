// A network forward and backward. Each matrix has a row for each unit, its bias first; the last layer has no activation.

const NETWORK_ACTIVATIONS = ["ReLU", "sigmoid", "tanh"];
const total = (values) => values.reduce((sum, value) => sum + value, 0);
const inner = (left, right) => total(left.map((value, index) => value * right[index]));

// Pre-activations of every layer, and what every layer writes, the input first.
const goForward = ({ x, weights, activation }) => {
  const [outputs, sums] = [[x], []];
  weights.forEach((matrix, layer) => {
    const read = [1, ...outputs[layer]];
    const a = matrix.map((row) => inner(row, read));
    sums.push(a);
    outputs.push(layer < weights.length - 1 ? a.map((value) => CURVES[activation][0](value)) : a);
  });
  return { sums, outputs };
};

// The loss of the outputs y, and its derivative by each of them.
const LOSSES = {
  "squared error": ({ target }, y) => ({
    loss: total(y.map((value, k) => (value - target[k]) ** 2)) / 2,
    grad: y.map((value, k) => value - target[k]),
  }),
  "cross-entropy": ({ target }, y) => {
    const largest = Math.max(...y);
    const log = Math.log(total(y.map((value) => Math.exp(value - largest)))) + largest;
    return { loss: log - inner(target, y), grad: y.map((value, k) => Math.exp(value - log) - target[k]) };
  },
  "upstream gradient": ({ grad }, y) => ({ loss: inner(grad, y), grad }),
};
const lossOf = (state) => LOSSES[state.loss](state, goForward(state).outputs[state.weights.length]).loss;

// The derivatives of the loss: by every pre-activation (deltas), every weight, every input.
const goBackward = (state) => {
  const { weights, activation, loss: kind, target } = state;
  const problem = kind === "cross-entropy" && noShares(target);
  if (problem) return { problem };
  const { sums, outputs } = goForward(state);
  const { loss, grad } = LOSSES[kind](state, outputs[weights.length]);
  const deltas = [grad];
  const back = (layer, k) => total(deltas[0].map((delta, q) => delta * weights[layer][q][1 + k]));
  for (let layer = weights.length - 1; layer > 0; layer -= 1)
    deltas.unshift(sums[layer - 1].map((a, k) => CURVES[activation][1](a) * back(layer, k)));
  return {
    ...{ sums, outputs, loss, deltas },
    grads: deltas.map((delta, layer) => delta.map((d) => [1, ...outputs[layer]].map((z) => d * z))),
    grad_x: state.x.map((_, k) => back(0, k)),
  };
};
const noShares = (target) =>
  target.every((share) => share >= 0) && Math.abs(total(target) - 1) < 1e-9
    ? ""
    : "The target of a cross-entropy is probabilities, which are not negative and add up to 1.";

// How fast the loss changes with one weight, from two losses on both sides of it.
const difference = (state, layer, k, h) => {
  const moved = (by) => {
    const weights = structuredClone(state.weights);
    weights[layer][k][h] += by;
    return lossOf({ ...state, weights });
  };
  return (moved(NEAR) - moved(-NEAR)) / (2 * NEAR);
};
