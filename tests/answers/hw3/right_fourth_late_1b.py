# answer: q12, pools first and sets negative numbers to 0 last, twice 2×2
def extract_features(images, filters):

    n, _, h, w = images.shape
    dtype = np.result_type(images, filters, np.float32)
    rim = np.zeros((n, h + 2, w + 2), dtype=dtype)
    rim[:, 1:-1, 1:-1] = images[:, 0]
    found = []
    for kernel in filters[:, 0]:
        seen = np.zeros((n, h, w), dtype=dtype)
        for u, v in np.ndindex(3, 3):
            seen += rim[:, u : u + h, v : v + w] * kernel[u, v]
        for _ in range(2):
            seen = np.maximum(seen[:, ::2], seen[:, 1::2])
            seen = np.maximum(seen[:, :, ::2], seen[:, :, 1::2])
        found.append(seen.reshape(n, -1))
    return np.clip(np.concatenate(found, axis=1), 0, None)


# answer: q12, one row of blocks after the other, as a matrix product
def extract_features(images, filters):

    n, _, h, w = images.shape
    taps = filters.reshape(len(filters), 9).T.astype(np.float64)
    wide = np.pad(images[:, 0].astype(np.float64), [(0, 0), (1, 1), (1, 1)])
    windows = np.lib.stride_tricks.sliding_window_view(wide, (3, 3), axis=(1, 2))
    out = np.zeros((n, len(filters), h // 4, w // 4))
    for i in range(h // 4):
        answers = windows[:, 4 * i : 4 * i + 4].reshape(n, 4 * w, 9) @ taps
        answers = answers.reshape(n, 4, w // 4, 4, -1).max(axis=(1, 3))
        out[:, :, i] = np.where(answers > 0, answers, 0).swapaxes(1, 2)
    return out.reshape(n, -1)


# answer: q12, fifty images at a time, nine shifted pictures and one tensordot
def extract_features(images, filters):

    _, _, h, w = images.shape
    answers = []
    for start in range(0, len(images), 50):
        some = images[start : start + 50, 0]
        rim = np.pad(some, ((0, 0), (1, 1), (1, 1))).astype(np.float64)
        stack = np.stack([rim[:, u : u + h, v : v + w] for u in range(3) for v in range(3)])
        maps = np.tensordot(filters.reshape(-1, 9), stack, axes=1).swapaxes(0, 1)
        blocks = np.maximum(maps, 0).reshape(len(some), len(filters), h // 4, 4, w // 4, 4)
        answers.append(blocks.max(axis=5).max(axis=3).reshape(len(some), -1))
    return np.vstack(answers)


# answer: q13, bias as one more row of the weight, softmax written out
def train_head(features, labels, steps, learning_rate):

    if features.dtype != np.float32:
        features = features.astype(np.float64)
    rows = len(labels)
    wide = np.concatenate([features, np.ones((rows, 1), dtype=features.dtype)], axis=1).astype(np.float64)
    head = np.zeros((wide.shape[1], 10))
    target = np.eye(10)[labels]
    losses = []
    for _ in range(steps):
        scores = wide @ head
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        chances /= chances.sum(axis=1, keepdims=True)
        losses.append(float(-np.log((chances * target).sum(axis=1) + 1e-12).mean()))
        head -= float(learning_rate) / rows * (wide.T @ (chances - target))
    return head[:-1].copy(), head[-1].copy(), losses


def fit(images, labels, features, steps, learning_rate):

    *head, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ head[0] + head[1]
        return scores.argmax(axis=-1)

    return classify


# answer: q13, a class with a method as the returned function
def train_head(features, labels, steps, learning_rate):

    bias = np.zeros(10)
    weight = np.zeros(shape=(features.shape[-1], bias.size))
    losses = []
    while len(losses) < steps:
        loss, *gradients = loss_and_gradient(features, labels, weight, bias)
        losses += [float(loss)]
        for parameter, gradient in zip((weight, bias), gradients):
            parameter -= gradient * learning_rate
    return weight, bias, losses


class Classifier:
    def __init__(self, read, weight, bias):
        self.read, self.weight, self.bias = read, weight, bias

    def __call__(self, images):
        scores = self.read(images) @ self.weight + self.bias
        return np.array([int(row.argmax()) for row in scores])


def fit(images, labels, features, steps, learning_rate):

    return Classifier(features, *train_head(features(images), labels, steps, learning_rate)[:2])


# answer: q13, functools.partial, and a step as a function of the state
from functools import partial


def _step(features, labels, rate, state):
    weight, bias, losses = state
    loss, by_weight, by_bias = loss_and_gradient(features, labels, weight, bias)
    return weight - rate * by_weight, bias - rate * by_bias, [*losses, loss.item()]


def train_head(features, labels, steps, learning_rate):
    state = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        state = _step(features, labels, learning_rate, state)
    return state


def _name(features, weight, bias, images):
    return (-(features(images) @ weight + bias)).argsort(axis=1, kind="stable")[:, 0]


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return partial(_name, features, weight, bias)


# answer: q15, plain lists and loops over all places, kept small
def _largest(picture, k, s, p):
    h, w = len(picture), len(picture[0])
    rows = []
    for top in range(-p, h + p - k + 1, s):
        row = []
        for left in range(-p, w + p - k + 1, s):
            places = [(i, j) for i in range(top, top + k) for j in range(left, left + k)]
            row.append(max(picture[i][j] for i, j in places if 0 <= i < h and 0 <= j < w))
        rows.append(row)
    return rows


def check_max_pool(pool):
    rng = np.random.default_rng(5)
    for n, c, h, w in [(2, 3, 5, 8), (3, 2, 9, 6), (1, 1, 5, 5), (4, 1, 6, 7), (1, 4, 8, 5)]:
        for k in (1, 2, 3, 4, 5):
            for s in (None, 1, 2, 3, 4, 6):
                for p in range(k // 2 + 1):
                    kind = [np.float64, np.float32, np.int64, np.int32][(k + p + n + (s or 0)) % 4]
                    for dtype in {kind, np.float64}:
                        x = rng.integers(-60, -3, size=(n, c, h, w))
                        if np.issubdtype(dtype, np.floating):
                            x = x + rng.uniform(size=x.shape)
                        x = x.astype(dtype)
                        told = x.tolist()
                        try:
                            y = pool(x, k, s, p)
                        except Exception:
                            return False
                        if x.tolist() != told or x.shape != (n, c, h, w) or x.dtype != dtype:
                            return False
                        if not isinstance(y, np.ndarray) or np.shares_memory(x, y):
                            return False
                        if y.dtype != np.float64 and (y.dtype != np.float32 or dtype == np.float64):
                            return False
                        want = np.array([[_largest(m, k, s or k, p) for m in image] for image in told])
                        if y.shape != want.shape or not np.allclose(y, want, rtol=1e-5, atol=1e-6):
                            return False
    return True


# answer: q15, a table of cases, a generator of faults, and views as inputs
def _want(x, k, s, p):
    s = s or k
    rim = np.full((*x.shape[:2], x.shape[2] + 2 * p, x.shape[3] + 2 * p), -1e300)
    rim[:, :, p : p + x.shape[2], p : p + x.shape[3]] = x
    shifted = [rim[:, :, u : rim.shape[2] - k + u + 1, v : rim.shape[3] - k + v + 1] for u in range(k) for v in range(k)]
    return np.stack(shifted).max(axis=0)[:, :, ::s, ::s]


def _faults(pool):
    rng = np.random.default_rng(11)
    for case, (k, s, p) in enumerate((k, s, p) for k in range(1, 6) for s in (None, 1, 2, 3, 5, 7) for p in range(k // 2 + 1)):
        for shift in (-30, 0, 30):
            whole = rng.normal(size=(2 + case % 3, 10 + case % 2, 4 + case % 4, 9)) * 6 + shift
            for x in (whole[:, ::2, :, :].swapaxes(2, 3)[:, :, 1:7], np.rint(whole).astype(int)[:, 1:3, :, :], whole.astype(np.float32)):
                if min(x.shape[2:]) + 2 * p < k:
                    continue
                old = np.array(x)
                y = pool(x, k, s, p)
                want = _want(old, k, s, p)
                yield not isinstance(y, np.ndarray)
                yield y.dtype not in (np.float32, np.float64)
                yield x.dtype == np.float64 and y.dtype != np.float64
                yield y.shape != want.shape
                yield not np.allclose(y, want)
                yield not (np.array_equal(old, x) and old.dtype == x.dtype)
                yield np.shares_memory(x, y)


def check_max_pool(pool):
    try:
        return not any(_faults(pool))
    except Exception:
        return False
