"""Wrong answers to sanity, overfit, train: what training returns and keeps. Text; nobody imports it."""


# answer: q13, scales the caller's features
# breaks: features are changed
def train_head(features, labels, steps, learning_rate):
    features -= features.mean(axis=0)
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, the bias has an axis too many
# breaks: bias : array (10,)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros((1, 10)), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, bias before weight
# breaks: weight, bias, losses
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return bias, weight, losses


def fit(images, labels, features, steps, learning_rate):
    bias, weight, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, the losses are not returned
# breaks: weight, bias, losses
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias


def fit(images, labels, features, steps, learning_rate):
    weight, bias = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, the losses as an array
# breaks: losses : list of float
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, np.array(losses)


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, the losses as text
# breaks: losses : list of float
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(f"{loss:.4f}")
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, the first loss is log 10, whatever it is, and the others are made up
# breaks: the loss before each step
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(np.log(10)) * 0.99 ** len(losses))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, goes on from the last call
# breaks: from zeros
trained = {}


def train_head(features, labels, steps, learning_rate):
    D = features.shape[1]
    weight, bias = trained.get(D, (np.zeros((D, 10)), np.zeros(10)))
    losses = []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    trained[D] = weight, bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, classes counted from the labels: three classes give three columns
# breaks: weight (D, 10)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], labels.max() + 1)), np.zeros(labels.max() + 1), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, all weights live in one array, which the next call clears
# breaks: each call has its own weight
shared = {}


def train_head(features, labels, steps, learning_rate):
    weight = shared.setdefault(features.shape[1], np.zeros((features.shape[1], 10)))
    weight[:] = 0
    bias, losses = np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight -= learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify
