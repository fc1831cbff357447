# answer: q13, a cross-entropy of its own, without the 1e-12 inside the logarithm
# breaks: with `loss_and_gradient` from above: its loss is never above 27.7
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses, rows = [], np.arange(len(labels))
    for _ in range(steps):
        scores = features @ weight + bias
        scores = scores - scores.max(axis=1, keepdims=True)
        log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        losses.append(float(-log_p[rows, labels].mean()))
        slope = np.exp(log_p)
        slope[rows, labels] -= 1
        weight = weight - learning_rate * (features.T @ slope / len(labels))
        bias = bias - learning_rate * slope.mean(axis=0)
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, the losses are rounded to four digits
# breaks: the loss before each step, as it is
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, by_weight, by_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(round(float(loss), 4))
        weight = weight - learning_rate * by_weight
        bias = bias - learning_rate * by_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, features are shifted by the mean of their own batch, in training and in use
# breaks: returns their classes, each row made from its image alone; read the same way
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
    def centred(batch):
        rows = features(batch)
        return rows - rows.mean(axis=0)

    weight, bias, _ = train_head(centred(images), labels, steps, learning_rate)
    return lambda others: np.argmax(centred(others) @ weight + bias, axis=1)


# answer: q13, remembers its answer for each array by id
# breaks: returns the classes of the images that it is handed (an array can change, or give its id to another)
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
    known = {}

    def classify(others):
        if id(others) not in known:
            known[id(others)] = np.argmax(features(others) @ weight + bias, axis=1)
        return known[id(others)].copy()

    return classify


# answer: q13, the list of losses is a default argument
# breaks: losses : `steps` numbers (the second head brings the first one's along)
def train_head(features, labels, steps, learning_rate, losses=[]):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    for _ in range(steps):
        loss, by_weight, by_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * by_weight
        bias = bias - learning_rate * by_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, squeezes the classes, so that one image gets no axis
# breaks: array (M,) of int, for M of 1 too
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
    return lambda others: np.squeeze(np.argmax(features(others) @ weight + bias, axis=1))


# answer: q13, the rate is halved whenever the loss has grown
# breaks: steps of gradient descent at the learning rate that is given
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, by_weight, by_bias = loss_and_gradient(features, labels, weight, bias)
        if losses and loss > losses[-1]:
            learning_rate = learning_rate / 2
        losses.append(float(loss))
        weight = weight - learning_rate * by_weight
        bias = bias - learning_rate * by_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)
