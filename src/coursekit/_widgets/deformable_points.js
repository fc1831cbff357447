// Deformable convolution at one place: nine points that move, what they read, and where they would rather be.

const line = (...words) => make("div", {}, ...words);
const product = (parts) => parts.map(factor).join("·");
const AHEAD = { row: "downwards", column: "to the right" };
const moved = (axis) => ({
  get: ({ offsets, tap }) => offsets[tapOf(tap)[0]][tapOf(tap)[1]][axis],
  put: ({ offsets, tap }, value) => (offsets[tapOf(tap)[0]][tapOf(tap)[1]][axis] = value),
});

const mixing = (state, samples) => {
  const [i, j] = tapOf(state.tap);
  const place = placeOf(state.offsets, i, j);
  const read = around(state.image, place).filter(({ share }) => share > 0);
  const shares = read.map(({ pixel, share }, index) =>
    term(`${index ? " + " : ""}${product([share, pixel])}`),
  );
  return line(
    strong(`Tap ${state.tap} reads x(${place.map(number).join(", ")}) = ${number(samples[i][j])}`),
    ...(read.length > 1 ? [" = ", ...shares] : []),
    ".",
  );
};
const adding = ({ kernel, masks }, { samples, output }) => {
  const added = TAPS.filter(([i, j]) => kernel[i][j] && masks[i][j]).map(([i, j], index) => {
    const factors = [kernel[i][j], ...(masks[i][j] === 1 ? [] : [masks[i][j]]), samples[i][j]];
    return term(`${index ? " + " : ""}${product(factors)}`);
  });
  return line(strong(`y = ${number(output)}`), ...(added.length ? [" = ", ...added] : []), ".");
};
const wanting = (state, { grad_offsets }) => {
  const [i, j] = tapOf(state.tap);
  const [down, right] = grad_offsets[i][j];
  const ways = [
    [down, "down", "up"],
    [right, "right", "left"],
  ].flatMap(([value, more, less]) => (Math.abs(value) < 1e-9 ? [] : [value > 0 ? more : less]));
  const whole = placeOf(state.offsets, i, j).flatMap((at, axis) =>
    Number.isInteger(at) ? [axis ? "column" : "row"] : [],
  );
  return line(
    strong(`∂y/∂Δu = ${number(down)}, ∂y/∂Δv = ${number(right)}`),
    ways.length ? `: y grows if this tap goes ${ways.join(" and ")}.` : ": a small step changes nothing.",
    whole.length
      ? ` Its ${listed(whole)} ${whole.length > 1 ? "are whole numbers" : "is a whole number"}, ` +
          `where the slope jumps; this is the one ${whole.map((axis) => AHEAD[axis]).join(" and ")}.`
      : "",
  );
};
const pointedAt = ({ grid, row, column }, { kernel, masks }, numbers) => {
  const here = `(${row}, ${column})`;
  if (grid === "image")
    return line(
      `∂y/∂x${here} = ${number(numbers.grad_image[row][column])}: what taps send back to this pixel.`,
    );
  const [z, a, w] = [numbers.samples[row][column], masks[row][column], kernel[row][column]];
  const name = NAMES[3 * row + column];
  return line(
    grid === "kernel"
      ? `∂y/∂w${here} = a·z = ${product([a, z])} = ${number(a * z)}, of tap ${name}.`
      : `∂y/∂a${here} = w·z = ${product([w, z])} = ${number(w * z)}, of tap ${name}.`,
  );
};

figure({
  controls: () => [
    { name: "tap", label: "tap", options: NAMES },
    { name: "down", label: "down Δu", min: -REACH, max: REACH, step: 0.25, typed: "beside", ...moved(0) },
    { name: "right", label: "right Δv", min: -REACH, max: REACH, step: 0.25, typed: "beside", ...moved(1) },
    {
      ...{ name: "factor", label: "factor a", min: 0, max: 1, step: 0.05, typed: "beside" },
      get: ({ masks, tap }) => masks[tapOf(tap)[0]][tapOf(tap)[1]],
      put: ({ masks, tap }, value) => (masks[tapOf(tap)[0]][tapOf(tap)[1]] = value),
    },
  ],
  numbers: deform,
  parts: (figure) => [new Points(figure)],
  beside: true,

  grids({ image, kernel }, { samples }) {
    const limit = () => ({ min: -99, max: 99 });
    return {
      image: { title: "Input x", values: image, symbol: "x", edits: ["image"], limit, wide: true },
      kernel: { title: "Kernel w", values: kernel, symbol: "w", edits: ["kernel"], limit },
      samples: { title: "What the taps read, z", values: samples, symbol: "z", wide: true },
    };
  },

  light(at, state, numbers) {
    const [i, j] = tapOf(state.tap);
    const read = around(state.image, placeOf(state.offsets, i, j)).filter(({ share }) => share > 0);
    const share = (r, c) => read.find((corner) => corner.r === r && corner.c === c)?.share;
    const own = (r, c) => (r === i && c === j ? "output" : "");
    return {
      lit: { image: (r, c) => (share(r, c) ? "window" : ""), kernel: own, samples: own },
      corner: { image: (r, c) => (share(r, c) ? number(share(r, c)) : "") },
      say: [
        mixing(state, numbers.samples),
        adding(state, numbers),
        wanting(state, numbers),
        ...(at ? [pointedAt(at, state, numbers)] : []),
      ],
    };
  },
});
