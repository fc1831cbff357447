// The length of a gradient on its way back through many layers, and the slopes that the units of one of them have.

const ENDS = [-6, 6];
const worked = (layers, back) => Math.min(layers - back + 1, layers);

figure({
  controls: () => [
    { name: "activation", label: "activation σ", options: Object.keys(CURVES) },
    { name: "layers", label: "layers", min: 1, max: 30 },
    { name: "scale", label: "weights times", min: 0.1, max: 32, step: 0.1, typed: true },
    { name: "slope", label: "α of leaky ReLU", min: 0, max: 1, step: 0.05, typed: true },
    { name: "back", label: "layers gone back", min: 0, max: 30, typed: true },
  ],
  numbers: throughLayers,
  beside: "narrow",
  settle(state, changed) {
    if (changed === "layers") state.back = Math.min(state.back, state.layers);
  },

  parts: (figure) => [
    new Chart(figure, {
      width: 312,
      pick: {
        label: "layers gone back",
        across: true,
        step: 1,
        places: 0,
        get: ({ back }) => [back, 0],
        put: (state, [back]) => (state.back = back),
      },
      tell({ layers, back }, { lengths }) {
        const logs = lengths.map(Math.log10);
        const [low, high] = [Math.floor(Math.min(...logs) - 0.01), Math.ceil(Math.max(...logs) + 0.01)];
        return {
          title: "Length of the gradient",
          note: "on a logarithmic axis; move the point: drag it, or use arrow keys",
          x: { min: 0, max: layers, label: "layers gone back" },
          y: { min: low, max: high, label: "", log: true },
          label: `${plural(back, "layer")} gone back, length ${short(lengths[back])}`,
          curves: [{ points: lengths.map((length, gone) => [gone, length]), kind: "window" }],
          marks: [{ at: [back, lengths[back]], kind: "window" }],
        };
      },
    }),
    new Chart(figure, {
      width: 312,
      tell({ activation, slope: leak, back, layers }, { spreads }) {
        const layer = worked(layers, back);
        const spread = spreads[layer - 1];
        const slope = CURVES[activation][1];
        const bell = (x) => [x, Math.exp(-((x / spread) ** 2) / 2)];
        const [points] = traced((x) => bell(x)[1], ENDS);
        return {
          title: `Layer ${layer}`,
          note: "hill: where the pre-activations lie; dashed: the slope there",
          x: { min: ENDS[0], max: ENDS[1], label: "pre-activation a" },
          y: { min: 0, max: 1.1, label: "" },
          label: `A hill of standard deviation ${short(spread)} over the slope of ${activation}.`,
          curves: [
            { points: [[ENDS[0], 0], ...points, [ENDS[1], 0]], kind: "window", fill: "var(--window-fill)" },
            ...traced((x) => slope(x, leak), ENDS, kinks(activation)).map((piece) => ({
              ...{ points: piece, kind: "output", dash: "6 4" },
            })),
          ],
        };
      },
    }),
  ],

  light(_, { layers, back, scale }, { spreads, factors, lengths }) {
    const layer = worked(layers, back);
    const [spread, times] = [spreads[layer - 1], factors[layer - 1]];
    const places = [...new Set([0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * layers)))];
    return {
      say: back
        ? [
            strong(`After ${plural(back, "layer")} the gradient is ${short(lengths[back])} times as long`),
            ` as at the start. Layer ${layer}, the last that it went through, multiplies its length by `,
            term(`${short(times)} = ${factor(scale)} · ${short(times / scale)}`),
            `: the size of the weights times the root of the mean squared slope. ` +
              `Its pre-activations have the standard deviation ${short(spread)}.`,
          ]
        : [
            strong("At the start the length is 1"),
            `. All ${plural(layers, "layer")} together multiply it by ${short(lengths[layers])}.`,
          ],
      below: [
        table(
          "Length of the gradient",
          ["layers gone back", ...places.map(String)],
          [["length", ...places.map((gone) => short(lengths[gone]))]],
        ),
      ],
    };
  },
});
