"""Right answers to q6, q7 and q9: a check, a network, its training. Text; nobody imports it."""

# answer: q6, two steps and Richardson's extrapolation
def gradient_error(forward, backward, x):
    g = np.random.default_rng(3).normal(size=np.shape(forward(x)))
    a = np.asarray(backward(g.copy() if isinstance(g, np.ndarray) else g, x.copy()))
    if a.shape != x.shape or not np.all(np.isfinite(a)):
        return float("inf")

    def loss(at):
        return float(np.sum(g * forward(at)))

    def central(i, h):
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        return (loss(up) - loss(down)) / (2 * h)

    n = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        n[i] = (4 * central(i, 5e-5) - central(i, 1e-4)) / 3
    top, bottom = np.max(np.abs(a - n)), np.max(np.abs(a)) + np.max(np.abs(n))
    return 0.0 if bottom == 0 else float(top / bottom)


# answer: q6, all moves as rows of one matrix, and the draw is not seeded
def gradient_error(forward, backward, x):
    h = 1e-5
    out = np.asarray(forward(x.copy()))
    rng = np.random.default_rng()
    g = rng.uniform(0.5, 2, size=out.shape) * rng.choice([-1.0, 1.0], size=out.shape)
    if g.size > 1:
        g.flat[0], g.flat[g.size - 1] = 1.3, -0.7  # both signs, and no palindrome
    moves = h * np.eye(x.size).reshape(x.size, *x.shape)
    up = np.array([np.vdot(g, forward(x + e)) for e in moves])
    down = np.array([np.vdot(g, forward(x - e)) for e in moves])
    n = ((up - down) / (2 * h)).reshape(x.shape)
    a = backward(g, x)
    if np.shape(a) != np.shape(x) or not np.isfinite(a).all():
        return np.inf
    largest = np.abs(a).max() + np.abs(n).max()
    return np.abs(a - n).max() / largest if largest else 0.0


# answer: q6, two draws, and minus each: the worst of four
def gradient_error(forward, backward, x):
    def once(g):
        a = backward(g, x)
        if np.shape(a) != x.shape or not np.isfinite(a).all():
            return float("inf")
        n = np.empty(x.shape)
        flat = n.reshape(-1)
        for k in range(x.size):
            moved = x.astype(float).ravel()
            start = moved[k]
            values = []
            for step in (1e-5, -1e-5):
                moved[k] = start + step
                values.append(np.sum(np.multiply(g, forward(moved.reshape(x.shape).copy()))))
            flat[k] = (values[0] - values[1]) / 2e-5
        size = np.max(np.abs(a)) + np.max(np.abs(n))
        return float(np.max(np.abs(a - n)) / size) if size else 0.0

    shape, rng = np.shape(forward(x)), np.random.default_rng(7)
    draws = [rng.normal(size=shape) for _ in range(2)]
    return max(once(sign * np.asarray(g)) for g in draws for sign in (1.0, -1.0))


# answer: q7, a network is a layer and the network behind it
class MLP:
    def __init__(self, sizes, activation, rng):
        D, U, *rest = sizes
        weight = np.sqrt(2 / D) * rng.normal(size=(D, U))
        self.linear = Linear(weight if rest else 0.1 * weight, np.zeros(U))
        self.activation = activation() if rest else None
        self.behind = MLP([U, *rest], activation, rng) if rest else None

    def forward(self, x):
        y = self.linear.forward(x)
        return self.behind.forward(self.activation.forward(y)) if self.behind else y

    def backward(self, grad_out):
        if self.behind:
            grad_out = self.activation.backward(self.behind.backward(grad_out))
        return self.linear.backward(grad_out)

    def parameters(self):
        own = [self.linear.weight, self.linear.bias]
        return own + self.behind.parameters() if self.behind else own

    def gradients(self):
        own = [self.linear.grad_weight, self.linear.grad_bias]
        return own + self.behind.gradients() if self.behind else own


# answer: q7, one list of layers, run with reduce
from functools import reduce


