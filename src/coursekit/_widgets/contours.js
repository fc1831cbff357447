// Contour lines of a function of two numbers, as one path: squares of a grid are crossed where a side changes sides.
const contours = (chart, height, levels, cells = 48) => {
  const [{ x, y }, along] = [chart, ({ min, max }, index) => min + ((max - min) * index) / cells];
  const heights = Array.from({ length: cells + 1 }, (_, row) =>
    Array.from({ length: cells + 1 }, (_, column) => height([along(x, column), along(y, row)])),
  );
  const parts = [];
  for (const level of levels(heights.flat())) {
    for (let row = 0; row < cells; row += 1) {
      for (let column = 0; column < cells; column += 1) {
        const corners = [
          [column, row],
          [column + 1, row],
          [column + 1, row + 1],
          [column, row + 1],
        ];
        const cuts = corners.flatMap(([c1, r1], side) => {
          const [c2, r2] = corners[(side + 1) % 4];
          const [low, high] = [heights[r1][c1] - level, heights[r2][c2] - level];
          if (low < 0 === high < 0) return [];
          const share = low / (low - high);
          return [chart.spot([along(x, c1 + share * (c2 - c1)), along(y, r1 + share * (r2 - r1))])];
        });
        for (let pair = 0; pair + 1 < cuts.length; pair += 2) parts.push(`M${cuts[pair]}L${cuts[pair + 1]}`);
      }
    }
  }
  return svg("path", {
    d: parts.join(""),
    style: "fill: none; stroke: var(--line); stroke-width: 0.8; opacity: 0.7",
  });
};
// So many levels that between neighbours lies about as much of the picture.
const evenly = (count) => (heights) => {
  const sorted = [...heights].sort((a, b) => a - b);
  return Array.from(
    { length: count },
    (_, index) => sorted[Math.round(((index + 0.5) / count) ** 1.6 * (sorted.length - 1))],
  );
};
