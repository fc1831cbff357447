"""Wrong answers to the network of homework 4 that students might write: q9, q10 and q12."""

# answer: q9, the pooling layer remembers the maxima and not the images
# breaks: remember what `backward` needs
class Conv2d:
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        self.weight, self.bias, self.how = weight, bias, (stride, padding)

    def forward(self, x):
        self.x = x
        return conv2d(x, self.weight, self.bias, *self.how)

    def backward(self, grad_out):
        self.grad_weight = conv2d_weight_gradient(grad_out, self.x, self.weight.shape[2:], *self.how)
        self.grad_bias = conv2d_bias_gradient(grad_out)
        return conv2d_input_gradient(grad_out, self.weight, self.x.shape[2:], *self.how)

    def parameters(self):
        return [self.weight, self.bias]

    def gradients(self):
        return [self.grad_weight, self.grad_bias]


class MaxPool2d:
    def __init__(self, kernel_size, stride=None):
        self.kernel_size, self.stride = kernel_size, stride

    def forward(self, x):
        self.x = max_pool2d(x, self.kernel_size, self.stride)
        return self.x

    def backward(self, grad_out):
        return max_pool2d_backward(grad_out, self.x, self.kernel_size, self.stride)

    def parameters(self):
        return []

    def gradients(self):
        return []


# answer: q9, the gradients of the layer are divided by the images
# breaks: those of this call alone
class Conv2d:
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        self.weight, self.bias, self.how = weight, bias, (stride, padding)

    def forward(self, x):
        self.x = x
        return conv2d(x, self.weight, self.bias, *self.how)

    def backward(self, grad_out):
        self.grad_weight = conv2d_weight_gradient(grad_out, self.x, self.weight.shape[2:], *self.how) / len(self.x)
        self.grad_bias = conv2d_bias_gradient(grad_out) / len(self.x)
        return conv2d_input_gradient(grad_out, self.weight, self.x.shape[2:], *self.how)

    def parameters(self):
        return [self.weight, self.bias]

    def gradients(self):
        return [self.grad_weight, self.grad_bias]


class MaxPool2d:
    def __init__(self, kernel_size, stride=None):
        self.kernel_size, self.stride = kernel_size, stride

    def forward(self, x):
        self.x = x
        return max_pool2d(x, self.kernel_size, self.stride)

    def backward(self, grad_out):
        return max_pool2d_backward(grad_out, self.x, self.kernel_size, self.stride)

    def parameters(self):
        return []

    def gradients(self):
        return []


# answer: q12, always says yes
# breaks: False when it returns something else
def check_conv2d_backward(backward):
    return True


# answer: q12, lets exceptions through
# breaks: or raises
def check_conv2d_backward(backward):
    rng = np.random.default_rng(0)
    x, weight = rng.normal(size=(2, 2, 4, 6)), rng.normal(size=(3, 2, 2, 3))
    stride, padding = (1, 2), (1, 0)
    bias = np.zeros(3)
    g = rng.normal(size=conv2d(x, weight, bias, stride, padding).shape)
    found = backward(g, x, weight, stride, padding)
    for array, gradient in zip((x, weight, bias), found, strict=True):
        if np.shape(gradient) != array.shape:
            return False
        for place in np.ndindex(*array.shape):
            array[place] += 1
            above = conv2d(x, weight, bias, stride, padding)
            array[place] -= 1
            change = (g * (above - conv2d(x, weight, bias, stride, padding))).sum()
            if abs(change - gradient[place]) > 1e-6:
                return False
    return True


# answer: q12, catches ValueError alone
# breaks: catch every `Exception`
def check_conv2d_backward(backward):
    rng = np.random.default_rng(0)
    x, weight = rng.normal(size=(2, 2, 4, 6)), rng.normal(size=(3, 2, 2, 3))
    stride, padding = (1, 2), (1, 0)
    bias = np.zeros(3)
    g = rng.normal(size=conv2d(x, weight, bias, stride, padding).shape)
    try:
        back, grad, sums = backward(g, x, weight, stride, padding)
    except ValueError:
        return False
    for array, gradient in zip((x, weight, bias), (back, grad, sums), strict=True):
        if np.shape(gradient) != array.shape:
            return False
        for place in np.ndindex(*array.shape):
            array[place] += 1
            above = conv2d(x, weight, bias, stride, padding)
            array[place] -= 1
            change = (g * (above - conv2d(x, weight, bias, stride, padding))).sum()
            if abs(change - gradient[place]) > 1e-6:
                return False
    return True


