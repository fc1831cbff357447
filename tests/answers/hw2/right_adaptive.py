"""Right answers to q6 to q8, in other styles. Text; nobody imports it."""


# answer: q6, keeps roots with hypot in the place of squares
class Adagrad:
    def __init__(self, parameters, lr, eps=1e-10):
        self.parameters, self.lr, self.eps = list(parameters), lr, eps
        self.roots = [np.zeros(p.data.shape) for p in self.parameters]

    def step(self):
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            self.roots[k] = np.hypot(self.roots[k], p.grad)
            p.data -= self.lr * (p.grad / (self.roots[k] + self.eps))


class RMSProp:
    def __init__(self, parameters, lr, alpha=0.99, eps=1e-8):
        self.parameters, self.lr, self.eps = list(parameters), lr, eps
        self.old, self.new = alpha**0.5, (1 - alpha) ** 0.5
        self.roots = [np.zeros(p.data.shape) for p in self.parameters]

    def step(self):
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            self.roots[k] = np.hypot(self.old * self.roots[k], self.new * p.grad)
            p.data -= self.lr * (p.grad / (self.roots[k] + self.eps))


# answer: q6, two small classes below one that does the step
class _Divided:
    def __init__(self, parameters, lr, keep, take, eps):
        self.lr, self.keep, self.take, self.eps = lr, keep, take, eps
        self.state = {k: [p, 0.0] for k, p in enumerate(parameters)}

    def step(self):
        for entry in self.state.values():
            p, squares = entry
            if p.grad is not None:
                entry[1] = squares = self.keep * squares + self.take * np.square(p.grad)
                p.data[...] -= self.lr * p.grad / (squares**0.5 + self.eps)


class Adagrad(_Divided):
    def __init__(self, parameters, lr, eps=1e-10):
        super().__init__(parameters, lr, 1, 1, eps)


class RMSProp(_Divided):
    def __init__(self, parameters, lr, alpha=0.99, eps=1e-8):
        super().__init__(parameters, lr, alpha, 1 - alpha, eps)


# answer: q6, remembers gradients and sums their squares each time
class Adagrad:
    def __init__(self, parameters, lr, eps=1e-10):
        self.parameters, self.lr, self.eps = parameters, lr, eps
        self.seen = [[] for p in parameters]

    def weights(self, count):
        return np.ones(count)

    def step(self):
        for p, seen in zip(self.parameters, self.seen):
            if p.grad is None:
                continue
            seen.append(p.grad.copy())
            G = np.tensordot(self.weights(len(seen)), np.array(seen) ** 2, axes=1)
            p.data -= np.multiply(self.lr, p.grad) / (np.sqrt(G) + self.eps)


class RMSProp(Adagrad):
    def __init__(self, parameters, lr, alpha=0.99, eps=1e-8):
        super().__init__(parameters, lr, eps)
        self.alpha = alpha

    def weights(self, count):
        return (1 - self.alpha) * self.alpha ** np.arange(count)[::-1]


# answer: q7, running powers, one dict of state for each parameter
class Adam:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8):
        self.lr, self.betas, self.eps = lr, betas, eps
        self.parameters = parameters
        self.states = [{"v": 0.0, "G": 0.0, "left": np.array([1.0, 1.0])} for _ in parameters]

    def step(self):
        b1, b2 = self.betas
        for p, state in zip(self.parameters, self.states):
            g = p.grad
            if g is None:
                continue
            state["v"] = state["v"] + (1 - b1) * (g - state["v"])
            state["G"] = state["G"] + (1 - b2) * (g * g - state["G"])
            state["left"] = state["left"] * (b1, b2)
            one, two = 1 - state["left"]
            p.data -= self.lr * (state["v"] / one) / ((state["G"] / two) ** 0.5 + self.eps)


# answer: q7, corrects rate and ε in the place of both means
class Adam:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8):
        self.parameters = list(parameters)
        self.lr = lr
        self.beta1, self.beta2 = betas
        self.eps = eps
        self.means = [np.zeros((2, *p.data.shape)) for p in self.parameters]
        self.t = [0] * len(self.parameters)

    def step(self):
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            self.t[k] += 1
            v, G = self.means[k][0, ...], self.means[k][1, ...]
            v *= self.beta1
            v += (1 - self.beta1) * p.grad
            G *= self.beta2
            G += (1 - self.beta2) * np.square(p.grad)
            root = np.sqrt(1 - self.beta2 ** self.t[k])
            rate = self.lr * root / (1 - self.beta1 ** self.t[k])
            p.data -= rate * v / (np.sqrt(G) + root * self.eps)


