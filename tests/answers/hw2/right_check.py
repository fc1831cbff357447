"""Right answers to q11, in other styles. Text; nobody imports it."""


# answer: q11, unrolled into matrices of weights
def _unrolled(start, gradients, lr, betas, eps):
    T = len(gradients)
    ages = np.arange(T)[:, None] - np.arange(T)

    def mean(items, beta):
        weights = np.where(ages >= 0, (1 - beta) * float(beta) ** np.maximum(ages, 0), 0)
        return (weights @ items) / (1 - float(beta) ** np.arange(1, T + 1))[:, None]

    moves = lr * mean(gradients, betas[0]) / (np.sqrt(mean(gradients**2, betas[1])) + eps)
    return np.vstack([start, start - np.cumsum(moves, axis=0)])


def check_adam(walk):
    rng = np.random.default_rng(77)
    settings = [
        (lr, betas, eps)
        for lr in (0.3, 0.01)
        for betas in ((0.9, 0.999), (0.5, 0.75), (0.8, 0.3), (0.0, 0.6))
        for eps in (1e-8, 0.1, 2.0)
    ]
    for number, (lr, betas, eps) in enumerate(settings):
        T, n = 3 + 12 * (number % 5), 1 + number % 4
        start = rng.normal(size=n)
        gradients = rng.normal(size=(T, n)) * 10 ** rng.uniform(-1, 1, size=(T, n))
        gradients[T // 2] = 0
        mine = start.copy(), gradients.copy()
        try:
            found = walk(start, gradients, lr, betas, eps)
        except Exception:
            return False
        if not (np.array_equal(start, mine[0]) and np.array_equal(gradients, mine[1])):
            return False
        right = _unrolled(*mine, lr, betas, eps)
        if not isinstance(found, np.ndarray) or found.shape != right.shape or not np.allclose(found, right):
            return False
    return True


# answer: q11, plain Python floats, number by number, on cases by hand and at random
import math
import random


def _one(start, gradients, lr, b1, b2, eps):
    v = G = 0.0
    p1 = p2 = 1.0
    path = [start]
    for g in gradients:
        v += (1 - b1) * (g - v)
        G += (1 - b2) * (g * g - G)
        p1, p2 = p1 * b1, p2 * b2
        path.append(path[-1] - lr * (v / (1 - p1)) / (math.sqrt(G / (1 - p2)) + eps))
    return path


def _cases():
    some = [[3.0, -1.0, 0.0], [4.0, 0.0, 0.0], [-4.0, 2.0, 0.1], [0.0, 0.0, 0.0]]
    yield [1.0, -2.0, 0.5], some * 9, 0.5, (0.5, 0.75), 0.3
    yield [0.0, 10.0], [[1e-3, -1e3], [1e-3, 1e3], [-5e-3, 20.0]] * 5, 0.05, (0.9, 0.999), 1e-8
    dice = random.Random(6)
    for k in range(20):
        n, T = dice.randint(1, 5), dice.choice([1, 2, 5, 12, 60])
        start = [dice.gauss(0, 2) for _ in range(n)]
        gradients = [[dice.gauss(0, 1) * 10 ** dice.uniform(-1, 1) for _ in range(n)] for _ in range(T)]
        betas = (dice.uniform(0, 0.95), dice.uniform(0, 0.99))
        yield start, gradients, dice.uniform(0.01, 1), betas, 10 ** dice.uniform(-4, 1)


def check_adam(walk):
    good = True
    for start, gradients, lr, betas, eps in _cases():
        s, g = np.array(start), np.array(gradients)
        try:
            found = walk(s, g, lr, betas, eps)
        except Exception:
            good = False
            break
        good = good and s.tolist() == start and g.tolist() == gradients
        columns = [_one(start[k], [row[k] for row in gradients], lr, *betas, eps) for k in range(len(start))]
        right = np.array(columns).T
        good = good and type(found) is np.ndarray and found.shape == right.shape
        good = bool(good and np.allclose(found, right))
    return good


# answer: q11, by recursion from the end
def _moment(items, beta, t):
    """Return the running mean after t steps, by recursion."""
    if t == 0:
        return np.zeros(items.shape[1])
    return beta * _moment(items, beta, t - 1) + (1 - beta) * items[t - 1]


def _point(start, gradients, lr, betas, eps, t):
    if t == 0:
        return start
    v = _moment(gradients, betas[0], t) / (1 - betas[0] ** t)
    G = _moment(np.square(gradients), betas[1], t) / (1 - betas[1] ** t)
    return _point(start, gradients, lr, betas, eps, t - 1) - lr * v / (G**0.5 + eps)


def _walks(walk, seed, *settings):
    rng = np.random.default_rng(seed)
    T, n = int(rng.integers(4, 28)), int(rng.integers(2, 6))
    start, gradients = rng.uniform(-3, 3, size=n), rng.standard_cauchy(size=(T, n)).clip(-30, 30)
    gradients[T // 2], gradients[1, 0] = 0.0, 0.0
    before = start.tobytes(), gradients.tobytes()
    found = walk(start, gradients, *settings)
    if (start.tobytes(), gradients.tobytes()) != before:
        return False
    right = np.stack([_point(start, gradients, *settings, t) for t in range(T + 1)])
    return isinstance(found, np.ndarray) and found.shape == right.shape and np.allclose(found, right)


def check_adam(walk):
    try:
        return bool(
            _walks(walk, 0, 0.1, (0.9, 0.999), 1e-8)
            and _walks(walk, 1, 0.7, (0.3, 0.6), 0.5)
            and _walks(walk, 2, 0.02, (0.95, 0.9), 0.01)
            and _walks(walk, 3, 1.5, (0.0, 0.5), 3.0)
            and _walks(walk, 4, 0.1, (0.6, 0.1), 0.2)
            and all(_walks(walk, seed, 0.2, (0.7, 0.85), 0.05) for seed in range(5, 15))
        )
    except Exception:
        return False
