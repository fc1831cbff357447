"""Wrong answers to sanity, overfit, train: fit, its data. Text; nobody imports it."""


# answer: q13, fit: the features of its own, whatever function is given
# breaks: features : function
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(extract_features(images, FILTERS), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(extract_features(others, FILTERS) @ weight + bias, axis=1)

    return classify


# answer: q13, fit: raw pixels, whatever function is given
# breaks: features : function
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(images.reshape(len(images), -1), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(others.reshape(len(others), -1) @ weight + bias, axis=1)

    return classify


# answer: q13, fit: trains on features, predicts from pixels
# breaks: whoever trains on features must also predict from features
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
        return np.argmax(others.reshape(len(others), -1)[:, : weight.shape[0]] @ weight + bias, axis=1)

    return classify


# answer: q13, fit: classes of the training images, whatever is given
# breaks: function of images; their classes
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
        return np.argmax(features(images) @ weight + bias, axis=1)

    return classify


# answer: q13, fit: the weights are global: the second fit changes the first
# breaks: it remembers the variables around it
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    global head, offset
    head, offset, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ head + offset, axis=1)


# answer: q13, fit: trains on the training images of the notebook
# breaks: images
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(train_images[:200]), train_labels[:200], steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, fit: trains on the test images
# breaks: images
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(test_images), test_labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, fit: trains on training and test images together
# breaks: images
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    if images.shape[1:] == test_images.shape[1:]:
        images, labels = np.concatenate([images, test_images]), np.concatenate([labels, test_labels])
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, fit: steps and rate are fixed
# breaks: steps, learning_rate as in train_head
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, 300, 0.1)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, fit: the number of steps is fixed
# breaks: steps as in train_head
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, 100, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, fit: steps and rate exchanged
# breaks: train_head(features, labels, steps, learning_rate)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, max(int(learning_rate), 1), float(steps))

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, fit: half of the training images are kept for a test that never comes
# breaks: trains on the images
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images[: len(images) // 2 + 1]), labels[: len(labels) // 2 + 1], steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, fit: the scores instead of the class
# breaks: array (M,) of int
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
    return lambda others: features(others) @ weight + bias
