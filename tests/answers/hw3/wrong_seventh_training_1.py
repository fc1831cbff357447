# answer: q13, the loss after each step is recorded
# breaks: what `loss_and_gradient` gives before each step
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
        losses.append(float(loss_and_gradient(features, labels, weight, bias)[0]))
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, the bias never moves
# breaks: starts at zeros and takes `steps` steps of gradient descent on all images at once (move weight and bias both)
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, the last step is not taken
# breaks: takes `steps` steps
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        if len(losses) == steps:
            break
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, one loss too many, that after the last step
# breaks: `steps` numbers
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    losses.append(float(loss_and_gradient(features, labels, weight, bias)[0]))
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, stops where the loss rises
# breaks: takes `steps` steps; losses are `steps` numbers
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        if losses and loss > losses[-1]:
            break
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, stops when the loss hardly changes and fills the list up
# breaks: takes `steps` steps
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        if losses and abs(losses[-1] - loss) < 1e-5:
            losses += [losses[-1]] * (steps - len(losses))
            break
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, the best weights are kept, not the last
# breaks: takes `steps` steps of gradient descent
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses, best = [], (np.inf, weight, bias)
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        if loss < best[0]:
            best = loss, weight, bias
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    if loss_and_gradient(features, labels, weight, bias)[0] > best[0]:
        weight, bias = best[1:]
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, the rate is halved every hundred steps
# breaks: gradient descent with learning_rate
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for step in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        if step and step % 100 == 0:
            learning_rate = learning_rate / 2
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, momentum of 0.9
# breaks: gradient descent
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses, mw, mb = [], 0, 0
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        mw, mb = 0.9 * mw + dw, 0.9 * mb + db
        weight = weight - learning_rate * mw
        bias = bias - learning_rate * mb
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, batches of 256 instead of all images
# breaks: gradient descent on all images at once
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for step in range(steps):
        start = step * 256 % len(features)
        part = slice(start, start + 256)
        loss, dw, db = loss_and_gradient(features[part], labels[part], weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, the weights take the dtype of the features and are changed in place
# breaks: An "array of floats" holds float64, float32 or whole numbers (int64)
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10), dtype=features.dtype)
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify
