// Which places are active behind each 3×3 layer, and the rulebook of a layer: ordinary, and with the same sites.

const MOST_LAYERS = 4;
// Taps whose place in the input is active, for the output at (r, c).
const heardBy = (mask, r, c) => {
  const found = [];
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) {
      const [u, v] = [r + i - 1, c + j - 1];
      if (mask[u]?.[v]) found.push({ i, j, u, v });
    }
  return found;
};
const heardLines = (mask, outputs) => map2(outputs, (on, r, c) => (on ? heardBy(mask, r, c).length : 0));
const woken = (mask) => map2(mask, (_, r, c) => (heardBy(mask, r, c).length ? 1 : 0));
const total = (grid) => grid.flat().reduce((sum, value) => sum + value, 0);
// Number of each active site in the list of sites; −1 where nothing is active.
const numbered = (mask) => {
  let next = 0;
  return map2(mask, (on) => (on ? next++ : -1));
};
// Lines (output row, input row, row of the tap, column of the tap), in the order of the outputs.
const rulebookOf = (mask, outputs) => {
  const [inputs, rows] = [numbered(mask), numbered(outputs)];
  return map2(outputs, (on, r, c) =>
    on ? heardBy(mask, r, c).map(({ i, j, u, v }) => [rows[r][c], inputs[u][v], i, j]) : [],
  ).flat(2);
};
const activeSites = ({ sites, layer, channels }) => {
  const masks = [sites];
  while (masks.length <= MOST_LAYERS) masks.push(woken(masks[masks.length - 1]));
  const [before, ordinary] = [masks[layer - 1], masks[layer]];
  const pairs_ordinary = masks.slice(1).map((after, l) => total(heardLines(masks[l], after)));
  const lines_same = heardLines(sites, sites);
  const pairs_same = pairs_ordinary.map(() => total(lines_same));
  const [H, W] = [sites.length, sites[0].length];
  const square = channels ** 2;
  const work = (pairs) => pairs * square;
  const upTo = (pairs) => pairs.slice(0, layer).reduce((sum, one) => sum + work(one), 0);
  return {
    ...{ before, ordinary, lines_same, pairs_ordinary, pairs_same },
    lines_ordinary: heardLines(before, ordinary),
    rows: numbered(sites),
    rulebook: rulebookOf(sites, sites),
    sites_ordinary: masks.map(total),
    sites_same: masks.map(() => total(sites)),
    dense: work((3 * H - 2) * (3 * W - 2)),
    adds_ordinary: pairs_ordinary.map(work),
    adds_same: pairs_same.map(work),
    totals: [upTo(pairs_ordinary), upTo(pairs_same), layer * work((3 * H - 2) * (3 * W - 2))],
  };
};
