// Several channels, several kernels: the sum over the window and over the channels.

figure({
  controls: ({ kernels }) => [
    { name: "chosen", label: "kernel f", options: kernels.map((_, f) => f) },
    { name: "stride", label: "stride s", min: 1, max: 4, typed: true },
    { name: "padding", label: "padding p", min: 0, max: 3, typed: true },
  ],
  numbers: overChannels,
  start: ["output", 0, 0],
  walk: "output",

  grids({ image, kernels, bias, padding, chosen: f }, { padded, output, sums }) {
    const told = {};
    image.forEach((channel, m) => {
      const group = `Channel m = ${m}`;
      told[`x${m}`] = {
        group,
        title: sized(`x`, channel),
        values: padded[m],
        edits: ["image", m],
        offset: padding,
        label: `Input, channel ${m}`,
        name: (r, c) => `x(${m}, ${number(r - padding)}, ${number(c - padding)})`,
      };
      told[`w${m}`] = {
        group,
        title: sized("w", kernels[f][m]),
        values: kernels[f][m],
        edits: ["kernels", f, m],
        label: `Kernel ${f}, channel ${m}`,
        name: (i, j) => `w(${f}, ${m}, ${i}, ${j})`,
      };
      told[`s${m}`] = {
        group,
        title: "its sums",
        values: sums[f][m],
        label: `Sums of channel ${m}`,
        name: (r, c) => `sum of channel ${m} for y(${f}, ${r}, ${c})`,
      };
    });
    const group = "All channels and the bias";
    told.bias = {
      group,
      title: "b",
      values: [[bias[f]]],
      edits: ["bias"],
      label: "Bias",
      name: () => `b(${f})`,
      path: () => ["bias", f],
    };
    told.output = {
      group,
      title: sized("Output map y", output[f]),
      values: output[f],
      label: `Output map ${f}`,
      name: (r, c) => `y(${f}, ${r}, ${c})`,
      note: "point at a number, or use the arrow keys",
    };
    return told;
  },

  light({ grid, row, column }, state, { padded, sums, output }) {
    const { image, kernels, bias, chosen: f, padding } = state;
    const channels = image.map((_, m) => m);
    const kind = grid[0];
    const lit = {};
    const corner = {};
    if (grid === "output" || kind === "s") {
      const used = grid === "output" ? channels : [Number(grid.slice(1))];
      const rows = used.map((m) => taps(padded[m], kernels[f][m], state, row, column));
      used.forEach((m, index) => {
        const met = new Map(rows[index].flat().map((tap) => [`${tap.u},${tap.v}`, tap]));
        lit[`x${m}`] = (u, v) => (met.has(`${u},${v}`) ? "window" : "");
        lit[`w${m}`] = () => "window";
        lit[`s${m}`] = (r, c) => (r === row && c === column ? "third" : "");
        corner[`x${m}`] = (u, v) => (met.has(`${u},${v}`) ? `×${number(met.get(`${u},${v}`).weight)}` : "");
      });
      const lines = used.map((m, index) =>
        make(
          "div",
          {},
          `channel ${m}: `,
          ...products(rows[index]),
          term(` = ${number(sums[f][m][row][column])}`),
        ),
      );
      if (grid !== "output") return { lit, corner, say: lines };
      lit.output = (r, c) => (r === row && c === column ? "output" : "");
      lit.bias = () => "third";
      const parts = [...channels.map((m) => sums[f][m][row][column]), bias[f]];
      return {
        lit,
        corner,
        say: [
          ...lines,
          make(
            "div",
            {},
            strong(`y(${f}, ${row}, ${column}) = ${number(output[f][row][column])}`),
            " = ",
            `${parts.map(factor).join(" + ")}, the last is the bias`,
          ),
        ],
      };
    }
    if (grid === "bias") {
      return {
        lit: { bias: () => "third", output: () => "output" },
        say: [strong(`b(${f}) = ${number(bias[f])}`), ` is added to every number of output map ${f}.`],
      };
    }
    const m = Number(grid.slice(1));
    const places = output[f].flatMap((line, r) =>
      line.flatMap((_, c) =>
        taps(padded[m], kernels[f][m], state, r, c)
          .flat()
          .map((tap) => ({ ...tap, r, c })),
      ),
    );
    if (kind === "w") {
      const met = places.filter((tap) => tap.i === row && tap.j === column);
      return {
        lit: {
          [`x${m}`]: (u, v) => (met.some((tap) => tap.u === u && tap.v === v) ? "window" : ""),
          [grid]: (i, j) => (i === row && j === column ? "window" : ""),
        },
        say: [
          strong(`w(${f}, ${m}, ${row}, ${column}) = ${number(kernels[f][m][row][column])}`),
          ` meets only channel ${m}: ${plural(met.length, "pixel")}, one for each number of output map ${f}.`,
        ],
      };
    }
    const met = places.filter((tap) => tap.u === row && tap.v === column);
    return {
      lit: {
        [grid]: (u, v) => (u === row && v === column ? "window" : ""),
        output: (r, c) => (met.some((tap) => tap.r === r && tap.c === c) ? "output" : ""),
      },
      say: [
        strong(
          `x(${m}, ${number(row - padding)}, ${number(column - padding)}) = ` +
            number(padded[m][row][column]),
        ),
        ` is read by ${plural(met.length, "number")} of each of the ${plural(kernels.length, "output map")}.`,
      ],
    };
  },
});
