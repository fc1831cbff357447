// Networks written down a line for each layer, and counted. `_architectures.py` says the same, with the same words.
const [MOST, LINES, COUNTED] = [100000, 500, 2 ** 53];
const SAMPLE = {
  conv: "conv 64 3 padding 1",
  maxpool: "maxpool 2",
  avgpool: "avgpool 2",
  adaptive: "adaptive 7",
  linear: "linear 10",
  dropout: "dropout 0.5",
  skip: "skip 32",
};
const ONE_BY_ONE = ["relu", "tanh", "sigmoid", "gelu", "silu", "softmax"];
const PLAIN = [...ONE_BY_ONE, "bn", "flatten", "globalpool"];
const OPTIONS = {
  conv: ["stride", "padding", "dilation", "groups", "nobias"],
  maxpool: ["stride", "padding", "ceil"],
  avgpool: ["stride", "padding", "ceil"],
  linear: ["nobias"],
};
const KNOWN = [...Object.keys(SAMPLE), ...PLAIN, "branches", "residual"];
const sizes = (shape) => shape.join(" × ");
const product = (shape) => shape.reduce((total, size) => total * size, 1);

// What is seen behind windows of this reach and stride; what sees all goes on to see all.
const through = (axes, steps) =>
  axes.map(([size, jump], axis) => [size + (steps[axis][0] - 1) * jump, jump * steps[axis][1]]);
const widest = (ways) =>
  ways.every(({ axes }) => axes.length)
    ? ways[0].axes.map((_, axis) =>
        ways.map((way) => way.axes[axis]).reduce((best, seen) => (seen[0] > best[0] ? seen : best)),
      )
    : [];
const largest = (size, outputs) => {
  let most = 0;
  for (let i = 0; i < outputs; i++)
    most = Math.max(most, Math.ceil(((i + 1) * size) / outputs) - Math.floor((i * size) / outputs));
  return [most, Math.max(1, Math.floor(size / outputs))];
};

class Unclear extends Error {}

class Reader {
  constructor(text) {
    const split = text.split("\n").map((line, place) => [place + 1, line.toLowerCase().trim().split(/\s+/)]);
    this.lines = split.filter(([, words]) => words[0]);
    Object.assign(this, { at: 0, rows: [] });
  }

  wrong(why) {
    const [place, words] = this.lines[Math.min(this.at, this.lines.length - 1)];
    return new Unclear(`Line ${place}, “${words.join(" ")}”: ${why}`);
  }

  next() {
    return this.lines[this.at]?.[1][0] ?? "";
  }

  whole(word, least = 1) {
    if (!/^\d{1,6}$/.test(word) || Number(word) < least || Number(word) > MOST)
      throw this.wrong(`“${word}” is no whole number from ${least} to ${count(MOST)}.`);
    return Number(word);
  }

  pair(word, least = 1) {
    const parts = word.split("x");
    if (parts.length > 2) throw this.wrong(`“${word}” is no size such as 3 or 1x7.`);
    return [this.whole(parts[0], least), this.whole(parts[parts.length - 1], least)];
  }

  start() {
    if (this.next() !== "input" || ![2, 4].includes(this.lines[0][1].length))
      throw new Unclear("The first line says what goes in: input 3 224 224, or input 784.");
    if (this.lines.length > LINES)
      throw new Unclear(`There are ${this.lines.length} lines; at most ${LINES} are counted.`);
    const shape = this.lines[0][1].slice(1).map((word) => this.whole(word));
    this.at = 1;
    return { shape, axes: shape.length === 3 ? [[1, 1], [1, 1]] : [] }; // prettier-ignore
  }

  run(flow, depth, stops) {
    let now = flow;
    for (let word = this.next(); word; word = this.next()) {
      if (stops.includes(word)) return now;
      if (["branch", "shortcut", "end"].includes(word))
        throw this.wrong("no block is open that this could belong to.");
      if (word === "branches") now = this.branches(now, depth);
      else if (word === "residual") now = this.residual(now, depth);
      else now = this.layer(now, depth);
    }
    if (stops.length) throw this.wrong("the block is not closed; its last line is “end”.");
    return now;
  }

  add(words, depth, flow, parameters = 0, adds = 0) {
    if (Math.max(parameters, adds, product(flow.shape)) > COUNTED)
      throw this.wrong("this is more than can be counted here.");
    this.rows.push({ words, depth, shape: flow.shape, parameters, adds, field: flow.axes.map(([size]) => size) });
    return flow;
  }

  branches(flow, depth) {
    this.at += 1;
    if (this.next() !== "branch")
      throw this.wrong("below “branches” comes “branch”, and below that its layers.");
    const ways = [];
    while (this.next() === "branch") {
      this.at += 1;
      ways.push(this.run(flow, depth + 1, ["branch", "end"]));
    }
    if (new Set(ways.map(({ shape }) => sizes(shape.slice(1)))).size > 1) {
      const given = ways.map(({ shape }) => sizes(shape)).join(" and ");
      throw this.wrong(`maps of different sizes cannot be joined: ${given}.`);
    }
    this.at += 1;
    const channels = ways.reduce((total, { shape }) => total + shape[0], 0);
    const joined = { shape: [channels, ...ways[0].shape.slice(1)], axes: widest(ways) };
    return this.add("branches, joined", depth, joined);
  }

