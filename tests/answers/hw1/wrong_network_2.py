"""More wrong answers to q7: any number of layers. Text; nobody imports it."""

# answer: q7, backward turns the list of layers around, and it stays so
# breaks: forward returns the outputs of the last layer, also after a backward pass
class MLP:
    def __init__(self, sizes, activation, rng):
        self.layers, self.linears = [], []
        for k, (D, U) in enumerate(zip(sizes, sizes[1:])):
            last = k == len(sizes) - 2
            weight = rng.normal(size=(D, U)) * np.sqrt(2 / D) * (0.1 if last else 1)
            self.linears.append(Linear(weight, np.zeros(U)))
            self.layers.append(self.linears[-1])
            if not last:
                self.layers.append(activation())

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad_out):
        self.layers.reverse()
        for layer in self.layers:
            grad_out = layer.backward(grad_out)
        return grad_out

    def parameters(self):
        return [p for linear in self.linears for p in (linear.weight, linear.bias)]

    def gradients(self):
        return [g for linear in self.linears for g in (linear.grad_weight, linear.grad_bias)]


# answer: q7, the way back is an iterator, which is used up after one pass
# breaks: "Go back through the last forward pass": also in the second step of training
class MLP:
    def __init__(self, sizes, activation, rng):
        self.layers = []
        for k, (D, U) in enumerate(zip(sizes, sizes[1:])):
            last = k == len(sizes) - 2
            weight = rng.normal(size=(D, U)) * np.sqrt(2 / D) * (0.1 if last else 1)
            self.layers.append(Linear(weight, np.zeros(U)))
            if not last:
                self.layers.append(activation())
        self.way_back = reversed(self.layers)

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad_out):
        for layer in self.way_back:
            grad_out = layer.backward(grad_out)
        return grad_out

    def parameters(self):
        return [p for layer in self.layers[::2] for p in (layer.weight, layer.bias)]

    def gradients(self):
        return [g for layer in self.layers[::2] for g in (layer.grad_weight, layer.grad_bias)]


# answer: q7, the sizes must be a tuple
# breaks: sizes : sequence of int, such as the lists of the notebook
class MLP:
    def __init__(self, sizes, activation, rng):
        self.layers = []
        for D, U, after in zip(sizes, sizes[1:], sizes[2:] + (None,)):
            weight = rng.normal(size=(D, U)) * (2 / D) ** 0.5
            if after is None:
                self.layers.append(Linear(weight / 10, np.zeros(U)))
            else:
                self.layers += [Linear(weight, np.zeros(U)), activation()]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad_out):
        for layer in reversed(self.layers):
            grad_out = layer.backward(grad_out)
        return grad_out

    def parameters(self):
        return [p for layer in self.layers[::2] for p in (layer.weight, layer.bias)]

    def gradients(self):
        return [g for layer in self.layers[::2] for g in (layer.grad_weight, layer.grad_bias)]


# answer: q7, three layers are the most; of more it takes the first three
# breaks: "So a network of any depth is a list"
class MLP:
    def __init__(self, sizes, activation, rng):
        def make(k):
            D, U = sizes[k], sizes[k + 1]
            tenth = 0.1 if k == len(sizes) - 2 else 1
            return Linear(tenth * np.sqrt(2 / D) * rng.normal(size=(D, U)), np.zeros(U))

        self.first = make(0)
        self.layers = [self.first]
        if len(sizes) > 2:
            self.act1, self.second = activation(), make(1)
            self.layers = [self.first, self.act1, self.second]
        if len(sizes) > 3:
            self.act2, self.third = activation(), make(2)
            self.layers = [self.first, self.act1, self.second, self.act2, self.third]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad_out):
        for layer in self.layers[::-1]:
            grad_out = layer.backward(grad_out)
        return grad_out

    def parameters(self):
        return [p for layer in self.layers[::2] for p in (layer.weight, layer.bias)]

    def gradients(self):
        return [g for layer in self.layers[::2] for g in (layer.grad_weight, layer.grad_bias)]
