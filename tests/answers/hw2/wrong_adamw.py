"""Wrong answers to q8: the length, the clipping, the decay. Text; nobody imports it."""


# answer: q8, the length of a matrix is its spectral norm
# breaks: the length of the gradients of all parameters together, as if they were one long vector
class AdamW:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, max_norm=None):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.weight_decay, self.max_norm = weight_decay, max_norm
        self.v = [np.zeros_like(p.data) for p in self.parameters]
        self.G = [np.zeros_like(p.data) for p in self.parameters]
        self.t = [0] * len(self.parameters)

    def step(self):
        b1, b2 = self.betas
        length = np.sqrt(sum(np.linalg.norm(p.grad, 2) ** 2 for p in self.parameters if p.grad is not None))
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


# answer: q8, a gradient of zeros counts as none
# breaks: a parameter with a gradient, be it 0, decays and moves by what is left of v
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
            if p.grad is None or not p.grad.any():
                continue
            g = scale * p.grad
            self.t[k] += 1
            self.v[k] = b1 * self.v[k] + (1 - b1) * g
            self.G[k] = b2 * self.G[k] + (1 - b2) * g**2
            v_hat = self.v[k] / (1 - b1 ** self.t[k])
            G_hat = self.G[k] / (1 - b2 ** self.t[k])
            p.data *= 1 - self.lr * self.weight_decay
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)


# answer: q8, divides by a length that may be 0
# breaks: where the length is above max_norm, and only there, gradients are multiplied (0 raises ZeroDivisionError)
import math


class AdamW:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, max_norm=None):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.weight_decay, self.max_norm = weight_decay, max_norm
        self.v = [np.zeros_like(p.data) for p in self.parameters]
        self.G = [np.zeros_like(p.data) for p in self.parameters]
        self.t = [0] * len(self.parameters)

    def step(self):
        b1, b2 = self.betas
        length = math.sqrt(sum((p.grad**2).sum() for p in self.parameters if p.grad is not None))
        scale = 1.0 if self.max_norm is None else min(1.0, self.max_norm / length)
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


# answer: q8, a millionth is added to the length, as in a library
# breaks: multiplied by max_norm / length (a millionth is much for tiny ones)
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
        scale = self.max_norm / (length + 1e-6) if clips else 1.0
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


# answer: q8, clips the gradients and multiplies them back
# breaks: It leaves grad as it is: grad itself is not clipped (rounding leaves other numbers)
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
            p.grad *= scale
            g = p.grad.copy()
            p.grad /= scale
            self.t[k] += 1
            self.v[k] = b1 * self.v[k] + (1 - b1) * g
            self.G[k] = b2 * self.G[k] + (1 - b2) * g**2
            v_hat = self.v[k] / (1 - b1 ** self.t[k])
            G_hat = self.G[k] / (1 - b2 ** self.t[k])
            p.data *= 1 - self.lr * self.weight_decay
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)


# answer: q8, weight decay stands before ε in the list of settings
# breaks: AdamW(parameters, lr, betas, eps, weight_decay, max_norm), in this order
class AdamW:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), weight_decay=0.01, eps=1e-8, max_norm=None):
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


# answer: q8, the Adam inside belongs to the class
# breaks: Each optimizer has its own
class AdamW:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, max_norm=None):
        self.parameters, self.lr = parameters, lr
        self.weight_decay, self.max_norm = weight_decay, max_norm
        AdamW.adam = Adam(parameters, lr, betas, eps)

    def step(self):
        AdamW.adam.lr = self.lr
        active = [p for p in self.parameters if p.grad is not None]
        length = np.sqrt(sum((p.grad**2).sum() for p in active))
        own = [p.grad for p in active]
        for p in active:
            p.data *= 1 - self.lr * self.weight_decay
            if self.max_norm is not None and length > self.max_norm:
                p.grad = p.grad * (self.max_norm / length)
        AdamW.adam.step()
        for p, g in zip(active, own):
            p.grad = g


# answer: q8, decays after the move
# breaks: Decay comes before the move
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
            p.data -= self.lr * v_hat / (np.sqrt(G_hat) + self.eps)
            p.data *= 1 - self.lr * self.weight_decay


# answer: q8, one mean and one count for each shape
# breaks: Each parameter has its own
class AdamW:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, max_norm=None):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.weight_decay, self.max_norm = weight_decay, max_norm
        self.v = {p.data.shape: np.zeros_like(p.data) for p in self.parameters}
        self.G = {p.data.shape: np.zeros_like(p.data) for p in self.parameters}
        self.t = {p.data.shape: 0 for p in self.parameters}

    def step(self):
        b1, b2 = self.betas
        length = np.sqrt(sum((p.grad**2).sum() for p in self.parameters if p.grad is not None))
        clips = self.max_norm is not None and length > self.max_norm
        scale = self.max_norm / length if clips else 1.0
        for p in self.parameters:
            k = p.data.shape
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
