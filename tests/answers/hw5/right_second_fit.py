"""Right answers to q10, by other recipes. Text; nobody imports it."""

# answer: q10, even batches, of the classes that occur
def fit(x, labels, seed):
    present = np.unique(labels)
    of_class = {k: np.flatnonzero(labels == k) for k in present.tolist()}

    def rows(rng):
        return np.array([rng.choice(of_class[k]) for k in rng.choice(present, 50).tolist()])

    scores = train(x, labels, seed, rows, cross_entropy_gradient, 900)

    def named(x):
        return np.argmax(scores(x), axis=1)

    return named


# answer: q10, weights in the loss, and four times the steps
def fit(x, labels, seed):
    weights = class_weights(labels, 10, 0.97)

    def gradient(scores, classes):
        return focal_loss(scores, np.eye(10)[classes], weights, 0.0)[1]

    scores = train(x, labels, seed, any_rows(labels), gradient, 1200)
    return lambda x: scores(x).argmax(axis=1)


# answer: q10, a class that names, and three networks on even batches
class Names:
    def __init__(self, x, labels, seed):
        seeds = np.random.default_rng(seed).integers(2**31, size=3)
        likely = 1 / np.bincount(labels, minlength=10)[labels]
        likely = likely / likely.sum()
        self.networks = [
            train(x, labels, int(s), lambda rng: rng.choice(len(labels), 50, p=likely), cross_entropy_gradient, 600)
            for s in seeds
        ]

    def __call__(self, x):
        total = np.zeros((len(x), 10))
        for network in self.networks:
            s = network(x)
            e = np.exp(s - s.max(axis=1, keepdims=True))
            total += e / e.sum(axis=1, keepdims=True)
        return total.argmax(axis=1)


def fit(x, labels, seed):
    return Names(x, labels, seed)


# answer: q10, a network of its own, with Adam, even batches of 64, and a little noise on the pixels
def fit(x, labels, seed):
    rng = np.random.default_rng(seed)
    D, hidden = x.shape[1], 40
    parts = [rng.normal(size=(D, hidden)) * np.sqrt(2 / D), np.zeros(hidden), np.zeros((hidden, 10)), np.zeros(10)]
    likely = np.cumsum(1 / np.bincount(labels, minlength=10)[labels])
    first, second = [np.zeros_like(p) for p in parts], [np.zeros_like(p) for p in parts]
    for step in range(1, 601):
        rows = np.searchsorted(likely[:-1] / likely[-1], rng.random(64), side="right")
        batch = x[rows] + 0.05 * rng.normal(size=(64, D))
        h = np.maximum(batch @ parts[0] + parts[1], 0)
        s = h @ parts[2] + parts[3]
        p = np.exp(s - s.max(axis=1, keepdims=True))
        grad = (p / p.sum(axis=1, keepdims=True) - np.eye(10)[labels[rows]]) / 64
        back = grad @ parts[2].T * (h > 0)
        rate = 0.01 * (1 - step / 601) / (1 - 0.9**step)
        for i, g in enumerate((batch.T @ back, back.sum(axis=0), h.T @ grad, grad.sum(axis=0))):
            first[i] = 0.9 * first[i] + 0.1 * g
            second[i] = 0.99 * second[i] + 0.01 * g * g
            parts[i] = parts[i] - rate * first[i] / (np.sqrt(second[i] / (1 - 0.99**step)) + 1e-8)
    return lambda new: (np.maximum(new @ parts[0] + parts[1], 0) @ parts[2] + parts[3]).argmax(axis=1)
