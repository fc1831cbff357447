"""Right answers to q9 and q10, in very different styles. Text; nobody imports it."""

# answer: q9, a common base class, and what is remembered in one dictionary of the object
class _Layer:
    def parameters(self):
        return []

    def gradients(self):
        return []


class Conv2d(_Layer):
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        self.weight = weight
        self.bias = bias
        self.options = {"stride": stride, "padding": padding}

    def forward(self, x):
        self.memory = {"x": x.copy()}
        return conv2d(x, self.weight, self.bias, **self.options)

    def backward(self, grad_out):
        x = self.memory["x"]
        self.grad_bias = conv2d_bias_gradient(grad_out)
        self.grad_weight = conv2d_weight_gradient(grad_out, x, self.weight.shape[2:], **self.options)
        return conv2d_input_gradient(grad_out, self.weight, x.shape[2:], **self.options)

    def parameters(self):
        return [self.weight, self.bias]

    def gradients(self):
        return [self.grad_weight, self.grad_bias]


class MaxPool2d(_Layer):
    def __init__(self, kernel_size, stride=None):
        self.options = kernel_size, kernel_size if stride is None else stride

    def forward(self, x):
        self.x = x.copy()
        return max_pool2d(self.x, *self.options)

    def backward(self, grad_out):
        return max_pool2d_backward(grad_out, self.x, *self.options)


# answer: q9, forward makes the function that goes back
class Conv2d:
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        self.weight, self.bias, self.stride, self.padding = weight, bias, stride, padding
        self.grad_weight = self.grad_bias = None

    def forward(self, x):
        def back(grad_out):
            size, kernel_size, rest = x.shape[2:], self.weight.shape[2:], (self.stride, self.padding)
            self.grad_weight = conv2d_weight_gradient(grad_out, x, kernel_size, *rest)
            self.grad_bias = conv2d_bias_gradient(grad_out)
            return conv2d_input_gradient(grad_out, self.weight, size, *rest)

        self._back = back
        return conv2d(x, self.weight, self.bias, self.stride, self.padding)

    def backward(self, grad_out):
        return self._back(grad_out)

    def parameters(self):
        return [self.weight, self.bias]

    def gradients(self):
        return [self.grad_weight, self.grad_bias]


class MaxPool2d:
    def __init__(self, kernel_size, stride=None):
        self.forward_only = lambda x: max_pool2d(x, kernel_size, stride)
        self.back = lambda grad_out, x: max_pool2d_backward(grad_out, x, kernel_size, stride)

    def forward(self, x):
        self.seen = x
        return self.forward_only(x)

    def backward(self, grad_out):
        return self.back(grad_out, self.seen)

    def parameters(self):
        return list()

    gradients = parameters


# answer: q9, made from the given layers by inheritance
class Conv2d(Linear):
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        super().__init__(weight, bias)
        self.how = stride, padding

    def forward(self, x):
        self.x = x
        return conv2d(x, self.weight, self.bias, *self.how)

    def backward(self, grad_out):
        self.grad_weight = conv2d_weight_gradient(grad_out, self.x, self.weight.shape[2:], *self.how)
        self.grad_bias = conv2d_bias_gradient(grad_out)
        return conv2d_input_gradient(grad_out, self.weight, self.x.shape[2:], *self.how)


class MaxPool2d(ReLU):
    __slots__ = ("kernel_size", "stride", "x")

    def __init__(self, kernel_size, stride=None):
        self.kernel_size = kernel_size
        self.stride = stride if stride else kernel_size

    def forward(self, x):
        self.x = x
        return max_pool2d(x, self.kernel_size, self.stride)

    def backward(self, grad_out):
        return max_pool2d_backward(grad_out, self.x, self.kernel_size, self.stride)


