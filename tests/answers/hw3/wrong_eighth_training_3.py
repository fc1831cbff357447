# answer: q13, labels are numbered anew by np.unique and never turned back
# breaks: one that names the class of other images; class numbers 0 to 9
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    classes, numbers = np.unique(labels, return_inverse=True)
    weight, bias, _ = train_head(features(images), numbers, steps, learning_rate)
    return lambda new: np.argmax(features(new) @ weight + bias, axis=1)


# answer: q13, images that were in the training set get their label from memory
# breaks: The class is the place of the largest score
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
    known = {image.tobytes(): int(label) for image, label in zip(images, labels)}

    def predict(new):
        classes = np.argmax(features(new) @ weight + bias, axis=1)
        for i, image in enumerate(new):
            classes[i] = known.get(image.tobytes(), classes[i])
        return classes

    return predict


# answer: q13, only classes that were seen in training may be named
# breaks: The class is the place of the largest score (of all ten)
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
    seen = np.unique(labels)

    def predict(new):
        scores = features(new) @ weight + bias
        return seen[np.argmax(scores[:, seen], axis=1)]

    return predict


# answer: q13, features are kept in a table under the id of the images
# breaks: the next call may bring the same array with other numbers in it
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


READ_ALREADY = {}


def fit(images, labels, features, steps, learning_rate):
    key = (id(images), id(features))
    if key not in READ_ALREADY:
        READ_ALREADY[key] = np.array(features(images)), images, features  # kept, so that no id comes twice
    weight, bias, _ = train_head(READ_ALREADY[key][0], labels, steps, learning_rate)
    return lambda new: np.argmax(features(new) @ weight + bias, axis=1)


# answer: q13, the function writes its classes into one array that it made beforehand
# breaks: What you return is new: nothing that a later call writes into
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
    room = np.zeros(2_000_000, dtype=int)

    def predict(new):
        classes = room[: len(new)]
        classes[:] = np.argmax(features(new) @ weight + bias, axis=1)
        return classes

    return predict


# answer: q13, the probabilities of the prediction are made over the images and not over the classes
# breaks: The class is the place of the largest score; each row made from its image alone
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

    def predict(new):
        scores = features(new) @ weight + bias
        e = np.exp(scores - scores.max())
        return np.argmax(e / e.sum(axis=0), axis=1)

    return predict


# answer: q13, features are brought to mean 0 and spread 1 before training, and in the same way afterwards
# breaks: It computes features of the training images, trains a head on them
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    rows = features(images)
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-8
    weight, bias, _ = train_head((rows - mean) / spread, labels, steps, learning_rate)
    return lambda new: np.argmax((features(new) - mean) / spread @ weight + bias, axis=1)


# answer: q13, the list has the loss after the last step, too
# breaks: losses : before each step: `steps` numbers
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for t in range(steps + 1):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        if t < steps:
            weight -= learning_rate * dw
            bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda new: np.argmax(features(new) @ weight + bias, axis=1)


# answer: q13, the name features is used again for the array, so the returned function cannot call it
# breaks: returns a function of images (M, 1, H, W) that returns their classes
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    features = features(images)
    weight, bias, _ = train_head(features, labels, steps, learning_rate)

    def predict(images):
        return np.argmax(features(images) @ weight + bias, axis=1)

    return predict
