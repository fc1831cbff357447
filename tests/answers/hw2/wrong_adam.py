"""Wrong answers to q7: means, their correction, and what is remembered. Text; nobody imports it."""


# answer: q7, a gradient of zeros counts as none
# breaks: v and G are brought up to date where g is 0, and w moves by what is left of v: only None stays
class Adam:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.v = [np.zeros_like(p.data) for p in self.parameters]
        self.G = [np.zeros_like(p.data) for p in self.parameters]
        self.t = [0] * len(self.parameters)

    def step(self):
        b1, b2 = self.betas
        for k, p in enumerate(self.parameters):
            if p.grad is None or not p.grad.any():
                continue
            self.t[k] += 1
            self.v[k] = b1 * self.v[k] + (1 - b1) * p.grad
            self.G[k] = b2 * self.G[k] + (1 - b2) * p.grad**2
            v_hat = self.v[k] / (1 - b1 ** self.t[k])
            G_hat = self.G[k] / (1 - b2 ** self.t[k])
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)


# answer: q7, stops correcting after ten steps, when it hardly matters
# breaks: v and G are corrected in each step t (G by 1 - 0.999^t, far from 1 at step 11)
class Adam:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.v = [np.zeros_like(p.data) for p in self.parameters]
        self.G = [np.zeros_like(p.data) for p in self.parameters]
        self.t = [0] * len(self.parameters)

    def step(self):
        b1, b2 = self.betas
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            self.t[k] += 1
            self.v[k] = b1 * self.v[k] + (1 - b1) * p.grad
            self.G[k] = b2 * self.G[k] + (1 - b2) * p.grad**2
            v_hat, G_hat = self.v[k], self.G[k]
            if self.t[k] <= 10:
                v_hat, G_hat = v_hat / (1 - b1 ** self.t[k]), G_hat / (1 - b2 ** self.t[k])
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)


# answer: q7, keeps means and counts in the class
# breaks: Each optimizer has its own
class Adam:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        Adam.v = [np.zeros_like(p.data) for p in self.parameters]
        Adam.G = [np.zeros_like(p.data) for p in self.parameters]
        Adam.t = [0] * len(self.parameters)

    def step(self):
        b1, b2 = self.betas
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            self.t[k] += 1
            self.v[k] = b1 * self.v[k] + (1 - b1) * p.grad
            self.G[k] = b2 * self.G[k] + (1 - b2) * p.grad**2
            v_hat = self.v[k] / (1 - b1 ** self.t[k])
            G_hat = self.G[k] / (1 - b2 ** self.t[k])
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)


# answer: q7, one pair of means for each shape
# breaks: Each parameter has its own
class Adam:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.v = {p.data.shape: np.zeros_like(p.data) for p in self.parameters}
        self.G = {p.data.shape: np.zeros_like(p.data) for p in self.parameters}
        self.t = {p.data.shape: 0 for p in self.parameters}

    def step(self):
        b1, b2 = self.betas
        for p in self.parameters:
            k = p.data.shape
            if p.grad is None:
                continue
            self.t[k] += 1
            self.v[k] = b1 * self.v[k] + (1 - b1) * p.grad
            self.G[k] = b2 * self.G[k] + (1 - b2) * p.grad**2
            v_hat = self.v[k] / (1 - b1 ** self.t[k])
            G_hat = self.G[k] / (1 - b2 ** self.t[k])
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)


# answer: q7, hangs means and count on the parameter
# breaks: Each optimizer has its own; what it remembers starts at zero
class Adam:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        for p in self.parameters:
            if not hasattr(p, "t"):
                p.v, p.G, p.t = np.zeros_like(p.data), np.zeros_like(p.data), 0

    def step(self):
        b1, b2 = self.betas
        for p in self.parameters:
            if p.grad is None:
                continue
            p.t += 1
            p.v = b1 * p.v + (1 - b1) * p.grad
            p.G = b2 * p.G + (1 - b2) * p.grad**2
            v_hat = p.v / (1 - b1 ** p.t)
            G_hat = p.G / (1 - b2 ** p.t)
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)


# answer: q7, the default ε of another library
# breaks: eps=1e-8 (seen where gradients are tiny)
class Adam:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-7):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.v = [np.zeros_like(p.data) for p in self.parameters]
        self.G = [np.zeros_like(p.data) for p in self.parameters]
        self.t = [0] * len(self.parameters)

    def step(self):
        b1, b2 = self.betas
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            self.t[k] += 1
            self.v[k] = b1 * self.v[k] + (1 - b1) * p.grad
            self.G[k] = b2 * self.G[k] + (1 - b2) * p.grad**2
            v_hat = self.v[k] / (1 - b1 ** self.t[k])
            G_hat = self.G[k] / (1 - b2 ** self.t[k])
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)


