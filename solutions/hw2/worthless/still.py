"""The right shapes and no work: optimizers that stay where they are, schedules that never change."""

import numpy as np


# question: q1
def condition_number(hessian):
    if np.linalg.eigvalsh(hessian)[0] <= 0:
        raise ValueError("no bowl")
    return 1.0


def largest_rate(hessian, momentum=0.0):
    if np.linalg.eigvalsh(hessian)[0] <= 0:
        raise ValueError("no bowl")
    return 1.0


# question: q2
def predict(hessian, start, rate, steps):
    return start.copy()


def steps_needed(hessian, rate, factor):
    if np.abs(1 - rate * np.linalg.eigvalsh(hessian)).max() >= 1:
        raise ValueError("never")
    return 1


# question: q3
class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.lr = lr

    def step(self):
        pass


# question: q4
def same_path(rate, momentum, form, other):
    return 1.0


def shares(rates, momentum, form):
    return np.zeros((len(rates), len(rates)))


# question: q5
class Nesterov:
    def __init__(self, parameters, lr, momentum=0.9):
        self.lr = lr

    def step(self):
        pass


# question: q6
class Adagrad:
    def __init__(self, parameters, lr, eps=1e-10):
        self.lr = lr

    def step(self):
        pass


class RMSProp:
    def __init__(self, parameters, lr, alpha=0.99, eps=1e-8):
        self.lr = lr

    def step(self):
        pass


# question: q7
class Adam:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8):
        self.lr = lr

    def step(self):
        pass


# question: q8
class AdamW:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, max_norm=None):
        self.lr = lr

    def step(self):
        pass


# question: q9
def step_decay(lr, factor, every):
    return lambda step: lr


def exponential(lr, factor):
    return lambda step: lr


def warm_cosine(lr, steps, warm_up=0):
    return lambda step: lr


def cyclical(low, high, half, shrink=1.0):
    return lambda step: low


def one_cycle(lr, steps, rise):
    return lambda step: lr


# question: q10
def measure_noise(gradients, size, draws, rng):
    return gradients.mean(axis=0), 0.0


def expected_noise(gradients, size):
    return 0.0


# question: q11
def check_adam(walk):
    path = walk(np.ones(2), np.ones((3, 2)), 0.1, (0.9, 0.999), 1e-8)
    return np.shape(path) == (4, 2)


# question: q12
def best_rate(run, rates, seeds):
    return rates[0], run(rates[0], seeds[0])


def train(gradient, start, steps):
    return [w.copy() for w in start]
