# answer: q13, the learning rate is halved every hundred steps
# breaks: steps of gradient descent at learning_rate
def train_head(features, labels, steps, learning_rate):

    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for step in range(steps):
        if step > 0 and step % 100 == 0:
            learning_rate = learning_rate / 2
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses



def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, a little weight decay
# breaks: gradient descent with loss_and_gradient from above
def train_head(features, labels, steps, learning_rate):

    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight -= learning_rate * (dw + 1e-2 * weight)
        bias -= learning_rate * db
    return weight, bias, losses



def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, mini-batches of 64
# breaks: on all images at once
def train_head(features, labels, steps, learning_rate):

    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    n, batch = len(features), 64
    for step in range(steps):
        start = (step * batch) % n
        part = slice(start, start + batch) if n > batch else slice(None)
        loss, dw, db = loss_and_gradient(features[part], labels[part], weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses



def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, stops when the loss hardly falls any more
# breaks: losses: `steps` numbers
def train_head(features, labels, steps, learning_rate):

    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        if losses and abs(losses[-1] - loss) < 1e-5:
            break  # converged
        losses.append(float(loss))
        weight = weight - learning_rate * dw
        bias = bias - learning_rate * db
    return weight, bias, losses



def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, the best weights on the way are returned, not the last
# breaks: takes `steps` steps and returns where they end
def train_head(features, labels, steps, learning_rate):

    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    best, best_loss = None, np.inf
    for step in range(steps + 1):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        if loss < best_loss:
            best, best_loss = (weight.copy(), bias.copy()), loss
        if step < steps:
            losses.append(float(loss))
            weight = weight - learning_rate * dw
            bias = bias - learning_rate * db
    return best[0], best[1], losses



def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, long gradients are clipped to length 5
# breaks: a step goes learning_rate times the gradient
def train_head(features, labels, steps, learning_rate):

    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        norm = np.sqrt((dw**2).sum() + (db**2).sum())
        scale = min(1.0, 5.0 / (norm + 1e-12))
        weight = weight - learning_rate * scale * dw
        bias = bias - learning_rate * scale * db
    return weight, bias, losses



def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, weight and bias begin in the dtype of the features and change in place
# breaks: an array of floats may come as whole numbers
def train_head(features, labels, steps, learning_rate):

    weight = np.zeros((features.shape[1], 10), dtype=features.dtype)
    bias = np.zeros(10, dtype=features.dtype)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight -= learning_rate * dw.astype(weight.dtype)
        bias -= learning_rate * db.astype(bias.dtype)
    return weight, bias, losses



def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, weight and bias are kept in float32
# breaks: float64 comes back where float64 came in
def train_head(features, labels, steps, learning_rate):

    weight = np.zeros((features.shape[1], 10), dtype=np.float32)
    bias = np.zeros(10, dtype=np.float32)
    losses = []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight -= np.float32(learning_rate) * dw.astype(np.float32)
        bias -= np.float32(learning_rate) * db.astype(np.float32)
    return weight, bias, losses



def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)
