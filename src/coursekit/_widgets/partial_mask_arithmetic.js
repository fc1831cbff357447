// Layers of 3×3 convolutions over a picture with holes, all with the same kernel: partial ones, which count what
// their windows know, and ordinary ones, which find zeros in the holes. Beyond the border nothing is known.

const MOST_LAYERS = 5;
const BORDER = { padding: 1 };
const hidden = (image, mask) => map2(image, (value, r, c) => (mask[r][c] ? value : 0));
const countHoles = (mask) => mask.flat().filter((known) => !known).length;

// One partial convolution: what its windows know, and what comes of it. `windows` holds the taps of each.
const partialLayer = (image, mask, kernel, bias) => {
  const [x, m] = [pad(hidden(image, mask), 1), pad(mask, 1)];
  const windows = map2(image, (_, r, c) =>
    taps(x, kernel, {}, r, c)
      .flat()
      .map((tap) => ({ ...tap, known: m[tap.u][tap.v], u: tap.u - 1, v: tap.v - 1 })),
  );
  const known = map2(windows, (window) => window.filter((tap) => tap.known).length);
  const ratio = map2(known, (amount) => (amount ? kernel.flat().length / amount : 0));
  const sum = map2(windows, (window) => window.reduce((total, { pixel, weight }) => total + pixel * weight, 0));
  const output = map2(sum, (value, r, c) => (known[r][c] ? ratio[r][c] * value + bias : 0));
  return { windows, known, ratio, sum, output, mask: map2(known, (amount) => (amount ? 1 : 0)) };
};
const partialLayers = ({ image, mask, kernel, bias, layer }) => {
  let [before, before_mask, ordinary] = [image, mask, hidden(image, mask)];
  for (let step = 1; step < layer; step++) {
    const { output, mask: after } = partialLayer(before, before_mask, kernel, bias);
    [before, before_mask] = [output, after];
  }
  for (let step = 0; step < layer; step++)
    ordinary = map2(correlate(pad(ordinary, BORDER.padding), kernel, {}), (value) => value + bias);
  const { windows, known, ratio, sum, output: partial, mask: after } = partialLayer(before, before_mask, kernel, bias);
  const holes = [mask];
  while (holes.length <= MOST_LAYERS)
    holes.push(partialLayer(image, holes[holes.length - 1], kernel, bias).mask);
  return {
    ...{ before, before_mask, windows, known, ratio, sum, partial, after, ordinary },
    holes: holes.map(countHoles),
  };
};
// Holes for a picture of any size.
const holeKinds = (rows, columns) => {
  const everywhere = (test) =>
    Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => (test(r, c) ? 0 : 1)));
  const square = (side) => {
    const [top, left] = [rows, columns].map((size) => Math.floor((size - side) / 2));
    return everywhere((r, c) => r >= top && r < top + side && c >= left && c < left + side);
  };
  return {
    none: everywhere(() => false),
    "one pixel": square(1),
    "3 × 3": square(3),
    "5 × 5": square(5),
    "a corner of 4 × 4": everywhere((r, c) => r < 4 && c < 4),
    "a strip of 2": everywhere((_, c) => Math.floor((columns - 2) / 2) <= c && c < Math.floor((columns + 2) / 2)),
    "all but one pixel": everywhere((r, c) => r !== Math.floor(rows / 2) || c !== Math.floor(columns / 2)),
  };
};
const pictureKinds = (rows, columns) => {
  const filled = (value) =>
    Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => value(r, c)));
  return {
    constant: filled(() => 9),
    slope: filled((_, c) => c),
    "an edge": filled((_, c) => (c < columns / 2 ? 1 : 9)),
  };
};
