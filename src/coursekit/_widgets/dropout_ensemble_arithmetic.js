// Every network that dropout can leave of one hidden layer, its probability, and the one pass that stands for all.

// What comes after the last layer.
const OUTPUTS = {
  linear: (scores) => scores,
  ReLU: (scores) => scores.map((a) => Math.max(a, 0)),
  sigmoid: (scores) => scores.map(squashed),
  softmax: (scores) => {
    const largest = Math.max(...scores);
    const powers = scores.map((a) => Math.exp(a - largest));
    return powers.map((power) => power / total(powers));
  },
};
// 1 for what is kept, 0 for what is dropped: from 111 down to 000.
const masksOf = (units) =>
  Array.from({ length: 2 ** units }, (_, index) =>
    Array.from({ length: units }, (_, k) => 1 - ((index >> (units - 1 - k)) & 1)),
  );
// What multiplies a unit that is kept, and a unit in the one pass without dropout.
const factorsOf = ({ p, scaling }) => (scaling === "training" ? [1 / (1 - p), 1] : [1, 1 - p]);

const ensemble = (state) => {
  const { weights, output, p } = state;
  const hidden = goForward(state).outputs[1];
  const pass = (factors) => {
    const read = [1, ...hidden.map((h, k) => h * factors[k])];
    const scores = weights[1].map((row) => inner(row, read));
    return [scores, OUTPUTS[output](scores)];
  };
  const masks = masksOf(hidden.length);
  const [kept, whole] = factorsOf(state);
  const probabilities = masks.map((mask) => mask.reduce((so, bit) => so * (bit ? 1 - p : p), 1));
  const runs = masks.map((mask) => pass(mask.map((bit) => bit * kept)));
  const outputs = runs.map(([, y]) => y);
  const [one_scores, one_pass] = pass(hidden.map(() => whole));
  const average = one_pass.map((_, k) => total(outputs.map((y, index) => probabilities[index] * y[k])));
  return {
    ...{ hidden, probabilities, scores: runs.map(([a]) => a), outputs, one_scores, one_pass, average },
    gap: average.map((value, k) => value - one_pass[k]),
  };
};
