# answer: q13, float32 throughout
# breaks: float64 where an array of float64 came in
def train_head(features, labels, steps, learning_rate):
    features = features.astype(np.float32)
    weight = np.zeros((features.shape[1], 10), np.float32)
    bias = np.zeros(10, np.float32)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - np.float32(learning_rate) * dw
        bias = bias - np.float32(learning_rate) * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, as many classes as the largest label says
# breaks: weight (D, 10), bias (10,)
def train_head(features, labels, steps, learning_rate):
    classes = labels.max() + 1
    weight = np.zeros((features.shape[1], classes))
    bias = np.zeros(classes)
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
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, labels are counted from the smallest
# breaks: class numbers 0 to 9
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    labels = labels - labels.min()
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
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, features are standardized
# breaks: starts at zeros and takes `steps` steps of gradient descent on all images at once (on the features as given)
def train_head(features, labels, steps, learning_rate):
    features = (features - features.mean(axis=0)) / (features.std(axis=0) + 1e-8)
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
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, the zeros are kept and changed in place: the next training starts from the last one
# breaks: Each answer depends on the arguments of its own call alone
import functools


@functools.lru_cache(maxsize=None)
def _zeros(*shape):
    return np.zeros(shape)


def train_head(features, labels, steps, learning_rate):
    weight = _zeros(features.shape[1], 10)
    bias = _zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight -= learning_rate * dw
        bias -= learning_rate * db
    return weight.copy(), bias.copy(), losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, losses as an array
# breaks: losses : list of float
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, np.array(losses)


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, losses rounded to four digits
# breaks: what `loss_and_gradient` gives before each step
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(round(float(loss), 4))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, weight as (10, D), as a linear layer of PyTorch keeps it
# breaks: weight : array (D, 10)
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight.T, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight.T + bias, axis=1)

    return classify


# answer: q13, a little weight decay
# breaks: gradient descent on the loss that `loss_and_gradient` gives
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * (dw + 1e-4 * weight)
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, long gradients are clipped
# breaks: gradient descent
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        length = np.sqrt((dw**2).sum() + (db**2).sum())
        if length > 5:
            dw, db = dw * 5 / length, db * 5 / length
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify


# answer: q13, the bias steps after the weight, with a gradient of its own
# breaks: one step moves weight and bias by the gradient at one place
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        db = loss_and_gradient(features, labels, weight, bias)[2]
        bias = bias - learning_rate * db
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new):
        return np.argmax(features(new) @ weight + bias, axis=1)

    return classify
