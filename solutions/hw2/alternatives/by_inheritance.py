"""AdamW inherits from the Adam of q7, and lends it clipped gradients; schedules are tables of rates."""

from types import SimpleNamespace

import numpy as np


# question: q3
class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.lr = lr
        self.pairs = [[p, None] for p in parameters]
        self.settings = momentum, weight_decay

    def step(self):
        momentum, decay = self.settings
        for pair in self.pairs:
            p, v = pair
            if p.grad is None:
                continue
            g = p.grad + decay * p.data
            pair[1] = g if v is None else momentum * v + g  # torch begins so, too
            p.data[:] = p.data - self.lr * pair[1]


# question: q5
class Nesterov:
    def __init__(self, parameters, lr, momentum=0.9):
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.sums = [p.data * 0 for p in parameters]

    def step(self):
        for p, v in zip(self.parameters, self.sums, strict=True):
            if p.grad is None:
                continue
            old = v.copy()
            v[...] = self.momentum * old + p.grad
            p.data += -self.lr * ((1 + self.momentum) * v - self.momentum * old)


# question: q6
class Adagrad:
    def __init__(self, parameters, lr, eps=1e-10):
        self.parameters, self.lr, self.eps = parameters, lr, eps
        self.seen = [[] for _ in parameters]

    def step(self):
        for p, seen in zip(self.parameters, self.seen, strict=True):
            if p.grad is not None:
                seen.append(p.grad.copy())
                p.data -= self.lr * p.grad / (np.linalg.norm(seen, axis=0) + self.eps)


class RMSProp:
    def __init__(self, parameters, lr, alpha=0.99, eps=1e-8):
        self.parameters, self.lr, self.alpha, self.eps = parameters, lr, alpha, eps
        self.mean = [np.zeros(p.data.shape) for p in parameters]

    def step(self):
        for p, mean in zip(self.parameters, self.mean, strict=True):
            if p.grad is not None:
                mean += (1 - self.alpha) * (p.grad**2 - mean)
                p.data -= self.lr * p.grad / (self.eps + np.sqrt(mean))


# question: q7
class Adam:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = parameters, lr, betas, eps
        self.memory = [[0.0, 0.0, 1.0, 1.0] for _ in parameters]

    def step(self):
        one, two = self.betas
        for p, memory in zip(self.parameters, self.memory, strict=True):
            if p.grad is None:
                continue
            m, s, left_one, left_two = memory
            m, s = m + (1 - one) * (p.grad - m), s + (1 - two) * (p.grad**2 - s)
            left_one, left_two = left_one * one, left_two * two
            memory[:] = m, s, left_one, left_two
            root = np.sqrt(1 - left_two)
            p.data -= self.lr * root / (1 - left_one) * m / (np.sqrt(s) + self.eps * root)


# question: q8
class AdamW(Adam):
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, max_norm=None):
        super().__init__(parameters, lr, betas, eps)
        self.all, self.decay, self.limit = parameters, weight_decay, max_norm

    def step(self):
        given = [p.grad for p in self.all]
        there = [g.ravel() for g in given if g is not None]
        length = np.linalg.norm(np.concatenate(there)) if there else 0.0
        for p in self.all:
            if p.grad is not None:
                p.data *= 1 - self.lr * self.decay
                if self.limit is not None and length > self.limit:
                    p.grad = p.grad * (self.limit / length)
        super().step()
        for p, g in zip(self.all, given, strict=True):
            p.grad = g


# question: q11
def check_adam(walk):
    rng = np.random.default_rng(7)
    for lr, betas, eps, size in [
        (1.0, (0.6, 0.4), 0.3, 3),
        (0.01, (0.9, 0.95), 1e-3, 5),
        (0.2, (0.2, 0.7), 2, 2),
    ]:
        start, gradients = rng.uniform(1, 2, size=size), rng.normal(size=(5, size)) ** 3
        kept = start.tobytes() + gradients.tobytes()
        want, m, s = [start.copy()], np.zeros(size), np.zeros(size)
        for t in range(5):
            m, s = (
                betas[0] * m + (1 - betas[0]) * gradients[t],
                betas[1] * s + (1 - betas[1]) * gradients[t] ** 2,
            )
            m_hat, s_hat = m / (1 - betas[0] ** (t + 1)), s / (1 - betas[1] ** (t + 1))
            want.append(want[-1] - lr * m_hat / (s_hat**0.5 + eps))
        try:
            got = walk(start, gradients, lr, betas, eps)
            good = np.shape(got) == np.shape(want) and np.abs(np.subtract(got, want)).max() < 1e-6
        except Exception:
            good = False
        if not good or kept != start.tobytes() + gradients.tobytes():
            return False
    return True


# question: q12
def best_rate(run, rates, seeds):
    table = np.array([[run(rate, seed) for seed in seeds] for rate in rates], dtype=float)
    means = np.where(np.isfinite(table).all(axis=1), np.nan_to_num(table).mean(axis=1), np.inf)
    if np.isinf(means).all():
        raise ValueError("no rate is good")
    return rates[means.argmin()], means.min()


def train(gradient, start, steps):
    parameters = [SimpleNamespace(data=w.copy(), grad=None) for w in start]
    optimizer = Adagrad(parameters, 0.1)
    for _ in range(steps):
        for p, g in zip(parameters, gradient([p.data for p in parameters]), strict=True):
            p.grad = g
        optimizer.step()
    return [p.data for p in parameters]
