// One row of pixels, and below it every window.

const STEP = 32;

figure({
  controls: () => [
    { name: "size", label: "pixels H", min: 1, max: 12 },
    { name: "kernel", label: "kernel k", min: 1, max: 7 },
    { name: "stride", label: "stride s", min: 1, max: 4 },
    { name: "padding", label: "padding p", min: 0, max: 4 },
    { name: "dilation", label: "dilation d", min: 1, max: 4 },
  ],
  numbers: readLine,
  start: ["line", 1, 0],
  walk: "line",
  within: (row, column) => row > 0 && column === 0,

  // Row 0 holds the pixels and the padding, each later row one window: a cell for each tap.
  grids({ size, padding, kernel, dilation }, { reads }) {
    const all = size + 2 * padding;
    const line = Array.from({ length: all }, (_, p) =>
      p < padding || p >= padding + size ? "0" : String(p - padding),
    );
    return {
      line: {
        title:
          plural(size, "pixel") +
          (padding ? ` and ${plural(padding, "zero")} on each side, ` : ", ") +
          plural(reads.length, "window"),
        values: [line, ...reads.map((window) => window.map((_, tap) => `w${tap}`))],
        name: (r, c) =>
          r === 0
            ? c < padding || c >= padding + size
              ? "padding"
              : `pixel ${c - padding}`
            : `window ${r - 1}, tap ${c}`,
        border: (r, c) => r === 0 && (c < padding || c >= padding + size),
        size: [all * STEP, (reads.length + 1) * STEP + 12],
        place: (r, c) => [
          ((r === 0 ? c : reads[r - 1][c] + padding) + 0.5) * STEP,
          (r + 0.5) * STEP + (r ? 10 : 0),
        ],
        neighbour: (r, c, by) => {
          const position = r === 0 ? c - padding : reads[r - 1][c];
          const next =
            r + by === 0 ? position + padding : reads[r + by - 1]?.map((p) => Math.abs(p - position));
          return Array.isArray(next) ? next.indexOf(Math.min(...next)) : (next ?? c);
        },
      },
    };
  },

  light({ row, column }, state, { reads, times }) {
    const { size, kernel, stride, padding, dilation } = state;
    const pixel = row === 0 ? column - padding : null;
    const chosen = row === 0 ? reads.map((_, o) => o).filter((o) => reads[o].includes(pixel)) : [row - 1];
    const never = times
      .map((n, p) => [n, p])
      .filter(([n]) => n === 0)
      .map(([, p]) => p);
    const y = (o) => (o + 1.5) * STEP + 10;
    const lines = reads.map((window, o) => [
      (window[0] + padding + 0.5) * STEP,
      y(o),
      (window[kernel - 1] + padding + 0.5) * STEP,
      y(o),
      chosen.includes(o) ? "window" : "",
    ]);
    const marks = (r, c) => {
      if (r > 0)
        return chosen.includes(r - 1) ? (row === 0 && reads[r - 1][c] !== pixel ? "" : "window") : "";
      const p = c - padding;
      if (row === 0) return c === column ? "output" : never.includes(p) ? "unread" : "";
      return reads[row - 1].includes(p) ? "window" : never.includes(p) ? "unread" : "";
    };
    const isPadding = (p) => p < 0 || p >= size;
    const say =
      row > 0
        ? [
            strong(`Window ${row - 1}`),
            ` reads ${some(reads[row - 1].map((p) => (isPadding(p) ? "padding" : `pixel ${p}`)))}.`,
          ]
        : isPadding(pixel)
          ? [strong("Padding"), `: a zero, read by ${plural(chosen.length, "window")}.`]
          : [
              strong(`Pixel ${pixel}`),
              chosen.length ? ` is read by ${some(chosen.map((o) => `window ${o}`))}.` : " is never read.",
            ];
    return {
      lit: { line: marks },
      lines: { line: lines },
      say,
      below: [
        make(
          "p",
          {},
          strong("H′ = ⌊(H + 2p − d (k − 1) − 1) / s⌋ + 1"),
          ` = ${sizeFormula(size, kernel, { stride, padding, dilation })}`,
        ),
        make(
          "p",
          {},
          never.length
            ? `Never read (hatched): ${never.length === 1 ? "pixel" : "pixels"} ${listed(never.map(String))}.`
            : "Every pixel is read.",
        ),
      ],
    };
  },
});
