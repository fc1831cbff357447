"""Right answers to the network, in unusual ways. Text for tools/try_answers.py; nobody imports it."""

# answer: q12, ReLU after the pooling: the maximum does not mind
def extract_features(images, filters):
    maps = max_pool2d(conv2d(images, filters, padding=1), 4)
    return np.where(maps > 0, maps, 0.0).reshape(images.shape[0], -1)


# answer: q12, shifted images, blocks by reshape
def extract_features(images, filters):
    N, _, H, W = images.shape
    x = np.zeros((N, H + 2, W + 2))
    x[:, 1:-1, 1:-1] = images[:, 0]
    maps = np.zeros((N, len(filters), H, W))
    for u, v in np.ndindex(3, 3):
        maps += x[:, None, u : u + H, v : v + W] * filters[None, :, 0, u, v, None, None]
    return np.maximum(maps.reshape(N, -1, H // 4, 4, W // 4, 4).max(axis=(3, 5)), 0).reshape(N, -1)


# answer: q12, one image after another
def extract_features(images, filters):
    def row(image):
        maps = fast_conv2d(image[None], filters, None, 1, 1)
        maps[maps < 0] = 0
        return max_pool2d(maps, 4)[0].ravel()

    return np.stack([row(image) for image in images])


# answer: q13, updates in place, a function with a default argument
def train_head(features, labels, steps, learning_rate):
    N, D = features.shape
    weight, bias, losses = np.zeros((D, 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight -= learning_rate * step_weight
        bias -= learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    head = train_head(features(images), labels, steps, learning_rate)
    return lambda others, w=head[0], b=head[1]: (features(others) @ w + b).argmax(-1)


# answer: q13, its own softmax, one matrix for weight and bias
def train_head(features, labels, steps, learning_rate):
    target = np.eye(10)[labels]
    theta = np.zeros((features.shape[1] + 1, 10))
    rows = np.hstack([features, np.ones((len(features), 1))])
    losses = []
    while len(losses) < steps:
        scores = rows @ theta
        scores -= scores.max(axis=1, keepdims=True)
        p = np.exp(scores)
        p /= p.sum(axis=1, keepdims=True)
        losses.append(float(-np.mean(np.log((p * target).sum(axis=1) + 1e-12))))
        theta = theta - learning_rate * rows.T @ (p - target) / len(rows)
    return theta[:-1], theta[-1], losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        found = np.empty(len(others), dtype=np.int32)
        for first in range(0, len(others), 64):
            part = features(others[first : first + 64])
            found[first : first + 64] = (part @ weight + bias).argmax(axis=1)
        return found

    return classify


# answer: q13, the head lives in an object that can be called
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros((10,))

    def step():
        nonlocal weight, bias
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
        return float(loss)

    losses = [step() for _ in range(steps)]
    return weight, bias, losses


class Classifier:
    def __init__(self, features, weight, bias):
        self.features, self.weight, self.bias = features, weight, bias

    def __call__(self, images):
        return np.array([int(k) for k in (self.features(images) @ self.weight + self.bias).argmax(1)])


def fit(images, labels, features, steps, learning_rate):
    return Classifier(features, *train_head(features(images), labels, steps, learning_rate)[:2])
