# answer: q13, gradients with one matrix product: the bias is one more weight, for a feature of ones
def train_head(features, labels, steps, learning_rate):
    wide = np.concatenate([features, np.ones((len(features), 1))], axis=1)
    head = np.zeros((wide.shape[1], 10))
    losses = []
    for _ in range(steps):
        loss, slope, _ = loss_and_gradient(wide, labels, head, 0.0)
        losses.append(float(loss))
        head -= learning_rate * slope
    return head[:-1].copy(), head[-1].copy(), losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.array([int(np.argmax(row @ weight + bias)) for row in features(others)])

    return classify


# answer: q13, an inner function takes each step, NumPy scalars as losses, a list for the tuple, reads other images one at a time
def train_head(features, labels, steps, learning_rate):
    losses, spot = [], (np.zeros((features.shape[1], 10)), np.zeros(10))

    def descend():
        nonlocal spot
        loss, *slopes = loss_and_gradient(features, labels, *spot)
        losses.append(loss)
        spot = tuple(p - learning_rate * g for p, g in zip(spot, slopes))

    for _ in range(steps):
        descend()
    return [*spot, losses]


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    one = lambda image: np.argmax(features(image[None]) @ weight + bias, axis=1)[0]
    return lambda others: np.array([one(image) for image in others])


# answer: q13, the returned function is an object with a call method, scores by einsum, classes by a stable argsort
class _Head:
    def __init__(self, width):
        self.weight, self.bias = np.zeros((width, 10)), np.zeros(10)

    def step(self, features, labels, learning_rate):
        loss, by_weight, by_bias = loss_and_gradient(features, labels, self.weight, self.bias)
        self.weight -= learning_rate * by_weight
        self.bias -= learning_rate * by_bias
        return float(loss)


def train_head(features, labels, steps, learning_rate):
    head = _Head(features.shape[1])
    losses = [head.step(features, labels, learning_rate) for _ in range(steps)]
    return head.weight, head.bias, losses


class _Classifier:
    def __init__(self, features, weight, bias):
        self.features, self.weight, self.bias = features, weight, bias

    def __call__(self, images):
        scores = np.einsum("md,dk->mk", self.features(images), self.weight) + self.bias
        return (-scores).argsort(axis=1, kind="stable")[:, 0]


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return _Classifier(features, weight, bias)


# answer: q13, functools.partial around a helper, the training images read in chunks of seven
from functools import partial


def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((10, features.shape[1])), np.zeros((1, 10)), []
    while len(losses) < steps:
        loss, by_weight, by_bias = loss_and_gradient(features, labels, weight.T, bias)
        losses += [float(loss)]
        weight, bias = weight - learning_rate * by_weight.T, bias - learning_rate * by_bias
    return weight.T, bias[0], losses


def _name_classes(images, features, weight, bias):
    scores = bias[:, None] + weight.T @ features(images).T
    return np.argmax(scores, axis=0).astype(np.int32)


def fit(images, labels, features, steps, learning_rate):
    rows = np.concatenate([features(images[k : k + 7]) for k in range(0, len(images), 7)])
    weight, bias, _ = train_head(rows, labels, steps, learning_rate)
    return partial(_name_classes, features=features, weight=weight, bias=bias)
