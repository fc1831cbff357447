// The cone of a unit: down to the pixels it sees, up to the units it influences.

const [STEP, GAP, TOP] = [28, 60, 34];
const LIMITS = [
  { min: 1, max: 7, whole: true },
  { min: 1, max: 4, whole: true },
  { min: 1, max: 8, whole: true },
];

figure({
  controls: () => [
    {
      name: "depth",
      label: "layers",
      min: 1,
      max: 5,
      get: ({ layers }) => layers.length,
      put: (state, depth) => {
        while (state.layers.length < depth) state.layers.push([3, 1, 1]);
        state.layers.length = depth;
      },
    },
    { name: "pixels", label: "pixels", min: 5, max: 33 },
  ],
  numbers: stackUp,
  start: ["units", 0, 4],

  // The last layer stands at the top, so rows are counted from there.
  grids({ layers, pixels }, { counts, starts, jumps, sizes }) {
    const levels = counts.map((_, index) => counts.length - 1 - index);
    const indices = (level) => Array.from({ length: counts[level] }, (_, unit) => String(unit));
    return {
      units: {
        title: "The stack, last layer on top",
        values: levels.map(indices),
        labels: levels.map((level, row) => [1, TOP - 20 + row * GAP, level ? `layer ${level}` : "input"]),
        name: (row, unit) => `${levels[row] ? `layer ${levels[row]}, unit` : "pixel"} ${unit}`,
        size: [pixels * STEP, layers.length * GAP + TOP + 15],
        place: (row, unit) => [
          STEP * (starts[levels[row]] + unit * jumps[levels[row]] + 0.5),
          TOP + row * GAP,
        ],
        neighbour: (row, unit, by) => {
          const [from, to] = [levels[row], levels[row + by]];
          return to === undefined
            ? unit
            : Math.min(
                counts[to] - 1,
                Math.max(0, Math.round((starts[from] + unit * jumps[from] - starts[to]) / jumps[to])),
              );
        },
      },
      layers: {
        title: "Layers: type your own",
        values: layers.map((layer, l) => [...layer, counts[l + 1], sizes[l + 1], jumps[l + 1]]),
        heads: {
          columns: ["kernel", "stride", "dilation", "units", "field R", "jump J"],
          rows: layers.map((_, l) => `layer ${l + 1}`),
        },
        edits: ["layers"],
        editable: (_, c) => c < 3,
        limit: (_, c) => LIMITS[c],
        name: (l, c) => `layer ${l + 1}, ${["kernel", "stride", "dilation", "units", "field", "jump"][c]}`,
      },
    };
  },

  light({ grid, row, column }, { layers, pixels }, numbers) {
    const { counts, sizes, jumps, starts, reads } = numbers;
    const top = layers.length;
    const [level, unit] = grid === "units" ? [top - row, column] : [row + 1, Math.floor(counts[row + 1] / 2)];
    const levels = cone(numbers, level, unit);
    const [x, y] = [(l, u) => STEP * (starts[l] + u * jumps[l] + 0.5), (l) => TOP + (top - l) * GAP];
    const lines = numbers.sources.flatMap((sources, l) =>
      sources.flatMap((from, u) =>
        from
          .filter((source) => levels[l].has(source) && levels[l + 1].has(u))
          .map((source) => [x(l + 1, u), y(l + 1), x(l, source), y(l), l < level ? "window" : "third"]),
      ),
    );
    const seen = [...levels[0]].sort((a, b) => a - b);
    const span = (set) => {
      const all = [...set].sort((a, b) => a - b);
      const [first, last] = [all[0], all[all.length - 1]];
      const gaps = last - first + 1 > all.length;
      return gaps || first === last ? some(all.map(String), 6) : `${first} to ${last}`;
    };
    const start = starts[level] + unit * jumps[level] - (sizes[level] - 1) / 2;
    const above = levels.map((set, l) => [set, l]).filter(([, l]) => l > level);
    const up = above.map(([set, l]) =>
      set.size ? `${plural(set.size, "unit")} of layer ${l} (${span(set)})` : `no unit of layer ${l}`,
    );
    const down =
      level === 0
        ? [strong(`Pixel ${unit}`)]
        : [
            strong(`Layer ${level}, unit ${unit}`),
            ` has a receptive field of ${plural(sizes[level], "pixel")}, ` +
              `${number(start)} to ${number(start + sizes[level] - 1)}` +
              `; neighbours in this layer are ${plural(jumps[level], "pixel")} apart. `,
            reads[level - 1][unit] === sizes[level]
              ? "It reads them all."
              : `It reads ${reads[level - 1][unit]} of them${
                  seen[0] > start || seen[seen.length - 1] < start + sizes[level] - 1
                    ? "; some places are padding"
                    : ""
                }${seen.length < seen[seen.length - 1] - seen[0] + 1 ? "; there are gaps" : ""}.`,
          ];
    return {
      lit: {
        units: (r, u) =>
          levels[top - r].has(u) ? (top - r === level ? "output" : top - r < level ? "window" : "third") : "",
        layers: (r, c) => (r === level - 1 && c > 3 ? "output" : ""),
      },
      lines: { units: lines },
      say: [...down, up.length ? `${level ? " It" : ""} influences ${listed(up)}.` : ""],
    };
  },
});
