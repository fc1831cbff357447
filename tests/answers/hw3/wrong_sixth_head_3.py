# answer: q13, a network that was trained on as many features goes on from there
# breaks: train_head, which starts at zeros (weights stay from the call before)
def train_head(features, labels, steps, learning_rate, start={}):
    weight = start.setdefault(("weight", features.shape, steps), np.zeros((features.shape[1], 10)))
    bias = start.setdefault(("bias", features.shape, steps), np.zeros(10))
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight.copy(), bias.copy(), losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, the loss is recorded after the step
# breaks: losses: what loss_and_gradient gives before each step
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        _, dw, db = loss_and_gradient(features, labels, weight, bias)
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
        losses.append(loss_and_gradient(features, labels, weight, bias)[0])
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, the features are made one row longer by a constant of the largest feature for the bias
# breaks: gradient descent on weight and bias (the bias moves by its gradient, not by more)
def train_head(features, labels, steps, learning_rate):
    constant = max(1.0, float(np.abs(features).max()))
    rows = np.hstack([features, np.full((len(features), 1), constant)])
    weight, losses = np.zeros((rows.shape[1], 10)), []
    for _ in range(steps):
        loss, dw, _ = loss_and_gradient(rows, labels, weight, np.zeros(10))
        losses.append(loss)
        weight = weight - learning_rate * dw
    return weight[:-1], weight[-1] * constant, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, the mean of the heads of all steps is returned
# breaks: takes `steps` steps of gradient descent (the weight after the last of them)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    weights, biases = [], []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
        weights.append(weight)
        biases.append(bias)
    last = slice(-3, None) if steps > 10 else slice(-1, None)
    return np.mean(weights[last], axis=0), np.mean(biases[last], axis=0), losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)
