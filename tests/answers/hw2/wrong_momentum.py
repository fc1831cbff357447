"""Wrong answers to q3: what SGD remembers, for whom, and what it writes. Text; nobody imports it."""


# answer: q3, keeps the speeds in the class
# breaks: Each parameter, and each optimizer, has its own (the second one made takes the first one's speeds)
class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.parameters, self.lr, self.momentum, self.weight_decay = parameters, lr, momentum, weight_decay
        SGD.speeds = [np.zeros_like(p.data) for p in parameters]

    def step(self):
        for p, v in zip(self.parameters, SGD.speeds):
            if p.grad is not None:
                v *= self.momentum
                v += p.grad + self.weight_decay * p.data
                p.data -= self.lr * v


# answer: q3, keeps one speed for each shape
# breaks: Each parameter has its own
class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.parameters = parameters
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.speed = {p.data.shape: np.zeros(p.data.shape) for p in parameters}

    def step(self):
        for p in self.parameters:
            if p.grad is None:
                continue
            g = p.grad + self.weight_decay * p.data
            self.speed[p.data.shape] = self.momentum * self.speed[p.data.shape] + g
            p.data -= self.lr * self.speed[p.data.shape]


# answer: q3, hangs the speed on the parameter
# breaks: Each optimizer has its own; what an optimizer remembers starts at zero
class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.parameters = parameters
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay

    def step(self):
        for p in self.parameters:
            if p.grad is not None:
                speed = getattr(p, "speed", 0.0)
                p.speed = self.momentum * speed + p.grad + self.weight_decay * p.data
                p.data -= self.lr * p.speed


# answer: q3, a list as default value for the speeds
# breaks: Each optimizer has its own (the default is made once for all of them)
class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0, speeds=[]):
        self.parameters, self.speeds = parameters, speeds
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        speeds[:] = [np.zeros(p.data.shape) for p in parameters]

    def step(self):
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            self.speeds[k] = self.momentum * self.speeds[k] + (p.grad + self.weight_decay * p.data)
            p.data -= self.lr * self.speeds[k]


# answer: q3, a short way without momentum, which forgets the decay
# breaks: g' = g + d w (also where momentum is 0)
class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.parameters = list(parameters)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.v = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for i, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            if self.momentum == 0:
                p.data -= self.lr * p.grad
                continue
            self.v[i] = self.momentum * self.v[i] + p.grad + self.weight_decay * p.data
            p.data -= self.lr * self.v[i]


# answer: q3, has nothing to do where the gradient is 0 and nothing decays
# breaks: w moves by η v (momentum goes on where the gradient is 0; only None stays)
class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.parameters = list(parameters)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.v = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, v in zip(self.parameters, self.v):
            if p.grad is None:
                continue
            g = p.grad + self.weight_decay * p.data
            if not g.any():
                continue
            v[...] = self.momentum * v + g
            p.data -= self.lr * v


# answer: q3, the first speed is the gradient's own array, as one finds it in libraries
# breaks: It leaves grad as it is (the array of the first step is multiplied in the second)
class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.parameters = list(parameters)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.v = [None] * len(self.parameters)

    def step(self):
        for i, p in enumerate(self.parameters):
            g = p.grad
            if g is None:
                continue
            if self.weight_decay != 0:
                g = g + self.weight_decay * p.data
            if self.v[i] is None:
                self.v[i] = g
            else:
                self.v[i] *= self.momentum
                self.v[i] += g
            p.data -= self.lr * self.v[i]


# answer: q3, writes through ravel
# breaks: step() writes into the array data (of a transposed array ravel makes a copy)
class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.parameters = list(parameters)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.v = [np.zeros(p.data.size) for p in self.parameters]

    def step(self):
        for p, v in zip(self.parameters, self.v):
            if p.grad is None:
                continue
            flat = p.data.ravel()
            v *= self.momentum
            v += p.grad.ravel() + self.weight_decay * flat
            flat -= self.lr * v


# answer: q3, decay stands before momentum in the list of settings
# breaks: SGD(parameters, lr, momentum=0.0, weight_decay=0.0), in this order
class SGD:
    def __init__(self, parameters, lr, weight_decay=0.0, momentum=0.0):
        self.parameters = list(parameters)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.v = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, v in zip(self.parameters, self.v):
            if p.grad is not None:
                v *= self.momentum
                v += p.grad + self.weight_decay * p.data
                p.data -= self.lr * v


# answer: q3, the decay of torch's later optimizers
# breaks: g' = g + d w goes through the speed (here it is taken off the weights)
class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.parameters = list(parameters)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.v = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, v in zip(self.parameters, self.v):
            if p.grad is not None:
                v *= self.momentum
                v += p.grad
                p.data -= self.lr * (v + self.weight_decay * p.data)


# answer: q3, the rate goes into the speed
# breaks: v has no rate in it (a new rate also changes what earlier gradients still do)
class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.parameters = list(parameters)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.v = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, v in zip(self.parameters, self.v):
            if p.grad is not None:
                v *= self.momentum
                v -= self.lr * (p.grad + self.weight_decay * p.data)
                p.data += v


# answer: q3, lets the speed of a parameter without gradient fade
# breaks: Such a parameter stays as it is, and so does what the optimizer remembers of it
class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.parameters = list(parameters)
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.v = [np.zeros_like(p.data) for p in self.parameters]

    def step(self):
        for p, v in zip(self.parameters, self.v):
            v *= self.momentum
            if p.grad is not None:
                v += p.grad + self.weight_decay * p.data
                p.data -= self.lr * v
