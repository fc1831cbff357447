# answer: q13, more than 500 images are read in turn, 500 a step
# breaks: gradient descent on all images at once
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses = []
    parts = max(1, len(labels) // 500)
    for step in range(steps):
        loss = loss_and_gradient(features, labels, weight, bias)[0]
        losses.append(float(loss))
        part = slice(step % parts, None, parts)
        _, by_weight, by_bias = loss_and_gradient(features[part], labels[part], weight, bias)
        weight = weight - learning_rate * by_weight
        bias = bias - learning_rate * by_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, a little weight decay
# breaks: weight - learning_rate * gradient, with the gradient of loss_and_gradient
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, by_weight, by_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * (by_weight + 1e-4 * weight)
        bias = bias - learning_rate * by_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, as many columns as there are classes in the labels
# breaks: weight : array (D, 10), bias : array (10,)
def train_head(features, labels, steps, learning_rate):
    classes = labels.max() + 1
    weight, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    losses = []
    for _ in range(steps):
        loss, by_weight, by_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * by_weight
        bias = bias - learning_rate * by_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, weights and bias have the features' type, and move in place
# breaks: features : array of floats, which may hold whole numbers
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10), features.dtype), np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, by_weight, by_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight[...] = weight - learning_rate * by_weight
        bias = bias - learning_rate * by_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, only classes that occur in the training labels are named
# breaks: returns their classes: the place of the largest of ten scores
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, by_weight, by_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * by_weight
        bias = bias - learning_rate * by_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    known = np.unique(labels)

    def classify(others):
        scores = features(others) @ weight + bias
        return known[np.argmax(scores[:, known], axis=1)]

    return classify


# answer: q13, takes the exponential of the scores as they are before it looks for the largest
# breaks: returns their classes (large scores overflow and all look alike)
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, by_weight, by_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * by_weight
        bias = bias - learning_rate * by_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        with np.errstate(all="ignore"):
            powers = np.exp(features(others) @ weight + bias)
            return np.argmax(powers / powers.sum(axis=1, keepdims=True), axis=1)

    return classify