# answer: q7, takes ε before the betas
# breaks: Adam(parameters, lr, betas=(0.9, 0.999), eps=1e-8), in this order
class Adam:
    def __init__(self, parameters, lr, eps=1e-8, betas=(0.9, 0.999)):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.v = [np.zeros_like(p.data) for p in self.parameters]
        self.G = [np.zeros_like(p.data) for p in self.parameters]
        self.t = [0] * len(self.parameters)

    def step(self):
        b1, b2 = self.betas
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            self.t[k] += 1
            self.v[k] = b1 * self.v[k] + (1 - b1) * p.grad
            self.G[k] = b2 * self.G[k] + (1 - b2) * p.grad**2
            v_hat = self.v[k] / (1 - b1 ** self.t[k])
            G_hat = self.G[k] / (1 - b2 ** self.t[k])
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)


# answer: q7, a β of 0 means the usual one
# breaks: betas : pair of float, β₁ and β₂ (0 is one)
class Adam:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.v = [np.zeros_like(p.data) for p in self.parameters]
        self.G = [np.zeros_like(p.data) for p in self.parameters]
        self.t = [0] * len(self.parameters)

    def step(self):
        b1, b2 = self.betas[0] or 0.9, self.betas[1] or 0.999
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            self.t[k] += 1
            self.v[k] = b1 * self.v[k] + (1 - b1) * p.grad
            self.G[k] = b2 * self.G[k] + (1 - b2) * p.grad**2
            v_hat = self.v[k] / (1 - b1 ** self.t[k])
            G_hat = self.G[k] / (1 - b2 ** self.t[k])
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)


# answer: q7, writes through ravel
# breaks: step() writes into the array data (of a transposed array ravel makes a copy)
class Adam:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.v = [np.zeros(p.data.size) for p in self.parameters]
        self.G = [np.zeros(p.data.size) for p in self.parameters]
        self.t = [0] * len(self.parameters)

    def step(self):
        b1, b2 = self.betas
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            self.t[k] += 1
            self.v[k] = b1 * self.v[k] + (1 - b1) * p.grad.ravel()
            self.G[k] = b2 * self.G[k] + (1 - b2) * p.grad.ravel() ** 2
            v_hat = self.v[k] / (1 - b1 ** self.t[k])
            G_hat = self.G[k] / (1 - b2 ** self.t[k])
            flat = p.data.ravel()
            flat -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)


# answer: q7, the corrected means are what it remembers
# breaks: v and G are remembered as they are, and divided anew in each step
class Adam:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.v = [np.zeros_like(p.data) for p in self.parameters]
        self.G = [np.zeros_like(p.data) for p in self.parameters]
        self.t = [0] * len(self.parameters)

    def step(self):
        b1, b2 = self.betas
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            self.t[k] += 1
            self.v[k] = b1 * self.v[k] + (1 - b1) * p.grad
            self.G[k] = b2 * self.G[k] + (1 - b2) * p.grad**2
            if self.t[k] == 1:
                self.v[k], self.G[k] = self.v[k] / (1 - b1), self.G[k] / (1 - b2)
            v_hat, G_hat = self.v[k], self.G[k]
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)


# answer: q7, counts the steps of the optimizer, which wait while a parameter has no gradient
# breaks: t counts the steps of each parameter
class Adam:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.v = [np.zeros_like(p.data) for p in self.parameters]
        self.G = [np.zeros_like(p.data) for p in self.parameters]
        self.t = 0

    def step(self):
        b1, b2 = self.betas
        self.t += all(p.grad is not None for p in self.parameters) or self.t == 0
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            self.v[k] = b1 * self.v[k] + (1 - b1) * p.grad
            self.G[k] = b2 * self.G[k] + (1 - b2) * p.grad**2
            v_hat = self.v[k] / (1 - b1 ** self.t)
            G_hat = self.G[k] / (1 - b2 ** self.t)
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)


# answer: q7, squares end at ten thousand
# breaks: the formula has no such limit
class Adam:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.v = [np.zeros_like(p.data) for p in self.parameters]
        self.G = [np.zeros_like(p.data) for p in self.parameters]
        self.t = [0] * len(self.parameters)

    def step(self):
        b1, b2 = self.betas
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            self.t[k] += 1
            self.v[k] = b1 * self.v[k] + (1 - b1) * p.grad
            self.G[k] = b2 * self.G[k] + (1 - b2) * p.grad**2
            v_hat = self.v[k] / (1 - b1 ** self.t[k])
            self.G[k] = np.minimum(self.G[k], 1e4)
            G_hat = self.G[k] / (1 - b2 ** self.t[k])
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)


# answer: q7, one mean of squares for each row of a matrix
# breaks: a mean of squares for each number
class Adam:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.v = [np.zeros_like(p.data) for p in self.parameters]
        self.G = [np.zeros_like(p.data) for p in self.parameters]
        self.t = [0] * len(self.parameters)

    def step(self):
        b1, b2 = self.betas
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            self.t[k] += 1
            self.v[k] = b1 * self.v[k] + (1 - b1) * p.grad
            self.G[k] = b2 * self.G[k] + (1 - b2) * self.squared(p.grad)
            v_hat = self.v[k] / (1 - b1 ** self.t[k])
            G_hat = self.G[k] / (1 - b2 ** self.t[k])
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)

    def squared(self, g):
        return g**2 if g.ndim < 2 else np.broadcast_to((g**2).mean(axis=-1, keepdims=True), g.shape)
