// A convolution as a matrix: a row is a window, a column is what a pixel feeds.

figure({
  controls: () => [
    { name: "stride", label: "stride s", min: 1, max: 3, typed: true },
    { name: "padding", label: "padding p", min: 0, max: 2, typed: true },
  ],
  numbers: asMatrix,
  start: ["output", 0, 0],
  walk: "output",

  grids({ image, kernel }, { matrix, output, tap }) {
    return {
      image: {
        title: sized("Image x", image),
        values: image,
        symbol: "x",
        edits: ["image"],
        note: "point at a pixel: its column",
      },
      kernel: {
        title: sized("Kernel w", kernel),
        values: kernel,
        symbol: "w",
        edits: ["kernel"],
        note: "point at a weight: its copies",
      },
      output: {
        title: sized("Output y", output),
        values: output,
        symbol: "y",
        note: "point at an output: its row",
      },
      matrix: {
        title: sized("Matrix M", matrix),
        values: matrix,
        symbol: "M",
        compact: true,
        text: (q, j) => (tap[q][j] < 0 ? "" : undefined),
      },
    };
  },

  light({ grid, row, column }, { image, kernel, padding }, { tap, matrix, output }) {
    const [width, across] = [image[0].length, output[0].length];
    const flat = kernel.flat();
    const tapName = (index) => `w(${Math.floor(index / kernel[0].length)}, ${index % kernel[0].length})`;
    const pixelName = (j) => `x(${Math.floor(j / width)}, ${j % width})`;
    const outputName = (q) => `y(${Math.floor(q / across)}, ${q % across})`;
    const used = tap.flat().filter((index) => index >= 0).length;
    const below = [
      make(
        "p",
        {},
        `${count(used)} of ${count(tap.length * tap[0].length)} entries hold a weight; ` +
          `${plural(flat.length, "weight")} in all. Empty entries are 0.`,
      ),
    ];
    const row0 = (q, kinds) => ({
      image: (u, v) => (tap[q][u * width + v] >= 0 ? "window" : ""),
      output: (r, c) => (r * across + c === q ? "output" : ""),
      kernel: (i, j) => (tap[q].includes(i * kernel[0].length + j) ? "window" : ""),
      matrix: (r, j) => (r === q ? (tap[q][j] >= 0 ? "window" : "band") : ""),
      ...kinds,
    });
    if (grid === "output") {
      const q = row * across + column;
      const read = tap[q].map((index, j) => ({ index, j })).filter(({ index }) => index >= 0);
      return {
        below,
        lit: row0(q),
        corner: {
          image: (u, v) => {
            const index = tap[q][u * width + v];
            return index < 0 ? "" : `×${number(flat[index])}`;
          },
        },
        say: [
          strong(`y(${row}, ${column}) = ${number(output[row][column])}`),
          ` is row ${q} of M times x: `,
          term(
            read.map(({ index, j }) => `${factor(flat[index])}·${factor(image.flat()[j])}`).join(" + ") ||
              "0",
          ),
          padding ? ". Taps on the padding have no column." : ".",
        ],
      };
    }
    if (grid === "image") {
      const p = row * width + column;
      const fed = tap.map((line, q) => ({ q, index: line[p] })).filter(({ index }) => index >= 0);
      return {
        below,
        lit: {
          image: (u, v) => (u === row && v === column ? "window" : ""),
          output: (r, c) => (tap[r * across + c][p] >= 0 ? "output" : ""),
          matrix: (q, j) => (j === p ? (tap[q][j] >= 0 ? "output" : "band") : ""),
        },
        say: [
          strong(`x(${row}, ${column})`),
          ` is column ${p} of M: it feeds ${plural(fed.length, "output")}`,
          fed.length
            ? `: ${some(fed.map(({ q, index }) => `${outputName(q)} with ${tapName(index)}`))}. `
            : ". ",
          "The transpose sends the gradients of these outputs back to it.",
        ],
      };
    }
    if (grid === "kernel") {
      const index = row * kernel[0].length + column;
      const copies = tap.flat().filter((other) => other === index).length;
      return {
        below,
        lit: {
          kernel: (i, j) => (i === row && j === column ? "third" : ""),
          matrix: (q, j) => (tap[q][j] === index ? "third" : ""),
        },
        say: [
          strong(`${tapName(index)} = ${number(flat[index])}`),
          ` stands ${copies === 1 ? "once" : `${copies} times`} in M. ` +
            "It is one weight: change it, and all copies change.",
        ],
      };
    }
    const index = tap[row][column];
    const where = `Row ${row} belongs to ${outputName(row)}, column ${column} to ${pixelName(column)}`;
    return {
      below,
      lit: row0(row, {
        matrix: (q, j) =>
          q === row && j === column
            ? "third"
            : q === row
              ? tap[q][j] >= 0
                ? "window"
                : "band"
              : j === column
                ? tap[q][j] >= 0
                  ? "output"
                  : "band"
                : "",
      }),
      say: [
        strong(`M(${row}, ${column}) = ${number(matrix[row][column])}`),
        index < 0 ? `. ${where}, which its window does not read.` : ` = ${tapName(index)}. ${where}.`,
      ],
    };
  },
});
