# answer: q13, a loss of its own without the 1e-12, which matters where a probability is nearly 0
# breaks: what `loss_and_gradient` gives before each step
def train_head(features, labels, steps, learning_rate):
    n = len(labels)
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    target = np.eye(10)[labels]
    for _ in range(steps):
        scores = features @ weight + bias
        scores -= scores.max(axis=1, keepdims=True)
        log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        losses.append(-(target * log_p).sum() / n)
        error = (np.exp(log_p) - target) / n
        weight -= learning_rate * (features.T @ error)
        bias -= learning_rate * error.sum(axis=0)
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, a softmax of its own without taking the maximum off
# breaks: weight : array (D, 10) of floats (exp overflows on large scores)
def train_head(features, labels, steps, learning_rate):
    n = len(labels)
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    target = np.eye(10)[labels]
    for _ in range(steps):
        scores = features @ weight + bias
        log_p = np.log(np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True) + 1e-12)
        losses.append(-(target * log_p).sum() / n)
        error = (np.exp(log_p) - target) / n
        weight -= learning_rate * (features.T @ error)
        bias -= learning_rate * error.sum(axis=0)
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, the last image is left out of the mean
# breaks: on all images at once
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(
            features[:-1] if len(labels) > 100 else features,
            labels[: len(features) - (len(labels) > 100)],
            weight,
            bias,
        )
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, features and labels are shuffled in place
# breaks: What you were given stays as it was
def train_head(features, labels, steps, learning_rate):
    np.random.default_rng(0).shuffle(features)
    np.random.default_rng(0).shuffle(labels)
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    while len(losses) < steps:
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, training is put off to the first question
# breaks: it stays as it is, whatever becomes of images and labels
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
    head = []

    def classify(new):
        if not head:
            head.extend(train_head(features(images), labels, steps, learning_rate))
        return np.argmax(features(new) @ head[0] + head[1], axis=1)

    return classify


# answer: q13, weight and bias are global, a second fit changes the first function
# breaks: it stays as it is; each answer depends on the arguments of its own call alone
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
    return lambda new: (features(new) @ head_weight + head_bias).argmax(axis=1)


# answer: q13, the bias is forgotten when predicting
# breaks: returns their classes: the place of the largest score
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

    def classify(new):
        return np.argmax(features(new) @ weight, axis=1)

    return classify


# answer: q13, exp without taking the maximum off, large scores become inf
# breaks: The class is the place of the largest score
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

    def classify(new):
        power = np.exp(features(new) @ weight + bias)
        return np.argmax(power / power.sum(axis=1, keepdims=True), axis=1)

    return classify


# answer: q13, sigmoid of the scores, large ones tie at 1
# breaks: The class is the place of the largest score
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

    def classify(new):
        return np.argmax(0.5 + 0.5 * np.tanh((features(new) @ weight + bias) / 2), axis=1)

    return classify


# answer: q13, classes as floats
# breaks: array (M,) of int
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

    def classify(new):
        scores = features(new) @ weight + bias
        classes = np.zeros(len(scores))
        classes[:] = scores.argmax(axis=1)
        return classes

    return classify


# answer: q13, squeeze makes a number of the class of one image
# breaks: array (M,) of int
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

    def classify(new):
        return np.squeeze(np.argmax(features(new) @ weight + bias, axis=1))

    return classify


# answer: q13, features of one image at a time, without the axis of images
# breaks: features : function of images (M, 1, H, W)
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
    def read(pictures):
        return np.stack([features(picture).ravel() for picture in pictures])

    weight, bias, _ = train_head(read(images), labels, steps, learning_rate)
    return lambda new: np.argmax(read(new) @ weight + bias, axis=1)
