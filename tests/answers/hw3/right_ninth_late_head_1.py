# answer: q13, one matrix with the bias as its last row, and a class with __call__
def train_head(features, labels, steps, learning_rate):
    both = np.zeros((features.shape[1] + 1, 10))
    losses = [0.0] * steps
    for n in range(steps):
        losses[n], *gradient = loss_and_gradient(features, labels, both[:-1], both[-1])
        both = both - learning_rate * np.vstack(gradient)
    return both[:-1], both[-1], tuple(losses)


class _Classifier:
    def __init__(self, head, features):
        self.head, self.features = head, features

    def __call__(self, images):
        weight, bias = self.head
        return np.array([(self.features(images[n : n + 1])[0] @ weight + bias).argmax() for n in range(len(images))])


def fit(images, labels, features, steps, learning_rate):
    return _Classifier(train_head(features(images), labels, steps, learning_rate)[:2], features)


# answer: q13, reduce over the steps and a partial function
from functools import partial, reduce


def train_head(features, labels, steps, learning_rate):
    def step(state, _):
        *head, losses = state
        loss, *slopes = loss_and_gradient(features, labels, *head)
        return *(part - learning_rate * slope for part, slope in zip(head, slopes)), losses + [loss]

    return reduce(step, range(steps), (np.zeros((features.shape[1], 10)), np.zeros(10), []))


def _name(features, weight, bias, images):
    scores = np.einsum("md,dk->km", features(images), weight) + bias[:, None]
    return np.argsort(-scores, axis=0, kind="stable")[0]


def fit(images, labels, features, steps, learning_rate):
    rows = np.concatenate([features(images[n : n + 500]) for n in range(0, len(images), 500)])
    weight, bias, _ = train_head(rows, labels, steps, learning_rate)
    return partial(_name, features, weight, bias)
