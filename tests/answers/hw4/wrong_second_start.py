"""Wrong answers to q10: gradients, draws and sizes. Text; nobody imports it."""

# answer: q10, keeps the gradients of the first backward pass
# breaks: gradients() returns them as the last backward pass left them
class LeNet:
    def __init__(self, size, rng):
        def drawn(shape, inputs, factor=1):
            return (rng.normal(size=shape) * factor * np.sqrt(2 / inputs)).astype(np.float32)

        def zeros(n):
            return np.zeros(n, np.float32)

        flat = 16 * (size[0] // 4) * (size[1] // 4)
        self.layers = [
            Conv2d(drawn((6, 1, 5, 5), 25), zeros(6), padding=(2, 2)),
            ReLU(),
            MaxPool2d((2, 2)),
            Conv2d(drawn((16, 6, 5, 5), 150), zeros(16), padding=(2, 2)),
            ReLU(),
            MaxPool2d((2, 2)),
            Flatten(),
            Linear(drawn((flat, 120), flat), zeros(120)),
            ReLU(),
            Linear(drawn((120, 84), 120), zeros(84)),
            ReLU(),
            Linear(drawn((84, 10), 84, 0.1), zeros(10)),
        ]
        self._gradients = None

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad_out):
        for layer in reversed(self.layers):
            grad_out = layer.backward(grad_out)
        return grad_out

    def parameters(self):
        return [array for layer in self.layers for array in layer.parameters()]

    def gradients(self):
        if self._gradients is None:
            self._gradients = [array for layer in self.layers for array in layer.gradients()]
        return self._gradients


# answer: q10, draws once more, for biases that become 0
# breaks: one call of rng.normal for each layer; draw nothing else from rng
class LeNet:
    def __init__(self, size, rng):
        def drawn(shape, inputs, factor=1):
            return (rng.normal(size=shape) * factor * np.sqrt(2 / inputs)).astype(np.float32)

        def zeros(n):
            return np.zeros(n, np.float32)

        flat = 16 * (size[0] // 4) * (size[1] // 4)
        self.layers = [
            Conv2d(drawn((6, 1, 5, 5), 25), zeros(6), padding=(2, 2)),
            ReLU(),
            MaxPool2d((2, 2)),
            Conv2d(drawn((16, 6, 5, 5), 150), zeros(16), padding=(2, 2)),
            ReLU(),
            MaxPool2d((2, 2)),
            Flatten(),
            Linear(drawn((flat, 120), flat), zeros(120)),
            ReLU(),
            Linear(drawn((120, 84), 120), zeros(84)),
            ReLU(),
            Linear(drawn((84, 10), 84, 0.1), zeros(10)),
        ]
        for layer in self.layers:
            for bias in layer.parameters()[1:]:
                bias[...] = 0 * rng.normal(size=bias.shape)

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad_out):
        for layer in reversed(self.layers):
            grad_out = layer.backward(grad_out)
        return grad_out

    def parameters(self):
        return [array for layer in self.layers for array in layer.parameters()]

    def gradients(self):
        return [array for layer in self.layers for array in layer.gradients()]


# answer: q10, adds the gradient of a weight decay
# breaks: gradients() returns the gradients by the parameters (of the loss whose gradient came in)
class LeNet:
    def __init__(self, size, rng):
        def drawn(shape, inputs, factor=1):
            return (rng.normal(size=shape) * factor * np.sqrt(2 / inputs)).astype(np.float32)

        def zeros(n):
            return np.zeros(n, np.float32)

        flat = 16 * (size[0] // 4) * (size[1] // 4)
        self.layers = [
            Conv2d(drawn((6, 1, 5, 5), 25), zeros(6), padding=(2, 2)),
            ReLU(),
            MaxPool2d((2, 2)),
            Conv2d(drawn((16, 6, 5, 5), 150), zeros(16), padding=(2, 2)),
            ReLU(),
            MaxPool2d((2, 2)),
            Flatten(),
            Linear(drawn((flat, 120), flat), zeros(120)),
            ReLU(),
            Linear(drawn((120, 84), 120), zeros(84)),
            ReLU(),
            Linear(drawn((84, 10), 84, 0.1), zeros(10)),
        ]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad_out):
        for layer in reversed(self.layers):
            grad_out = layer.backward(grad_out)
        return grad_out

    def parameters(self):
        return [array for layer in self.layers for array in layer.parameters()]

    def gradients(self):
        found = []
        for layer in self.layers:
            for array, gradient in zip(layer.parameters(), layer.gradients(), strict=True):
                found.append(gradient + 0.01 * array if array.ndim > 1 else gradient)
        return found


# answer: q10, weights are kept as float64 where an image is large
# breaks: the weights are drawn as float64, and kept as float32
class LeNet:
    def __init__(self, size, rng):
        def drawn(shape, inputs, factor=1):
            drawn = rng.normal(size=shape) * factor * np.sqrt(2 / inputs)
            return drawn.astype(np.float32) if inputs < 400 else drawn

        def zeros(n):
            return np.zeros(n, np.float32)

        flat = 16 * (size[0] // 4) * (size[1] // 4)
        self.layers = [
            Conv2d(drawn((6, 1, 5, 5), 25), zeros(6), padding=(2, 2)),
            ReLU(),
            MaxPool2d((2, 2)),
            Conv2d(drawn((16, 6, 5, 5), 150), zeros(16), padding=(2, 2)),
            ReLU(),
            MaxPool2d((2, 2)),
            Flatten(),
            Linear(drawn((flat, 120), flat), zeros(120)),
            ReLU(),
            Linear(drawn((120, 84), 120), zeros(84)),
            ReLU(),
            Linear(drawn((84, 10), 84, 0.1), zeros(10)),
        ]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad_out):
        for layer in reversed(self.layers):
            grad_out = layer.backward(grad_out)
        return grad_out

    def parameters(self):
        return [array for layer in self.layers for array in layer.parameters()]

    def gradients(self):
        return [array for layer in self.layers for array in layer.gradients()]


# answer: q10, counts the pixels of a pooled map as a quarter of a quarter of all
# breaks: a map of ⌊H/4⌋×⌊W/4⌋: ⌊H/2⌋ rows, and ⌊H/4⌋ after the second pooling
class LeNet:
    def __init__(self, size, rng):
        def drawn(shape, inputs, factor=1):
            return (rng.normal(size=shape) * factor * np.sqrt(2 / inputs)).astype(np.float32)

        def zeros(n):
            return np.zeros(n, np.float32)

        flat = 16 * (size[0] * size[1] // 16)
        self.layers = [
            Conv2d(drawn((6, 1, 5, 5), 25), zeros(6), padding=(2, 2)),
            ReLU(),
            MaxPool2d((2, 2)),
            Conv2d(drawn((16, 6, 5, 5), 150), zeros(16), padding=(2, 2)),
            ReLU(),
            MaxPool2d((2, 2)),
            Flatten(),
            Linear(drawn((flat, 120), flat), zeros(120)),
            ReLU(),
            Linear(drawn((120, 84), 120), zeros(84)),
            ReLU(),
            Linear(drawn((84, 10), 84, 0.1), zeros(10)),
        ]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad_out):
        for layer in reversed(self.layers):
            grad_out = layer.backward(grad_out)
        return grad_out

    def parameters(self):
        return [array for layer in self.layers for array in layer.parameters()]

    def gradients(self):
        return [array for layer in self.layers for array in layer.gradients()]
