// A bowl, the path of gradient descent on it, and what becomes of each of its two directions.

const KINDS = ["window", "output"];
const SIGNS = ["λ₁", "λ₂"];
const [WIDE, HIGH] = [4, 3.27]; // as wide and as high as the picture is, so that right angles are seen as such
const until = (run, at) => run.slice(0, at + 1);
const stop = (numbers, at) => Math.min(at, numbers.path.length - 1);
const bowl = (figure) =>
  new Chart(figure, {
    pick: {
      label: "Start of the path",
      get: ({ start }) => start,
      put: (state, place) => (state.start = place),
      step: 0.1,
    },
    tell: ({ curvatures, angle, start, at }, numbers) => {
      const points = until(numbers.path, at);
      return {
        title: "The path on the bowl",
        note: "Click, tap or use the arrow keys to start elsewhere.",
        label: `start at w₁ = ${number(start[0])}, w₂ = ${number(start[1])}`,
        x: { min: -WIDE, max: WIDE, label: "w₁" },
        y: { min: -HIGH, max: HIGH, label: "w₂" },
        key: [curvatures, angle],
        ground: (chart) => [
          contours(
            chart,
            (point) => along(point, angle).reduce((sum, z, i) => sum + 0.5 * curvatures[i] * z * z, 0),
            evenly(10),
          ),
        ],
        curves: [
          ...KINDS.map((kind, i) => ({
            points: [-6, 6].map((z) => across(i ? [0, z] : [z, 0], angle)),
            ...{ kind, dash: "6 4", thick: 1.5 },
          })),
          { points, kind: "ink", thick: 1.5, dots: 2.5 },
        ],
        marks: [
          ...SIGNS.map((words, i) => ({
            ...{ at: across(i ? [0, 2.7] : [3.4, 0], angle), words, kind: KINDS[i], size: 10 },
          })),
          { at: points[points.length - 1], kind: "ink", size: 5 },
        ],
      };
    },
  });
const coordinates = (figure) =>
  new Chart(figure, {
    tell: ({ at, steps }, numbers) => {
      const runs = numbers.coordinates.map((run) => until(run, at));
      const largest = Math.max(0.5, ...runs.flat().map(Math.abs));
      const end = 1.1 * Math.min(largest, 3 * Math.max(0.5, ...runs.map(([first]) => Math.abs(first))));
      return {
        title: "The coordinate along each direction",
        label: `The two coordinates against the steps. ${where(numbers, at)}`,
        x: { min: 0, max: steps, label: "step" },
        y: { min: -end, max: end, label: "coordinate" },
        curves: [
          {
            points: [
              [0, 0],
              [steps, 0],
            ],
            thick: 1,
          },
          ...runs.map((run, i) => ({
            points: run.map((z, t) => [t, z]),
            kind: KINDS[i],
            dots: 2.5,
            thick: 1.5,
          })),
        ],
        marks: runs.map((run, i) => ({
          at: [run.length - 1, run[run.length - 1]],
          kind: KINDS[i],
          words: i + 1,
        })),
      };
    },
  });
const sizes = (figure) =>
  new Chart(figure, {
    tell: ({ curvatures, rate, beta }, { bound, sizes }) => {
      const last = Math.max(1.25 * bound, 1.1 * rate);
      const rates = Array.from({ length: 161 }, (_, index) => (index / 160) * last);
      const [top, spots] = [1.5, [last / 14, last / 5]]; // where the curves bear their numbers
      return {
        title: "How much a step leaves, against the rate",
        note: `${beta ? "The size of the larger eigenvalue" : "The size of the factor 1 − ηλ"}. Dashed: the bound. Solid: your rate.`,
        label: `What a step leaves of each direction, against the rate: both leave less than all of it below the bound ${number(bound)}.`,
        x: { min: 0, max: last, label: "rate η" },
        y: { min: 0, max: top, label: "left of it" },
        curves: [
          {
            points: [
              [0, 1],
              [last, 1],
            ],
            thick: 1,
          },
          {
            points: [
              [bound, 0],
              [bound, top],
            ],
            kind: "third",
            dash: "4 3",
          },
          {
            points: [
              [rate, 0],
              [rate, top],
            ],
            kind: "ink",
            thick: 1,
          },
          ...curvatures.map((curvature, i) => ({
            points: rates.map((other) => [other, radius(curvature, other, beta)]),
            kind: KINDS[i],
          })),
        ],
        marks: [
          ...sizes.map((size, i) => ({ at: [rate, size], kind: KINDS[i], size: 4 })),
          ...curvatures.map((curvature, i) => ({
            at: [spots[i], radius(curvature, spots[i], beta)],
            kind: KINDS[i],
            words: i + 1,
          })),
        ],
      };
    },
  });
