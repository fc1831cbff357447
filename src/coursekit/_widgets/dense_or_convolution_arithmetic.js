// Three layers that give the same answers on one picture, and what they answer on another.
const edgeKernel = (k) => map2(zeros(k, k), (_, i, j) => (j === 0 ? -1 : j === k - 1 ? 1 : 0));
const edgeAt = (height, width, place) => map2(zeros(height, width), (_, r, c) => (c < place ? 0 : 1));
const inner = (a, b) => {
  const other = b.flat();
  return a.flat().reduce((total, value, index) => total + value * other[index], 0);
};
const cut = (image, k, r, c) => zeros(k, k).map((line, i) => line.map((_, j) => image[r + i][c + j]));
// The smallest weights w with w·x = y are y x / (x·x).
const smallest = (x, y) => {
  const power = inner(x, x);
  return map2(x, (value) => (power ? (y * value) / power : 0));
};
const costs = (height, width, k) => {
  const [inputs, outputs] = [height * width, (height - k + 1) * (width - k + 1)];
  return {
    connections: [inputs * outputs, k * k * outputs, k * k * outputs],
    parameters: [(inputs + 1) * outputs, (k * k + 1) * outputs, k * k + 1],
  };
};
const threeLayers = ({ height, width, kernel: k, edge, image }) => {
  const problem = noRoom2(image, zeros(k, k), {});
  if (problem) return { problem };
  const [taps, first] = [edgeKernel(k), edgeAt(height, width, edge)];
  const wanted = correlate(first, taps, {});
  const weights = {
    dense: map2(wanted, (y) => smallest(first, y)),
    local: map2(wanted, (y, r, c) => smallest(cut(first, k, r, c), y)),
    convolution: map2(wanted, () => taps),
  };
  return {
    weights,
    ...costs(height, width, k),
    convolution: correlate(image, taps, {}),
    dense: map2(weights.dense, (w) => inner(w, image)),
    local: map2(weights.local, (w, r, c) => inner(w, cut(image, k, r, c))),
  };
};
