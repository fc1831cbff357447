// Gradient descent with momentum on a bowl: along each of its own directions it goes its own way.
const turned = (angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];
const along = ([x, y], angle) => {
  const [cos, sin] = turned(angle);
  return [cos * x + sin * y, cos * y - sin * x];
};
const across = ([first, second], angle) => {
  const [cos, sin] = turned(angle);
  return [cos * first - sin * second, sin * first + cos * second];
};
// What one step makes of a coordinate and its velocity has these two roots, each a real and an imaginary part.
const roots = (curvature, rate, beta) => {
  const middle = (1 + beta - rate * curvature) / 2;
  const below = middle * middle - beta;
  const root = Math.abs(below) < 1e-12 / 4 ? 0 : Math.sqrt(Math.abs(below));
  const two = [-root, root];
  return two.map((part) => (below < 0 ? [middle, part] : [middle + part, 0]));
};
const radius = (curvature, rate, beta) =>
  Math.max(...roots(curvature, rate, beta).map((r) => Math.hypot(...r)));
const FARTHEST = 1e4; // the path ends before it leaves all bounds
const descend = ({ curvatures, rate, beta, angle, start, steps }) => {
  const coordinates = along(start, angle).map((z) => [z]);
  const velocity = [0, 0];
  for (let t = 0; t < steps; t += 1) {
    const next = coordinates.map((run, i) => {
      velocity[i] = beta * velocity[i] + curvatures[i] * run[t];
      return run[t] - rate * velocity[i];
    });
    if (next.some((z) => Math.abs(z) > FARTHEST)) break;
    coordinates.forEach((run, i) => run.push(next[i]));
  }
  return {
    coordinates,
    path: coordinates[0].map((z, t) => across([z, coordinates[1][t]], angle)),
    roots: curvatures.map((curvature) => roots(curvature, rate, beta)),
    sizes: curvatures.map((curvature) => radius(curvature, rate, beta)),
    bound: (2 * (1 + beta)) / Math.max(...curvatures),
  };
};
// How one direction goes on, in words. `_descent.py` says the same.
const verdict = (curvature, rate, beta) => {
  const [[low, imaginary], [high]] = roots(curvature, rate, beta);
  const size = radius(curvature, rate, beta);
  const leaves = `each step leaves ${number(size)} of it`;
  if (rate === 0) return "stands still";
  if (size > 1 + 1e-9) return `diverges: it changes sides at every step, and grows ${number(size)}-fold`;
  if (size > 1 - 1e-9) return "neither converges nor diverges: it changes sides forever";
  if (size < 1e-9) return "is at 0 after one step";
  if (imaginary) {
    const swing = (2 * Math.PI) / Math.abs(Math.atan2(imaginary, low));
    return `oscillates and converges: one swing takes ${number(Number(swing.toFixed(1)))} steps, and ${leaves}`;
  }
  if (-low > Math.max(high, 1e-9))
    return `oscillates and converges: it changes sides at every step, and ${leaves}`;
  return `converges monotonically: ${beta ? "in the long run " : ""}${leaves}`;
};
const factors = ([[low, imaginary], [high]], beta) => {
  if (!beta) return number(Math.abs(low) > Math.abs(high) ? low : high);
  if (imaginary) return `${number(low)} ± ${number(Math.abs(imaginary))} i`;
  return low === high ? `${number(low)}, twice` : `${number(high)} and ${number(low)}`;
};
