// What is said of an input, a tap, a place and a whole row of a transposed convolution.
const inBrackets = (values) => `(${values.map(number).join(", ")})`;
const sumOf = (pairs) =>
  pairs.map(([one, other], n) =>
    term(
      `${n ? ` + ${factor(one)}` : number(one)}·${factor(other)}${n === pairs.length - 1 ? "." : ""}`,
    ),
  );
const yName = (r) => `y(${number(r)})`;
// "y(2) to y(4)" where they are neighbours, otherwise all.
const yNames = (rows) =>
  rows.length > 2 && rows[rows.length - 1] - rows[0] === rows.length - 1
    ? `${yName(rows[0])} to ${yName(rows[rows.length - 1])}`
    : some(rows.map(yName));


const tellInput = (u, { x, kernel, padding, view }, { size, painted, reach }, places) => {
  const kept = places.map((place) => place - padding).filter((r) => r >= 0 && r < size);
  const cut = places.length - kept.length;
  const head = strong(`x(${u}) = ${number(x[u])}`);
  if (view !== "painting")
    return [
      head,
      kept.length === 0
        ? " is read by no window."
        : ` is read by the ${kept.length > 1 ? "windows" : "window"} of ${yNames(kept)}` +
          `${kept.length > 1 ? ", each time by another tap" : ""}.`,
    ];
  const met = kept.filter((r) => reach[r + padding].some((link) => link.u < u));
  const added = met.map((r) => {
    const parts = reach[r + padding].filter((link) => link.u <= u).map((link) => painted[link.u][link.i]);
    return `${yName(r)} = ${parts.map((part, n) => (n ? factor(part) : number(part))).join(" + ")} = ${number(
      parts.reduce((total, part) => total + part, 0),
    )}`;
  });
  return [
    head,
    ` lays down ${number(x[u])} · ${inBrackets(kernel)} = ${inBrackets(painted[u])}`,
    kept.length ? `, on ${yNames(kept)}` : "",
    cut && kept.length ? `; ${plural(cut, "number")} of it ${cut > 1 ? "are" : "is"} cut off` : "",
    kept.length ? "" : "; all of it is cut off",
    ".",
    added.length ? ` Where something lies already, numbers add up: ${listed(added)}.` : "",
  ];
};

const tellTap = (i, { kernel, stride, padding, view }, { size }, places) => {
  const kept = places.map((place) => place - padding).filter((r) => r >= 0 && r < size);
  return [
    strong(`w(${i}) = ${number(kernel[i])}`),
    kept.length ? ` goes into ${yNames(kept)}` : " goes into no output: all its products are cut off",
    kept.length > 1 ? `, ${plural(stride, "place")} apart.` : ".",
    view === "painting" ? "" : " Everywhere else it meets a zero.",
  ];
};

const tellPlace = (place, { x, kernel, padding, view }, { size, sums, reach, windows, turned }) => {
  const [r, links] = [place - padding, reach[place]];
  const kept = r >= 0 && r < size;
  const pairs =
    view === "painting"
      ? links.map(({ u, i }) => [x[u], kernel[i]])
      : windows[r].map((value, j) => [value, turned[j]]);
  const named = links.map(({ u, i }) => `x(${u})·w(${i})`).join(" + ");
  return [
    kept ? strong(`${yName(r)} = ${number(sums[place])}`) : strong("Cut off by the padding"),
    kept ? "" : `: it would be ${number(sums[place])}`,
    ...(pairs.length ? [" = ", ...sumOf(pairs)] : ["."]),
    " ",
    links.length === 0
      ? "No input reaches it."
      : `${plural(links.length, "input")} ${links.length > 1 ? "reach" : "reaches"} it: ${named}.`,
  ];
};

const tellRow = ({ x, kernel, stride, padding, output_padding, view }, { all, output, frame }) => {
  const [before, after] = frame.map(number);
  if (view === "painting")
    return [
      strong("The sum"),
      ` of all that lies there: y = ${inBrackets(output)}.`,
      padding ? ` Of ${plural(all, "painted number")}, padding cuts off ${padding} at each end.` : "",
      output_padding ? ` Output padding keeps ${plural(output_padding, "place")} more at the end.` : "",
    ];
  const between = x.length > 1 ? `${plural(stride - 1, "zero")} between neighbours, and ` : "";
  return [
    strong("The spread row"),
    ` holds ${between}a frame of k − 1 − p = ${before} before and k − 1 − p + q = ${after} after. `,
    `The kernel ${inBrackets(kernel)} is turned and slides over it, one place at a time.`,
  ];
};

const tell = (point, state, numbers, links) => {
  const places = [...new Set(links.map((link) => link.place))];
  if (point.input !== undefined) return tellInput(point.input, state, numbers, places);
  if (point.tap !== undefined) return tellTap(point.tap, state, numbers, places);
  if (point.place !== undefined) return tellPlace(point.place, state, numbers);
  if (point.all) return tellRow(state, numbers);
  const at = point.zero - numbers.before;
  const inside = at >= 0 && at < (state.x.length - 1) * state.stride;
  return [strong("A zero"), inside ? ", put between two inputs." : " of the frame."];
};
