# answer: q13, the loss is noted after each step
# breaks: losses: what `loss_and_gradient` gives before each step
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        weight = weight - learning_rate * to_weight
        bias = bias - learning_rate * to_bias
        losses.append(float(loss_and_gradient(features, labels, weight, bias)[0]))
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify


# answer: q13, it stops where the loss grows
# breaks: a rate that is too large lets the loss grow, and the steps go on
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        if len(losses) > 1 and losses[-1] > losses[-2]:
            losses += [losses[-1]] * (steps - len(losses))
            break
        weight = weight - learning_rate * to_weight
        bias = bias - learning_rate * to_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify


# answer: q13, it stops where the loss hardly changes any more
# breaks: losses: `steps` numbers; takes `steps` steps of gradient descent
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        if len(losses) > 1 and abs(losses[-1] - losses[-2]) < 1e-5:
            break
        weight = weight - learning_rate * to_weight
        bias = bias - learning_rate * to_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify


# answer: q13, bias is moved by the gradient at the new weights
# breaks: takes steps of gradient descent on weight and bias: move both by the gradient at one place
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * to_weight
        to_bias = loss_and_gradient(features, labels, weight, bias)[2]
        bias = bias - learning_rate * to_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify


# answer: q13, long gradients are cut to length 1
# breaks: Go against the gradient, weight − learning_rate · gradient
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        length = np.sqrt((to_weight**2).sum() + (to_bias**2).sum())
        if length > 1:
            to_weight, to_bias = to_weight / length, to_bias / length
        weight = weight - learning_rate * to_weight
        bias = bias - learning_rate * to_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify


# answer: q13, as many columns as there are classes among the labels
# breaks: weight : array (D, 10) of floats
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], labels.max() + 1)), np.zeros(labels.max() + 1), []
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


# answer: q13, the head is kept in float32 for speed
# breaks: Floats: float64 where an array of float64 came in
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10), np.float32), np.zeros(10, np.float32), []
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight -= np.float32(learning_rate) * to_weight.astype(np.float32)
        bias -= np.float32(learning_rate) * to_bias.astype(np.float32)
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify


# answer: q13, a step of momentum
# breaks: takes `steps` steps of gradient descent: weight − learning_rate · gradient
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    pace = 0
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        pace = 0.9 * pace + to_weight
        weight = weight - learning_rate * pace
        bias = bias - learning_rate * to_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify


# answer: q13, the gradient is divided by the number of images once more
# breaks: Go against the gradient, weight − learning_rate · gradient
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * to_weight / len(labels)
        bias = bias - learning_rate * to_bias / len(labels)
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify


# answer: q13, weights of the best loss seen are returned
# breaks: weight, bias: after `steps` steps, also where the loss grows
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    best, kept = np.inf, None
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        if loss < best:
            best, kept = loss, (weight, bias)
        weight = weight - learning_rate * to_weight
        bias = bias - learning_rate * to_bias
    if loss_and_gradient(features, labels, weight, bias)[0] < best:
        kept = weight, bias
    return *kept, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify


# answer: q13, ten equal parts of the images, one after the other
# breaks: takes `steps` steps of gradient descent on all images at once
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    parts = max(1, len(labels) // 10)
    for n in range(steps):
        some = slice(n % parts, None, parts)
        loss = loss_and_gradient(features, labels, weight, bias)[0]
        _, to_weight, to_bias = loss_and_gradient(features[some], labels[some], weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * to_weight
        bias = bias - learning_rate * to_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify
