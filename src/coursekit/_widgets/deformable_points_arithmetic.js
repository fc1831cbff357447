// Nine taps that read an image between its pixels: what they read, their sum, and the gradients of the sum.

const MIDDLE = 2;
const REACH = 2;
const TAPS = [0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => [i, j]));
const NAMES = [
  ...["top left", "top", "top right"],
  ...["left", "centre", "right"],
  ...["bottom left", "bottom", "bottom right"],
];
const tapOf = (name) => TAPS[NAMES.indexOf(name)];
const placeOf = (offsets, i, j) => [i, j].map((at, axis) => MIDDLE - 1 + at + offsets[i][j][axis]);
const pixelAt = (image, r, c) => image[r]?.[c] ?? 0;
// The four pixels around a point, top left first: their numbers, their shares, and how these grow with u and with v.
const around = (image, [u, v]) => {
  const [top, left] = [Math.floor(u), Math.floor(v)];
  const [t, q] = [u - top, v - left];
  return [0, 1].flatMap((below) =>
    [0, 1].map((beside) => {
      const [byRow, byColumn] = [below ? t : 1 - t, beside ? q : 1 - q];
      const [r, c] = [top + below, left + beside];
      return {
        ...{ r, c, pixel: pixelAt(image, r, c), inside: r in image && c in image[0] },
        ...{ share: byRow * byColumn, down: (below ? 1 : -1) * byColumn, right: (beside ? 1 : -1) * byRow },
      };
    }),
  );
};
const mixed = (corners, by) => corners.reduce((sum, corner) => sum + corner[by] * corner.pixel, 0);

const deform = ({ image, kernel, offsets, masks }) => {
  const grid = (act) => kernel.map((line, i) => line.map((_, j) => act(i, j)));
  const corners = grid((i, j) => around(image, placeOf(offsets, i, j)));
  const samples = grid((i, j) => mixed(corners[i][j], "share"));
  const grad_image = image.map((line) => line.map(() => 0));
  for (const [i, j] of TAPS)
    for (const { r, c, share, inside } of corners[i][j])
      if (inside) grad_image[r][c] += kernel[i][j] * masks[i][j] * share;
  const slope = (i, j, by) => kernel[i][j] * masks[i][j] * mixed(corners[i][j], by);
  return {
    ...{ samples, shares: grid((i, j) => corners[i][j].map(({ share }) => share)) },
    output: TAPS.reduce((sum, [i, j]) => sum + kernel[i][j] * masks[i][j] * samples[i][j], 0),
    grad_offsets: grid((i, j) => [slope(i, j, "down"), slope(i, j, "right")]),
    grad_masks: grid((i, j) => kernel[i][j] * samples[i][j]),
    grad_kernel: grid((i, j) => masks[i][j] * samples[i][j]),
    grad_image,
  };
};