# answer: q10, built in a loop over two lists of sizes
class LeNet:
    def __init__(self, size, rng):
        H, W = size
        self.layers = []
        for before, after in [(1, 6), (6, 16)]:
            weight = rng.normal(size=(after, before, 5, 5)) * (2 / (before * 25)) ** 0.5
            self.layers.append(Conv2d(weight.astype(np.float32), np.zeros(after, np.float32), (1, 1), (2, 2)))
            self.layers += [ReLU(), MaxPool2d((2, 2), (2, 2))]
            H, W = H // 2, W // 2
        self.layers.append(Flatten())
        numbers = [16 * H * W, 120, 84, 10]
        for k, (before, after) in enumerate(zip(numbers[:-1], numbers[1:], strict=True)):
            weight = rng.normal(size=(before, after)) * np.sqrt(2 / before)
            if k == 2:
                weight *= 0.1
            self.layers.append(Linear(weight.astype(np.float32), np.zeros(after, np.float32)))
            if k < 2:
                self.layers.append(ReLU())

    def forward(self, x):
        out = x
        for layer in self.layers:
            out = layer.forward(out)
        return out

    def backward(self, grad_out):
        for k in range(len(self.layers) - 1, -1, -1):
            grad_out = self.layers[k].backward(grad_out)
        return grad_out

    def parameters(self):
        return sum((layer.parameters() for layer in self.layers), [])

    def gradients(self):
        return sum((layer.gradients() for layer in self.layers), [])


# answer: q10, functools.reduce, and weights from a generator of shapes
import functools
import itertools


class LeNet:
    def __init__(self, size, rng):
        flat = 16 * (size[0] // 2 // 2) * (size[1] // 2 // 2)
        shapes = [(6, 1, 5, 5), (16, 6, 5, 5), (flat, 120), (120, 84), (84, 10)]
        made = []
        for shape in shapes:
            convolution = len(shape) == 4
            inputs = int(np.prod(shape[1:])) if convolution else shape[0]
            weight = rng.normal(0.0, 1.0, size=shape) * np.sqrt(2 / inputs) * (0.1 if shape[-1] == 10 else 1.0)
            bias = np.zeros(shape[0] if convolution else shape[1], dtype=np.float32)
            made.append((weight.astype(np.float32), bias))
        first, second = (Conv2d(*pair, padding=(2, 2)) for pair in made[:2])
        third, fourth, fifth = (Linear(*pair) for pair in made[2:])
        self.layers = [first, ReLU(), MaxPool2d((2, 2)), second, ReLU(), MaxPool2d((2, 2)), Flatten()]
        self.layers += [third, ReLU(), fourth, ReLU(), fifth]

    def forward(self, x):
        return functools.reduce(lambda out, layer: layer.forward(out), self.layers, x)

    def backward(self, grad_out):
        return functools.reduce(lambda grad, layer: layer.backward(grad), self.layers[::-1], grad_out)

    def parameters(self):
        return list(itertools.chain.from_iterable(layer.parameters() for layer in self.layers))

    def gradients(self):
        return list(itertools.chain.from_iterable(layer.gradients() for layer in self.layers))


# answer: q10, layer after layer by name, and recursion on the way forward and back
class LeNet:
    def __init__(self, size, rng):
        self.layers = []
        self._convolve(1, 6, rng)
        self._convolve(6, 16, rng)
        self.layers.append(Flatten())
        flat = 16 * (size[0] // 4) * (size[1] // 4)
        self._connect(flat, 120, rng)
        self.layers.append(ReLU())
        self._connect(120, 84, rng)
        self.layers.append(ReLU())
        self._connect(84, 10, rng, 0.1)

    def _convolve(self, C, F, rng):
        weight = np.sqrt(2 / (C * 5 * 5)) * rng.normal(size=(F, C, 5, 5))
        self.layers.extend(
            [Conv2d(np.float32(weight), np.zeros(F, "float32"), padding=(2, 2)), ReLU(), MaxPool2d(kernel_size=(2, 2))]
        )

    def _connect(self, D, U, rng, share=1.0):
        weight = share * np.sqrt(2 / D) * rng.normal(size=(D, U))
        self.layers.append(Linear(np.float32(weight), np.zeros(U, "float32")))

    def forward(self, x, k=0):
        return x if k == len(self.layers) else self.forward(self.layers[k].forward(x), k + 1)

    def backward(self, grad_out, k=11):
        return grad_out if k < 0 else self.backward(self.layers[k].backward(grad_out), k - 1)

    def parameters(self):
        found = []
        for layer in self.layers:
            found.extend(layer.parameters())
        return found

    def gradients(self):
        found = []
        for layer in self.layers:
            found.extend(layer.gradients())
        return found
