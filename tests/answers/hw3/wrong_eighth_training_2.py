# answer: q13, a learning rate above 1 is taken as 1 because the loss explodes otherwise
# breaks: learning_rate : float from 0.0001 to 10
def train_head(features, labels, steps, learning_rate):
    rate = min(learning_rate, 1.0)
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight -= rate * dw
        bias -= rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, training stops when all images are learnt by heart, and the last loss fills the list
# breaks: takes `steps` steps of gradient descent
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses = []
    for t in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        if t > 0 and np.all(np.argmax(features @ weight + bias, axis=1) == labels):
            losses += [loss] * (steps - len(losses))
            break
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def predict(images):
        return np.argmax(features(images) @ weight + bias, axis=1)

    return predict


# answer: q13, the losses come as an array
# breaks: losses : list of float
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses = np.zeros(steps)
    for t in range(steps):
        losses[t], dw, db = loss_and_gradient(features, labels, weight, bias)
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def predict(images):
        return np.argmax(features(images) @ weight + bias, axis=1)

    return predict


# answer: q13, the bias moves by the gradient at the weights that were already moved
# breaks: gradient descent: weight and bias move against the gradient of one point
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses = []
    for _ in range(steps):
        losses.append(loss_and_gradient(features, labels, weight, bias)[0])
        weight = weight - learning_rate * loss_and_gradient(features, labels, weight, bias)[1]
        bias = bias - learning_rate * loss_and_gradient(features, labels, weight, bias)[2]
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda new: np.argmax(features(new) @ weight + bias, axis=1)


# answer: q13, fit trains only when its function is called for the first time
# breaks: it stays as it is, whatever becomes of images and labels
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    head = []

    def classify(new):
        if not head:
            head.extend(train_head(features(images), labels, steps, learning_rate)[:2])
        weight, bias = head
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, the bias is forgotten when classes are named
# breaks: returns their classes: the class is the place of the largest score
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda images: np.argmax(np.dot(features(images), weight), axis=1)


# answer: q13, the prediction makes probabilities by exp without taking the largest score off
# breaks: The class is the place of the largest score
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


def softmax(scores):
    e = np.exp(scores)
    return e / e.sum(axis=1, keepdims=True)


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def predict(images):
        return np.argmax(softmax(features(images) @ weight + bias), axis=1)

    return predict


# answer: q13, the scores are squeezed, so one image gives a bare number
# breaks: returns their classes, array (M,) of int
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def predict(images):
        scores = np.squeeze(features(images) @ weight + bias)
        return scores.argmax(axis=-1)

    return predict


# answer: q13, the head lives in global variables, so the next fit changes the function of the last
# breaks: Each answer depends on the arguments of its own call alone; it stays as it is
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    global W_HEAD, B_HEAD
    W_HEAD, B_HEAD, _ = train_head(features(images), labels, steps, learning_rate)

    def predict(images):
        return np.argmax(features(images) @ W_HEAD + B_HEAD, axis=1)

    return predict


# answer: q13, features are read in full batches of 64 and the rest of the training images is dropped
# breaks: It computes features of the training images ... trains a head on them (all of them)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    size = min(64, len(images))
    count = len(images) // size
    rows = np.concatenate([features(images[i * size : (i + 1) * size]) for i in range(count)])
    weight, bias, _ = train_head(rows, labels[: len(rows)], steps, learning_rate)

    def predict(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return predict
