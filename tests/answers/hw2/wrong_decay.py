"""Wrong answers to q8: the decay, and the default ε. Text; nobody imports it."""


# answer: q8, matrices and vectors decay, tensors of more axes do not
# breaks: w becomes (1 - η d) w, of any shape
class AdamW:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, max_norm=None):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.weight_decay, self.max_norm = weight_decay, max_norm
        self.v = [np.zeros_like(p.data) for p in self.parameters]
        self.G = [np.zeros_like(p.data) for p in self.parameters]
        self.t = [0] * len(self.parameters)

    def step(self):
        b1, b2 = self.betas
        length = np.sqrt(sum((p.grad**2).sum() for p in self.parameters if p.grad is not None))
        clips = self.max_norm is not None and length > self.max_norm
        scale = self.max_norm / length if clips else 1.0
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            g = scale * p.grad
            self.t[k] += 1
            self.v[k] = b1 * self.v[k] + (1 - b1) * g
            self.G[k] = b2 * self.G[k] + (1 - b2) * g**2
            v_hat = self.v[k] / (1 - b1 ** self.t[k])
            G_hat = self.G[k] / (1 - b2 ** self.t[k])
            if p.data.ndim <= 2:
                p.data *= 1 - self.lr * self.weight_decay
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)


# answer: q8, the decay never turns a weight's sign, and is at most a half
# breaks: w becomes (1 - η d) w, whatever η d is
class AdamW:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, max_norm=None):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.weight_decay, self.max_norm = weight_decay, max_norm
        self.v = [np.zeros_like(p.data) for p in self.parameters]
        self.G = [np.zeros_like(p.data) for p in self.parameters]
        self.t = [0] * len(self.parameters)

    def step(self):
        b1, b2 = self.betas
        length = np.sqrt(sum((p.grad**2).sum() for p in self.parameters if p.grad is not None))
        clips = self.max_norm is not None and length > self.max_norm
        scale = self.max_norm / length if clips else 1.0
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            g = scale * p.grad
            self.t[k] += 1
            self.v[k] = b1 * self.v[k] + (1 - b1) * g
            self.G[k] = b2 * self.G[k] + (1 - b2) * g**2
            v_hat = self.v[k] / (1 - b1 ** self.t[k])
            G_hat = self.G[k] / (1 - b2 ** self.t[k])
            p.data *= max(0.5, 1 - self.lr * self.weight_decay)
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)


# answer: q8, the default ε of another library
# breaks: eps=1e-8 (seen where gradients are tiny)
class AdamW:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-7, weight_decay=0.01, max_norm=None):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.weight_decay, self.max_norm = weight_decay, max_norm
        self.v = [np.zeros_like(p.data) for p in self.parameters]
        self.G = [np.zeros_like(p.data) for p in self.parameters]
        self.t = [0] * len(self.parameters)

    def step(self):
        b1, b2 = self.betas
        length = np.sqrt(sum((p.grad**2).sum() for p in self.parameters if p.grad is not None))
        clips = self.max_norm is not None and length > self.max_norm
        scale = self.max_norm / length if clips else 1.0
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            g = scale * p.grad
            self.t[k] += 1
            self.v[k] = b1 * self.v[k] + (1 - b1) * g
            self.G[k] = b2 * self.G[k] + (1 - b2) * g**2
            v_hat = self.v[k] / (1 - b1 ** self.t[k])
            G_hat = self.G[k] / (1 - b2 ** self.t[k])
            p.data *= 1 - self.lr * self.weight_decay
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)
