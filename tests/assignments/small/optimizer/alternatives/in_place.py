"""New arrays where the master writes in place, and a dictionary of speeds."""

import numpy as np


# question: q1
class Momentum:
    def __init__(self, parameters, lr, momentum=0.9):
        if not lr > 0:
            raise ValueError("lr")
        self.speeds = {}
        self.all = parameters
        self.settings = lr, momentum

    def step(self):
        lr, momentum = self.settings
        for p in self.all:
            if p.grad is not None:
                v = self.speeds.get(id(p), 0) * momentum + p.grad
                self.speeds[id(p)] = v
                p.data = p.data - lr * v


# question: q2
def rmsprop(data, grad, state, lr, beta=0.9):
    state.setdefault("s", np.zeros_like(data))
    state["s"] *= beta
    state["s"] += (1 - beta) * grad * grad
    return data - lr * grad / (state["s"] ** 0.5 + 1e-8), state
