"""Wrong answers to q5: the point ahead, and what is remembered for it. Text; nobody imports it."""


# answer: q5, keeps one speed for each shape
# breaks: Each parameter has its own
class Nesterov:
    def __init__(self, parameters, lr, momentum=0.9):
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.speeds = {}

    def step(self):
        for p in self.parameters:
            if p.grad is None:
                continue
            v = self.speeds.setdefault(p.grad.shape, np.zeros(p.grad.shape))
            v *= self.momentum
            v += p.grad
            p.data -= self.lr * (p.grad + self.momentum * v)


# answer: q5, speeds by place in a list of the class
# breaks: Each optimizer has its own
class Nesterov:
    speeds = []

    def __init__(self, parameters, lr, momentum=0.9):
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.speeds.clear()
        self.speeds.extend(np.zeros_like(p.data) for p in parameters)

    def step(self):
        for p, v in zip(self.parameters, self.speeds):
            if p.grad is not None:
                v[...] = self.momentum * v + p.grad
                p.data -= self.lr * (p.grad + self.momentum * v)


# answer: q5, no momentum means the usual momentum
# breaks: momentum : float, β (0 is one)
class Nesterov:
    def __init__(self, parameters, lr, momentum=None):
        self.parameters, self.lr = list(parameters), lr
        self.momentum = momentum or 0.9
        self.v = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, v in zip(self.parameters, self.v):
            if p.grad is None:
                continue
            v *= self.momentum
            v += p.grad
            p.data -= self.lr * (p.grad + self.momentum * v)


# answer: q5, a gradient of zeros counts as none
# breaks: w moves by η (g + β v) also where g is 0; only None stays
class Nesterov:
    def __init__(self, parameters, lr, momentum=0.9):
        self.parameters, self.lr, self.momentum = list(parameters), lr, momentum
        self.v = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, v in zip(self.parameters, self.v):
            if p.grad is None or not np.any(p.grad):
                continue
            v *= self.momentum
            v += p.grad
            p.data -= self.lr * (p.grad + self.momentum * v)


# answer: q5, the first speed is the gradient's own array
# breaks: It leaves grad as it is (the array of the first step is multiplied in the second)
class Nesterov:
    def __init__(self, parameters, lr, momentum=0.9):
        self.parameters, self.lr, self.momentum = list(parameters), lr, momentum
        self.v = {}

    def step(self):
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            if k not in self.v:
                self.v[k] = p.grad
            else:
                self.v[k] *= self.momentum
                self.v[k] += p.grad
            p.data -= self.lr * (p.grad + self.momentum * self.v[k])


# answer: q5, hangs the speed on the parameter
# breaks: Each optimizer has its own; what it remembers starts at zero
class Nesterov:
    def __init__(self, parameters, lr, momentum=0.9):
        self.parameters, self.lr, self.momentum = list(parameters), lr, momentum
        for p in self.parameters:
            if not hasattr(p, "v"):
                p.v = np.zeros_like(p.data)

    def step(self):
        for p in self.parameters:
            if p.grad is None:
                continue
            p.v = self.momentum * p.v + p.grad
            p.data -= self.lr * (p.grad + self.momentum * p.v)


# answer: q5, works number by number in a flattened copy
# breaks: step() writes into the array data (a transposed array is copied by reshape)
class Nesterov:
    def __init__(self, parameters, lr, momentum=0.9):
        self.parameters, self.lr, self.momentum = list(parameters), lr, momentum
        self.v = [np.zeros(p.data.size) for p in self.parameters]

    def step(self):
        for p, v in zip(self.parameters, self.v):
            if p.grad is None:
                continue
            w, g = p.data.reshape(-1), p.grad.reshape(-1)
            for i in range(len(w)):
                v[i] = self.momentum * v[i] + g[i]
                w[i] -= self.lr * (g[i] + self.momentum * v[i])


# answer: q5, does not look ahead where speed and gradient disagree
# breaks: v with β v, w with g + β v, in every step alike
class Nesterov:
    def __init__(self, parameters, lr, momentum=0.9):
        self.parameters, self.lr, self.momentum = list(parameters), lr, momentum
        self.v = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, v in zip(self.parameters, self.v):
            if p.grad is None:
                continue
            v *= self.momentum
            v += p.grad
            ahead = np.where(v * p.grad >= 0, p.grad + self.momentum * v, p.grad)
            p.data -= self.lr * ahead


# answer: q5, adds up old moves, in which the rate is
# breaks: The rate is read anew at every step (and no old one stays in the speed)
class Nesterov:
    def __init__(self, parameters, lr, momentum=0.9):
        self.parameters, self.lr, self.momentum = list(parameters), lr, momentum
        self.v = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, v in zip(self.parameters, self.v):
            if p.grad is None:
                continue
            v *= self.momentum
            v -= self.lr * p.grad
            p.data += self.momentum * v - self.lr * p.grad


# answer: q5, clips the speed against runaways
# breaks: v = β v + g, however large
class Nesterov:
    def __init__(self, parameters, lr, momentum=0.9):
        self.parameters, self.lr, self.momentum = list(parameters), lr, momentum
        self.v = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, v in zip(self.parameters, self.v):
            if p.grad is None:
                continue
            np.clip(self.momentum * v + p.grad, -10, 10, out=v)
            p.data -= self.lr * (p.grad + self.momentum * v)


# answer: q5, computes in the gradient's array and takes everything off again
# breaks: It leaves grad as it is (rounding leaves other numbers)
class Nesterov:
    def __init__(self, parameters, lr, momentum=0.9):
        self.parameters, self.lr, self.momentum = list(parameters), lr, momentum
        self.v = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, v in zip(self.parameters, self.v):
            if p.grad is None:
                continue
            v *= self.momentum
            v += p.grad
            p.grad += self.momentum * v
            p.data -= self.lr * p.grad
            p.grad -= self.momentum * v
