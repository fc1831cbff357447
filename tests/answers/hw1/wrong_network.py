"""Wrong answers to q7: any number of layers. Text; nobody imports it."""

# answer: q7, every layer but the first starts with a tenth
# breaks: the square root of 2 / D; "in the last layer a tenth of that", and not in those between
class MLP:
    def __init__(self, sizes, activation, rng):
        self.linears, self.activations = [], []
        for k, (D, U) in enumerate(zip(sizes, sizes[1:])):
            scale = 1 if k == 0 and len(sizes) > 2 else 0.1
            self.linears.append(Linear(scale * np.sqrt(2 / D) * rng.normal(size=(D, U)), np.zeros(U)))
            self.activations.append(activation())

    def forward(self, x):
        for linear, activation in zip(self.linears[:-1], self.activations):
            x = activation.forward(linear.forward(x))
        return self.linears[-1].forward(x)

    def backward(self, grad_out):
        grad = self.linears[-1].backward(grad_out)
        for linear, activation in zip(self.linears[-2::-1], self.activations[-2::-1]):
            grad = linear.backward(activation.backward(grad))
        return grad

    def parameters(self):
        return [p for linear in self.linears for p in (linear.weight, linear.bias)]

    def gradients(self):
        return [g for linear in self.linears for g in (linear.grad_weight, linear.grad_bias)]


# answer: q7, the list of gradients is made once and kept
# breaks: gradients "as the last backward pass left them"
class MLP:
    def __init__(self, sizes, activation, rng):
        self.layers, self.kept = [], None
        for k, (D, U) in enumerate(zip(sizes, sizes[1:])):
            last = k == len(sizes) - 2
            weight = rng.normal(size=(D, U)) * np.sqrt(2 / D) * (0.1 if last else 1)
            self.layers.append(Linear(weight, np.zeros(U)))
            if not last:
                self.layers.append(activation())

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
        if self.kept is None:
            self.kept = [g for layer in self.layers[::2] for g in (layer.grad_weight, layer.grad_bias)]
        return self.kept


# answer: q7, the layers are kept in the class, so that a second network takes them over
# breaks: a network runs its own layers, also when there are two
class MLP:
    def __init__(self, sizes, activation, rng):
        MLP.layers = []
        for k, (D, U) in enumerate(zip(sizes[:-1], sizes[1:])):
            weight = rng.normal(size=(D, U)) * np.sqrt(2 / D)
            if k == len(sizes) - 2:
                MLP.layers.append(Linear(0.1 * weight, np.zeros(U)))
            else:
                MLP.layers += [Linear(weight, np.zeros(U)), activation()]

    def forward(self, x):
        for layer in MLP.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad_out):
        for layer in MLP.layers[::-1]:
            grad_out = layer.backward(grad_out)
        return grad_out

    def parameters(self):
        return [p for layer in MLP.layers if isinstance(layer, Linear) for p in (layer.weight, layer.bias)]

    def gradients(self):
        found = []
        for layer in MLP.layers:
            if isinstance(layer, Linear):
                found += [layer.grad_weight, layer.grad_bias]
        return found


# answer: q7, one example comes out as a row without its axis
# breaks: forward returns array (N, K), where N may be 1
class MLP:
    def __init__(self, sizes, activation, rng):
        self.layers = []
        for k, (D, U) in enumerate(zip(sizes, sizes[1:])):
            last = k == len(sizes) - 2
            weight = rng.normal(size=(D, U)) * np.sqrt(2 / D) * (0.1 if last else 1)
            self.layers.append(Linear(weight, np.zeros(U)))
            if not last:
                self.layers.append(activation())

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x[0] if len(x) == 1 else x

    def backward(self, grad_out):
        grad_out = np.atleast_2d(grad_out)
        for layer in reversed(self.layers):
            grad_out = layer.backward(grad_out)
        return grad_out

    def parameters(self):
        return [p for layer in self.layers[::2] for p in (layer.weight, layer.bias)]

    def gradients(self):
        return [g for layer in self.layers[::2] for g in (layer.grad_weight, layer.grad_bias)]


# answer: q7, gradients of all backward passes are added up
# breaks: gradients "as the last backward pass left them"
class MLP:
    def __init__(self, sizes, activation, rng):
        self.layers = []
        for k, (D, U) in enumerate(zip(sizes, sizes[1:])):
            last = k == len(sizes) - 2
            weight = rng.normal(size=(D, U)) * np.sqrt(2 / D) * (0.1 if last else 1)
            self.layers.append(Linear(weight, np.zeros(U)))
            if not last:
                self.layers.append(activation())
        self.grads = [np.zeros(p.shape) for p in self.parameters()]

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad_out):
        for k in range(len(self.layers) - 1, -1, -1):
            grad_out = self.layers[k].backward(grad_out)
            if k % 2 == 0:
                self.grads[k] += self.layers[k].grad_weight
                self.grads[k + 1] += self.layers[k].grad_bias
        return grad_out

    def parameters(self):
        return [p for layer in self.layers[::2] for p in (layer.weight, layer.bias)]

    def gradients(self):
        return self.grads


# answer: q7, the biases are whole numbers, so that nobody can take a step with them
# breaks: "All numbers are float64": the parameters change in place in q9
class MLP:
    def __init__(self, sizes, activation, rng):
        self.layers = []
        for k, (D, U) in enumerate(zip(sizes, sizes[1:])):
            last = k == len(sizes) - 2
            weight = rng.normal(size=(D, U)) * np.sqrt(2 / D) * (0.1 if last else 1)
            self.layers.append(Linear(weight, np.array([0] * U)))
            if not last:
                self.layers.append(activation())

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


# answer: q7, layers of the same width share one array of biases
# breaks: parameters are [weight, bias, weight, bias, ...]: each layer has a bias of its own
class MLP:
    def __init__(self, sizes, activation, rng):
        self.layers = []
        biases = {U: np.zeros(U) for U in sizes}
        for k, (D, U) in enumerate(zip(sizes, sizes[1:])):
            last = k == len(sizes) - 2
            weight = rng.normal(size=(D, U)) * np.sqrt(2 / D) * (0.1 if last else 1)
            self.layers.append(Linear(weight, biases[U]))
            if not last:
                self.layers.append(activation())

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
