# answer: q13, the gradient worked out anew with one-hot labels and a bias column, the given loss kept
def train_head(features, labels, steps, learning_rate):
    n = len(labels)
    x = np.column_stack([np.asarray(features, dtype=float), np.ones(n)])
    target = np.eye(10)[labels]
    both = np.zeros((x.shape[1], 10))
    losses = []
    for _ in range(steps):
        scores = x @ both
        e = np.exp(scores - scores.max(axis=1)[:, None])
        p = e / e.sum(axis=1)[:, None]
        losses.append(float(-np.mean(np.log((p * target).sum(axis=1) + 1e-12))))
        both -= learning_rate / n * (x.T @ (p - target))
    return both[:-1].copy(), both[-1].copy(), losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    both = np.vstack([weight, bias])

    def classify(others):
        rows = features(others)
        return np.argmax(np.hstack([rows, np.ones((len(rows), 1))]) @ both, axis=1)

    return classify


# answer: q13, a generator of steps, and predictions by sorting the scores
def _descend(features, labels, rate):
    state = [np.zeros((np.shape(features)[1], 10)), np.zeros((10,))]
    while True:
        loss, dw, db = loss_and_gradient(features, labels, *state)
        state = [state[0] - rate * dw, state[1] - rate * db]
        yield float(loss), state


def train_head(features, labels, steps, learning_rate):
    losses = []
    for (loss, (weight, bias)), _ in zip(_descend(features, labels, learning_rate), range(steps)):
        losses.append(loss)
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    head = train_head(features(images), labels, steps, learning_rate)[:2]

    def classify(others):
        scores = np.einsum("md,dc->mc", features(others).astype(float), head[0]) + head[1]
        best = scores.max(axis=1, keepdims=True)
        return (scores == best).argmax(axis=1)

    return classify


# answer: q13, the last state stands in a list, and the class is found by a running comparison
def train_head(features, labels, steps, learning_rate):
    history = [(np.zeros((features.shape[1], 10)), np.zeros(10))]
    losses = []
    for t in range(1, steps + 1):
        weight, bias = history[-1]
        loss, gradient_weight, gradient_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss.item())
        history = [(weight - learning_rate * gradient_weight, bias - learning_rate * gradient_bias)]
    return (*history[0], losses)


def fit(images, labels, features, steps, learning_rate):
    seen = np.array(features(images))
    weight, bias, _ = train_head(seen, np.array(labels), steps, learning_rate)

    def classify(others):
        rows = np.asarray(features(others))
        classes = np.zeros(len(rows), dtype=np.int64)
        best = rows @ weight[:, 0] + bias[0]
        for k in range(1, 10):
            scores = rows @ weight[:, k] + bias[k]
            better = scores > best
            classes[better], best[better] = k, scores[better]
        return classes

    return classify
