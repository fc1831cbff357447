// Activations and their slopes.

const squashed = (a) => 1 / (1 + Math.exp(-a));
// Value and slope; what follows the number is the α of leaky ReLU. At a kink the slope is that of the left side.
const CURVES = {
  sigmoid: [squashed, (a) => squashed(a) * (1 - squashed(a))],
  tanh: [Math.tanh, (a) => 1 - Math.tanh(a) ** 2],
  ReLU: [(a) => Math.max(a, 0), (a) => (a > 0 ? 1 : 0)],
  "leaky ReLU": [(a, leak) => (a > 0 ? a : leak * a), (a, leak) => (a > 0 ? 1 : leak)],
  softplus: [(a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))), squashed],
  none: [(a) => a, () => 1],
};
const kinks = (activation) => (activation.endsWith("ReLU") ? [0] : []);
const NEAR = 1e-5;
const atPoint = ({ activation, a, slope: leak, grad }) => {
  const [value, steepness] = CURVES[activation].map((f) => f(a, leak));
  const [above, below] = [a + NEAR, a - NEAR].map((at) => CURVES[activation][0](at, leak));
  return { value, steepness, handed: grad * steepness, difference: (above - below) / (2 * NEAR) };
};
// A curve as points; where it jumps a new piece begins.
const traced = (f, [from, to], breaks = []) => {
  const ends = [from, ...breaks, to];
  return ends.slice(1).map((end, piece) => {
    const [start, steps] = [ends[piece], 90];
    const nudge = (end - start) * 1e-9;
    const along = (i) => start + nudge + ((end - start - 2 * nudge) * i) / steps;
    return Array.from({ length: steps + 1 }, (_, i) => [along(i), f(along(i))]);
  });
};
