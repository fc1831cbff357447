# answer: q13, classes are numbered among those seen in training
# breaks: returns their classes, array (M,) of int; class numbers 0 to 9
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * to_weight
        bias = bias - learning_rate * to_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    seen, places = np.unique(labels, return_inverse=True)
    weight, bias, _ = train_head(features(images), places, steps, learning_rate)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify


# answer: q13, one image gives a number and not an array
# breaks: returns their classes, array (M,) of int
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
        return np.argmax((features(new_images) @ weight + bias).squeeze(), axis=-1)

    return classify


# answer: q13, the largest score is looked for among the images
# breaks: The class is the place of the largest score: np.argmax(scores, axis=1)
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
        return np.argmax(features(new_images) @ weight + bias, axis=0)

    return classify


# answer: q13, the classes come as floats
# breaks: returns their classes, array (M,) of int
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
        classes = np.zeros(len(new_images))
        for n in range(len(new_images)):
            classes[n] = np.argmax(features(new_images[n : n + 1]) @ weight + bias)
        return classes

    return classify


# answer: q13, steps and rate of the notebook stand in fit
# breaks: steps, learning_rate: as in train_head
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, to_weight, to_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * to_weight
        bias = bias - learning_rate * to_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, STEPS, RATE)

    def classify(new_images):
        return np.argmax(features(new_images) @ weight + bias, axis=1)

    return classify


# answer: q13, images are handed to the features one by one without their first axis
# breaks: features : function of images (M, 1, H, W)
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
        rows = np.array([features(image).ravel() for image in new_images])
        return np.argmax(rows @ weight + bias, axis=1)

    return classify


# answer: q13, images of the training set get the label that stands beside them
# breaks: returns a function that names the class: the place of the largest score
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
    known = {image.tobytes(): label for image, label in zip(images, labels.tolist())}

    def classify(new_images):
        classes = np.argmax(features(new_images) @ weight + bias, axis=1)
        return np.array([known.get(image.tobytes(), k) for image, k in zip(new_images, classes)])

    return classify


# answer: q13, classes of an array that was asked before are kept
# breaks: the next call may bring the same array with other numbers in it
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
    asked = {}

    def classify(new_images):
        if id(new_images) not in asked:
            classes = np.argmax(features(new_images) @ weight + bias, axis=1)
            asked[id(new_images)] = new_images, classes
        return asked[id(new_images)][1].copy()

    return classify


# answer: q13, chunks of 32 images, and the rest after the last full chunk stays class 0
# breaks: returns their classes, array (M,) of int
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
        M = len(new_images)
        if M <= 32:
            return np.argmax(features(new_images) @ weight + bias, axis=1)
        classes = np.zeros(M, dtype=int)
        for start in range(0, M - 31, 32):
            part = new_images[start : start + 32]
            classes[start : start + 32] = np.argmax(features(part) @ weight + bias, axis=1)
        return classes

    return classify
