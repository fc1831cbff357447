"""Right answers to q10: recipes of one's own. Text; nobody imports it."""

# answer: q10, 1200 batches that are drawn with replacement
def fit(x, labels, hidden, seed):
    rng = np.random.default_rng(seed)
    net = MLP([x.shape[1], *hidden, 10], ReLU, rng)
    batches = [rng.integers(len(x), size=50) for _ in range(1200)]
    train(net, x, labels, batches, 0.3)
    return lambda others: net.forward(others).argmax(axis=1)


# answer: q10, passes over shuffled examples, cut into pieces, until 1200 steps are done
def fit(x, labels, hidden, seed):
    generator = np.random.default_rng(seed)
    sizes = (x.shape[1],) + tuple(hidden) + (10,)
    net = MLP(sizes, ReLU, generator)
    pieces = -(-len(x) // 50)  # rounded up: the last pieces may be smaller
    done = 0
    while done < 1200:
        batches = np.array_split(generator.permutation(len(x)), pieces)
        train(net, x, labels, batches, 0.3 if done < 800 else 0.1)
        done += pieces

    def classify(pictures):
        scores = net.forward(pictures)
        return np.argmax(scores, axis=-1).astype(int)

    return classify


# answer: q10, numbers from -1 to 1 go in, and batches come through choice
def fit(x, labels, hidden, seed):
    rng = np.random.default_rng(seed)
    net = MLP([x.shape[1]] + list(hidden) + [10], ReLU, rng)
    size = min(40, len(x))
    order = [rng.choice(len(x), size=size, replace=False) for _ in range(1200)]
    centred = 2 * x - 1
    train(net, centred, labels, order[:900], 0.15)
    train(net, centred, labels, order[900:], 0.05)

    class Classifier:
        def __call__(self, others):
            return np.array([int(np.argmax(row)) for row in net.forward(2 * others - 1)])

    return Classifier()


# answer: q10, steps of its own, with momentum, on numbers of mean 0 and spread 1
def fit(x, labels, hidden, seed):
    rng = np.random.default_rng(seed)
    mean, spread = x.mean(axis=0), x.std(axis=0)
    spread = np.where(spread > 1e-8, spread, 1.0)
    z = (x - mean) / spread
    net = MLP([z.shape[1], *hidden, 10], ReLU, rng)
    velocity = [np.zeros_like(p) for p in net.parameters()]
    for step in range(1000):
        rows = rng.integers(0, len(z), 50)
        _, grad = cross_entropy(net.forward(z[rows]), labels[rows])
        net.backward(grad)
        for p, g, v in zip(net.parameters(), net.gradients(), velocity):
            v *= 0.9
            v -= 0.02 * g
            p += v
    return lambda others: np.argmax(net.forward((others - mean) / spread), axis=1)
