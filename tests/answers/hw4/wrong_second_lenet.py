"""Wrong answers to q10: forward and backward through the network. Text; nobody imports it."""

# answer: q10, clips the gradients so that training is stable
# breaks: gradients() returns the gradients by the parameters, as the last backward pass left them
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
        return [np.clip(array, -5, 5) for layer in self.layers for array in layer.gradients()]


# answer: q10, a single image gets its scores without the first axis
# breaks: forward returns array (N, 10)
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
        return np.squeeze(x)

    def backward(self, grad_out):
        for layer in reversed(self.layers):
            grad_out = layer.backward(grad_out)
        return grad_out

    def parameters(self):
        return [array for layer in self.layers for array in layer.parameters()]

    def gradients(self):
        return [array for layer in self.layers for array in layer.gradients()]


# answer: q10, turns the images into float32
# breaks: floats at least as precise as what came in: float64 where x is float64
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
        x = x.astype(np.float32)
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


# answer: q10, the layers belong to the class
# breaks: keep them in self.layers: each network has its own
class LeNet:
    def __init__(self, size, rng):
        def drawn(shape, inputs, factor=1):
            return (rng.normal(size=shape) * factor * np.sqrt(2 / inputs)).astype(np.float32)

        def zeros(n):
            return np.zeros(n, np.float32)

        flat = 16 * (size[0] // 4) * (size[1] // 4)
        LeNet.layers = [
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


# answer: q10, writes all scores into one array
# breaks: what you return is new: nothing that a later call writes into
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
        if getattr(self, "scores", np.empty(0)).shape != x.shape or self.scores.dtype != x.dtype:
            self.scores = np.empty_like(x)
        self.scores[...] = x
        return self.scores

    def backward(self, grad_out):
        for layer in reversed(self.layers):
            grad_out = layer.backward(grad_out)
        return grad_out

    def parameters(self):
        return [array for layer in self.layers for array in layer.parameters()]

    def gradients(self):
        return [array for layer in self.layers for array in layer.gradients()]


# answer: q10, goes forward in parts of 32 images
# breaks: backward goes back through the last forward pass, with all its images
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
        parts = []
        for start in range(0, len(x), 32):
            part = x[start : start + 32]
            for layer in self.layers:
                part = layer.forward(part)
            parts.append(part)
        return np.concatenate(parts)

    def backward(self, grad_out):
        for layer in reversed(self.layers):
            grad_out = layer.backward(grad_out)
        return grad_out

    def parameters(self):
        return [array for layer in self.layers for array in layer.parameters()]

    def gradients(self):
        return [array for layer in self.layers for array in layer.gradients()]
