// A transposed convolution of one row, twice: painted input by input, and slid over the spread row.
const upSize = (inputs, taps, { stride, padding, output_padding }) =>
  (inputs - 1) * stride + taps - 2 * padding + output_padding;

// Places are counted from the first that is painted; output r is place r + p.
const goUp = ({ x, kernel, stride, padding, output_padding }) => {
  const [inputs, taps] = [x.length, kernel.length];
  if (output_padding >= stride)
    return {
      problem:
        `Output padding chooses among ${plural(stride, "size")}, ` +
        `so at stride ${stride} it is ${stride > 1 ? `at most ${stride - 1}` : "0"}.`,
    };
  const size = upSize(inputs, taps, { stride, padding, output_padding });
  const all = (inputs - 1) * stride + taps;
  if (size < 1)
    return { problem: `Nothing is left: of ${plural(all, "number")}, padding cuts off ${2 * padding}.` };
  const painted = x.map((value) => kernel.map((weight) => value * weight));
  // For every place the inputs that reach it, each with its tap.
  const reach = Array.from({ length: Math.max(all, padding + size) }, (_, place) =>
    x.map((_, u) => ({ u, i: place - u * stride })).filter(({ i }) => i >= 0 && i < taps),
  );
  const sums = reach.map((links) => links.reduce((total, { u, i }) => total + painted[u][i], 0));
  const counts = reach.slice(padding, padding + size).map((links) => links.length);

  const frame = [taps - 1 - padding, taps - 1 - padding + output_padding];
  const [before, after] = frame.map((width) => Math.max(0, width));
  const spread = Array(before + (inputs - 1) * stride + 1 + after).fill(0);
  x.forEach((value, u) => (spread[before + u * stride] = value));
  const turned = [...kernel].reverse();
  const shift = Math.max(0, -frame[0]); // where padding cuts off more than the frame, the window starts later
  const windows = counts.map((_, r) => spread.slice(r + shift, r + shift + taps));
  const slid = windows.map((window) => window.reduce((total, value, j) => total + value * turned[j], 0));
  return {
    ...{ size, all, painted, reach, sums, counts, output: sums.slice(padding, padding + size) },
    ...{ frame, before, shift, spread, turned, windows, slid },
    plane: counts.map((down) => counts.map((across) => down * across)),
  };
};

// The sums when the inputs from the first to this one are laid down.
const soFar = ({ reach, painted }, last) =>
  reach.map((links) => links.reduce((total, { u, i }) => total + (u <= last ? painted[u][i] : 0), 0));
