// Pooling forward and backward. The first of equal maxima takes the gradient.
const poolBoth = ({ image, kernel_size: k, stride, kind, grad }) => {
  const problem = noRoom2(image, zeros(k, k), {});
  if (problem) return { problem };
  const rows = outputSize(image.length, k, { stride });
  const columns = outputSize(image[0].length, k, { stride });
  const windows = map2(zeros(rows, columns), (_, r, c) => taps(image, zeros(k, k), { stride }, r, c).flat());
  const first = map2(windows, (window) =>
    window.reduce((best, tap) => (tap.pixel > best.pixel ? tap : best)),
  );
  const mean = (window) => window.reduce((total, tap) => total + tap.pixel, 0) / k ** 2;
  const output = map2(windows, (window, r, c) => (kind === "max" ? first[r][c].pixel : mean(window)));
  const downstream = map2(image, () => 0);
  map2(windows, (window, r, c) => {
    for (const tap of kind === "max" ? [first[r][c]] : window) {
      downstream[tap.u][tap.v] += kind === "max" ? grad[r][c] : grad[r][c] / k ** 2;
    }
  });
  return { windows, first, output, downstream };
};
// Upstream gradients for another number of windows: those that are there stay, new ones are numbered on.
const fitGradient = (state) => {
  const [rows, columns] = [state.image.length, state.image[0].length].map((size) =>
    Math.max(0, outputSize(size, state.kernel_size, state)),
  );
  state.grad = map2(zeros(rows, columns), (_, r, c) => state.grad[r]?.[c] ?? r * columns + c + 1);
};
