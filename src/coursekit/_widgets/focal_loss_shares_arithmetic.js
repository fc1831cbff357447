// The focal loss of yes-or-no questions, and what each example has of the whole loss and of the whole gradient.

const TERMS = ["cross-entropy", "focal loss"];
// Loss and size of the slope by the score, with p the probability of the right label, w the weight α of its label.
const focalLoss = (p, gamma, w = 1) => {
  const focus = w * (1 - p) ** gamma;
  return [-focus * Math.log(p), focus * (1 - p - gamma * p * Math.log(p))];
};
const weightOf = ({ alpha, weigh }, label) => (weigh ? (label ? alpha : 1 - alpha) : 1);

const shareOut = (state) => {
  const { gamma, p, examples } = state;
  const pairs = examples.map(([, label, right]) => [
    focalLoss(right, 0),
    focalLoss(right, gamma, weightOf(state, label)),
  ]);
  // Loss, then gradient; in each cross-entropy, then focal loss.
  const parts = [0, 1].flatMap((what) =>
    [0, 1].map((kind) => pairs.map((pair, index) => examples[index][0] * pair[kind][what])),
  );
  const totals = parts.map((line) => line.reduce((sum, part) => sum + part, 0));
  const each = (kind, what) => pairs.map((pair) => pair[kind][what]);
  return {
    ...{ entropy: each(0, 0), focal: each(1, 0), entropy_slopes: each(0, 1), focal_slopes: each(1, 1) },
    totals,
    shares: parts.map((line, index) => line.map((part) => (totals[index] ? part / totals[index] : 0))),
    point: [...focalLoss(p, 0), ...focalLoss(p, gamma, weightOf(state, 1))],
  };
};
