// The output of one kernel on one image, and for each pixel the taps that read it.
const turn = (kernel) => kernel.map((row) => [...row].reverse()).reverse();
const convolve = (state) => {
  const { image, kernel, flip, bias, padding } = state;
  const problem = noRoom2(image, kernel, state);
  if (problem) return { problem };
  const [used, padded] = [flip ? turn(kernel) : kernel, pad(image, padding)];
  const output = map2(correlate(padded, used, state), (value) => value + bias);
  const windows = map2(output, (_, r, c) => taps(padded, used, state, r, c));
  const readers = map2(padded, () => []);
  map2(windows, (rows, r, c) => rows.flat().forEach((tap) => readers[tap.u][tap.v].push({ ...tap, r, c })));
  return { used, padded, output, windows, readers };
};
