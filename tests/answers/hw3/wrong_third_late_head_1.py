# answer: q13, the weights start at small random numbers
# breaks: starts at zeros; the first loss is log 10
def train_head(features, labels, steps, learning_rate):
    rng = np.random.default_rng(0)
    weight = 0.01 * rng.normal(size=(features.shape[1], 10))
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
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, the loss is recorded after the step
# breaks: "the loss before each step"
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        _, dw, db = loss_and_gradient(features, labels, weight, bias)
        weight -= learning_rate * dw
        bias -= learning_rate * db
        losses.append(float(loss_and_gradient(features, labels, weight, bias)[0]))
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, the loss after the last step is added
# breaks: `steps` numbers
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight -= learning_rate * dw
        bias -= learning_rate * db
    losses.append(float(loss_and_gradient(features, labels, weight, bias)[0]))
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, one step too few: no step follows the last loss
# breaks: takes `steps` steps
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for step in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        if step == steps - 1:
            break
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, the bias is never moved
# breaks: "move weight and bias both"
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, gradient, _ = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * gradient
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, the bias takes a second gradient, after the weight has moved
# breaks: one step of gradient descent moves both by the gradient at one place
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, _ = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        db = loss_and_gradient(features, labels, weight, bias)[2]
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, batches of 32 images, one after the other
# breaks: gradient descent on all images at once
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    at = 0
    for _ in range(steps):
        losses.append(float(loss_and_gradient(features, labels, weight, bias)[0]))
        batch = np.arange(at, at + min(32, len(labels))) % len(labels)
        _, dw, db = loss_and_gradient(features[batch], labels[batch], weight, bias)
        weight -= learning_rate * dw
        bias -= learning_rate * db
        at += 32
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, the losses as an array
# breaks: losses is a list of float
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses = np.zeros(steps)
    for step in range(steps):
        losses[step], dw, db = loss_and_gradient(features, labels, weight, bias)
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify
