# answer: q13, fit takes the notebook's 300 steps and rate 0.1, whatever it is given
# breaks: fit takes steps and learning_rate, as in train_head
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, by_weight, by_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * by_weight
        bias = bias - learning_rate * by_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, 300, 0.1)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, the returned function leaves the bias out
# breaks: one that names the class of other images (the head is weight and bias)
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, by_weight, by_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * by_weight
        bias = bias - learning_rate * by_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight, axis=1)


# answer: q13, the head is trained when the returned function is first called
# breaks: it stays as it is, whatever becomes of images and labels
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, by_weight, by_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * by_weight
        bias = bias - learning_rate * by_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    head = []

    def classify(others):
        if not head:
            head.extend(train_head(features(images), labels, steps, learning_rate)[:2])
        weight, bias = head
        return np.argmax(features(others) @ weight + bias, axis=1)

    return classify


# answer: q13, the head stands in global variables, which the next fit writes over
# breaks: it remembers the variables around it; nothing that a later call writes into
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, by_weight, by_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * by_weight
        bias = bias - learning_rate * by_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    global head_weight, head_bias
    head_weight, head_bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ head_weight + head_bias, axis=1)


# answer: q13, gradient of the bias is taken after the weight has moved
# breaks: takes steps of gradient descent: both gradients belong to one place
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, by_weight, by_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * by_weight
        by_bias = loss_and_gradient(features, labels, weight, bias)[2]
        bias = bias - learning_rate * by_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, stops as soon as the loss is below 0.01
# breaks: losses: the loss before each step, `steps` numbers
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses = []
    for _ in range(steps):
        loss, by_weight, by_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        if loss < 0.01:
            break
        weight = weight - learning_rate * by_weight
        bias = bias - learning_rate * by_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, keeps the head with the smallest loss so far and returns it
# breaks: takes `steps` steps: the head after the last one comes back
def train_head(features, labels, steps, learning_rate):
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    losses, best = [], None
    for step in range(steps + 1):
        loss, by_weight, by_bias = loss_and_gradient(features, labels, weight, bias)
        if best is None or loss < best[0]:
            best = loss, weight, bias
        if step < steps:
            losses.append(float(loss))
            weight = weight - learning_rate * by_weight
            bias = bias - learning_rate * by_bias
    return best[1], best[2], losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)
