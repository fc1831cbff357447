"""Wrong answers to q13, written from the notebook of a student alone."""

# answer: q13, losses as an array
# breaks: losses: list of float
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for step in range(steps):
        loss, weight_gradient, bias_gradient = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * weight_gradient
        bias = bias - learning_rate * bias_gradient
    return weight, bias, np.array(losses)


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight + bias
        return np.argmax(scores, axis=1)

    return classify


# answer: q13, stops where the loss is small
# breaks: takes steps steps
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for step in range(steps):
        loss, weight_gradient, bias_gradient = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        if loss < 0.01:
            break
        weight = weight - learning_rate * weight_gradient
        bias = bias - learning_rate * bias_gradient
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight + bias
        return np.argmax(scores, axis=1)

    return classify


# answer: q13, the rate halves after each hundred steps
# breaks: gradient descent at learning_rate
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for step in range(steps):
        loss, weight_gradient, bias_gradient = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        if step and step % 100 == 0:
            learning_rate /= 2
        weight = weight - learning_rate * weight_gradient
        bias = bias - learning_rate * bias_gradient
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight + bias
        return np.argmax(scores, axis=1)

    return classify


# answer: q13, batches of 32
# breaks: all images at once
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for step in range(steps):
        loss, weight_gradient, bias_gradient = loss_and_gradient(features[step * 32 % len(features):][:32], labels[step * 32 % len(features):][:32], weight, bias)
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


# answer: q13, weight decay
# breaks: against the gradient of the loss
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for step in range(steps):
        loss, weight_gradient, bias_gradient = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * (weight_gradient + 1e-3 * weight)
        bias = bias - learning_rate * bias_gradient
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight + bias
        return np.argmax(scores, axis=1)

    return classify


# answer: q13, the weight has the dtype of the features
# breaks: weight: array of floats; features may be whole numbers
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10), dtype=features.dtype)
    bias = np.zeros(10)
    losses = []
    for step in range(steps):
        loss, weight_gradient, bias_gradient = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight -= learning_rate * weight_gradient
        bias = bias - learning_rate * bias_gradient
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight + bias
        return np.argmax(scores, axis=1)

    return classify


# answer: q13, gradients are cut at 5
# breaks: the gradient as it is
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for step in range(steps):
        loss, weight_gradient, bias_gradient = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * np.clip(weight_gradient, -5, 5)
        bias = bias - learning_rate * bias_gradient
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight + bias
        return np.argmax(scores, axis=1)

    return classify


# answer: q13, biases live on from call to call
# breaks: from zeros
def train_head(features, labels, steps, learning_rate, bias=np.zeros(10)):
    weight = np.zeros((features.shape[1], 10))
    losses = []
    for step in range(steps):
        loss, weight_gradient, bias_gradient = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * weight_gradient
        bias -= learning_rate * bias_gradient
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight + bias
        return np.argmax(scores, axis=1)

    return classify