  residual(flow, depth) {
    this.at += 1;
    const after = this.run(flow, depth + 1, ["shortcut", "end"]);
    let short = flow;
    if (this.next() === "shortcut") {
      this.at += 1;
      short = this.run(flow, depth + 1, ["end"]);
    }
    if (sizes(after.shape) !== sizes(short.shape))
      throw this.wrong(
        `the layers give ${sizes(after.shape)}, the shortcut ${sizes(short.shape)}; they cannot be added.`,
      );
    this.at += 1;
    return this.add("residual, added", depth, { shape: after.shape, axes: widest([after, short]) });
  }

  options(kind, words) {
    const found = {};
    const rest = [...words];
    while (rest.length) {
      const word = rest.shift();
      if (!OPTIONS[kind]?.includes(word) || word in found)
        throw this.wrong(`${kind} does not know “${word}” here.`);
      if (word === "nobias" || word === "ceil") found[word] = [1, 1];
      else if (!rest.length) throw this.wrong(`“${word}” needs a number.`);
      else found[word] = this.pair(rest.shift(), word === "padding" ? 0 : 1);
    }
    return found;
  }

  layer(flow, depth) {
    const [kind, ...words] = this.lines[this.at][1];
    if (!KNOWN.includes(kind)) throw this.wrong(`no layer has this name. There are ${KNOWN.join(", ")}.`);
    const needs = PLAIN.includes(kind) ? 0 : kind === "conv" ? 2 : 1;
    if (words.length < needs) throw this.wrong(`something is missing, as in ${SAMPLE[kind]}.`);
    const anywhere = [...ONE_BY_ONE, "dropout", "flatten", "linear", "bn"].includes(kind);
    if (!anywhere && flow.shape.length !== 3)
      throw this.wrong(`${kind} reads maps, and ${sizes(flow.shape)} numbers come here.`);
    if (kind === "linear" && flow.shape.length !== 1)
      throw this.wrong(`linear reads a row of numbers, and maps of ${sizes(flow.shape)} come: flatten them.`);
    const given = this.options(kind, words.slice(needs));
    const [channels] = flow.shape;
    let [parameters, adds, after] = [0, 0, flow];
    if (kind === "conv") {
      const [kernels, kernel] = [this.whole(words[0]), this.pair(words[1])];
      const [groups] = given.groups ?? [1];
      if (channels % groups || kernels % groups)
        throw this.wrong(`${groups} groups divide neither, or only one, of ${channels} and ${kernels}.`);
      after = this.slid(flow, kernel, given, kernels);
      const weights = kernel[0] * kernel[1] * (channels / groups) * kernels;
      parameters = weights + (given.nobias ? 0 : kernels);
      adds = weights * after.shape[1] * after.shape[2];
    } else if (kind === "maxpool" || kind === "avgpool") {
      const kernel = this.pair(words[0]);
      after = this.slid(flow, kernel, { stride: kernel, ...given }, channels);
    } else if (kind === "skip") {
      const kernels = this.whole(words[0], channels);
      after = this.slid(flow, [1, 1], { stride: [2, 2] }, kernels);
    } else if (kind === "adaptive" || kind === "globalpool") {
      const wanted = kind === "globalpool" ? [1, 1] : this.pair(words[0]);
      const windows = wanted.map((outputs, axis) => largest(flow.shape[1 + axis], outputs));
      after = { shape: [channels, ...wanted], axes: through(flow.axes, windows) };
    } else if (kind === "linear") {
      const units = this.whole(words[0]);
      adds = channels * units;
      parameters = adds + (given.nobias ? 0 : units);
      after = { shape: [units], axes: [] };
    } else if (kind === "flatten") after = { shape: [product(flow.shape)], axes: flow.axes };
    else if (kind === "bn") parameters = 2 * channels;
    else if (kind === "dropout" && !/^(0(\.\d+)?|1(\.0+)?)$/.test(words[0]))
      throw this.wrong(`“${words[0]}” is no share from 0 to 1.`);
    after = this.add([kind, ...words].join(" "), depth, after, parameters, adds);
    this.at += 1;
    // What reads the row sees the whole map.
    return kind === "flatten" ? { shape: after.shape, axes: [] } : after;
  }

  // Move windows over maps; with `ceil` the last one may hang over, if it does not start outside.
  slid(flow, kernel, given, kernels) {
    const [shape, steps] = [[kernels], []];
    flow.shape.slice(1).forEach((size, axis) => {
      const [stride, padding, dilation] = [
        ["stride", 1],
        ["padding", 0],
        ["dilation", 1],
      ].map(([name, least]) => given[name]?.[axis] ?? least);
      const [span, padded] = [dilation * (kernel[axis] - 1) + 1, size + 2 * padding];
      if (span > padded)
        throw this.wrong(`the window reaches over ${span} pixels, and ${padded} are there.`);
      let many = Math.floor((padded - span) / stride) + 1;
      if (given.ceil && (padded - span) % stride && many * stride < size + padding) many += 1;
      shape.push(many);
      steps.push([span, stride]);
    });
    return { shape, axes: through(flow.axes, steps) };
  }
}

const countNetwork = ({ network }) => {
  try {
    const reader = new Reader(network);
    reader.run(reader.start(), 0, []);
    const { rows } = reader;
    if (!rows.length) throw new Unclear("Write at least one layer below the input.");
    const sum = (of) => rows.reduce((total, row) => total + of(row), 0);
    return {
      rows,
      shapes: rows.map(({ shape }) => shape),
      parameters: rows.map((row) => row.parameters),
      adds: rows.map((row) => row.adds),
      fields: rows.map(({ field }) => field),
      totals: [sum((row) => row.parameters), sum((row) => row.adds)],
    };
  } catch (error) {
    if (error instanceof Unclear) return { problem: error.message };
    throw error;
  }
};
