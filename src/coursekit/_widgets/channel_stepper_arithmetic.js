// What each channel adds, and their sums.
const overChannels = (state) => {
  const { image, kernels, bias, padding } = state;
  const problem = noRoom2(image[0], kernels[0][0], state);
  if (problem) return { problem };
  const padded = image.map((channel) => pad(channel, padding));
  const sums = kernels.map((kernel) => kernel.map((slice, m) => correlate(padded[m], slice, state)));
  const output = sums.map((parts, f) =>
    map2(parts[0], (_, r, c) => parts.reduce((total, part) => total + part[r][c], bias[f])),
  );
  return { padded, sums, output };
};
