"""The optimizers share a base class, which keeps the state in dictionaries, as torch does."""

import numpy as np


# question: q1
def condition_number(hessian):
    try:
        np.linalg.cholesky(hessian)
    except np.linalg.LinAlgError as error:
        raise ValueError("no bowl") from error
    return float(np.linalg.cond(hessian))


def largest_rate(hessian, momentum=0.0):
    values = np.linalg.eigvals(hessian).real
    if not (values > 0).all():
        raise ValueError("no bowl")
    return (2 + 2 * momentum) / values.max()


# question: q2
def predict(hessian, start, rate, steps):
    return np.linalg.matrix_power(np.eye(len(start)) - rate * hessian, steps) @ start


def steps_needed(hessian, rate, factor):
    share = np.linalg.norm(np.eye(len(hessian)) - rate * hessian, 2)
    if share >= 1:
        raise ValueError("diverges")
    return -int(np.log(factor) // -np.log(share))


# question: q3
class Base:
    def __init__(self, parameters, lr):
        self.params, self.lr = list(parameters), lr
        self.state = {id(p): {"t": 0} for p in self.params}

    def step(self):
        for p in self.params:
            if p.grad is None:
                continue
            state = self.state[id(p)]
            state["t"] += 1
            p.data[...] = self.moved(p.data, p.grad, state)

    def mean(self, state, name, beta, new, share):
        state[name] = beta * state.get(name, 0) + share * new
        return state[name]


class SGD(Base):
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        super().__init__(parameters, lr)
        self.beta, self.decay = momentum, weight_decay

    def moved(self, w, g, state):
        return w - self.lr * self.mean(state, "v", self.beta, g + self.decay * w, 1)


# question: q4
def same_path(rate, momentum, form, other):
    if (form == "average") == (other == "average"):
        return rate
    return rate * (1 - momentum) if form == "average" else rate / (1 - momentum)


def shares(rates, momentum, form):
    out = []
    for t in range(len(rates)):
        row = []
        for s in range(len(rates)):
            rate = rates[s] if form == "velocity" else rates[t]
            row.append(rate * momentum ** (t - s) * (1 - momentum * (form == "average")) if s <= t else 0.0)
        out.append(row)
    return np.array(out)


# question: q5
class Nesterov:
    def __init__(self, parameters, lr, momentum=0.9):
        self.params, self.lr, self.beta = parameters, lr, momentum
        self.v = {}

    def step(self):
        for k, p in enumerate(self.params):
            if p.grad is not None:
                self.v[k] = self.beta * self.v.get(k, 0) + p.grad
                np.subtract(p.data, self.lr * (p.grad + self.beta * self.v[k]), out=p.data)


# question: q6
class Divided:
    def __init__(self, parameters, lr, kept, share, eps):
        self.params, self.lr = tuple(parameters), lr
        self.kept, self.share, self.eps = kept, share, eps
        self.squares = [0] * len(self.params)

    def step(self):
        for k, p in enumerate(self.params):
            if p.grad is not None:
                self.squares[k] = self.kept * self.squares[k] + self.share * p.grad * p.grad
                p.data -= self.lr / (self.squares[k] ** 0.5 + self.eps) * p.grad


class Adagrad(Divided):
    def __init__(self, parameters, lr, eps=1e-10):
        super().__init__(parameters, lr, 1, 1, eps)


class RMSProp(Divided):
    def __init__(self, parameters, lr, alpha=0.99, eps=1e-8):
        super().__init__(parameters, lr, alpha, 1 - alpha, eps)


# question: q9
def step_decay(lr, factor, every):
    def rate(step):
        now = lr
        for _ in range(step // every):
            now *= factor
        return now

    return rate


def exponential(lr, factor):
    return lambda step: lr * np.exp(step * np.log(factor))


class warm_cosine:
    def __init__(self, lr, steps, warm_up=0):
        self.lr, self.steps, self.warm_up = lr, steps, warm_up

    def __call__(self, step):
        if step >= self.steps:
            return 0.0
        if step < self.warm_up:
            return self.lr / self.warm_up * (step + 1)
        return self.lr * np.cos(np.pi / 2 * (step - self.warm_up) / (self.steps - self.warm_up)) ** 2


def cyclical(low, high, half, shrink=1.0):
    def rate(step):
        turn = step % (2 * half)
        way = turn if turn < half else 2 * half - turn
        return low + way / half * (high - low) * shrink ** (step // (2 * half))

    return rate


def one_cycle(lr, steps, rise):
    rates = np.empty(steps)
    for t in range(steps):
        if t < rise:
            rates[t] = lr / 25 + (lr - lr / 25) * np.sin(np.pi / 2 * t / rise) ** 2
        else:
            u = (t - rise) / (steps - 1 - rise)
            rates[t] = lr + (lr / 250000 - lr) * np.sin(np.pi / 2 * u) ** 2
    return lambda step: rates[step]


# question: q10
def measure_noise(gradients, size, draws, rng):
    whole, total, spread = gradients.mean(axis=0), 0.0, 0.0
    for _ in range(draws):
        chosen = rng.permutation(len(gradients))[:size]
        average = gradients[chosen].sum(axis=0) / size
        total = total + average
        spread += np.linalg.norm(average - whole) ** 2
    return total / draws, spread / draws


def expected_noise(gradients, size):
    n = len(gradients)
    return np.trace(np.cov(gradients, rowvar=False, ddof=1).reshape(gradients.shape[1], -1)) * (
        1 / size - 1 / n
    )


# question: q12
def best_rate(run, rates, seeds):
    best = None, np.inf
    for rate in rates:
        losses = [run(rate, seed) for seed in seeds]
        if np.isfinite(losses).all() and sum(losses) / len(losses) < best[1]:
            best = rate, sum(losses) / len(losses)
    if best[0] is None:
        raise ValueError("all diverge")
    return best


def train(gradient, start, steps):
    weights = [w.copy() for w in start]
    m, s = [0] * len(weights), [0] * len(weights)
    for t in range(1, steps + 1):
        for k, g in enumerate(gradient(weights)):
            m[k], s[k] = 0.9 * m[k] + 0.1 * g, 0.999 * s[k] + 0.001 * g**2
            move = m[k] / (1 - 0.9**t) / (np.sqrt(s[k] / (1 - 0.999**t)) + 1e-8)
            weights[k] = weights[k] - 0.01 * move
    return weights
