"""Columns and matrix products; layers that remember columns and masks; a network of named layers."""
# ruff: noqa: F821  (names of other cells stand in the notebook)

import numpy as np


# question: q3
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    rows, columns = grad_out.shape[2:]
    wide = padded(x, padding)
    taps = [
        wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])].swapaxes(0, 1)
        for i in range(kernel_size[0])
        for j in range(kernel_size[1])
    ]
    laid_out = np.stack([tap.reshape(x.shape[1], -1) for tap in taps], axis=1)  # (C, taps, N·H'·W')
    g = grad_out.swapaxes(0, 1).reshape(grad_out.shape[1], -1)
    product = g @ laid_out.reshape(-1, g.shape[1]).T
    return product.reshape(len(g), x.shape[1], *kernel_size)


def conv2d_bias_gradient(grad_out):
    flat = grad_out.swapaxes(0, 1).reshape(grad_out.shape[1], -1)
    return flat @ np.ones(flat.shape[1], grad_out.dtype)


# question: q4
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    if outputs(size, weight.shape[2:], stride, padding) != grad_out.shape[2:]:
        raise ValueError("somebody has mixed something up")
    count, _, rows, columns = grad_out.shape
    _, channels, kh, kw = weight.shape
    g = grad_out.transpose(1, 0, 2, 3).reshape(len(weight), -1)
    columns_back = (weight.reshape(len(weight), -1).T @ g).reshape(channels, kh, kw, count, rows, columns)
    height, width = (n + 2 * p for n, p in zip(size, padding, strict=True))
    grad = np.zeros((count, channels, height, width), columns_back.dtype)
    for i in range(kh):
        for j in range(kw):
            place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
            grad[place] += columns_back[:, i, j].swapaxes(0, 1)
    return grad[:, :, padding[0] : height - padding[0], padding[1] : width - padding[1]]


# question: q5
def layer_errors(layer, x, rng, places=20):
    given = x.copy()
    out = layer.forward(given)
    upstream = rng.choice([-1.0, 1.0], size=np.shape(out)) * rng.uniform(0.5, 2, size=np.shape(out))
    gradients = [layer.backward(upstream.copy()), *layer.gradients()]
    gradients = [np.array(g) for g in gradients]

    def loss():
        return float(np.sum(upstream * layer.forward(given)))

    found = []
    for array, said in zip([given, *layer.parameters()], gradients, strict=True):
        if np.shape(said) != array.shape or not np.all(np.isfinite(said)):
            found.append(np.inf)
            continue
        largest = gap = numeric = 0.0
        for number in rng.permutation(array.size)[:places]:
            where = np.unravel_index(number, array.shape)
            kept = float(array[where])
            array[where] = kept + 1e-5
            up = loss()
            array[where] = kept - 1e-5
            slope = (up - loss()) / 2e-5
            array[where] = kept
            gap = max(gap, abs(slope - float(said[where])))
            largest, numeric = max(largest, abs(float(said[where]))), max(numeric, abs(slope))
        found.append(gap / (largest + numeric) if largest + numeric else 0.0)
    return found


# question: q9
class Conv2d:
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        self.weight, self.bias = weight, bias
        self.rest = (stride, padding)
        self.seen = None

    def forward(self, x):
        self.seen = x.copy()
        return conv2d(self.seen, self.weight, self.bias, *self.rest)

    def backward(self, grad_out):
        self.grad_bias = conv2d_bias_gradient(grad_out)
        size, kernel = self.seen.shape[2:], self.weight.shape[2:]
        self.grad_weight = conv2d_weight_gradient(grad_out, self.seen, kernel, *self.rest)
        return conv2d_input_gradient(grad_out, self.weight, size, *self.rest)

    def parameters(self):
        return [self.weight, self.bias]

    def gradients(self):
        return [self.grad_weight, self.grad_bias]


class MaxPool2d(ReLU):
    def __init__(self, kernel_size, stride=None):
        self.how = (kernel_size, stride if stride is not None else kernel_size)

    def forward(self, x):
        self.x = x.copy()
        return max_pool2d(self.x, *self.how)

    def backward(self, grad_out):
        return max_pool2d_backward(grad_out, self.x, *self.how)


# question: q10
class LeNet:
    def __init__(self, size, rng):
        def layer(kind, shape, *more, scale=1.0):
            inputs = np.prod(shape[1:]) if len(shape) == 4 else shape[0]
            weight = scale * (2 / inputs) ** 0.5 * rng.normal(size=shape)
            bias = np.zeros(shape[0] if len(shape) == 4 else shape[1], np.float32)
            return kind(weight.astype(np.float32), bias, *more)

        self.c1 = layer(Conv2d, (6, 1, 5, 5), (1, 1), (2, 2))
        self.c3 = layer(Conv2d, (16, 6, 5, 5), (1, 1), (2, 2))
        height, width = (n // 2 // 2 for n in size)
        self.f5 = layer(Linear, (16 * height * width, 120))
        self.f6 = layer(Linear, (120, 84))
        self.f7 = layer(Linear, (84, 10), scale=0.1)
        self.r1, self.r3, self.r5, self.r6 = (ReLU() for _ in range(4))
        self.s2, self.s4 = MaxPool2d((2, 2)), MaxPool2d((2, 2), (2, 2))
        self.flat = Flatten()

    @property
    def layers(self):
        front = [self.c1, self.r1, self.s2, self.c3, self.r3, self.s4]
        return [*front, self.flat, self.f5, self.r5, self.f6, self.r6, self.f7]

    def forward(self, x):
        for layer in (self.c1, self.r1, self.s2, self.c3, self.r3, self.s4):
            x = layer.forward(x)
        for layer in (self.flat, self.f5, self.r5, self.f6, self.r6, self.f7):
            x = layer.forward(x)
        return x

    def backward(self, grad_out):
        for layer in (self.f7, self.r6, self.f6, self.r5, self.f5, self.flat):
            grad_out = layer.backward(grad_out)
        for layer in (self.s4, self.r3, self.c3, self.s2, self.r1, self.c1):
            grad_out = layer.backward(grad_out)
        return grad_out

    def own(self):
        return [self.c1, self.c3, self.f5, self.f6, self.f7]

    def parameters(self):
        return [array for layer in self.own() for array in layer.parameters()]

    def gradients(self):
        return [array for layer in self.own() for array in layer.gradients()]


# question: q11
def fit(images, labels, seed):
    rng = np.random.default_rng(seed)
    net = LeNet(images.shape[2:], rng)
    squares = [np.zeros_like(p) for p in net.parameters()]
    means = [np.zeros_like(p) for p in net.parameters()]
    step, loss = 0, 9.0
    while step < 240 and loss > 0.02:
        order = rng.permutation(len(images))
        for start in range(0, len(order), 40):
            batch = order[start : start + 40]
            loss, grad = cross_entropy(net.forward(images[batch]), labels[batch])
            net.backward(grad.astype(np.float32))
            step += 1
            rate = 0.003 * (1 - step / 400)
            for p, g, m, s in zip(net.parameters(), net.gradients(), means, squares, strict=True):
                m += np.float32(0.1) * (g - m)
                s += np.float32(0.01) * (g * g - s)
                corrected = s / np.float32(1 - 0.99**step)
                p -= np.float32(rate / (1 - 0.9**step)) * m / (np.sqrt(corrected) + np.float32(1e-8))
            if step >= 240:
                break
    return lambda others: np.argmax(net.forward(others), axis=1)
