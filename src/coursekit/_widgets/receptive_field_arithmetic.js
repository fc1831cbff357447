// Sizes, jumps and places of the units of a stack of layers, and what each unit sees.
const stackUp = ({ layers, pixels }) => {
  const found = { sizes: [1], jumps: [1], starts: [0], counts: [pixels], reads: [], sources: [] };
  let masks = Array.from({ length: pixels }, (_, p) => new Set([p]));
  for (const [level, [kernel, stride, dilation]] of layers.entries()) {
    const below = found.counts[level];
    const padding = Math.floor((dilation * (kernel - 1)) / 2);
    const problem = noRoom(below, kernel, { padding, dilation });
    if (problem) return { problem: `Layer ${level + 1}: ${problem}` };
    const units = outputSize(below, kernel, { stride, padding, dilation });
    found.counts.push(units);
    found.sizes.push(found.sizes[level] + (kernel - 1) * dilation * found.jumps[level]);
    found.starts.push(found.starts[level] + ((dilation * (kernel - 1)) / 2 - padding) * found.jumps[level]);
    found.jumps.push(found.jumps[level] * stride);
    const sources = Array.from({ length: units }, (_, unit) =>
      Array.from({ length: kernel }, (_, tap) => unit * stride + tap * dilation - padding).filter(
        (source) => source >= 0 && source < below,
      ),
    );
    masks = sources.map((from) => new Set(from.flatMap((source) => [...masks[source]])));
    found.sources.push(sources);
    found.reads.push(masks.map((mask) => mask.size));
  }
  return found;
};
// The units of every level that a unit sees below, or influences above.
const cone = ({ sources }, level, unit) => {
  const levels = Array.from({ length: sources.length + 1 }, () => new Set());
  levels[level].add(unit);
  for (let l = level; l > 0; l -= 1)
    for (const u of levels[l]) sources[l - 1][u].forEach((s) => levels[l - 1].add(s));
  for (let l = level; l < sources.length; l += 1) {
    sources[l].forEach((from, u) => from.some((source) => levels[l].has(source)) && levels[l + 1].add(u));
  }
  return levels;
};
