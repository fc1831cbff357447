// Pooling: the value of each window, and where its gradient goes.

figure({
  controls: () => [
    { name: "kind", label: "kind", options: ["max", "average"] },
    { name: "kernel_size", label: "window k", min: 1, max: 4, typed: true },
    { name: "stride", label: "stride s", min: 1, max: 4, typed: true },
  ],
  numbers: poolBoth,
  settle: (state, changed) => ["kernel_size", "stride"].includes(changed) && fitGradient(state),
  start: ["output", 0, 0],
  walk: "output",

  grids({ image, grad }, { output, downstream }) {
    return {
      image: {
        group: "Forward",
        title: sized("Input x", image),
        values: image,
        symbol: "x",
        edits: ["image"],
        note: "type your own numbers",
      },
      output: {
        group: "Forward",
        title: sized("Output y", output),
        values: output,
        symbol: "y",
        note: "point at a number, or use the arrow keys",
      },
      downstream: { group: "Backward", title: "Gradient ∂L/∂x", values: downstream, symbol: "∂L/∂x" },
      grad: {
        group: "Backward",
        title: "Upstream gradient ∂L/∂y",
        values: grad,
        symbol: "∂L/∂y",
        edits: ["grad"],
        note: "type your own numbers",
      },
    };
  },

  light(
    { grid, row, column },
    { image, kind, kernel_size: k, grad },
    { windows, first, output, downstream },
  ) {
    const max = kind === "max";
    if (grid === "output" || grid === "grad") {
      const window = windows[row][column];
      const inside = (u, v) => window.some((tap) => tap.u === u && tap.v === v);
      const best = first[row][column];
      const here = (r, c) => (r === row && c === column ? "output" : "");
      const ties = window.filter((tap) => tap.pixel === best.pixel).length - 1;
      const takes = (u, v) => (max ? u === best.u && v === best.v : inside(u, v));
      const listed = window.map((tap) => number(tap.pixel)).join(", ");
      const tie = ties > 0 ? ", the first of the largest" : "";
      const g = number(grad[row][column]);
      return {
        lit: {
          output: here,
          grad: here,
          image: (u, v) => (inside(u, v) ? (max && takes(u, v) ? "output" : "window") : ""),
          downstream: (u, v) => (takes(u, v) ? "output" : inside(u, v) ? "window" : ""),
        },
        say: [
          strong(`y(${row}, ${column}) = ${number(output[row][column])}`),
          max ? `, the largest of ${listed}. ` : `, the average of ${listed}. `,
          max
            ? `Its gradient ${g} goes to x(${best.u}, ${best.v})${tie}; ` + "the others get nothing from it."
            : `Each of the ${k ** 2} gets ${g} / ${k ** 2} = ${number(grad[row][column] / k ** 2)}.`,
        ],
      };
    }
    const readers = windows.flatMap((line, r) =>
      line.flatMap((window, c) =>
        window.some((tap) => tap.u === row && tap.v === column) ? [{ r, c }] : [],
      ),
    );
    const givers = readers.filter(({ r, c }) => !max || (first[r][c].u === row && first[r][c].v === column));
    const shares = givers.map(({ r, c }) => factor(max ? grad[r][c] : grad[r][c] / k ** 2)).join(" + ");
    const here = (u, v) => (u === row && v === column ? "window" : "");
    const reads = (r, c) =>
      givers.some((one) => one.r === r && one.c === c)
        ? "output"
        : readers.some((one) => one.r === r && one.c === c)
          ? "window"
          : "";
    return {
      lit: { image: here, downstream: here, output: reads, grad: reads },
      say: [
        strong(`x(${row}, ${column}) = ${number(image[row][column])}`),
        readers.length === 0
          ? " lies in no window: its gradient is 0."
          : ` lies in ${plural(readers.length, "window")}` +
            `${max ? ` and is taken as the largest in ${givers.length}` : ""}. ` +
            `∂L/∂x(${row}, ${column}) = ${givers.length > 1 ? `${shares} = ` : ""}` +
            `${number(downstream[row][column])}.`,
      ],
    };
  },
});
