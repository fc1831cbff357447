# answer: q13, the losses are rounded to four digits
# breaks: the loss before each step
def train_head(features, labels, steps, learning_rate):

    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for step in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(round(float(loss), 4))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses



def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, as many classes as the largest label says
# breaks: weight (D, 10): ten classes whatever the labels
def train_head(features, labels, steps, learning_rate):

    classes = int(labels.max()) + 1
    weight, bias, losses = np.zeros((features.shape[1], classes)), np.zeros(classes), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight, bias, losses



def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, the loss is taken after each step
# breaks: the loss before each step
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
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, weight and bias are global, so the second fit overwrites the first
# breaks: the returned function remembers its own head
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


WEIGHT, BIAS = None, None


def fit(images, labels, features, steps, learning_rate):

    global WEIGHT, BIAS
    WEIGHT, BIAS, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(images):
        return (features(images) @ WEIGHT + BIAS).argmax(axis=1)

    return classify


# answer: q13, new images are standardised by their own mean and spread
# breaks: whoever trains on features predicts from features, each image by itself
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):

    def read(pictures):
        f = features(pictures).astype(float)
        return (f - f.mean(axis=0)) / (f.std(axis=0) + 1e-8)

    weight, bias, _ = train_head(read(images), labels, steps, learning_rate)

    def classify(pictures):
        return np.argmax(read(pictures) @ weight + bias, axis=1)

    return classify


# answer: q13, one image gives one number
# breaks: classes, array (M,)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
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


# answer: q13, the classes are worked out image by image, without the first axis
# breaks: features is a function of images (M, 1, H, W)
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):

    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.array([np.argmax(features(image) @ weight + bias) for image in others])

    return classify


# answer: q13, the bias is forgotten when predicting
# breaks: predict with the head that was trained, weight and bias
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):

    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight, axis=1)

    return classify
