// A number in six signs, for cells and boxes; the readout has all its digits.
const brief = (value) => {
  const size = Math.abs(value);
  if (size < 1e-9) return "0";
  if (size >= 0.01 && size < 1e5) {
    const places = Math.min(3, Math.max(0, 2 - Math.floor(Math.log10(size))));
    return number(Number(value.toFixed(places)));
  }
  const [digit, power] = value.toExponential(0).split("e").map(Number);
  const raised = [...String(power)].map((sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]);
  return `${number(digit)}·10${raised.join("")}`;
};
