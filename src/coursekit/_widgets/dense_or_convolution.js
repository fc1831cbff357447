// What three layers read, share and cost, and which of them follows an edge that moves.

const NAMES = { dense: "Dense", local: "Locally connected", convolution: "Convolution" };
const SIZES = {
  "parameters, 28 × 28 (Fashion-MNIST)": [28, 28],
  "parameters, 280 × 320 (the cat)": [280, 320],
};
const edgeOf = ({ height, width, image }) => {
  const all = Array.from({ length: width - 1 }, (_, place) => place + 1);
  return all.find((place) => JSON.stringify(edgeAt(height, width, place)) === JSON.stringify(image)) ?? null;
};

figure({
  controls: ({ width, height }) => [
    {
      name: "moved",
      label: "move the edge to column",
      min: 1,
      max: width - 1,
      get: edgeOf,
      put: (state, place) => (state.image = edgeAt(height, width, place)),
    },
    { name: "kernel", label: "window k", min: 2, max: Math.min(4, height, width) },
  ],
  numbers: threeLayers,
  start: ["convolution", 0, 2],
  walk: "convolution",

  grids({ image, edge }, numbers) {
    const right = numbers.convolution;
    const told = {
      image: {
        title: sized("Image x", image),
        values: image,
        symbol: "x",
        edits: ["image"],
        note: "move the edge, or type pixels",
      },
    };
    for (const [key, title] of Object.entries(NAMES)) {
      const wrong = numbers[key].flat().filter((value, q) => Math.abs(value - right.flat()[q]) > 1e-9).length;
      told[key] = {
        group: "Three layers, three answers",
        title,
        values: numbers[key],
        symbol: "y",
        label: `Answers, ${title.toLowerCase()}`,
        note:
          key === "convolution"
            ? "right side minus left side of each window"
            : wrong
              ? `${wrong} of ${right.flat().length} differ from the convolution`
              : "the same answers",
      };
    }
    return told;
  },

  light({ grid, row, column }, { image, kernel: k, height, width, edge }, numbers) {
    const outputs = numbers.convolution.flat().length;
    const differs = (key) => (r, c) =>
      Math.abs(numbers[key][r][c] - numbers.convolution[r][c]) > 1e-9 ? "≠" : "";
    const corner = { dense: differs("dense"), local: differs("local") };
    const here = costs(height, width, k);
    const rows = [
      [`connections, ${height} × ${width} (here)`, ...here.connections.map(count)],
      [`parameters, ${height} × ${width} (here)`, ...here.parameters.map(count)],
      ...Object.entries(SIZES).map(([name, [h, w]]) => [name, ...costs(h, w, k).parameters.map(count)]),
    ];
    const heads = ["", ...Object.values(NAMES).map((name) => name.toLowerCase())];
    const below = [
      make(
        "p",
        {},
        "The dense and the locally connected layer were fitted to the picture with its edge at column " +
          `${edge}: the smallest weights that give the convolution's answers there. ` +
          "Answers that differ now are marked ≠.",
      ),
      table(`What each layer costs, window ${k} × ${k}`, heads, rows),
    ];
    if (grid === "image") {
      const windows = map2(
        numbers.convolution,
        (_, r, c) => row >= r && row < r + k && column >= c && column < c + k,
      );
      const reads = windows.flat().filter(Boolean).length;
      const lit = (r, c) => (windows[r][c] ? "output" : "");
      return {
        corner,
        below,
        lit: {
          image: (r, c) => (r === row && c === column ? "window" : ""),
          dense: () => "output",
          local: lit,
          convolution: lit,
        },
        say: [
          strong(`x(${row}, ${column}) = ${number(image[row][column])}`),
          ` is read by all ${outputs} outputs of the dense layer, and by ${reads} of the two others.`,
        ],
      };
    }
    const weights = numbers.weights[grid][row][column];
    const dense = grid === "dense";
    const inside = (r, c) => dense || (r >= row && r < row + k && c >= column && c < column + k);
    const weight = (r, c) => (dense ? weights[r][c] : weights[r - row][c - column]);
    corner.image = (r, c) => (inside(r, c) ? `×${number(weight(r, c))}` : "");
    const own = {
      dense: `${count(height * width)} weights of its own: ${count(height * width * outputs)} in all.`,
      local: `${k * k} weights of its own: ${count(k * k * outputs)} in all.`,
      convolution: `the same ${k * k} weights as every other output: ${k * k} in all.`,
    };
    const shared = (key) => (r, c) =>
      r === row && c === column && grid === key
        ? "output"
        : grid === key && key === "convolution"
          ? "third"
          : "";
    return {
      corner,
      below,
      lit: {
        image: (r, c) => (inside(r, c) ? "window" : ""),
        dense: shared("dense"),
        local: shared("local"),
        convolution: shared("convolution"),
      },
      say: [
        strong(`${NAMES[grid]}: y(${row}, ${column}) = ${number(numbers[grid][row][column])}`),
        ` reads ${dense ? `all ${count(height * width)} pixels` : `${k * k} pixels`} with ${own[grid]}`,
      ],
    };
  },
});
