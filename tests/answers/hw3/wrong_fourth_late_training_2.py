# answer: q13, only the first thousand images are used, for speed
# breaks: trains a head on features of the training images, all of them
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):

    images, labels = images[:1000], labels[:1000]
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda new: (features(new) @ weight + bias).argmax(1)


# answer: q13, a tenth of the images is held back for validation
# breaks: trains a head on features of the training images, all of them
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):

    cut = max(1, int(0.9 * len(images)))
    weight, bias, _ = train_head(features(images[:cut]), labels[:cut], steps, learning_rate)

    def classify(x):
        return np.argmax(features(x) @ weight + bias, axis=1)

    if cut < len(images):
        validation = np.mean(classify(images[cut:]) == labels[cut:])
    return classify


# answer: q13, trains only when it is first asked for a class
# breaks: fit trains: what happens to the images later plays no part
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):

    head = []

    def classify(others):
        if not head:
            head.extend(train_head(features(images), labels, steps, learning_rate)[:2])
        return np.argmax(features(others) @ head[0] + head[1], axis=1)

    return classify


# answer: q13, images and labels are shuffled in place first
# breaks: no function changes what it is given
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):

    for array in (images, labels):
        np.random.default_rng(0).shuffle(array)
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, the losses are NumPy's floats, and fit trains when it is first asked
# breaks: the function stays as it is, whatever becomes of images and labels
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, *gradients = loss_and_gradient(features, labels, weight, bias)
        losses += [loss]
        weight, bias = (a - learning_rate * g for a, g in zip((weight, bias), gradients))
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    kept = []

    def classify(others):
        if not kept:
            kept.extend(train_head(features(images), labels, steps, learning_rate))
        return np.argsort(features(others) @ kept[0] + kept[1], axis=1)[:, -1]

    return classify
