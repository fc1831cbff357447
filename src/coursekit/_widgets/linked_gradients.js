// One convolution: beside every derivative the products that make it, beside every output its window.

const at = (name, row, column) => `${name}(${number(row)}, ${number(column)})`;
const line = (...words) => make("div", {}, ...words);
const only = (row, column) => (r, c) => (r === row && c === column ? "output" : "");
// What is said of each place that some products name: a mark, or small words.
const places = (links, row, column, words) => {
  const met = new Map(links.map((link) => [`${link[row]},${link[column]}`, words(link)]));
  return (r, c) => met.get(`${r},${c}`) ?? "";
};
const orange = () => "window";
const purple = () => "third";
const times = (value) => `×${number(value)}`;
const plus = (value) => (value < 0 ? number(value) : `+${number(value)}`);
const sum = (links, one, other) =>
  links.map((link, index) =>
    term(`${index ? ` + ${factor(link[one])}` : number(link[one])}·${factor(link[other])}`),
  );
const finiteDifference = (name, grid, row, column, state, loss) => {
  const raised = raisedLoss(state, grid, row, column);
  return line(
    `Finite difference: with ${name} larger by 1, L goes from ${number(loss)} to ${number(raised)}, `,
    `a change of ${number(raised - loss)}.`,
  );
};

const openWeight = (i, j, state, { byWeight, grad_w, loss }) => {
  const [links, name, p] = [byWeight[i][j], at("w", i, j), state.padding];
  const [{ u, v, r, c }] = links;
  const many = links.length > 1;
  return {
    lit: {
      ...{ kernel: only(i, j), grad_w: only(i, j), image: places(links, "u", "v", orange) },
      ...{ output: places(links, "r", "c", purple), grad: places(links, "r", "c", purple) },
    },
    corner: { image: places(links, "u", "v", ({ g }) => times(g)) },
    say: [
      line(strong(`∂L/∂${name} = ${number(grad_w[i][j])}`), " = ", ...sum(links, "pixel", "g")),
      line(
        `${name} was used once for ${many ? `each of ${links.length} outputs` : "one output"}. `,
        `${many ? "Each" : "The"} product is the pixel it met there, `,
        `times the upstream gradient of that output${many ? "; the first is " : ": "}`,
        term(`${at("x", u - p, v - p)} · ∂L/∂${at("y", r, c)}.`),
      ),
      finiteDifference(name, "kernel", i, j, state, loss),
    ],
  };
};

const openPixel = (u, v, state, { byPixel, grad_padded, loss }) => {
  const { image, padding: p } = state;
  const [links, name] = [byPixel[u][v], at("x", u - p, v - p)];
  const inside = image[u - p]?.[v - p] !== undefined;
  const value = number(grad_padded[u][v]);
  const readers = links.map(({ r, c, i, j }) => `${at("y", r, c)} with ${at("w", i, j)}`);
  return {
    lit: {
      ...{ image: only(u, v), grad_x: only(u, v), kernel: places(links, "i", "j", orange) },
      ...{ output: places(links, "r", "c", purple), grad: places(links, "r", "c", purple) },
    },
    corner: { grad: places(links, "r", "c", ({ weight }) => times(weight)) },
    say: [
      line(
        inside ? strong(`∂L/∂${name} = ${value}`) : strong(`${name} is padding`),
        inside ? "" : `, always 0: its derivative is dropped. It would be ${value}`,
        ...(links.length ? [" = ", ...sum(links, "g", "weight")] : []),
        inside ? "" : ".",
      ),
      line(
        links.length
          ? `${name} was read by ${plural(links.length, "output")}: ${some(readers, 25)}. ` +
              `${links.length > 1 ? "Each" : "The"} product is the upstream gradient of that output, ` +
              "times that weight."
          : `${name} was read by no output.`,
      ),
      ...(inside ? [finiteDifference(name, "image", u - p, v - p, state, loss)] : []),
    ],
  };
};

