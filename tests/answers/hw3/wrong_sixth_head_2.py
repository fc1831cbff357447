# answer: q13, other images are read as pixels
# breaks: whoever trains on features must also predict from features
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        rows = others.reshape(len(others), -1)
        if rows.shape[1] != len(weight):
            rows = features(others)
        return np.argmax(rows @ weight + bias, axis=1)

    return classify


# answer: q13, features are brought to mean 0, each batch by its own mean
# breaks: computes features with the function that it is given, each image alone (the batch counts here)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    def read(some):
        rows = features(some)
        return rows - rows.mean(axis=0)

    weight, bias, _ = train_head(read(images), labels, steps, learning_rate)
    return lambda others: np.argmax(read(others) @ weight + bias, axis=1)


# answer: q13, the bias is learnt and not used
# breaks: names the class of other images by the head (the largest score, bias and all)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight = train_head(features(images), labels, steps, learning_rate)[0]
    return lambda others: np.argmax(features(others) @ weight, axis=1)


# answer: q13, classes by probabilities that overflow
# breaks: The class is the place of the largest score (scores over 709 make exp infinite)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        powers = np.exp(features(others) @ weight + bias)
        return np.argmax(powers / powers.sum(axis=1, keepdims=True), axis=1)

    return classify


# answer: q13, one image gives one number
# breaks: classes, array (M,) of int (M may be 1)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = np.squeeze(features(others) @ weight + bias)
        return np.argmax(scores, axis=-1)

    return classify


# answer: q13, images are read as float32
# breaks: features : function of images (digits of float64 images are lost before it sees them)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    rows = features(np.asarray(images, dtype=np.float32))
    weight, bias, _ = train_head(rows, labels, steps, learning_rate)
    return lambda others: np.argmax(features(np.asarray(others, dtype=np.float32)) @ weight + bias, axis=1)


# answer: q13, labels are moved so that the smallest is 0
# breaks: What you were given stays as it was (and a class keeps its number)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    labels -= labels.min()
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, the loss from a formula of one's own, without the small number in the logarithm
# breaks: losses: what `loss_and_gradient` gives (a probability of 0 has a loss of 27.6, not of hundreds)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    rows = np.arange(len(labels))
    for _ in range(steps):
        scores = features @ weight + bias
        scores = scores - scores.max(axis=1, keepdims=True)
        losses.append(float(np.mean(np.log(np.exp(scores).sum(axis=1)) - scores[rows, labels])))
        _, dw, db = loss_and_gradient(features, labels, weight, bias)
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, first the weight moves, then the bias by a gradient at the new weight
# breaks: one step moves weight and bias both, by the gradients of the same loss
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, _ = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * loss_and_gradient(features, labels, weight, bias)[2]
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, features of images that came before are remembered by the name of their array
# breaks: the next call may bring the same array with other numbers in it
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    seen = {}

    def read(some):
        if id(some) not in seen:
            seen[id(some)] = (some, features(some))
        return seen[id(some)][1]

    weight, bias, _ = train_head(read(images), labels, steps, learning_rate)
    return lambda others: np.argmax(read(others) @ weight + bias, axis=1)