class MLP:
    def __init__(self, sizes, activation, rng):
        self.layers = []
        for D, U in zip(sizes[:-1], sizes[1:]):
            self.layers.append(Linear(rng.normal(0.0, (2 / D) ** 0.5, size=(D, U)), np.zeros(U)))
            self.layers.append(activation())
        self.layers.pop()
        self.layers[-1].weight *= 0.1

    def forward(self, x):
        return reduce(lambda signal, layer: layer.forward(signal), self.layers, x)

    def backward(self, grad_out):
        return reduce(lambda grad, layer: layer.backward(grad), self.layers[::-1], grad_out)

    def parameters(self):
        return [array for layer in self.layers[::2] for array in (layer.weight, layer.bias)]

    def gradients(self):
        return [array for layer in self.layers[::2] for array in (layer.grad_weight, layer.grad_bias)]


# answer: q7, parameters are one list from the start; the gradients are copied in backward
class MLP:
    def __init__(self, sizes, activation, rng):
        depth = len(sizes) - 1
        self.arrays, self.linears = [], []
        for k in range(depth):
            z = rng.standard_normal((sizes[k], sizes[k + 1]))
            z *= np.sqrt(2.0 / sizes[k]) / (10 if k + 1 == depth else 1)
            self.arrays += [z, np.zeros(sizes[k + 1])]
            self.linears.append(Linear(*self.arrays[-2:]))
        self.hidden = [activation() for _ in range(depth - 1)]
        self.grads = [None] * (2 * depth)

    def forward(self, x):
        for k, linear in enumerate(self.linears):
            if k > 0:
                x = self.hidden[k - 1].forward(x)
            x = linear.forward(x)
        return x

    def backward(self, grad_out):
        for k in range(len(self.linears))[::-1]:
            grad_out = self.linears[k].backward(grad_out)
            now = (self.linears[k].grad_weight, self.linears[k].grad_bias)
            self.grads[2 * k : 2 * k + 2] = [g.copy() for g in now]
            if k > 0:
                grad_out = self.hidden[k - 1].backward(grad_out)
        return grad_out

    def parameters(self):
        return list(self.arrays)

    def gradients(self):
        return list(self.grads)


# answer: q9, the four lines
def train(model, x, labels, batches, learning_rate):
    losses = []
    for batch in batches:
        loss, grad = cross_entropy(model.forward(x[batch]), labels[batch])
        model.backward(grad)
        for p, g in zip(model.parameters(), model.gradients()):
            p -= learning_rate * g
        losses.append(float(loss))
    return losses


# answer: q9, one step is a function, and the list a comprehension
def train(model, x, labels, batches, learning_rate):
    def step(rows):
        loss, grad = cross_entropy(model.forward(np.take(x, rows, axis=0)), np.take(labels, rows))
        model.backward(grad)
        parameters, gradients = model.parameters(), model.gradients()
        for k in range(len(parameters)):
            np.subtract(parameters[k], np.multiply(gradients[k], learning_rate), out=parameters[k])
        return loss

    return [step(rows) for rows in batches]


# answer: q9, number by number, over an iterator
def train(model, x, labels, batches, learning_rate):
    losses, left = [], iter(batches)
    while (batch := next(left, None)) is not None:
        inputs = np.array([x[n] for n in batch])
        loss, grad = cross_entropy(model.forward(inputs), np.array([labels[n] for n in batch]))
        losses += [loss]
        model.backward(grad)
        for array, slope in zip(model.parameters(), model.gradients(), strict=True):
            for place in np.ndindex(array.shape):
                array[place] = array[place] - learning_rate * slope[place]
    return losses


# answer: q9, adds the negative step, after all gradients have been scaled into new arrays
def train(model, x, labels, batches, learning_rate):
    history = [0.0] * len(batches)
    for k in range(len(batches)):
        rows = batches[k]
        history[k], upstream = cross_entropy(model.forward(x[rows, :]), labels[rows], smoothing=0.0)
        model.backward(upstream)
        steps = [-learning_rate * g for g in model.gradients()]
        for p, s in zip(model.parameters(), steps):
            p[...] = p + s
    return history
