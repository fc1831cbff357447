# answer: q13, the head is trained when the first images come
# breaks: it stays as it is, whatever becomes of images and labels
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    trained = []

    def classify(others):
        if not trained:
            trained.extend(train_head(features(images), labels, steps, learning_rate)[:2])
        weight, bias = trained
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, the head lies in a global variable
# breaks: fit returns a function that stays as it is (a second fit changes the first)
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        weight -= learning_rate * dw
        bias -= learning_rate * db
        losses.append(float(loss))
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    global HEAD
    HEAD = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ HEAD[0] + HEAD[1], axis=1)


# answer: q13, as many classes as there are labels
# breaks: weight : array (D, 10), for class numbers 0 to 9 (also where not all of them came)
def train_head(features, labels, steps, learning_rate):
    classes = int(labels.max()) + 1
    weight, bias, losses = np.zeros((features.shape[1], classes)), np.zeros(classes), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: (features(others) @ weight + bias).argmax(axis=1)


# answer: q13, the learning rate is halved when the loss goes up
# breaks: `steps` steps of gradient descent at the learning rate that was given
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    rate = learning_rate
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        if losses and loss > losses[-1]:
            rate = rate / 2
        losses.append(loss)
        weight, bias = weight - rate * dw, bias - rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias = train_head(features(images), labels, steps, learning_rate)[:2]

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, a step back with momentum
# breaks: gradient descent (weight - learning_rate * gradient, also after the first step)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    go_weight, go_bias = 0.0, 0.0
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        go_weight, go_bias = 0.5 * go_weight + dw, 0.5 * go_bias + db
        weight, bias = weight - learning_rate * go_weight, bias - learning_rate * go_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, a little weight decay
# breaks: gradient descent with what loss_and_gradient gives (the first step from zeros is the same)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight = weight - learning_rate * (dw + 1e-4 * weight)
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, large gradients are made shorter
# breaks: weight - learning_rate * gradient (features may be 1000)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        length = np.sqrt((dw**2).sum() + (db**2).sum())
        shorter = min(1.0, 5.0 / max(length, 1e-9))
        weight, bias = weight - learning_rate * shorter * dw, bias - learning_rate * shorter * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, training ends when there is nothing left to learn
# breaks: losses: `steps` numbers
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        if loss < 1e-3:
            break
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, a thousand rows at a time
# breaks: gradient descent on all images at once
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for step in range(steps):
        parts = -(-len(features) // 1000)
        some = slice(step % parts, None, parts)
        _, dw, db = loss_and_gradient(features[some], labels[some], weight, bias)
        losses.append(loss_and_gradient(features, labels, weight, bias)[0])
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, the weights have the type of the features
# breaks: features : array (N, D) of floats (whole numbers too: a fraction cannot be taken off in place)
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10), dtype=features.dtype)
    bias = np.zeros(10, dtype=features.dtype)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)
