# answer: q13, bias as the last row of one matrix on features with a column of ones, images read one by one
def train_head(features, labels, steps, learning_rate):
    rows = np.hstack([np.asarray(features, dtype=float), np.ones((len(labels), 1))])
    theta = np.zeros((rows.shape[1], 10))
    losses = ()
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(rows[:, :-1], labels, theta[:-1], theta[-1])
        losses += (float(loss),)
        theta = theta - learning_rate * np.vstack([dw, db])
    return theta[:-1], theta[-1], losses


def fit(images, labels, features, steps, learning_rate):
    rows = np.concatenate([features(images[i : i + 1]) for i in range(len(images))])
    weight, bias, _ = train_head(rows, labels, steps, learning_rate)

    class Classifier:
        def __call__(self, others):
            scores = [features(others[i : i + 1])[0] @ weight + bias for i in range(len(others))]
            return np.array([int(np.argmax(s)) for s in scores], dtype=np.int32)

    return Classifier()


# answer: q13, recursion free generator of steps, own gradient by one-hot labels and einsum
def _steps(features, labels, learning_rate):
    x = np.ascontiguousarray(features, dtype=np.float64)
    target = np.eye(10)[labels]
    w, b = np.zeros((x.shape[1], 10)), np.zeros(10)
    while True:
        s = x @ w + b
        e = np.exp(s - s.max(axis=1)[:, None])
        p = e / e.sum(axis=1)[:, None]
        loss = -np.log((p * target).sum(axis=1) + 1e-12).mean()
        delta = (p - target) / len(x)
        w = w - learning_rate * np.einsum("nd,nk->dk", x, delta)
        b = b - learning_rate * np.einsum("nk->k", delta)
        yield loss, w, b


def train_head(features, labels, steps, learning_rate):
    losses = []
    for _, (loss, weight, bias) in zip(range(steps), _steps(features, labels, learning_rate)):
        losses.append(loss)
    return [weight, bias, losses]


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images.copy()), labels, steps, learning_rate)

    def best(others, w=weight.T.copy(), b=bias[:, None]):
        return (w @ np.asarray(features(others)).T + b).argmax(axis=0)

    return best


# answer: q13, momentum-free optimizer object with weights stored class by class, returned as read-only views
class _Head:
    def __init__(self, size):
        self.rows = np.zeros((10, size + 1))
        self.losses = []

    def step(self, features, labels, rate):
        loss, dw, db = loss_and_gradient(features, labels, self.rows[:, :-1].T, self.rows[:, -1])
        self.losses.append(loss)
        self.rows[:, :-1] -= rate * dw.T
        self.rows[:, -1] -= rate * db


def train_head(features, labels, steps, learning_rate):
    head = _Head(features.shape[1])
    for _ in range(steps):
        head.step(features, labels, learning_rate)
    head.rows.flags.writeable = False
    return head.rows[:, :-1].T, head.rows[:, -1], head.losses


def fit(images, labels, features, steps, learning_rate):
    half = len(images) // 2
    parts = [features(p) for p in (images[:half], images[half:]) if len(p)]
    *head, _ = train_head(np.vstack(parts), labels, steps, learning_rate)
    from functools import partial

    def name(weight, bias, others):
        return np.argsort(-(features(others) @ weight + bias), axis=1, kind="stable")[:, 0]

    return partial(name, *head)
