# answer: q13, one matrix with a row of ones for the bias, gradient written out, prediction image by image
def train_head(features, labels, steps, learning_rate):
    wide = np.column_stack([features, np.ones(len(features))]).astype(np.float64)
    targets = np.eye(10)[labels]
    both = np.zeros((wide.shape[1], 10))
    losses = []
    for _ in range(steps):
        z = wide @ both
        z -= z.max(axis=1, keepdims=True)
        p = np.exp(z)
        p /= p.sum(axis=1, keepdims=True)
        losses.append(float(-np.log((p * targets).sum(axis=1) + 1e-12).mean()))
        both -= learning_rate / len(wide) * (wide.T @ (p - targets))
    return both[:-1].copy(), both[-1].copy(), losses


def fit(images, labels, features, steps, learning_rate):
    rows = np.concatenate([features(images[n : n + 7]) for n in range(0, len(images), 7)])
    weight, bias, _ = train_head(rows, labels, steps, learning_rate)

    def classify(others):
        return np.array([int((features(others[n : n + 1]) @ weight + bias)[0].argmax()) for n in range(len(others))])

    return classify


# answer: q13, the steps by recursion of a generator, the classifier a bound method of an object
def _descent(features, labels, rate):
    state = np.zeros((features.shape[1], 10)), np.zeros(10)
    while True:
        loss, *slopes = loss_and_gradient(features, labels, *state)
        yield loss, state
        state = tuple(value - rate * slope for value, slope in zip(state, slopes, strict=True))


def train_head(features, labels, steps, learning_rate):
    run = _descent(np.asarray(features, dtype=np.float64), labels, learning_rate)
    losses = [next(run)[0] for _ in range(steps)]
    weight, bias = next(run)[1]
    return weight, bias, losses


class _Classifier:
    def __init__(self, read, weight, bias):
        self.read, self.weight, self.bias = read, weight, bias

    def __call__(self, images):
        scores = np.einsum("nd,dk->nk", self.read(images), self.weight) + self.bias
        return np.argsort(-scores, axis=1, kind="stable")[:, 0]


def fit(images, labels, features, steps, learning_rate):
    return _Classifier(features, *train_head(features(images), labels, steps, learning_rate)[:2])
