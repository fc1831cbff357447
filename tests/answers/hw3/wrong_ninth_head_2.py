# answer: q13, the head is trained on the first call of the classifier
# breaks: it stays as it is, whatever becomes of images and labels
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    head = []

    def classify(others):
        if not head:
            head.extend(train_head(features(images), labels, steps, learning_rate)[:2])
        return np.argmax(features(others) @ head[0] + head[1], axis=1)

    return classify


# answer: q13, weight and bias of the classifier are global, so the next fit changes it
# breaks: the function that fit returns stays as it is; it depends on its own call alone
def train_head(features, labels, steps, learning_rate):
    global W, B
    W = np.zeros((features.shape[1], 10))
    B = np.zeros(10)
    losses = []
    for i in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, W, B)
        losses.append(loss)
        W = W - learning_rate * dw
        B = B - learning_rate * db
    return W, B, losses


def fit(images, labels, features, steps, learning_rate):
    train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ W + B, axis=1)

    return classify


# answer: q13, one image alone gets a number and no array, because of squeeze
# breaks: returns their classes, array (M,) of int
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(np.squeeze(features(others) @ weight + bias), axis=-1)


# answer: q13, the classifier compares probabilities, made by exp without taking the maximum off
# breaks: it names the class of other images: the place of the largest score, also where scores are large
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        e = np.exp(features(others) @ weight + bias)
        return np.argmax(e / e.sum(axis=1, keepdims=True), axis=1)

    return classify


# answer: q13, features are centred, with the mean of whichever images were handed in
# breaks: Read the same way: whoever trains on features must also predict from features (of each image alone)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    def read(some):
        rows = features(some)
        return rows - rows.mean(axis=0)

    weight, bias, _ = train_head(read(images), labels, steps, learning_rate)
    return lambda others: np.argmax(read(others) @ weight + bias, axis=1)


# answer: q13, the classifier gives back only classes that it numbered itself, by their order in the labels
# breaks: returns their classes (class numbers 0 to 9)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    _, numbers = np.unique(labels, return_inverse=True)
    weight, bias, _ = train_head(features(images), numbers, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, the step is taken with the sum over the images for the bias, the mean for the weight
# breaks: gradient descent with loss_and_gradient from above, one rate for weight and bias
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db * len(labels)
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)
