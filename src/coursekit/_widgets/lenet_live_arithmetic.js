// LeNet-5, number by number: maps are flat lists, map after map and row after row.
// A linear layer is a convolution whose kernels are as large as its maps.
const LAYERS = [
  { name: "input", maps: 1, side: 28 },
  { name: "C1", maps: 6, side: 28, kernel: 5, padding: 2, weights: true },
  { name: "S2", maps: 6, side: 14 },
  { name: "C3", maps: 16, side: 10, kernel: 5, padding: 0, weights: true },
  { name: "S4", maps: 16, side: 5 },
  { name: "C5", maps: 120, side: 1, kernel: 5, padding: 0, weights: true },
  { name: "F6", maps: 84, side: 1, kernel: 1, padding: 0, weights: true },
  { name: "output", maps: 10, side: 1, kernel: 1, padding: 0, weights: true, linear: true },
];
const bytesOf = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

// Of every unit a scale, then of every unit a bias, then the weights as whole numbers.
const decoded = {};
const weightsOf = (name) => {
  if (decoded[name]) return decoded[name];
  const { buffer } = bytesOf(KEPT[name].weights);
  const learned = LAYERS.filter((layer) => layer.weights);
  const units = learned.reduce((total, { maps }) => total + maps, 0);
  const scales = new Float32Array(buffer, 0, units);
  const biases = new Float32Array(buffer, 4 * units, units);
  const wholes = new Int8Array(buffer, 8 * units);
  const found = {};
  let [unit, place] = [0, 0];
  for (const { name: layer, maps, kernel } of learned) {
    const each = LAYERS[LAYERS.findIndex((one) => one.name === layer) - 1].maps * kernel ** 2;
    const values = Float64Array.from(
      { length: maps * each },
      (_, index) => wholes[place + index] * scales[unit + Math.floor(index / each)],
    );
    found[layer] = { values, bias: Float64Array.from(biases.subarray(unit, unit + maps)) };
    unit += maps;
    place += maps * each;
  }
  return (decoded[name] = found);
};

const convolve = (input, below, layer, { values, bias }) => {
  const { maps, side, kernel: k, padding, linear } = layer;
  const wide = below.side + 2 * padding;
  const padded = new Float64Array(below.maps * wide ** 2);
  for (let m = 0; m < below.maps; m++)
    for (let r = 0; r < below.side; r++)
      for (let c = 0; c < below.side; c++)
        padded[(m * wide + r + padding) * wide + c + padding] = input[(m * below.side + r) * below.side + c];
  const output = Array(maps * side ** 2);
  for (let f = 0; f < maps; f++)
    for (let r = 0; r < side; r++)
      for (let c = 0; c < side; c++) {
        let total = bias[f];
        for (let m = 0; m < below.maps; m++)
          for (let i = 0; i < k; i++) {
            const from = (m * wide + r + i) * wide + c;
            const weight = ((f * below.maps + m) * k + i) * k;
            for (let j = 0; j < k; j++) total += padded[from + j] * values[weight + j];
          }
        output[(f * side + r) * side + c] = linear ? total : Math.tanh(total);
      }
  return output;
};
const average = (input, { maps, side }) => {
  const output = Array(maps * side ** 2);
  for (let m = 0; m < maps; m++)
    for (let r = 0; r < side; r++)
      for (let c = 0; c < side; c++) {
        const from = (2 * m * side + 2 * r) * 2 * side + 2 * c;
        const under = from + 2 * side;
        output[(m * side + r) * side + c] =
          (input[from] + input[from + 1] + input[under] + input[under + 1]) / 4;
      }
  return output;
};

const layerOf = (name) => LAYERS.findIndex((layer) => layer.name === name);
// The window of one value, in each map below: first row and column, its side, and the products.
const windowOf = ([name, map, row, column], { weights }, numbers) => {
  const index = layerOf(name);
  const [layer, below] = [LAYERS[index], LAYERS[index - 1]];
  const value = numbers[name][(map * layer.side + row) * layer.side + column];
  if (!index) return { index, value, blocks: [], sums: [], bias: 0, total: value };
  const read = (m, r, c) =>
    Math.min(r, c) < 0 || Math.max(r, c) >= below.side
      ? 0
      : numbers[below.name][(m * below.side + r) * below.side + c];
  const k = layer.kernel ?? 2;
  const [top, left] = layer.weights ? [row - layer.padding, column - layer.padding] : [2 * row, 2 * column];
  const { values, bias } = layer.weights ? weightsOf(weights)[name] : { bias: [] };
  const sources = layer.weights ? Array.from({ length: below.maps }, (_, m) => m) : [map];
  const blocks = sources.map((m) => ({
    map: m,
    taps: Array.from({ length: k ** 2 }, (_, tap) => ({
      pixel: read(m, top + Math.floor(tap / k), left + (tap % k)),
      weight: values ? values[(map * below.maps + m) * k ** 2 + tap] : 0.25,
    })),
  }));
  const sums = blocks.map(({ taps: all }) =>
    all.reduce((total, { pixel, weight }) => total + pixel * weight, 0),
  );
  const add = bias[map] ?? 0;
  const total = sums.reduce((whole, sum) => whole + sum, add);
  return { index, value, blocks, sums, bias: add, total, top, left, side: k };
};

const runLenet = (state) => {
  const learned = weightsOf(state.weights);
  const numbers = { input: state.image.flat() };
  LAYERS.slice(1).forEach((layer, index) => {
    const below = LAYERS[index];
    numbers[layer.name] = layer.weights
      ? convolve(numbers[below.name], below, layer, learned[layer.name])
      : average(numbers[below.name], layer);
  });
  const most = Math.max(...numbers.output);
  const powers = numbers.output.map((score) => Math.exp(score - most));
  const whole = powers.reduce((total, power) => total + power, 0);
  numbers.probabilities = powers.map((power) => power / whole);
  const { sums, bias, total, value } = windowOf(state.opened, state, numbers);
  return { ...numbers, sums, opened: [bias, total, value] };
};