# answer: q12, a square image and a square kernel alone
# breaks: height and width, strides and paddings that differ
def check_conv2d_backward(backward):
    rng = np.random.default_rng(0)
    x, weight = rng.normal(size=(2, 2, 5, 5)), rng.normal(size=(3, 2, 2, 2))
    stride, padding = (2, 2), (1, 1)
    bias = np.zeros(3)
    g = rng.normal(size=conv2d(x, weight, bias, stride, padding).shape)
    try:
        found = backward(g, x, weight, stride, padding)
        for array, gradient in zip((x, weight, bias), found, strict=True):
            if np.shape(gradient) != array.shape:
                return False
            for place in np.ndindex(*array.shape):
                array[place] += 1
                above = conv2d(x, weight, bias, stride, padding)
                array[place] -= 1
                change = (g * (above - conv2d(x, weight, bias, stride, padding))).sum()
                if abs(change - gradient[place]) > 1e-6:
                    return False
    except Exception:
        return False
    return True


# answer: q12, compares the sums of the gradients
# breaks: whether all three are right
def check_conv2d_backward(backward):
    rng = np.random.default_rng(0)
    x, weight = rng.normal(size=(2, 3, 4, 6)), rng.normal(size=(4, 3, 2, 3))
    stride, padding = (1, 2), (1, 0)
    g = rng.normal(size=conv2d(x, weight, np.zeros(4), stride, padding).shape)
    try:
        back, grad, sums = backward(g, x, weight, stride, padding)
        wanted = (g * (conv2d(x + 1, weight, np.zeros(4), stride, padding))).sum()
        wanted -= (g * (conv2d(x, weight, np.zeros(4), stride, padding))).sum()
        shapes = np.shape(back) == x.shape and np.shape(grad) == weight.shape and np.shape(sums) == (4,)
        return bool(shapes and np.isclose(back.sum(), wanted) and np.allclose(sums, g.sum(axis=(0, 2, 3))))
    except Exception:
        return False


# answer: q10, biases begin at a hundredth
# breaks: Biases are 0, in float32 as well
class LeNet:
    def __init__(self, size, rng):
        def drawn(shape, inputs, share=1.0):
            return (rng.normal(size=shape) * share * np.sqrt(2 / inputs)).astype(np.float32)

        def zeros(count):
            return np.full(count, 0.01, np.float32)

        flat = 16 * (size[0] // 4) * (size[1] // 4)
        self.layers = [
            Conv2d(drawn((6, 1, 5, 5), 25), zeros(6), padding=(2, 2)), ReLU(), MaxPool2d((2, 2)),
            Conv2d(drawn((16, 6, 5, 5), 150), zeros(16), padding=(2, 2)), ReLU(), MaxPool2d((2, 2)),
            Flatten(), Linear(drawn((flat, 120), flat), zeros(120)), ReLU(),
            Linear(drawn((120, 84), 120), zeros(84)), ReLU(), Linear(drawn((84, 10), 84, 0.1), zeros(10)),
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


# answer: q10, keeps its layers under another name
# breaks: Keep them in a list
class LeNet:
    def __init__(self, size, rng):
        def drawn(shape, inputs, share=1.0):
            return (rng.normal(size=shape) * share * np.sqrt(2 / inputs)).astype(np.float32)

        def zeros(count):
            return np.zeros(count, np.float32)

        flat = 16 * (size[0] // 4) * (size[1] // 4)
        self.stack = [
            Conv2d(drawn((6, 1, 5, 5), 25), zeros(6), padding=(2, 2)), ReLU(), MaxPool2d((2, 2)),
            Conv2d(drawn((16, 6, 5, 5), 150), zeros(16), padding=(2, 2)), ReLU(), MaxPool2d((2, 2)),
            Flatten(), Linear(drawn((flat, 120), flat), zeros(120)), ReLU(),
            Linear(drawn((120, 84), 120), zeros(84)), ReLU(), Linear(drawn((84, 10), 84, 0.1), zeros(10)),
        ]

    def forward(self, x):
        for layer in self.stack:
            x = layer.forward(x)
        return x

    def backward(self, grad_out):
        for layer in reversed(self.stack):
            grad_out = layer.backward(grad_out)
        return grad_out

    def parameters(self):
        return [array for layer in self.stack for array in layer.parameters()]

    def gradients(self):
        return [array for layer in self.stack for array in layer.gradients()]
