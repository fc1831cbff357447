// A convolution, and the derivatives of L = Σ g·y by every weight and pixel, product by product.

const linkGradients = (state) => {
  const { image, kernel, grad, padding } = state;
  const problem = noRoom2(image, kernel, state);
  if (problem) return { problem };
  const padded = pad(image, padding);
  const output = correlate(padded, kernel, state);
  // The same products twice: kept by the weight that is in them, and by the pixel.
  const [byWeight, byPixel] = [kernel, padded].map((grid) => map2(grid, () => []));
  const windows = map2(output, (_, r, c) => {
    const rows = taps(padded, kernel, state, r, c);
    for (const tap of rows.flat()) {
      const link = { ...tap, r, c, g: grad[r][c] };
      byWeight[tap.i][tap.j].push(link);
      byPixel[tap.u][tap.v].push(link);
    }
    return rows;
  });
  const grad_padded = map2(byPixel, (links) => links.reduce((sum, { g, weight }) => sum + g * weight, 0));
  return {
    ...{ padded, output, windows, byWeight, byPixel, grad_padded, loss: upstreamLoss(grad, output) },
    grad_w: map2(byWeight, (links) => links.reduce((sum, { g, pixel }) => sum + g * pixel, 0)),
    grad_x: map2(image, (_, u, v) => grad_padded[u + padding][v + padding]),
  };
};
const upstreamLoss = (grad, output) =>
  output.flat().reduce((sum, value, index) => sum + value * grad.flat()[index], 0);
// L once more, forward alone, with one number of the image or the kernel larger by 1.
const raisedLoss = (state, name, row, column) => {
  const raised = map2(state[name], (value, r, c) => (r === row && c === column ? value + 1 : value));
  const { image, kernel } = { ...state, [name]: raised };
  return upstreamLoss(state.grad, correlate(pad(image, state.padding), kernel, state));
};
// Upstream gradients for another number of outputs. Those that count 1, 2, 3 … count anew, typed ones stay.
const fitUpstream = (state) => {
  const [rows, columns] = [0, 1].map((axis) => {
    const [size, kernel] = [state.image, state.kernel].map((grid) => (axis ? grid[0] : grid).length);
    return Math.max(0, outputSize(size, kernel, state));
  });
  const counted = state.grad.flat().every((value, index) => value === index + 1);
  state.grad = map2(
    zeros(rows, columns),
    (_, r, c) => (counted ? undefined : state.grad[r]?.[c]) ?? r * columns + c + 1,
  );
};
