// How numbers and words are written in every figure, and how elements are made.
// No figure formats a number itself.

// Two decimals, three digits below one, no floating-point noise, a true minus. `_text.py` writes the same.
const number = (value) => {
  if (Math.abs(value) < 1e-9) return "0";
  const places = Math.max(2, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value
    .toFixed(places)
    .replace(/\.?0+$/, "")
    .replace("-", "−");
};
const factor = (value) => (number(value).startsWith("−") ? `(${number(value)})` : number(value));
const count = (value) => number(value).replace(/\d(?=(\d{3})+$)/g, "$&,");
const plural = (amount, word) => `${count(amount)} ${word}${amount === 1 ? "" : "s"}`;
const listed = (words) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words[words.length - 1]}`;

const make = (tag, attributes = {}, ...children) => dress(document.createElement(tag), attributes, children);
// The name of SVG's namespace is an address of another host, so it is asked for, not written.
const picture = document.createElement("div");
picture.innerHTML = "<svg></svg>";
const svg = (tag, attributes = {}, ...children) =>
  dress(document.createElementNS(picture.firstChild.namespaceURI, tag), attributes, children);
const dress = (element, attributes, children) => {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children);
  return element;
};
const strong = (words) => make("strong", {}, words);
// Numbers in rows, the first word of each row its name. Scrolls inside itself where it is too wide.
const table = (caption, heads, rows) => {
  const cell = (words, column, row) => {
    if (row < 0) return words ? make("th", { scope: "col" }, words) : make("td");
    return make(column ? "td" : "th", column ? {} : { scope: "row" }, words);
  };
  const line = (words, row) => make("tr", {}, ...words.map((word, column) => cell(word, column, row)));
  const whole = make(
    "table",
    {},
    make("caption", {}, caption),
    make("thead", {}, line(heads, -1)),
    make("tbody", {}, ...rows.map(line)),
  );
  return make("div", { class: "ck-scroll", tabindex: "0", role: "region", "aria-label": caption }, whole);
};
// A piece of a sum that does not break in the middle.
const term = (words) => make("span", { class: "ck-term" }, words);

// What the reader typed, as a number; null while it is unfinished, undefined when it cannot become one.
const typed = (text) => {
  const plain = text.trim().replace("−", "-").replace(",", ".");
  if (/^[-+]?\.?$/.test(plain)) return null;
  return /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : undefined;
};
const LARGEST = 1e6;
// Why a number cannot be taken, or "" when it can.
const refusal = (value, { min = -LARGEST, max = LARGEST, whole = false }) => {
  const fits =
    typeof value === "number" && value >= min && value <= max && (!whole || Number.isInteger(value));
  return fits ? "" : `a ${whole ? "whole number" : "number"} from ${count(min)} to ${count(max)}`;
};
