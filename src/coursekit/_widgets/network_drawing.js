// A network as boxes and lines, from the inputs on the left to the outputs on the right.

const [COLUMN, LEVEL, WIDE, NARROW, HIGH] = [124, 48, 66, 48, 40];
const lower = (n) => [...String(n)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]).join("");
const upper = (n) => `⁽${[...String(n)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]).join("")}⁾`;
const symbol = (letter, index, layer) => `${letter}${lower(index)}${upper(layer)}`;
const weightName = (layer, k, h) => symbol("w", `${k}${h}`, layer);

// Box 0 of every column but the last is the 1 that carries the biases. What stands in one row of boxes is one row of the
// grid, so that an arrow key leads where it points.
const drawing = ({ x, weights }) => {
  const last = weights.length;
  const counts = [x.length + 1, ...weights.map((matrix, l) => matrix.length + (l < last - 1 ? 1 : 0))];
  const tallest = Math.max(...counts);
  const rows = Array.from({ length: tallest }, (_, row) =>
    counts.flatMap((count, layer) =>
      row < count ? [{ layer, unit: row + (layer === last ? 1 : 0), output: layer === last }] : [],
    ),
  );
  const width = (layer, unit) => (layer === 0 || unit === 0 ? NARROW : WIDE);
  const spot = (layer, unit) => [
    NARROW / 2 + 1 + layer * COLUMN,
    24 + LEVEL * (unit - (layer === last ? 1 : 0) + (tallest - counts[layer]) / 2 + 0.5),
  ];
  const ends = (layer, unit, from) => {
    const [[x1, y1], [x2, y2]] = [spot(layer - 1, from), spot(layer, unit)];
    return [x1 + width(layer - 1, from) / 2, y1, x2 - width(layer, unit) / 2, y2];
  };
  return {
    ...{ rows, last },
    size: [NARROW / 2 + WIDE / 2 + 2 + last * COLUMN, 24 + tallest * LEVEL],
    place: (row, column) => {
      const { layer, unit } = rows[row][column];
      return [...spot(layer, unit), width(layer, unit), HIGH];
    },
    // Up and down stay in a column where they can.
    neighbour: (row, column, by) => {
      const next = rows[row + by]?.map(({ layer }) => Math.abs(layer - rows[row][column].layer));
      return next ? next.indexOf(Math.min(...next)) : column;
    },
    // A line for every weight: orange above zero, blue below, thicker the larger; `bold` says which are not faint.
    lines: (bold) =>
      eachWeight(weights, (value, layer, k, h) => [
        ...ends(layer, k, h),
        `${value > 0 ? "window" : value < 0 ? "output" : ""}${bold(layer, k, h) ? "" : " faint"}`,
        Math.min(0.7 + 0.75 * Math.abs(value), 5),
      ]),
    // The names of the columns, and the numbers of some lines, at that share of the way where they lie apart.
    labels: (share, wanted) => [
      ...counts.map((_, layer) => [spot(layer, 1)[0] - NARROW / 2, 12, layer ? `layer ${layer}` : "inputs"]),
      ...eachWeight(weights, (value, layer, k, h) => {
        const [x1, y1, x2, y2] = ends(layer, k, h);
        return wanted(layer, k, h) && [x1 + share * (x2 - x1) - 6, y1 + share * (y2 - y1) + 4, brief(value)];
      }).filter(Boolean),
    ],
    // Marks boxes and weights by layer and unit, instead of by where they stand in a grid.
    boxes: (mark) => (row, column) => mark(rows[row][column].layer, rows[row][column].unit),
    cells: (prefix, mark) =>
      Object.fromEntries(weights.map((_, l) => [`${prefix}${l}`, (r, c) => mark(l + 1, r + 1, c)])),
  };
};
const eachWeight = (weights, act) =>
  weights.flatMap((matrix, l) =>
    matrix.flatMap((row, k) => row.map((value, h) => act(value, l + 1, k + 1, h))),
  );

// The parts of a figure that both passes share: the drawing, to which `text` gives the words of a box, and the weights.
const LIMIT = { min: -10, max: 10 };
const boxName = ({ layer, unit, output }) =>
  unit === 0
    ? `the 1 of layer ${layer}`
    : layer === 0
      ? `x${lower(unit)}`
      : `${output ? "output" : "unit"} ${unit} of layer ${layer}`;
const networkGrids = (state, title, text) => {
  const { weights, x } = state;
  const drawn = drawing(state);
  const told = {
    units: {
      ...drawn,
      title,
      values: drawn.rows.map((line) => line.map((box) => (box.unit ? text(box) : "1"))),
      name: (r, c) => boxName(drawn.rows[r][c]),
      edits: ["x"],
      editable: (r, c) => drawn.rows[r][c].layer === 0 && drawn.rows[r][c].unit > 0,
      path: (r, c) => ["x", drawn.rows[r][c].unit - 1],
      limit: () => LIMIT,
    },
  };
  weights.forEach((matrix, l) => {
    told[`weights${l}`] = {
      title: `Weights W${upper(l + 1)}`,
      note: l ? "" : "a row for each unit, its bias first",
      values: matrix,
      name: (k, h) => weightName(l + 1, k + 1, h),
      edits: ["weights", l],
      wide: true,
      limit: () => LIMIT,
    };
  });
  return told;
};
// A sum of products, each piece unbroken.
const productsOf = (left, right, before = "", after = "") =>
  left.map((value, index) => {
    const [first, last] = [index === 0, index === left.length - 1];
    return term(`${first ? before : " + "}${factor(value)}·${factor(right[index])}${last ? after : ""}`);
  });
