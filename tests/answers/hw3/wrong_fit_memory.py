"""Wrong answers to sanity, overfit, train: fit, what it keeps and changes. Text; nobody imports it."""


# answer: q13, fit: takes the mean of the images to be named away
# breaks: classes of each image, whatever the others are
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    rows = features(images)
    weight, bias, _ = train_head(rows - rows.mean(axis=0), labels, steps, learning_rate)

    def classify(others):
        rows = features(others)
        return np.argmax((rows - rows.mean(axis=0)) @ weight + bias, axis=1)

    return classify


# answer: q13, fit: scales the features by their largest value
# breaks: trains a head on the features
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    most = np.abs(features(images)).max() + 1e-9
    weight, bias, _ = train_head(features(images) / most, labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) / most @ weight + bias, axis=1)


# answer: q13, fit: darkens the caller's images
# breaks: no function changes the arrays that it is given
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    images /= max(images.max(), 1)
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, fit: the returned function changes the images
# breaks: no function changes the arrays that it is given
def train_head(features, labels, steps, learning_rate):
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
        others *= 0.5
        return np.argmax(features(2 * others) @ weight + bias, axis=1)

    return classify


# answer: q13, fit: the returned function remembers its first answer
# breaks: classes of the images that are given
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    answers = {}

    def classify(others):
        if len(others) not in answers:
            answers[len(others)] = np.argmax(features(others) @ weight + bias, axis=1)
        return answers[len(others)]

    return classify


# answer: q13, fit: the returned function fails on a single image
# breaks: images (M, 1, H, W) of any M
def train_head(features, labels, steps, learning_rate):
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
        return np.argmax(np.squeeze(features(others)) @ weight + bias, axis=1)

    return classify


# answer: q13, fit: hands the features one image at a time without its axis
# breaks: features : function of images (M, 1, H, W)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    rows = np.array([features(image)[0] for image in images])
    weight, bias, _ = train_head(rows, labels, steps, learning_rate)
    return lambda others: np.argmax(np.array([features(image)[0] for image in others]) @ weight + bias, axis=1)


# answer: q13, fit: the label of the nearest training image
# breaks: trains a head
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    rows = features(images)

    def classify(others):
        distance = (rows**2).sum(axis=1) - 2 * features(others) @ rows.T
        return labels[distance.argmin(axis=1)]

    return classify


# answer: q13, fit: a head of random weights
# breaks: trains a head
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight = np.random.default_rng(0).normal(size=(features(images).shape[1], 10))
    return lambda others: np.argmax(features(others) @ weight, axis=1)


# answer: q13, fit: looks the test labels up
# breaks: trains a head
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    def classify(others):
        return np.resize(test_labels, len(others))

    return classify


# answer: q13, fit: shuffles the labels and not the images
# breaks: labels of the images
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    order = np.random.default_rng(0).permutation(len(labels))
    weight, bias, _ = train_head(features(images), labels[order], steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, fit: sorts the caller's labels
# breaks: no function changes the arrays that it is given
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    order = labels.argsort(kind="stable")
    labels.sort()
    weight, bias, _ = train_head(features(images[order]), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)
