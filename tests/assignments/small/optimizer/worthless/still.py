"""Optimizers that stay where they are."""


# question: q1
class Momentum:
    def __init__(self, parameters, lr, momentum=0.9):
        if lr <= 0:
            raise ValueError("lr")

    def step(self):
        pass


# question: q2
def rmsprop(data, grad, state, lr, beta=0.9):
    return data.copy(), state
