// Windows on an image: plain arithmetic that several figures share.

const zeros = (rows, columns) => Array.from({ length: rows }, () => Array(columns).fill(0));
const map2 = (grid, act) => grid.map((line, r) => line.map((value, c) => act(value, r, c)));
const reach = (kernel, dilation = 1) => dilation * (kernel - 1) + 1;
const outputSize = (size, kernel, { stride = 1, padding = 0, dilation = 1 }) =>
  Math.floor((size + 2 * padding - reach(kernel, dilation)) / stride) + 1;

// Why no window fits, or "".
const noRoom = (size, kernel, { padding = 0, dilation = 1 }) =>
  reach(kernel, dilation) <= size + 2 * padding
    ? ""
    : `No room: the kernel reaches over ${plural(reach(kernel, dilation), "pixel")}, ` +
      `the padded input has ${size + 2 * padding}.`;
const noRoom2 = (image, kernel, settings) =>
  noRoom(image.length, kernel.length, settings) || noRoom(image[0].length, kernel[0].length, settings);

const pad = (image, padding) => {
  const padded = zeros(image.length + 2 * padding, image[0].length + 2 * padding);
  image.forEach((line, r) => line.forEach((value, c) => (padded[r + padding][c + padding] = value)));
  return padded;
};
// The taps of one output pixel in the kernel's order: row u and column v of the padded image, both factors.
const taps = (padded, kernel, { stride = 1, dilation = 1 }, r, c) =>
  map2(kernel, (weight, i, j) => {
    const [u, v] = [r * stride + i * dilation, c * stride + j * dilation];
    return { u, v, i, j, pixel: padded[u][v], weight };
  });
const dot = (rows) => rows.flat().reduce((total, { pixel, weight }) => total + pixel * weight, 0);
const correlate = (padded, kernel, settings) => {
  const rows = outputSize(padded.length, kernel.length, { ...settings, padding: 0 });
  const columns = outputSize(padded[0].length, kernel[0].length, { ...settings, padding: 0 });
  return map2(zeros(rows, columns), (_, r, c) => dot(taps(padded, kernel, settings, r, c)));
};
const sizeFormula = (size, kernel, { stride, padding, dilation = 1 }) =>
  `⌊(${size} + 2·${padding} − ${dilation}·(${kernel} − 1) − 1) / ${stride}⌋ + 1 = ` +
  `${outputSize(size, kernel, { stride, padding, dilation })}`;
// The products of a window, a row of the kernel in each piece.
const products = (rows) =>
  rows.map((line, i) =>
    term(`${i ? " + " : ""}${line.map((tap) => `${factor(tap.pixel)}·${factor(tap.weight)}`).join(" + ")}`),
  );
const some = (words, most = 9) =>
  words.length <= most ? listed(words) : `${words.slice(0, most).join(", ")} and ${words.length - most} more`;
const sized = (name, grid) => `${name}, ${grid.length} × ${grid[0].length}`;
