// The matrix of a convolution: for each entry which tap of the kernel stands there, −1 where none does.
const asMatrix = (state) => {
  const { image, kernel, padding } = state;
  const problem = noRoom2(image, kernel, state);
  if (problem) return { problem };
  const [height, width] = [image.length, image[0].length];
  const padded = pad(image, padding);
  const output = correlate(padded, kernel, state);
  if (output.length * output[0].length > 25) {
    return { problem: `Too many outputs to draw: ${output.length * output[0].length}, at most 25.` };
  }
  const tap = zeros(output.length * output[0].length, height * width).map((line) => line.fill(-1));
  map2(output, (_, r, c) => {
    for (const { u, v, i, j } of taps(padded, kernel, state, r, c).flat()) {
      const [y, x] = [u - padding, v - padding];
      if (y >= 0 && x >= 0 && y < height && x < width) {
        tap[r * output[0].length + c][y * width + x] = i * kernel[0].length + j;
      }
    }
  });
  return { tap, output, matrix: map2(tap, (index) => (index < 0 ? 0 : kernel.flat()[index])) };
};