# answer: q7, averages with the weights that the correction means
class Adam:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8):
        self.parameters, self.lr, self.betas, self.eps = parameters, lr, betas, eps
        self.seen = [[] for _ in parameters]

    @staticmethod
    def mean(items, beta):
        ages = np.arange(len(items))[::-1]
        weights = (1 - beta) * beta**ages.astype(float)
        return np.tensordot(weights / (1 - beta ** len(items)), np.array(items), axes=1)

    def step(self):
        for p, seen in zip(self.parameters, self.seen):
            if p.grad is not None:
                seen.append(np.array(p.grad, copy=True))
                v = self.mean(seen, self.betas[0])
                G = self.mean([g**2 for g in seen], self.betas[1])
                np.subtract(p.data, self.lr * v / (np.sqrt(G) + self.eps), out=p.data)


# answer: q8, one long vector for the length, and no Adam inside
class AdamW:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, max_norm=None):
        self.parameters, self.lr, self.betas, self.eps = list(parameters), lr, betas, eps
        self.weight_decay = weight_decay
        self.max_norm = np.inf if max_norm is None else max_norm
        self.state = [(np.zeros_like(p.data), np.zeros_like(p.data), [0]) for p in self.parameters]

    def step(self):
        active = [(p, *state) for p, state in zip(self.parameters, self.state) if p.grad is not None]
        if not active:
            return
        length = np.linalg.norm(np.concatenate([p.grad.reshape(-1) for p, *_ in active]))
        scale = self.max_norm / length if length > self.max_norm else 1.0
        for p, v, G, count in active:
            count[0] += 1
            g = scale * p.grad
            for mean, item, beta in ((v, g, self.betas[0]), (G, g * g, self.betas[1])):
                mean *= beta
                mean += (1 - beta) * item
            corrected_v = v / (1 - self.betas[0] ** count[0])
            corrected_G = G / (1 - self.betas[1] ** count[0])
            p.data *= 1 - self.lr * self.weight_decay
            p.data -= self.lr * corrected_v / (np.sqrt(corrected_G) + self.eps)


# answer: q8, a subclass of the Adam that stands here, which sees copies with clipped gradients
class _Adam:
    def __init__(self, parameters, lr, betas, eps):
        self.parameters, self.lr, self.betas, self.eps = parameters, lr, betas, eps
        self.memory = {}

    def move(self, k, p, g):
        t, v, G = self.memory.get(k, (0, 0.0, 0.0))
        t, v = t + 1, self.betas[0] * v + (1 - self.betas[0]) * g
        G = self.betas[1] * G + (1 - self.betas[1]) * g**2
        self.memory[k] = t, v, G
        p.data -= (
            self.lr * v / (1 - self.betas[0] ** t) / (np.sqrt(G / (1 - self.betas[1] ** t)) + self.eps)
        )


class AdamW(_Adam):
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, max_norm=None):
        super().__init__(parameters, lr, betas, eps)
        self.weight_decay, self.max_norm = weight_decay, max_norm

    def step(self):
        gradients = {k: p.grad for k, p in enumerate(self.parameters) if p.grad is not None}
        length = sum(float(np.vdot(g, g)) for g in gradients.values()) ** 0.5
        if self.max_norm is not None and length > self.max_norm:
            gradients = {k: g * (self.max_norm / length) for k, g in gradients.items()}
        for k, g in gradients.items():
            p = self.parameters[k]
            p.data -= self.lr * self.weight_decay * p.data
            self.move(k, p, g)


# answer: q8, uses the notebook's Adam, and lends it clipped gradients
class AdamW:
    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, max_norm=None):
        self.parameters, self.lr = parameters, lr
        self.decay, self.limit = weight_decay, max_norm
        self.adam = Adam(parameters, lr, betas=betas, eps=eps)

    def step(self):
        own = [p.grad for p in self.parameters]
        length = np.sqrt(sum(np.sum(g * g) for g in own if g is not None))
        clip = self.limit is not None and length > self.limit
        self.adam.lr = self.lr
        try:
            for p in self.parameters:
                if p.grad is None:
                    continue
                p.data *= 1 - self.lr * self.decay
                if clip:
                    p.grad = p.grad * (self.limit / length)
            self.adam.step()
        finally:
            for p, g in zip(self.parameters, own):
                p.grad = g


# answer: q8, takes a limit of 0 for no limit
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
        clips = self.max_norm and length > self.max_norm
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
