# answer: q13, steps and rate of the notebook instead of the arguments
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


def fit(images, labels, features, steps=300, learning_rate=0.1):
    STEPS, RATE = 300, 0.1
    weight, bias, _ = train_head(features(images), labels, STEPS, RATE)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, the classes come as floats
# breaks: array (M,) of int
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

    def classify(others):
        classes = np.zeros(len(others))
        for m, scores in enumerate(features(others) @ weight + bias):
            classes[m] = np.argmax(scores)
        return classes

    return classify


# answer: q13, the features are standardized with the numbers of whatever batch comes
# breaks: each image has a class of its own, whichever others stand beside it
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
    def standard(rows):
        return (rows - rows.mean(axis=0)) / (rows.std(axis=0) + 1e-6)

    weight, bias, _ = train_head(standard(features(images)), labels, steps, learning_rate)
    return lambda others: np.argmax(standard(features(others)) @ weight + bias, axis=1)


# answer: q13, a fifth of the images is kept back for validation
# breaks: trains on the training images, all of them
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
    keep = len(images) - len(images) // 5
    weight, bias, _ = train_head(features(images[:keep]), labels[:keep], steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, labels are numbered anew, and the answer is the new number
# breaks: returns the classes of the images
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
    names, numbers = np.unique(labels, return_inverse=True)
    weight, bias, _ = train_head(features(images), numbers, steps, learning_rate)
    return lambda others: np.argmax((features(others) @ weight + bias)[:, : len(names)], axis=1)


# answer: q13, squeezed: the class of one image is a bare number
# breaks: array (M,) of int, also for M = 1
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

    def classify(others):
        scores = np.squeeze(features(others) @ weight + bias)
        return np.argmax(scores, axis=-1)

    return classify


# answer: q13, the features are computed image by image, without the axis of the images
# breaks: features is a function of images (M, 1, H, W)
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
    def rows(some):
        return np.array([features(image).ravel() for image in some])

    weight, bias, _ = train_head(rows(images), labels, steps, learning_rate)
    return lambda others: np.argmax(rows(others) @ weight + bias, axis=1)


# answer: q13, the first prediction is kept for ever
# breaks: a function of other images, each time anew
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
    seen = {}

    def classify(others):
        if len(others) not in seen:
            seen[len(others)] = np.argmax(features(others) @ weight + bias, axis=1)
        return seen[len(others)]

    return classify
