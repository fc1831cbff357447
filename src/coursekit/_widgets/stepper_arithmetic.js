// The stepper's arithmetic and words: plain functions, no page. See stepper.js, which follows in the same block.

const outputSize = (size, kernel, { stride, padding, dilation }) =>
  Math.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1;

const pad = (image, padding) => {
  const width = image[0].length + 2 * padding;
  const blank = () => Array.from({ length: padding }, () => Array(width).fill(0));
  const zeros = Array(padding).fill(0);
  return [...blank(), ...image.map((row) => [...zeros, ...row, ...zeros]), ...blank()];
};

const turn = (kernel) => kernel.map((row) => [...row].reverse()).reverse();

// The taps of one output pixel, in the kernel's order: where in the padded picture, and the two factors.
const taps = (padded, kernel, { stride, dilation }, row, column) =>
  kernel.map((weights, i) =>
    weights.map((weight, j) => {
      const y = row * stride + i * dilation;
      const x = column * stride + j * dilation;
      return { y, x, pixel: padded[y][x], weight };
    }),
  );

const sum = (rows) => rows.flat().reduce((total, tap) => total + tap.pixel * tap.weight, 0);

const number = (value) => String(Math.round(value * 100) / 100).replace("-", "−");
const factor = (value) => (value < 0 ? `(${number(value)})` : number(value));
const plural = (count, word) => `${count} ${word}${count === 1 ? "" : "s"}`;

const sizeFormula = (size, kernel, { stride, padding, dilation }) =>
  `⌊(${size} + 2·${padding} − ${dilation}·(${kernel} − 1) − 1) / ${stride}⌋ + 1 = ` +
  `${outputSize(size, kernel, { stride, padding, dilation })}`;

const presets = {
  "identity, 3×3": [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
  "mean, 2×2": [[0.25, 0.25], [0.25, 0.25]],
  "sharpen, 3×3": [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
  "upright edges, 3×3": [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]],
  "level edges, 3×3": [[-1, -2, -1], [0, 0, 0], [1, 2, 1]],
  "one step right, 3×3": [[0, 0, 0], [1, 0, 0], [0, 0, 0]],
  "difference, 1×2": [[-1, 1]],
};
