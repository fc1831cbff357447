"""Wrong answers to q13, written from the notebook of a student alone."""

# answer: q13, the loss after the step
# breaks: the loss before each step
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for step in range(steps):
        loss, weight_gradient, bias_gradient = loss_and_gradient(features, labels, weight, bias)
        weight = weight - learning_rate * weight_gradient
        bias = bias - learning_rate * bias_gradient
        losses.append(float(loss_and_gradient(features, labels, weight, bias)[0]))
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight + bias
        return np.argmax(scores, axis=1)

    return classify


# answer: q13, uphill
# breaks: against the gradient
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for step in range(steps):
        loss, weight_gradient, bias_gradient = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight + learning_rate * weight_gradient
        bias = bias - learning_rate * bias_gradient
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight + bias
        return np.argmax(scores, axis=1)

    return classify


# answer: q13, the bias stays 0
# breaks: move weight and bias both
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for step in range(steps):
        loss, weight_gradient, bias_gradient = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * weight_gradient
        bias = bias - 0 * bias_gradient
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight + bias
        return np.argmax(scores, axis=1)

    return classify


# answer: q13, training images are scaled by their maximum, others by theirs
# breaks: read the same way
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for step in range(steps):
        loss, weight_gradient, bias_gradient = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * weight_gradient
        bias = bias - learning_rate * bias_gradient
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images / images.max()), labels, steps, learning_rate)

    def classify(others):
        scores = features(others / others.max()) @ weight + bias
        return np.argmax(scores, axis=1)

    return classify


# answer: q13, the rate is divided by the number of images again
# breaks: the mean gradient, times learning_rate
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    learning_rate /= len(labels)
    for step in range(steps):
        loss, weight_gradient, bias_gradient = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * weight_gradient
        bias = bias - learning_rate * bias_gradient
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight + bias
        return np.argmax(scores, axis=1)

    return classify
