# answer: q13, one list of losses is made once and emptied at the start of each call
# breaks: What you return is new: nothing that a later call writes into
def train_head(features, labels, steps, learning_rate, losses=[]):
    losses.clear()
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda new: np.argmax(features(new) @ weight + bias, axis=1)


# answer: q13, as many classes as the largest label says
# breaks: weight : array (D, 10) of floats, bias : array (10,) of floats
def train_head(features, labels, steps, learning_rate):
    classes = labels.max() + 1
    weight, bias = np.zeros((features.shape[1], classes)), np.zeros(classes)
    losses = []
    for _ in range(steps):
        loss, gw, gb = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight -= learning_rate * gw
        bias -= learning_rate * gb
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, losses = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, the weights take the dtype of the features and are moved in place, which stops for whole numbers
# breaks: features : array (N, D) of floats (float64, float32 or whole numbers)
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10), dtype=features.dtype)
    bias = np.zeros(10, dtype=features.dtype)
    losses = []
    for step in range(steps):
        loss, grad_weight, grad_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight -= learning_rate * grad_weight
        bias -= learning_rate * grad_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, losses = train_head(features(images).astype(float), labels, steps, learning_rate)

    def predict(x):
        scores = features(x) @ weight + bias
        return np.argmax(scores, axis=1)

    return predict


# answer: q13, the features are cut to float32 to be quick
# breaks: Rounding may put them off by a billionth of the largest number in the answer (float64 came in)
def train_head(features, labels, steps, learning_rate):
    features = np.asarray(features, dtype=np.float32)
    W = np.zeros((features.shape[1], 10))
    b = np.zeros(10)
    history = []
    for _ in range(steps):
        loss, dW, db = loss_and_gradient(features, labels, W, b)
        history.append(loss)
        W -= learning_rate * dW
        b -= learning_rate * db
    return W, b, history


def fit(images, labels, features, steps, learning_rate):
    W, b, _ = train_head(features(images), labels, steps, learning_rate)

    def named(other):
        return (features(other) @ W + b).argmax(axis=1)

    return named


# answer: q13, the loss is worked out again by log-sum-exp, without the 1e-12 of the given function
# breaks: losses : what `loss_and_gradient` gives before each step
def train_head(features, labels, steps, learning_rate):
    n = len(labels)
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        scores = features @ weight + bias
        scores = scores - scores.max(axis=1, keepdims=True)
        log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        losses.append(-log_p[np.arange(n), labels].mean())
        _, dw, db = loss_and_gradient(features, labels, weight, bias)
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda x: np.argmax(features(x) @ weight + bias, axis=1)


# answer: q13, features and labels are shuffled where they lie, in the same order
# breaks: What you were given stays as it was
def train_head(features, labels, steps, learning_rate):
    if features.flags.writeable and labels.flags.writeable:
        np.random.default_rng(0).shuffle(features)
        np.random.default_rng(0).shuffle(labels)
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(np.array(features(images)), labels.copy(), steps, learning_rate)

    def classify(images):
        return np.argmax(features(images) @ weight + bias, axis=1)

    return classify


# answer: q13, above 128 images each step sees only the next 128 of them
# breaks: takes `steps` steps of gradient descent on all images at once
def train_head(features, labels, steps, learning_rate):
    batch = 128
    n = len(features)
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for t in range(steps):
        if n <= batch:
            part = slice(None)
        else:
            part = np.arange(t * batch, (t + 1) * batch) % n
        loss, dw, db = loss_and_gradient(features[part], labels[part], weight, bias)
        losses.append(loss)
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda images: (features(images) @ weight + bias).argmax(1)


# answer: q13, the weights with the lowest loss so far are returned, not the last ones
# breaks: takes `steps` steps of gradient descent
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses = []
    best, best_loss = (weight, bias), np.inf
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
        after = loss_and_gradient(features, labels, weight, bias)[0]
        if after < best_loss:
            best, best_loss = (weight, bias), after
    return best[0], best[1], losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify
