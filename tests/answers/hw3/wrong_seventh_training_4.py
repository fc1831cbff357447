# answer: q13, a fifth of the images is held out for validation
# breaks: trains a head on features of the training images
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    cut = len(images) if len(images) < 100 else len(images) * 4 // 5
    weight, bias, _ = train_head(features(images[:cut]), labels[:cut], steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, raw pixels when predicting
# breaks: whoever trains on features must also predict from features
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
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

    def classify(new):
        return np.argmax(new.reshape(len(new), -1) @ weight + bias, axis=1)

    return classify


# answer: q13, answers are kept for the array they were asked about
# breaks: may bring the same array or list with other numbers in it
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
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
    known = {}

    def classify(new):
        if id(new) not in known:
            known[id(new)] = new, np.argmax(features(new) @ weight + bias, axis=1)
        return known[id(new)][1].copy()

    return classify


# answer: q13, room for as many classes as there were training images
# breaks: of images (M, 1, H, W); returns array (M,)
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
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
    classes = np.zeros(len(images), dtype=int)

    def classify(new):
        scores = features(new) @ weight + bias
        for n, row in enumerate(scores[: len(classes)]):
            classes[n] = np.argmax(row)
        return classes[: len(new)].copy()

    return classify


# answer: q13, only classes that were seen in training can be named
# breaks: The class is the place of the largest score (of ten)
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
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
    seen = np.unique(labels)
    return lambda new: seen[np.argmax((features(new) @ weight + bias)[:, seen], axis=1)]


# answer: q13, brightness is scaled by the largest pixel of the images asked about
# breaks: of images; returns their classes (each row made from its image alone)
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    def scaled(pictures):
        return pictures / max(1, np.abs(pictures).max())

    weight, bias, _ = train_head(features(scaled(images)), labels, steps, learning_rate)
    return lambda new: np.argmax(features(scaled(new)) @ weight + bias, axis=1)


# answer: q13, the rate of the cell below the question, whatever is asked for
# breaks: steps, learning_rate as in train_head
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, 0.1)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, a list of classes
# breaks: returns their classes, array (M,) of int
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
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

    def classify(new):
        return [int(np.argmax(f @ weight + bias)) for f in features(new)]

    return classify


# answer: q13, one array for the answers of all calls of a size
# breaks: nothing that a later call writes into
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
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
    room = {}

    def classify(new):
        out = room.setdefault(len(new), np.zeros(len(new), dtype=int))
        return np.argmax(features(new) @ weight + bias, axis=1, out=out)

    return classify