const where = (numbers, at) => {
  const t = stop(numbers, at);
  return `After ${plural(t, "step")} they are ${numbers.coordinates.map((run) => short(run[t])).join(" and ")}.`;
};

figure({
  controls: (given) => [
    ...SIGNS.map((sign, i) => ({
      ...{
        name: `curvature${i + 1}`,
        label: `curvature ${sign}`,
        min: 0.1,
        max: 20,
        step: 0.1,
        typed: "beside",
      },
      get: ({ curvatures }) => curvatures[i],
      put: ({ curvatures }, value) => (curvatures[i] = value),
    })),
    { name: "rate", label: "rate η", min: 0, max: 1, step: 0.01, typed: "beside" },
    { name: "beta", label: "momentum β", min: 0, max: 0.99, step: 0.01, typed: "beside" },
    { name: "angle", label: "angle in degrees", min: 0, max: 90, step: 5 },
    { name: "at", label: "step", min: 0, max: given.steps },
  ],
  parts: (figure) => [bowl(figure), coordinates(figure), sizes(figure)],
  numbers: descend,
  walk: "at",
  beside: "narrow",
  pace: 150,

  light(_, { curvatures, rate, beta, at, steps }, numbers) {
    const { bound, path } = numbers;
    const [most, least] = [Math.max(...curvatures), Math.min(...curvatures)];
    const formula = beta ? "2(1 + β) / λmax" : "2 / λmax";
    const own = beta ? `2 · ${number(1 + beta)} / ${number(most)}` : `2 / ${number(most)}`;
    const side = Math.abs(rate - bound) < 1e-9 ? "exactly" : rate < bound ? "below" : "above";
    const t = stop(numbers, at);
    return {
      say: [
        `Step ${t} of ${steps}: the path is at (${path[t].map((w) => short(w)).join(", ")}). `,
        ...curvatures.flatMap((curvature, i) => [
          strong(`Along ${SIGNS[i]} = ${number(curvature)}`),
          ` it ${verdict(curvature, rate, beta)}. `,
        ]),
        `The rate ${number(rate)} is ${side} the bound `,
        term(`${formula} = ${own} = ${number(bound)}.`),
        t < at ? ` From step ${t + 1} on the path is too far away to draw.` : "",
      ],
      below: [
        table(
          "The two directions",
          ["", "ηλ", beta ? "eigenvalues" : "1 − ηλ", "a step leaves", `at step ${t}`],
          curvatures.map((curvature, i) => [
            `${SIGNS[i]} = ${number(curvature)}`,
            number(rate * curvature),
            factors(numbers.roots[i], beta),
            number(numbers.sizes[i]),
            short(numbers.coordinates[i][t]),
          ]),
        ),
        make(
          "p",
          {},
          "Condition number: ",
          term(`κ = ${number(most)} / ${number(least)} = ${number(most / least)}.`),
        ),
        ...(beta
          ? [
              make(
                "p",
                {},
                "With momentum a step multiplies coordinate and velocity by a matrix, and its two eigenvalues " +
                  "take the place of the factor.",
              ),
            ]
          : []),
      ],
    };
  },
});
