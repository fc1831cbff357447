"""Wrong answers to q9: names, caches and shared objects. Text; nobody imports it."""

# answer: q9, remembers the maps of an array that it has seen
# breaks: forward returns the maps: with parameters or images that were written into since, others
class Conv2d:
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        self.weight, self.bias = weight, bias
        self.stride, self.padding, self.x = stride, padding, None

    def forward(self, x):
        if x is self.x:
            return self.out.copy()
        self.x = x
        self.out = conv2d(x, self.weight, self.bias, self.stride, self.padding)
        return self.out.copy()

    def backward(self, grad_out):
        size, kernel_size = self.x.shape[2:], self.weight.shape[2:]
        self.grad_weight = conv2d_weight_gradient(grad_out, self.x, kernel_size, self.stride, self.padding)
        self.grad_bias = conv2d_bias_gradient(grad_out)
        return conv2d_input_gradient(grad_out, self.weight, size, self.stride, self.padding)

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


# answer: q9, the gradients have other names
# breaks: backward sets grad_weight and grad_bias
class Conv2d:
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        self.weight, self.bias = weight, bias
        self.stride, self.padding = stride, padding

    def forward(self, x):
        self.x = x
        return conv2d(x, self.weight, self.bias, self.stride, self.padding)

    def backward(self, grad_out):
        size, kernel_size = self.x.shape[2:], self.weight.shape[2:]
        self.dw = conv2d_weight_gradient(grad_out, self.x, kernel_size, self.stride, self.padding)
        self.db = conv2d_bias_gradient(grad_out)
        return conv2d_input_gradient(grad_out, self.weight, size, self.stride, self.padding)

    def parameters(self):
        return [self.weight, self.bias]

    def gradients(self):
        return [self.dw, self.db]


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


# answer: q9, the parameters have other names
# breaks: keep these very arrays as `weight` and `bias`
class Conv2d:
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        self.w, self.b = weight, bias
        self.stride, self.padding = stride, padding

    def forward(self, x):
        self.x = x
        return conv2d(x, self.w, self.b, self.stride, self.padding)

    def backward(self, grad_out):
        size, kernel_size = self.x.shape[2:], self.w.shape[2:]
        self.grad_weight = conv2d_weight_gradient(grad_out, self.x, kernel_size, self.stride, self.padding)
        self.grad_bias = conv2d_bias_gradient(grad_out)
        return conv2d_input_gradient(grad_out, self.w, size, self.stride, self.padding)

    def parameters(self):
        return [self.w, self.b]

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


# answer: q9, the size of the images is that of the first batch
# breaks: backward returns the gradient by the x of the last forward pass, (N, C, H, W)
class Conv2d:
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        self.weight, self.bias = weight, bias
        self.stride, self.padding, self.size = stride, padding, None

    def forward(self, x):
        self.x = x
        self.size = self.size or x.shape[2:]
        return conv2d(x, self.weight, self.bias, self.stride, self.padding)

    def backward(self, grad_out):
        size, kernel_size = self.size, self.weight.shape[2:]
        self.grad_weight = conv2d_weight_gradient(grad_out, self.x, kernel_size, self.stride, self.padding)
        self.grad_bias = conv2d_bias_gradient(grad_out)
        return conv2d_input_gradient(grad_out, self.weight, size, self.stride, self.padding)

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


# answer: q9, the pooling layer remembers the first images of a shape
# breaks: return the gradient by the x of the last forward pass
class Conv2d:
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        self.weight, self.bias = weight, bias
        self.stride, self.padding = stride, padding

    def forward(self, x):
        self.x = x
        return conv2d(x, self.weight, self.bias, self.stride, self.padding)

    def backward(self, grad_out):
        size, kernel_size = self.x.shape[2:], self.weight.shape[2:]
        self.grad_weight = conv2d_weight_gradient(grad_out, self.x, kernel_size, self.stride, self.padding)
        self.grad_bias = conv2d_bias_gradient(grad_out)
        return conv2d_input_gradient(grad_out, self.weight, size, self.stride, self.padding)

    def parameters(self):
        return [self.weight, self.bias]

    def gradients(self):
        return [self.grad_weight, self.grad_bias]


class MaxPool2d:
    def __init__(self, kernel_size, stride=None):
        self.kernel_size, self.stride = kernel_size, stride

    def forward(self, x):
        if not hasattr(self, "x") or self.x.shape != x.shape:
            self.x = x
        return max_pool2d(x, self.kernel_size, self.stride)

    def backward(self, grad_out):
        return max_pool2d_backward(grad_out, self.x, self.kernel_size, self.stride)

    def parameters(self):
        return []

    def gradients(self):
        return []


# answer: q9, pooling layers of the same kernel are one object
# breaks: what a layer remembers belongs to that one object
class Conv2d:
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        self.weight, self.bias = weight, bias
        self.stride, self.padding = stride, padding

    def forward(self, x):
        self.x = x
        return conv2d(x, self.weight, self.bias, self.stride, self.padding)

    def backward(self, grad_out):
        size, kernel_size = self.x.shape[2:], self.weight.shape[2:]
        self.grad_weight = conv2d_weight_gradient(grad_out, self.x, kernel_size, self.stride, self.padding)
        self.grad_bias = conv2d_bias_gradient(grad_out)
        return conv2d_input_gradient(grad_out, self.weight, size, self.stride, self.padding)

    def parameters(self):
        return [self.weight, self.bias]

    def gradients(self):
        return [self.grad_weight, self.grad_bias]


class MaxPool2d:
    _made = {}

    def __new__(cls, kernel_size, stride=None):
        return cls._made.setdefault((kernel_size, stride), object.__new__(cls))

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
