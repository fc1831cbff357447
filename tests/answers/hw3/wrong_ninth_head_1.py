# answer: q13, a head that was worse at the end is not returned, but the best one on the way
# breaks: one that is too large lets the loss grow, and the steps go on
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses, best = [], np.inf
    kept = weight, bias
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
        if loss < best:
            best, kept = loss, (weight, bias)
    return *kept, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, stops when the loss grows
# breaks: one that is too large lets the loss grow, and the steps go on
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for step in range(steps):
        loss, grad_w, grad_b = loss_and_gradient(features, labels, weight, bias)
        if losses and loss > 2 * losses[-1]:
            break
        losses.append(loss)
        weight -= learning_rate * grad_w
        bias -= learning_rate * grad_b
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    w, b, losses = train_head(features(images), labels, steps, learning_rate)

    def predict(new):
        return (features(new) @ w + b).argmax(axis=1)

    return predict


# answer: q13, as many classes as the largest label says
# breaks: weight : array (D, 10) of floats (class numbers 0 to 9, not all of which need be there)
def train_head(features, labels, steps, learning_rate):
    classes = max(labels.max() + 1, 2)
    weight, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, weight and bias take over the dtype of the features
# breaks: features : array of floats, which may hold whole numbers (int64)
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10), dtype=features.dtype)
    bias = np.zeros(10, dtype=features.dtype)
    losses = []
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


# answer: q13, above 200 images only a slice of 200 is taken for each step
# breaks: takes `steps` steps of gradient descent on all images at once
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    size, start = min(200, len(features)), 0
    for _ in range(steps):
        if start + size > len(features):
            start = 0
        x, y = features[start : start + size], labels[start : start + size]
        loss, dw, db = loss_and_gradient(x, y, weight, bias)
        losses.append(float(loss))
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
        start += size
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, the list of losses is a default argument that grows from call to call
# breaks: losses: `steps` numbers; each answer depends on the arguments of its own call alone
def train_head(features, labels, steps, learning_rate, losses=[]):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate, [])
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)
