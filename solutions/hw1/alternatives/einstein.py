"""Sums written as einsum and outer products, hidden state in closures of lists, a log-sum-exp of its own."""

import numpy as np


# question: q1
def linear_loops(x, weight, bias):
    def unit(row, u):
        return sum(row[d] * weight[d, u] for d in range(len(weight))) + bias[u]

    return np.array([[unit(row, u) for u in range(len(bias))] for row in x])


def linear_loops_backward(grad_out, x, weight):
    grad_x = np.einsum("nu,du->nd", grad_out, weight)
    grad_weight = np.zeros(weight.shape)
    for row, g in zip(x, grad_out, strict=True):
        grad_weight += np.outer(row, g)
    return [grad_x, grad_weight, np.array([column.sum() for column in grad_out.T])]


# question: q2
class Linear:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        self.given = np.array(x)
        return np.einsum("...d,du->...u", x, self.weight) + self.bias

    def backward(self, grad_out):
        axes = tuple(range(grad_out.ndim - 1))
        self.grad_weight = np.tensordot(self.given, grad_out, axes=(axes, axes))
        self.grad_bias = grad_out.sum(axis=axes)
        return np.einsum("...u,du->...d", grad_out, self.weight)


# question: q3
class Sigmoid:
    def forward(self, x):
        self.half = np.tanh(x / 2)
        return 0.5 + self.half / 2

    def backward(self, grad_out):
        return grad_out * (1 - self.half) * (1 + self.half) / 4


class Tanh:
    def forward(self, x):
        powers = np.expm1(-2 * np.abs(x))
        self.y = -np.sign(x) * powers / (2 + powers)
        return self.y

    def backward(self, grad_out):
        return grad_out * (1 - self.y) * (1 + self.y)


class ReLU:
    def forward(self, x):
        self.slope = np.heaviside(x, 0.0)
        return (x + np.abs(x)) / 2

    def backward(self, grad_out):
        return self.slope * grad_out


# question: q4
def softmax(scores, axis=-1, temperature=1.0):
    if not temperature > 0:
        raise ValueError("the temperature must be above 0")
    moved = np.moveaxis(scores, axis, 0)
    moved = (moved - np.amax(moved, axis=0)) / temperature
    return np.moveaxis(np.exp(moved - np.log(np.exp(moved).sum(axis=0))), 0, axis)


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    g, q = np.moveaxis(grad_out, axis, -1), np.moveaxis(p, axis, -1)
    jacobian = q[..., :, None] * (np.eye(q.shape[-1]) - q[..., None, :])
    return np.moveaxis((jacobian * g[..., None, :]).sum(axis=-1), -1, axis) / temperature


# question: q5
def cross_entropy(scores, labels, smoothing=0.0):
    rows = np.flatnonzero(labels != -1)
    if not len(rows):
        raise ValueError("nothing to learn from")
    grad, total, classes = np.zeros(scores.shape), 0.0, scores.shape[1]
    for n in rows:
        y = scores[n] - scores[n].max()
        log_p = y - np.log(np.exp(y).sum())
        q = (1 - smoothing) * (np.arange(classes) == labels[n]) + smoothing / classes
        total -= np.dot(q, log_p)
        grad[n] = (np.exp(log_p) - q) / len(rows)
    return total / len(rows), grad


# question: q6
def gradient_error(forward, backward, x):
    y = np.array(forward(np.array(x)))
    rng = np.random.RandomState(7)
    g = rng.uniform(0.5, 2.0, size=y.shape) * rng.choice([-1, 1], y.shape)
    said = np.array(backward(g, np.array(x)), dtype=float)
    if said.shape != x.shape or np.isnan(said).any() or np.isinf(said).any():
        return np.inf
    measured = []
    for k in range(x.size):
        move = np.zeros(x.size)
        move[k] = 2e-5
        move = move.reshape(x.shape)
        measured.append(np.sum(g * np.subtract(forward(x + move), forward(x - move))) / 4e-5)
    measured = np.reshape(measured, x.shape)
    scale = np.max(np.abs(said)) + np.max(np.abs(measured))
    return np.max(np.abs(said - measured)) / scale if scale else 0.0


# question: q7
class MLP:
    def __init__(self, sizes, activation, rng):
        self.linears, self.bends = [], [activation() for _ in range(len(sizes) - 2)]
        for k in range(1, len(sizes)):
            weight = rng.normal(size=(sizes[k - 1], sizes[k])) * (2 / sizes[k - 1]) ** 0.5
            self.linears.append(Linear(weight, np.zeros(sizes[k])))
        self.linears[-1].weight *= 0.1

    def forward(self, x):
        for linear, bend in zip(self.linears[:-1], self.bends, strict=True):
            x = bend.forward(linear.forward(x))
        return self.linears[-1].forward(x)

    def backward(self, grad_out):
        g = self.linears[-1].backward(grad_out)
        for linear, bend in zip(self.linears[-2::-1], self.bends[::-1], strict=True):
            g = linear.backward(bend.backward(g))
        return g

    def parameters(self):
        found = []
        for linear in self.linears:
            found += [linear.weight, linear.bias]
        return found

    def gradients(self):
        found = []
        for linear in self.linears:
            found += [linear.grad_weight, linear.grad_bias]
        return tuple(found)


# question: q8
def first_loss(classes, smoothing):
    p = 1 / classes
    return -np.log(p) * (1 - smoothing) - classes * (smoothing / classes) * np.log(p)


# question: q9
def train(model, x, labels, batches, learning_rate):
    def step(chosen):
        loss, grad = cross_entropy(model.forward(x[chosen]), labels[chosen])
        model.backward(grad)
        for p, g in zip(model.parameters(), model.gradients(), strict=True):
            p[...] = p - learning_rate * g
        return loss

    return [step(chosen) for chosen in batches]


# question: q10
def fit(x, labels, hidden, seed):
    rng = np.random.default_rng(seed)
    net = MLP([x.shape[1], *hidden, 10], ReLU, rng)
    batches = []
    while len(batches) < 1200:  # epochs of batches of 40
        order = rng.permutation(len(x))
        batches += [order[k : k + 40] for k in range(0, len(x), 40)]
    train(net, x, labels, batches[:1200], 0.15)
    return lambda others: np.argmax(net.forward(others), axis=1)
