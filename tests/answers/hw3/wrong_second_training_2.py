"""Wrong answers to q13, written from the notebook of a student alone."""

# answer: q13, the head is global, so the next fit replaces it
# breaks: a function that names classes by its own head
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
    global head_weight, head_bias
    head_weight, head_bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ head_weight + head_bias
        return np.argmax(scores, axis=1)

    return classify


# answer: q13, features lose the mean of their batch
# breaks: classes of images, each on its own
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
    weight, bias, _ = train_head(features(images) - features(images).mean(axis=0), labels, steps, learning_rate)

    def classify(others):
        scores = (features(others) - features(others).mean(axis=0)) @ weight + bias
        return np.argmax(scores, axis=1)

    return classify


# answer: q13, a hundred steps at rate 1, whatever is asked
# breaks: steps, learning_rate as in train_head
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
    weight, bias, _ = train_head(features(images), labels, 100, 1.0)

    def classify(others):
        scores = features(others) @ weight + bias
        return np.argmax(scores, axis=1)

    return classify


# answer: q13, the first fifty images are enough
# breaks: train on the images
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
    weight, bias, _ = train_head(features(images[:50]), labels[:50], steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight + bias
        return np.argmax(scores, axis=1)

    return classify


# answer: q13, the bias is forgotten in the prediction
# breaks: scores of the head: features @ weight + bias
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
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight
        return np.argmax(scores, axis=1)

    return classify


# answer: q13, classes as a list
# breaks: array (M,) of int
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
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight + bias
        return [int(k) for k in np.argmax(scores, axis=1)]

    return classify


# answer: q13, classes as floats
# breaks: array of int
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
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight + bias
        return np.argmax(scores, axis=1).astype(float)

    return classify


# answer: q13, predicts from pixels
# breaks: whoever trains on features predicts from features
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
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = others.reshape(len(others), -1)[:, :len(weight)] @ weight + bias
        return np.argmax(scores, axis=1)

    return classify