const openOutput = (r, c, { grad }, { windows, output }) => {
  const links = windows[r][c].flat();
  const [name, g] = [at("y", r, c), grad[r][c]];
  return {
    lit: {
      ...{ output: only(r, c), grad: only(r, c), kernel: orange, grad_w: orange },
      ...{ image: places(links, "u", "v", orange), grad_x: places(links, "u", "v", orange) },
    },
    corner: {
      image: places(links, "u", "v", ({ weight }) => times(weight)),
      grad_x: places(links, "u", "v", ({ weight }) => plus(g * weight)),
      grad_w: places(links, "i", "j", ({ pixel }) => plus(g * pixel)),
    },
    say: [
      line(strong(`${name} = ${number(output[r][c])}`), " = ", ...products(windows[r][c])),
      line(
        `Backward, ∂L/∂${name} = ${number(g)} goes to both numbers of every product: `,
        `${factor(g)} · weight is added to the derivative by the pixel, `,
        `${factor(g)} · pixel to the derivative by the weight.`,
      ),
    ],
  };
};

const OPEN = {
  ...{ image: openPixel, grad_x: openPixel, kernel: openWeight, grad_w: openWeight },
  ...{ output: openOutput, grad: openOutput },
};
const FIRST = {
  weight: () => ["kernel", 0, 1],
  pixel: ({ image, padding }) => [
    "image",
    ...[image, image[0]].map(({ length }) => padding + Math.min(1, length - 1)),
  ],
  output: () => ["output", 0, 1],
};

figure({
  controls: () => [
    { name: "stride", label: "stride s", min: 1, max: 4 },
    { name: "padding", label: "padding p", min: 0, max: 3 },
    { name: "dilation", label: "dilation d", min: 1, max: 3 },
  ],
  numbers: linkGradients,
  settle: (state, changed) => ["stride", "padding", "dilation"].includes(changed) && fitUpstream(state),
  start: (given) => FIRST[given.point_at](given),
  beside: "narrow",

  grids({ image, kernel, grad, padding: offset }, { padded, output, grad_padded, grad_w }) {
    const [x, y] = [{ symbol: "x", values: padded, offset }, { symbol: "y", values: output }];
    const w = { symbol: "w", values: kernel };
    const typed = (name) => ({ edits: [name], note: "type your own" });
    const forward = (words, grid) => ({ group: "Forward: point at any number", title: words, ...grid });
    const backward = (words, symbol, grid) => ({
      ...{ group: "Backward", title: `${words} ${symbol}`, symbol },
      ...grid,
    });
    const dropped = offset ? "dashed: on padding, dropped" : "same shape as x";
    return {
      image: forward(sized("Input x", image), { ...x, ...typed("image") }),
      kernel: forward(sized("Kernel w", kernel), { ...w, ...typed("kernel") }),
      output: forward(sized("Output y", output), y),
      grad_x: backward("Gradient", "∂L/∂x", { values: grad_padded, offset, note: dropped }),
      grad_w: backward("Gradient", "∂L/∂w", { values: grad_w, note: "same shape as w" }),
      grad: backward("Upstream", "∂L/∂y", { values: grad, ...typed("grad") }),
    };
  },

  light({ grid, row, column }, state, numbers) {
    const shown = OPEN[grid](row, column, state, numbers);
    const { image } = shown.lit;
    const { padding: p } = state;
    const read = (u, v) => numbers.byPixel[u][v].length > 0;
    shown.lit.image = (u, v) => image(u, v) || (read(u, v) ? "" : "unread");
    const never = map2(state.image, (_, u, v) => read(u + p, v + p))
      .flat()
      .filter((one) => !one).length;
    return {
      ...shown,
      below: [
        ...(never ? [make("p", {}, `${plural(never, "pixel")} never read: hatched, derivative 0.`)] : []),
        make(
          "p",
          {},
          strong(`L = ${number(numbers.loss)}`),
          " stands in for the loss: the sum of ∂L/∂y · y over the outputs. In each single pixel or " +
            "weight it is a straight line, so even a step of 1 gives its exact slope.",
        ),
      ],
    };
  },
});
