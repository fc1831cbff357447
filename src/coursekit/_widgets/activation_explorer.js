// An activation and its slope: one point on both curves, and what it hands on on the way back.

const ENDS = [-6, 6];
const HEIGHTS = { sigmoid: [-0.2, 1.2], tanh: [-1.2, 1.2] };
// How the slope follows from the value.
const WAYS = {
  sigmoid: (z) => `${number(z)} · (1 − ${number(z)})`,
  tanh: (z) => `1 − ${factor(z)}²`,
  softplus: (_, a) => `sigmoid(${number(a)})`,
};

figure({
  controls: () => [
    {
      name: "activation",
      label: "activation σ",
      options: Object.keys(CURVES).filter((name) => name !== "none"),
    },
    { name: "a", label: "pre-activation a", min: ENDS[0], max: ENDS[1], step: 0.1, typed: true },
    { name: "slope", label: "α of leaky ReLU", min: 0, max: 1, step: 0.05, typed: true },
    { name: "grad", label: "upstream gradient g", min: -10, max: 10, step: 0.1, typed: true },
  ],
  numbers: atPoint,
  beside: true,

  parts: (figure) => [
    new Chart(figure, {
      width: 312,
      pick: {
        label: "pre-activation a",
        across: true,
        step: 0.1,
        places: 1,
        get: ({ a }) => [a, 0],
        put: (state, [a]) => (state.a = a),
      },
      tell({ activation, a, slope: leak }, { value, steepness }) {
        const [f, g] = CURVES[activation].map((curve) => (x) => curve(x, leak));
        const [min, max] = HEIGHTS[activation] ?? [-1.5, 6.5];
        const tangent = [a - 1.2, a + 1.2].map((x) => [x, value + steepness * (x - a)]);
        return {
          title: "σ(a) solid, its slope σ′(a) dashed",
          note: "move the point: drag it, or use arrow keys",
          x: { min: ENDS[0], max: ENDS[1], label: "pre-activation a" },
          y: { min, max, label: "" },
          label: `a = ${number(a)}, σ(a) = ${number(value)}, slope ${number(steepness)}`,
          curves: [
            {
              points: [
                [a, min],
                [a, max],
              ],
              kind: "line",
              thick: 1,
            },
            ...traced(g, ENDS, kinks(activation)).map((points) => ({ points, kind: "output", dash: "6 4" })),
            ...traced(f, ENDS, kinks(activation)).map((points) => ({ points, kind: "window", thick: 2.5 })),
            { points: tangent, kind: "ink", thick: 1 },
          ],
          marks: [
            { at: [a, steepness], kind: "output", size: 5 },
            { at: [a, value], kind: "window" },
          ],
        };
      },
    }),
  ],

  light(_, { activation, a, grad }, { value, steepness, handed, difference }) {
    const kink = kinks(activation).length > 0 && a === 0;
    const way = WAYS[activation]?.(value, a);
    return {
      say: [
        make(
          "div",
          {},
          strong(`${activation}(${number(a)}) = ${number(value)}`),
          `, and the slope there is ${way ? `${way} = ` : ""}${number(steepness)}`,
          kink ? ", by agreement: the curve has a kink at 0." : ".",
          HEIGHTS[activation] && steepness < 0.01 ? " The unit is saturated." : "",
        ),
        make(
          "div",
          {},
          `Of the upstream gradient ${number(grad)} it hands on `,
          term(`${factor(grad)} · ${factor(steepness)} = ${number(handed)}.`),
          ` A finite difference, ${number(NEAR)} to both sides, makes the slope ${number(difference)}.`,
        ),
      ],
    };
  },
});
