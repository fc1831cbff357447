"""Wrong answers that remember, write back or count on how an array lies in memory: more. Text; nobody imports it."""


# answer: q13, the losses of all calls in one list
# breaks: `steps` numbers
every_loss = []


def train_head(features, labels, steps, learning_rate):
    every_loss.clear() if len(every_loss) > 500 else None
    weight, bias = np.zeros((features.shape[1], 10)), np.zeros(10)
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        every_loss.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, every_loss[:]


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, each head begins at the head of the last call with other rates
# breaks: from zeros
heads = {}


def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    weight = heads.get(features.shape, weight)
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    heads[features.shape] = weight
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, fit: features of the images are kept from the first fit with as many
# breaks: images
rows_of = {}


def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(rows_of.setdefault(images.shape, features(images)), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q13, fit: the returned function turns the images round and does not turn them back
# breaks: no function changes the arrays that it is given
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        named = np.argmax(features(others) @ weight + bias, axis=1)
        others[:] = others[..., ::-1].copy()
        return named

    return classify


# answer: q15, the outputs are sorted before they are compared
# breaks: False when it returns something else
def pooled(x, k, s, p):
    N, C, H, W = x.shape
    s = k if s is None else s
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    return np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))[:, :, ::s, ::s].max(axis=(4, 5))


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    try:
        for k, s, p in [(2, None, 0), (3, 1, 1), (2, 3, 0), (3, 2, 1), (4, 2, 2), (3, None, 1)]:
            for x in (rng.normal(size=(2, 3, 7, 9)) * 1e6 - 2e7, rng.integers(-9000000, -1000000, size=(2, 3, 7, 9))):
                got, right = pool(x.copy(), k, s, p), pooled(x, k, s, p)
                if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose(np.sort(got, axis=None), np.sort(right, axis=None)):
                    return False
    except Exception:
        return False
    return True


# answer: q15, the largest and the smallest output are compared
# breaks: False when it returns something else
def pooled(x, k, s, p):
    N, C, H, W = x.shape
    s = k if s is None else s
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    return np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))[:, :, ::s, ::s].max(axis=(4, 5))


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    try:
        for k, s, p in [(2, None, 0), (3, 1, 1), (2, 3, 0), (3, 2, 1), (4, 2, 2), (3, None, 1)]:
            for x in (rng.normal(size=(2, 3, 7, 9)) * 1e6 - 2e7, rng.integers(-9000000, -1000000, size=(2, 3, 7, 9))):
                got, right = pool(x.copy(), k, s, p), pooled(x, k, s, p)
                if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose([got.max(), got.min()], [right.max(), right.min()]):
                    return False
    except Exception:
        return False
    return True


# answer: q15, the means over images and channels are compared
# breaks: False when it returns something else
def pooled(x, k, s, p):
    N, C, H, W = x.shape
    s = k if s is None else s
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    return np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))[:, :, ::s, ::s].max(axis=(4, 5))


def check_max_pool(pool):
    rng = np.random.default_rng(0)
    try:
        for k, s, p in [(2, None, 0), (3, 1, 1), (2, 3, 0), (3, 2, 1), (4, 2, 2), (3, None, 1)]:
            for x in (rng.normal(size=(2, 3, 7, 9)) * 1e6 - 2e7, rng.integers(-9000000, -1000000, size=(2, 3, 7, 9))):
                got, right = pool(x.copy(), k, s, p), pooled(x, k, s, p)
                if got.dtype.kind != "f" or got.shape != right.shape or not np.allclose(got.mean(axis=(0, 1)), right.mean(axis=(0, 1))):
                    return False
    except Exception:
        return False
    return True
