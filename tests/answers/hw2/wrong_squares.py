"""Wrong answers to q6: rows and bounds. Text; nobody imports it."""


# answer: q6, Adagrad's squares end at ten thousand
# breaks: G = G + g², which never shrinks
class Adagrad:
    def __init__(self, parameters, lr, eps=1e-10):
        self.parameters, self.lr, self.eps = list(parameters), lr, eps
        self.G = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None:
                G += p.grad**2
                np.minimum(G, 1e4, out=G)
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)


class RMSProp:
    def __init__(self, parameters, lr, alpha=0.99, eps=1e-8):
        self.parameters, self.lr, self.alpha, self.eps = list(parameters), lr, alpha, eps
        self.G = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None:
                G *= self.alpha
                G += (1 - self.alpha) * p.grad**2
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)


# answer: q6, Adagrad with one mean of squares for each row of a matrix
# breaks: A rate for each number: all goes number by number
class Adagrad:
    def __init__(self, parameters, lr, eps=1e-10):
        self.parameters, self.lr, self.eps = list(parameters), lr, eps
        self.G = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None:
                G += p.grad**2
                if p.grad.ndim == 2:
                    G[...] = G.mean(axis=1, keepdims=True)
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)


class RMSProp:
    def __init__(self, parameters, lr, alpha=0.99, eps=1e-8):
        self.parameters, self.lr, self.alpha, self.eps = list(parameters), lr, alpha, eps
        self.G = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None:
                G *= self.alpha
                G += (1 - self.alpha) * p.grad**2
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)
