"""Right answers to q3 to q5, in other styles. Text; nobody imports it."""


# answer: q3, a generator for each parameter keeps its speed
def _mover(p, settings):
    speed = np.zeros(np.shape(p.data))
    while True:
        pushed = p.grad + settings.weight_decay * p.data
        speed = settings.momentum * speed + pushed
        p.data[...] = p.data - settings.lr * speed
        yield


class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.lr, self.momentum, self.weight_decay = lr, momentum, weight_decay
        self.movers = [(p, _mover(p, self)) for p in parameters]

    def step(self):
        for p, mover in self.movers:
            if p.grad is not None:
                next(mover)


# answer: q3, keeps all gradients and unrolls the sum
class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.parameters, self.lr = parameters, lr
        self.beta, self.decay = momentum, weight_decay
        self.seen = [[] for _ in parameters]

    def step(self):
        for p, seen in zip(self.parameters, self.seen, strict=True):
            if p.grad is None:
                continue
            seen.append(p.grad + self.decay * p.data)
            v = sum(self.beta**age * g for age, g in enumerate(reversed(seen)))
            np.subtract(p.data, self.lr * v, out=p.data)


# answer: q3, one flat array of speeds, and a slice of it for each parameter
class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.parameters = tuple(parameters)
        self.lr = lr
        self.momentum = momentum
        self.weight_decay = weight_decay
        ends = np.cumsum([p.data.size for p in self.parameters])
        self.speeds = np.zeros(sum(p.data.size for p in self.parameters))
        self.slices = [slice(end - p.data.size, end) for p, end in zip(self.parameters, ends)]

    def step(self):
        for p, part in zip(self.parameters, self.slices):
            g = p.grad
            if g is not None:
                v = self.speeds[part].reshape(p.data.shape)
                v *= self.momentum
                v += g
                v += self.weight_decay * p.data
                p.data -= self.lr * v


# answer: q3, made lazily, keyed by the parameter object, with the sign of a velocity
class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.__dict__.update(ps=parameters, lr=lr, momentum=momentum, weight_decay=weight_decay, v={})

    def step(self):
        moving = [p for p in self.ps if p.grad is not None]
        for p in moving:
            pull = -(p.grad + self.weight_decay * p.data)
            self.v[id(p)] = pull + self.momentum * self.v.get(id(p), 0)
            p.data += self.lr * self.v[id(p)]


# answer: q4, units of each form, and a loop over steps with one velocity a gradient
UNITS = {"sum": 1, "average": 2, "velocity": 1}


def same_path(rate, momentum, form, other):
    def push(name):
        return 1 - momentum if UNITS[name] == 2 else 1.0

    return rate * push(form) / push(other)


def shares(rates, momentum, form):
    T = rates.shape[0]
    v = np.zeros(T)
    moves = []
    for t in range(T):
        first = np.eye(T)[t]
        if form == "sum":
            v = momentum * v + first
            moves.append(rates[t] * v)
        elif form == "average":
            v = momentum * v + (1 - momentum) * first
            moves.append(rates[t] * v)
        else:
            v = momentum * v - rates[t] * first
            moves.append(-v)
    return np.array(moves).reshape(T, T)


# answer: q4, diagonal matrices and a triangular one
def same_path(rate, momentum, form, other):
    match (form == "average", other == "average"):
        case (True, False):
            return rate * (1 - momentum)
        case (False, True):
            return rate / (1 - momentum)
        case _:
            return rate


def shares(rates, momentum, form):
    T = len(rates)
    memory = np.linalg.inv(np.eye(T) - momentum * np.eye(T, k=-1))
    if form == "average":
        memory = (1 - momentum) * memory
    return memory @ np.diag(rates) if form == "velocity" else np.diag(rates) @ memory


# answer: q4, entry by entry, and a rate found by comparing first moves
def same_path(rate, momentum, form, other):
    one = np.ones(1)
    return float(rate * shares(one, momentum, form)[0, 0] / shares(one, momentum, other)[0, 0])


def shares(rates, momentum, form):
    def entry(t, s):
        if s > t:
            return 0.0
        own = rates[s] if form == "velocity" else rates[t]
        return float(own) * momentum ** (t - s) * (1 - momentum if form == "average" else 1.0)

    n = range(len(rates))
    return np.array([[entry(t, s) for s in n] for t in n]).reshape(len(rates), len(rates))


# answer: q5, the same move by the difference of two speeds
class Nesterov:
    def __init__(self, parameters, lr, momentum=0.9):
        self.lr, self.momentum = lr, momentum
        self.memory = [[p, np.zeros_like(p.data)] for p in parameters]

    def step(self):
        for pair in self.memory:
            p, old = pair
            if p.grad is None:
                continue
            new = self.momentum * old + p.grad
            pair[1] = new
            p.data -= self.lr * ((1 + self.momentum) * new - self.momentum * old)


# answer: q5, takes plain momentum twice, as a subclass of an optimizer made here
class _Momentum:
    def __init__(self, parameters, lr, momentum):
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.speeds = [0.0] * len(parameters)

    def direction(self, k, g):
        self.speeds[k] = self.speeds[k] * self.momentum + g
        return self.speeds[k]

    def step(self):
        for k, p in enumerate(self.parameters):
            if p.grad is not None:
                p.data -= self.lr * self.direction(k, p.grad)


class Nesterov(_Momentum):
    def __init__(self, parameters, lr, momentum=0.9):
        super().__init__(parameters, lr, momentum)

    def direction(self, k, g):
        return g + self.momentum * super().direction(k, g)


# answer: q5, number by number, with an index of any rank
class Nesterov:
    def __init__(self, parameters, lr, momentum=0.9):
        self.parameters, self.lr, self.momentum = list(parameters), lr, momentum
        self.v = [{i: 0.0 for i in np.ndindex(p.data.shape)} for p in self.parameters]

    def step(self):
        for p, v in zip(self.parameters, self.v):
            if p.grad is None:
                continue
            for i, g in np.ndenumerate(p.grad):
                v[i] = self.momentum * v[i] + g
                p.data[i] -= self.lr * (g + self.momentum * v[i])
