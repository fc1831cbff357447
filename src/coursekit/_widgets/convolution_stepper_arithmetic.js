// The output of one kernel on one image.
const turn = (kernel) => kernel.map((row) => [...row].reverse()).reverse();
const convolve = (state) => {
  const { image, kernel, flip, bias, padding } = state;
  const problem = noRoom2(image, kernel, state);
  if (problem) return { problem };
  const [used, padded] = [flip ? turn(kernel) : kernel, pad(image, padding)];
  return { used, padded, output: map2(correlate(padded, used, state), (value) => value + bias) };
};
