// One kernel on one small image, one output pixel at a time.

const presets = {
  "identity, 3×3": [
    [0, 0, 0],
    [0, 1, 0],
    [0, 0, 0],
  ],
  "mean, 2×2": [
    [0.25, 0.25],
    [0.25, 0.25],
  ],
  "sharpen, 3×3": [
    [0, -1, 0],
    [-1, 5, -1],
    [0, -1, 0],
  ],
  "upright edges, 3×3": [
    [-1, 0, 1],
    [-2, 0, 2],
    [-1, 0, 1],
  ],
  "level edges, 3×3": [
    [-1, -2, -1],
    [0, 0, 0],
    [1, 2, 1],
  ],
  "one step right, 3×3": [
    [0, 0, 0],
    [1, 0, 0],
    [0, 0, 0],
  ],
  "difference, 1×2": [[-1, 1]],
};

figure({
  controls: ({ kernel, bias }) => [
    { name: "stride", label: "stride s", min: 1, max: 4, typed: true },
    { name: "padding", label: "padding p", min: 0, max: 3, typed: true },
    { name: "dilation", label: "dilation d", min: 1, max: 3, typed: true },
    ...(bias ? [{ name: "bias", label: "bias b", min: -99, max: 99, step: 0.5, typed: true }] : []),
    { name: "preset", label: "kernel", presets: { "as given": kernel, ...presets }, sets: "kernel" },
    { name: "flip", label: "flip the kernel (true convolution)" },
  ],
  numbers: convolve,
  start: ["output", 0, 0],
  walk: "output",

  grids({ image, kernel, padding, flip }, { padded, output }) {
    return {
      image: {
        title: sized("Input x", image),
        values: padded,
        symbol: "x",
        edits: ["image"],
        offset: padding,
        note: "type your own numbers",
      },
      kernel: {
        title: sized("Kernel w", kernel),
        values: kernel,
        symbol: "w",
        edits: ["kernel"],
        note: flip ? "laid on turned by 180°" : "type your own numbers",
      },
      output: {
        title: sized("Output y", output),
        values: output,
        symbol: "y",
        note: "point at a number, or use the arrow keys",
      },
    };
  },

  light({ grid, row, column }, state, { padded, output, windows, readers }) {
    const { image, kernel, padding: p, bias, flip } = state;
    const never = map2(image, (_, u, v) => readers[u + p][v + p].length)
      .flat()
      .filter((times) => times === 0).length;
    const hatch = (u, v) => (readers[u][v].length ? "" : "unread");
    const tapName = (i, j) =>
      flip ? `w(${kernel.length - 1 - i}, ${kernel[0].length - 1 - j})` : `w(${i}, ${j})`;
    const down = sizeFormula(image.length, kernel.length, state);
    const across = sizeFormula(image[0].length, kernel[0].length, state);
    const below = [
      make("p", {}, down === across ? `Rows and columns: ${down}` : `Rows: ${down}. Columns: ${across}`),
      ...(never ? [make("p", {}, `${plural(never, "pixel")} never read: hatched.`)] : []),
    ];

    if (grid === "output") {
      const rows = windows[row][column];
      const met = new Map(rows.flat().map((tap) => [`${tap.u},${tap.v}`, tap]));
      return {
        below,
        lit: {
          image: (u, v) => (met.has(`${u},${v}`) ? "window" : hatch(u, v)),
          kernel: () => "window",
          output: (r, c) => (r === row && c === column ? "output" : ""),
        },
        corner: { image: (u, v) => (met.has(`${u},${v}`) ? `×${number(met.get(`${u},${v}`).weight)}` : "") },
        say: [
          strong(`y(${row}, ${column}) = ${number(output[row][column])}`),
          " = ",
          ...products(rows),
          ...(bias ? [term(` + ${factor(bias)}`)] : []),
        ],
      };
    }
    if (grid === "image") {
      const found = readers[row][column];
      const value = number(padded[row][column]);
      return {
        below,
        lit: {
          image: (u, v) => (u === row && v === column ? "window" : hatch(u, v)),
          output: (r, c) => (found.some((tap) => tap.r === r && tap.c === c) ? "output" : ""),
        },
        say: [
          strong(`x(${number(row - p)}, ${number(column - p)}) = ${value}`),
          found.length ? ` is read by ${plural(found.length, "output")}: ` : " is never read.",
          some(found.map((tap) => `y(${tap.r}, ${tap.c}) with ${tapName(tap.i, tap.j)}`)),
          found.length ? "." : "",
        ],
      };
    }
    const [i, j] = flip ? [kernel.length - 1 - row, kernel[0].length - 1 - column] : [row, column];
    const met = windows.flat().map((rows) => rows[i][j]);
    return {
      below,
      lit: {
        image: (u, v) => (met.some((tap) => tap.u === u && tap.v === v) ? "window" : hatch(u, v)),
        kernel: (r, c) => (r === row && c === column ? "window" : ""),
      },
      say: [
        strong(`w(${row}, ${column}) = ${number(kernel[row][column])}`),
        ` is used ${met.length === 1 ? "once" : `${met.length} times, once for each output`}: ` +
          "on the marked pixels.",
      ],
    };
  },
});
