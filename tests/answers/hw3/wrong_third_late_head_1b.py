# answer: q13, the rate shrinks with the steps
# breaks: steps of gradient descent at learning_rate
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for step in range(steps):
        rate = learning_rate / (1 + 0.01 * step)
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight -= rate * dw
        bias -= rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, stops when the loss goes up
# breaks: takes `steps` steps and returns `steps` losses
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        if losses and loss > losses[-1]:
            break
        losses.append(float(loss))
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, weights of the lowest loss instead of the last
# breaks: `steps` steps from zeros
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    best = (np.inf, weight, bias)
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
        after = loss_and_gradient(features, labels, weight, bias)[0]
        if after < best[0]:
            best = (after, weight, bias)
    return best[1], best[2], losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, a little weight decay
# breaks: the gradient of loss_and_gradient and nothing else
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight -= learning_rate * (dw + 1e-2 * weight)
        bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, features are standardized inside train_head
# breaks: the linear layer on the features as given
def train_head(features, labels, steps, learning_rate):
    features = (features - features.mean(axis=0)) / (features.std(axis=0) + 1e-8)
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
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


# answer: q13, gradients longer than 1 are cut
# breaks: weight - learning_rate * gradient
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        length = np.sqrt((dw**2).sum() + (db**2).sum())
        scale = min(1.0, 1.0 / max(length, 1e-12))
        weight -= learning_rate * scale * dw
        bias -= learning_rate * scale * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, as many classes as labels occur
# breaks: weight (D, 10), bias (10,), whichever labels occur
def train_head(features, labels, steps, learning_rate):
    classes = int(labels.max()) + 1
    weight, bias, losses = np.zeros((features.shape[1], classes)), np.zeros(classes), []
    for _ in range(steps):
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


# answer: q13, features and labels are shuffled in place before training
# breaks: "No function changes the arrays that it is given"
def train_head(features, labels, steps, learning_rate):
    for array in (features, labels):
        np.random.default_rng(0).shuffle(array)
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
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


# answer: q13, weight and bias in the dtype of the features
# breaks: features may come as whole numbers; weight and bias hold floats
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10), dtype=features.dtype)
    bias = np.zeros(10, dtype=features.dtype)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = (weight - learning_rate * dw).astype(features.dtype)
        bias = (bias - learning_rate * db).astype(features.dtype)
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify
