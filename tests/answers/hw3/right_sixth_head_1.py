# answer: q13, weight and bias in one array, updated in place, classes one image at a time
def train_head(features, labels, steps, learning_rate):
    head = np.zeros((features.shape[1] + 1, 10))
    losses = [0.0] * steps
    for step in range(steps):
        losses[step], dw, db = loss_and_gradient(features, labels, head[:-1], head[-1])
        head[:-1] -= learning_rate * dw
        head[-1] -= learning_rate * db
    return head[:-1].copy(), head[-1].copy(), losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def class_of(image):
        return max(range(10), key=(features(image[None]) @ weight + bias)[0].__getitem__)

    return lambda images: np.array([class_of(image) for image in images], dtype=int)


# answer: q13, a generator that steps for ever, and an object that can be called
def train_head(features, labels, steps, learning_rate):
    def descend(weight, bias):
        while True:
            loss, dw, db = loss_and_gradient(features, labels, weight, bias)
            weight, bias = weight - dw * learning_rate, bias - db * learning_rate
            yield weight, bias, float(loss)

    losses = []
    for (weight, bias, loss), _ in zip(
        descend(np.zeros((len(features[0]), 10)), np.zeros((10,))), range(steps)
    ):
        losses.append(loss)
    return weight, bias, tuple(losses)


def fit(images, labels, features, steps, learning_rate):
    class Classifier:
        def __init__(self):
            self.head = train_head(features(images.copy()), labels.copy(), steps, learning_rate)

        def __call__(self, images):
            scores = (
                np.concatenate([features(images[k : k + 7]) for k in range(0, len(images), 7)]) @ self.head[0]
            )
            return np.argsort(-(scores + self.head[1]), axis=1, kind="stable")[:, 0]

    return Classifier()


# answer: q13, weights in Fortran order, no subtraction, classes as 16-bit numbers from a partial function
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((10, features.shape[1])).T
    bias = np.zeros(10)
    history = {}
    while len(history) < steps:
        loss, *gradients = loss_and_gradient(features, labels, weight, bias)
        history[len(history)] = loss
        weight, bias = (a + -learning_rate * g for a, g in zip((weight, bias), gradients, strict=True))
    return weight, bias, list(history.values())


def _classes(read, weight, bias, images):
    scores = read(images) @ weight + bias
    best = np.zeros(len(scores), dtype=np.int16)
    top = scores[:, 0].copy()
    for k in range(1, 10):
        higher = scores[:, k] > top
        best[higher], top[higher] = k, scores[higher, k]
    return best


def fit(images, labels, features, steps, learning_rate):
    from functools import partial

    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return partial(_classes, features, weight, bias)
