// What many layers do to the length of a gradient.

// Means over the standard normal distribution, by the midpoint rule.
const NODES = Array.from({ length: 400 }, (_, m) => -8 + (m + 0.5) * 0.04);
const SHARES = NODES.map((u) => Math.exp((-u * u) / 2));
const WHOLE = SHARES.reduce((sum, share) => sum + share, 0);
const mean = (f) => NODES.reduce((sum, u, m) => sum + SHARES[m] * f(u), 0) / WHOLE;

// In very wide layers of random weights the pre-activations are normally distributed around 0. How far they spread, by
// which factor each layer changes the length of a gradient, and how long it is after each layer on its way back.
const throughLayers = ({ activation, layers, scale, slope: leak, back }) => {
  if (back > layers) return { problem: `There are only ${plural(layers, "layer")} to go back through.` };
  const [value, slope] = CURVES[activation];
  const [spreads, factors] = [[], []];
  let square = 1;
  for (let layer = 0; layer < layers; layer += 1) {
    const spread = scale * Math.sqrt(square);
    spreads.push(spread);
    factors.push(scale * Math.sqrt(mean((u) => slope(spread * u, leak) ** 2)));
    square = mean((u) => value(spread * u, leak) ** 2);
  }
  const lengths = [1];
  for (const times of [...factors].reverse()) lengths.push(lengths[lengths.length - 1] * times);
  return { spreads, factors, lengths };
};
