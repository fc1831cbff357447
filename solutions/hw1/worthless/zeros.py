"""Zeros of the right shape, and untouched inputs: nothing that was computed."""

import numpy as np


# question: q1
def linear_loops(x, weight, bias):
    return np.zeros((len(x), len(bias)))


def linear_loops_backward(grad_out, x, weight):
    return np.zeros(x.shape), np.zeros(weight.shape), np.zeros(weight.shape[1])


# question: q2
class Linear:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias
        self.grad_weight, self.grad_bias = np.zeros(weight.shape), np.zeros(bias.shape)

    def forward(self, x):
        return np.zeros((*x.shape[:-1], len(self.bias)))

    def backward(self, grad_out):
        return np.zeros((*grad_out.shape[:-1], len(self.weight)))


# question: q3
class Sigmoid:
    def forward(self, x):
        return np.full(x.shape, 0.5)

    def backward(self, grad_out):
        return grad_out / 4


class Tanh(Sigmoid):
    def forward(self, x):
        return np.zeros(x.shape)


class ReLU(Tanh):
    pass


# question: q4
def softmax(scores, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature")
    return np.full(scores.shape, 1 / scores.shape[axis])


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    return np.zeros(p.shape)


# question: q5
def cross_entropy(scores, labels, smoothing=0.0):
    if (labels < 0).all():
        raise ValueError("labels")
    return float(np.log(scores.shape[1])), np.zeros(scores.shape)


# question: q6
def gradient_error(forward, backward, x):
    gradient = backward(np.ones(np.shape(forward(x))), x)
    return 0.0 if np.shape(gradient) == x.shape else float("inf")


# question: q7
class MLP:
    def __init__(self, sizes, activation, rng):
        places = range(len(sizes) - 1)
        self.arrays = [np.zeros(s) for k in places for s in (sizes[k : k + 2], sizes[k + 1])]

    def forward(self, x):
        return np.zeros((len(x), len(self.arrays[-1])))

    def backward(self, grad_out):
        return np.zeros((len(grad_out), len(self.arrays[0])))

    def parameters(self):
        return self.arrays

    def gradients(self):
        return [np.zeros(a.shape) for a in self.arrays]


# question: q8
def first_loss(classes, smoothing):
    return 2.302585


# question: q9
def train(model, x, labels, batches, learning_rate):
    return [0.6931] * len(batches)


# question: q10
def fit(x, labels, hidden, seed):
    return lambda x: np.full(len(x), labels[0])
