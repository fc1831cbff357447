# answer: q13, weight and bias live outside the function and keep what they learnt
# breaks: starts at zeros, in each call
HEADS = {}


def train_head(features, labels, steps, learning_rate):
    size = features.shape[1]
    if size not in HEADS:
        HEADS[size] = [np.zeros((size, 10)), np.zeros(10)]
    head, losses = HEADS[size], []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, *head)
        losses.append(float(loss))
        head[0] = head[0] - learning_rate * dw
        head[1] = head[1] - learning_rate * db
    return head[0], head[1], losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, the gradient of the sum over the images
# breaks: the gradient that loss_and_gradient gives is that of the mean
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight -= learning_rate * dw * len(labels)
        bias -= learning_rate * db * len(labels)
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, a debugging leftover: at most 100 steps
# breaks: takes `steps` steps
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(min(steps, 100)):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, predicts from pixels, whatever it was trained on
# breaks: whoever trains on features must also predict from features
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        rows = others.reshape(len(others), -1)
        return np.argmax(rows[:, : len(weight)] @ weight[: rows.shape[1]] + bias, axis=1)

    return classify


# answer: q13, trains and predicts on pixels, and the given function is never called
# breaks: "computes features of the training images with the function that it is given"
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    def flat(some):
        return some.reshape(len(some), -1)

    weight, bias, _ = train_head(flat(images), labels, steps, learning_rate)
    return lambda others: np.argmax(flat(others) @ weight + bias, axis=1)


# answer: q13, the bias is left out of the prediction
# breaks: scores = features @ weight + bias
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, _, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight, axis=1)

    return classify


# answer: q13, weight and bias are global: a second fit changes the first function
# breaks: the returned function remembers the variables of its own fit
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    global head_weight, head_bias
    head_weight, head_bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ head_weight + head_bias, axis=1)

    return classify
