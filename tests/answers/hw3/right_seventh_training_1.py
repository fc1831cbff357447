# answer: q13, recursion by halves over steps, fit in batches, int32 classes
def train_head(features, labels, steps, learning_rate):
    state = [np.zeros((features.shape[1], 10)), np.zeros(10)]

    def walk(count):
        if count == 1:
            loss, *gradients = loss_and_gradient(features, labels, *state)
            state[:] = [s - learning_rate * g for s, g in zip(state, gradients)]
            return (loss,)
        return walk(count // 2) + walk(count - count // 2)

    losses = walk(steps)
    return state[0], state[1], losses


def fit(images, labels, features, steps, learning_rate):
    def read(pictures):
        return np.concatenate([features(pictures[k : k + 64]) for k in range(0, len(pictures), 64)])

    weight, bias, _ = train_head(read(images), labels, steps, learning_rate)
    return lambda new: np.argmax(read(new) @ weight + bias, axis=1).astype(np.int32)


# answer: q13, one matrix with a column of ones, softmax by hand
def train_head(features, labels, steps, learning_rate):
    count, depth = features.shape
    wide = np.hstack([features, np.ones((count, 1))]).astype(np.float64)
    head = np.zeros((depth + 1, 10))
    onehot = (labels[:, None] == np.arange(10)).astype(np.float64)
    losses = np.empty(steps)
    for k in range(steps):
        z = wide @ head
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p = p / p.sum(axis=1, keepdims=True)
        losses[k] = np.mean(-np.log((p * onehot).sum(axis=1) + 1e-12))
        head = head - learning_rate * (wide.T @ (p - onehot)) / count
    return head[:-1], head[-1], list(losses)


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    class Classifier:
        def __call__(self, images):
            scores = np.einsum("md,dk->mk", features(images), weight) + bias
            return np.array([row.tolist().index(max(row)) for row in scores])

    return Classifier()


# answer: q13, in place on buffers of its own, steps by a generator, functools.partial
import functools


def _descend(features, labels, learning_rate, weight, bias):
    while True:
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        np.subtract(weight, np.multiply(dw, learning_rate), out=weight)
        np.subtract(bias, np.multiply(db, learning_rate), out=bias)
        yield float(loss)


def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((10, features.shape[1])).T, np.zeros(10)
    walk = _descend(features, labels, learning_rate, weight, bias)
    losses = [next(walk) for _ in range(steps)]
    return [weight, bias, losses]


def _name(weight, bias, features, images):
    scores = np.asarray(features(images)) @ weight + bias
    return np.argsort(-scores, axis=1, kind="stable")[:, 0]


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return functools.partial(_name, weight, bias, features)


# answer: q13, the losses as a tuple
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, tuple(losses)


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)
