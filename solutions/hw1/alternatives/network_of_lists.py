"""A network that holds its layers apart from what they remember, and draws its batches in epochs."""
# ruff: noqa: F821  (names of other questions stand in the notebook)

import numpy as np


# question: q4
def softmax(scores, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("not above 0")
    scaled = scores / temperature
    scaled = scaled - scaled.max(axis, keepdims=True)
    total = np.log(np.exp(scaled).sum(axis, keepdims=True))
    return np.exp(scaled - total)


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    return (p * grad_out - p * np.sum(p * grad_out, axis=axis, keepdims=True)) / temperature


# question: q7
class MLP:
    def __init__(self, sizes, activation, rng):
        shapes = [(sizes[k], sizes[k + 1]) for k in range(len(sizes) - 1)]
        weights = [rng.normal(size=shape) * np.sqrt(2 / shape[0]) for shape in shapes]
        weights[-1] /= 10
        self.arrays = [array for weight in weights for array in (weight, np.zeros(weight.shape[1]))]
        self.bends = [activation() for _ in weights[1:]]

    def forward(self, x):
        self.read = []
        for k, (weight, bias) in enumerate(zip(self.arrays[::2], self.arrays[1::2], strict=True)):
            self.read.append(x)
            x = x @ weight + bias
            if k < len(self.bends):
                x = self.bends[k].forward(x)
        return x

    def backward(self, grad_out):
        found = []
        for k in range(len(self.read) - 1, -1, -1):
            if k < len(self.bends):
                grad_out = self.bends[k].backward(grad_out)
            found = [self.read[k].T @ grad_out, grad_out.sum(axis=0), *found]
            grad_out = grad_out @ self.arrays[2 * k].T
        self.found = found
        return grad_out

    def parameters(self):
        return self.arrays

    def gradients(self):
        return self.found


# question: q8
def first_loss(classes, smoothing):
    return np.log(float(classes))


# question: q9
def train(model, x, labels, batches, learning_rate):
    found = []
    for batch in batches:
        chosen = np.asarray(batch)
        scores = model.forward(x[chosen])
        loss, grad_out = cross_entropy(scores, labels[chosen], 0.0)
        found.append(float(loss))
        model.backward(grad_out)
        parameters, gradients = model.parameters(), model.gradients()
        for k in range(len(parameters)):
            np.subtract(parameters[k], learning_rate * gradients[k], out=parameters[k])
    return found


# question: q10
def fit(x, labels, hidden, seed):
    rng = np.random.default_rng(seed)
    net = MLP([x.shape[1], *hidden, 10], ReLU, rng)
    batches, left = [], np.zeros(0, dtype=int)
    for _ in range(1600):
        while len(left) < 50:
            left = np.concatenate([left, rng.permutation(len(x))])
        batches.append(left[:50])
        left = left[50:]
    train(net, x, labels, batches, 0.2)

    def classify(others):
        scores = net.forward(others)
        return np.array([int(np.argmax(row)) for row in scores])

    return classify
