"""Wrong answers to q6: squares that are kept wrongly, and ε. Text; nobody imports it."""


# answer: q6, RMSProp's default ε is that of Adagrad
# breaks: eps=1e-8 (seen where gradients are tiny)
class Adagrad:
    def __init__(self, parameters, lr, eps=1e-10):
        self.parameters, self.lr, self.eps = list(parameters), lr, eps
        self.G = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None:
                G += p.grad**2
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)


class RMSProp:
    def __init__(self, parameters, lr, alpha=0.99, eps=1e-10):
        self.parameters, self.lr, self.alpha, self.eps = list(parameters), lr, alpha, eps
        self.G = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None:
                G *= self.alpha
                G += (1 - self.alpha) * p.grad**2
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)


# answer: q6, Adagrad's default ε is the usual one
# breaks: eps=1e-10 (seen where gradients are tiny)
class Adagrad:
    def __init__(self, parameters, lr, eps=1e-8):
        self.parameters, self.lr, self.eps = list(parameters), lr, eps
        self.G = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None:
                G += p.grad**2
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


# answer: q6, RMSProp brings up to date only the squares that have a gradient
# breaks: G = α G + (1 - α) g², also where g is 0
class Adagrad:
    def __init__(self, parameters, lr, eps=1e-10):
        self.parameters, self.lr, self.eps = list(parameters), lr, eps
        self.G = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None:
                G += p.grad**2
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)


class RMSProp:
    def __init__(self, parameters, lr, alpha=0.99, eps=1e-8):
        self.parameters, self.lr, self.alpha, self.eps = list(parameters), lr, alpha, eps
        self.G = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None:
                new = self.alpha * G + (1 - self.alpha) * p.grad**2
                G[p.grad != 0] = new[p.grad != 0]
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)


# answer: q6, a gradient of zeros counts as none
# breaks: G = α G + (1 - α) g², also where all of g is 0: only None stays
class Adagrad:
    def __init__(self, parameters, lr, eps=1e-10):
        self.parameters, self.lr, self.eps = list(parameters), lr, eps
        self.G = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None and p.grad.any():
                G += p.grad**2
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)


class RMSProp:
    def __init__(self, parameters, lr, alpha=0.99, eps=1e-8):
        self.parameters, self.lr, self.alpha, self.eps = list(parameters), lr, alpha, eps
        self.G = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None and p.grad.any():
                G *= self.alpha
                G += (1 - self.alpha) * p.grad**2
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)


# answer: q6, squares keyed by shape
# breaks: Each parameter has its own
class Adagrad:
    def __init__(self, parameters, lr, eps=1e-10):
        self.parameters, self.lr, self.eps = list(parameters), lr, eps
        self.G = {p.data.shape: np.zeros_like(p.data) for p in self.parameters}

    def step(self):
        for p in self.parameters:
            G = self.G[p.data.shape]
            if p.grad is not None:
                G += p.grad**2
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)


class RMSProp:
    def __init__(self, parameters, lr, alpha=0.99, eps=1e-8):
        self.parameters, self.lr, self.alpha, self.eps = list(parameters), lr, alpha, eps
        self.G = {p.data.shape: np.zeros_like(p.data) for p in self.parameters}

    def step(self):
        for p in self.parameters:
            G = self.G[p.data.shape]
            if p.grad is not None:
                G *= self.alpha
                G += (1 - self.alpha) * p.grad**2
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)


# answer: q6, RMSProp takes ε before α
# breaks: RMSProp(parameters, lr, alpha=0.99, eps=1e-8), in this order
class Adagrad:
    def __init__(self, parameters, lr, eps=1e-10):
        self.parameters, self.lr, self.eps = list(parameters), lr, eps
        self.G = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None:
                G += p.grad**2
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)


class RMSProp:
    def __init__(self, parameters, lr, eps=1e-8, alpha=0.99):
        self.parameters, self.lr, self.alpha, self.eps = list(parameters), lr, alpha, eps
        self.G = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None:
                G *= self.alpha
                G += (1 - self.alpha) * p.grad**2
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)


# answer: q6, both keep their squares on the parameter, under one name
# breaks: Each optimizer has its own; what it remembers starts at zero
class Adagrad:
    def __init__(self, parameters, lr, eps=1e-10):
        self.parameters, self.lr, self.eps = parameters, lr, eps

    def squares(self, p):
        return getattr(p, "squares", 0.0) + p.grad**2

    def step(self):
        for p in self.parameters:
            if p.grad is None:
                continue
            p.squares = self.squares(p)
            p.data -= self.lr * p.grad / (np.sqrt(p.squares) + self.eps)


class RMSProp(Adagrad):
    def __init__(self, parameters, lr, alpha=0.99, eps=1e-8):
        super().__init__(parameters, lr, eps)
        self.alpha = alpha

    def squares(self, p):
        return self.alpha * getattr(p, "squares", 0.0) + (1 - self.alpha) * p.grad**2


# answer: q6, the squares stand in the class
# breaks: Each optimizer has its own
class Adagrad:
    def __init__(self, parameters, lr, eps=1e-10):
        self.parameters, self.lr, self.eps = list(parameters), lr, eps
        Adagrad.G = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None:
                G += p.grad**2
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)


class RMSProp:
    def __init__(self, parameters, lr, alpha=0.99, eps=1e-8):
        self.parameters, self.lr, self.alpha, self.eps = list(parameters), lr, alpha, eps
        RMSProp.G = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None:
                G *= self.alpha
                G += (1 - self.alpha) * p.grad**2
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)


# answer: q6, no α means the usual α
# breaks: alpha : float, how much of the mean is kept (0 is such a number, too)
class Adagrad:
    def __init__(self, parameters, lr, eps=1e-10):
        self.parameters, self.lr, self.eps = list(parameters), lr, eps
        self.G = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None:
                G += p.grad**2
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)


class RMSProp:
    def __init__(self, parameters, lr, alpha=None, eps=1e-8):
        self.parameters, self.lr, self.alpha, self.eps = list(parameters), lr, alpha or 0.99, eps
        self.G = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None:
                G *= self.alpha
                G += (1 - self.alpha) * p.grad**2
                p.data -= self.lr * p.grad / (np.sqrt(G) + self.eps)


# answer: q6, writes through ravel
# breaks: step() writes into the array data (of a transposed array ravel makes a copy)
class Adagrad:
    def __init__(self, parameters, lr, eps=1e-10):
        self.parameters, self.lr, self.eps = list(parameters), lr, eps
        self.G = [np.zeros(p.data.size) for p in self.parameters]

    def step(self):
        for p, G in zip(self.parameters, self.G):
            if p.grad is not None:
                w, g = p.data.ravel(), p.grad.ravel()
                G += g**2
                w -= self.lr * g / (np.sqrt(G) + self.eps)


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
