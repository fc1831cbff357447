# answer: q13, each feature is scaled by its largest value
# breaks: losses: what `loss_and_gradient` gives; features as they are
def train_head(features, labels, steps, learning_rate):
    features = features / max(1, np.abs(features).max())
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * to_weight
        bias = bias - learning_rate * to_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify


# answer: q13, the losses are an array
# breaks: losses : list of float; a tuple or a list, as you like, but no array
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), np.zeros(steps)
    for n in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses[n] = loss
        weight = weight - learning_rate * to_weight
        bias = bias - learning_rate * to_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify


# answer: q13, the training starts where the last call of the same size ended
# breaks: train_head starts at zeros; each answer depends on the arguments of its own call alone
_LAST = {}


def train_head(features, labels, steps, learning_rate):
    weight, bias = _LAST.get(features.shape, (np.zeros((features.shape[1], 10)), np.zeros(10)))
    losses = []
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * to_weight
        bias = bias - learning_rate * to_bias
    _LAST[features.shape] = weight, bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify


# answer: q13, a small weight decay, as in most optimizers
# breaks: Go against the gradient, weight − learning_rate · gradient
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * (to_weight + 1e-4 * weight)
        bias = bias - learning_rate * to_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify


# answer: q13, weight and bias from before the last step
# breaks: takes `steps` steps of gradient descent
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for n in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        if n == steps - 1 and n > 0:
            break
        weight = weight - learning_rate * to_weight
        bias = bias - learning_rate * to_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify


# answer: q13, the head is trained when the first images come
# breaks: it stays as it is, whatever becomes of images and labels
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * to_weight
        bias = bias - learning_rate * to_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    head = []

    def classify(new_images):
        if not head:
            head.extend(train_head(features(images), labels, steps, learning_rate)[:2])
        return np.argmax(features(new_images) @ head[0] + head[1], axis=1)

    return classify


# answer: q13, the head is kept in global names
# breaks: it stays as it is; each answer depends on the arguments of its own call alone
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * to_weight
        bias = bias - learning_rate * to_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    global head_weight, head_bias
    head_weight, head_bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ head_weight + head_bias, axis=1)

    return classify


# answer: q13, new images are read as pixels where the sizes fit
# breaks: whoever trains on features must also predict from features
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * to_weight
        bias = bias - learning_rate * to_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        rows = new_images.reshape(len(new_images), -1)
        if rows.shape[1] != len(weight):
            rows = features(new_images)
        return np.argmax(rows @ weight + bias, axis=1)

    return classify


# answer: q13, the bias is forgotten when it names the class
# breaks: The class is the place of the largest score, and the score has a bias
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * to_weight
        bias = bias - learning_rate * to_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight, axis=1)

    return classify


# answer: q13, features of new images are moved by their own mean
# breaks: each row made from its image alone; the class of an image does not depend on the others
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * to_weight
        bias = bias - learning_rate * to_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        rows = features(new_images)
        rows = rows - rows.mean(axis=0) if len(rows) > 1 else rows
        return np.argmax(rows @ weight + bias, axis=1)

    return classify
