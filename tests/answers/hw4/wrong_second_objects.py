"""Wrong answers to q9: what a layer keeps and when. Text; nobody imports it."""

# answer: q9, adds the gradients to those of earlier calls
# breaks: they are those of this call alone, not added to earlier ones
class Conv2d:
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        self.weight, self.bias = weight, bias
        self.stride, self.padding = stride, padding
        self.grad_weight, self.grad_bias = 0, 0

    def forward(self, x):
        self.x = x
        return conv2d(x, self.weight, self.bias, self.stride, self.padding)

    def backward(self, grad_out):
        size, kernel_size = self.x.shape[2:], self.weight.shape[2:]
        self.grad_weight = self.grad_weight + conv2d_weight_gradient(grad_out, self.x, kernel_size, self.stride, self.padding)
        self.grad_bias = self.grad_bias + conv2d_bias_gradient(grad_out)
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


# answer: q9, works the gradients out when they are asked for
# breaks: gradients() returns them as the last backward pass left them (a forward pass may have run since)
class Conv2d:
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        self.weight, self.bias = weight, bias
        self.stride, self.padding = stride, padding

    def forward(self, x):
        self.x = x
        return conv2d(x, self.weight, self.bias, self.stride, self.padding)

    def backward(self, grad_out):
        size, kernel_size = self.x.shape[2:], self.weight.shape[2:]
        self.grad_out = grad_out
        return conv2d_input_gradient(grad_out, self.weight, size, self.stride, self.padding)

    def parameters(self):
        return [self.weight, self.bias]

    def gradients(self):
        kernel_size = self.weight.shape[2:]
        self.grad_weight = conv2d_weight_gradient(self.grad_out, self.x, kernel_size, self.stride, self.padding)
        self.grad_bias = conv2d_bias_gradient(self.grad_out)
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


# answer: q9, keeps the parameters as float64
# breaks: keep these very arrays as weight and bias, no copies (float32)
class Conv2d:
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        self.weight, self.bias = np.asarray(weight, dtype=np.float64), np.asarray(bias, dtype=np.float64)
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
        self.x = x
        return max_pool2d(x, self.kernel_size, self.stride)

    def backward(self, grad_out):
        return max_pool2d_backward(grad_out, self.x, self.kernel_size, self.stride)

    def parameters(self):
        return []

    def gradients(self):
        return []


# answer: q9, keeps the weight in one piece of memory
# breaks: keep these very arrays as weight and bias, no copies (a transposed weight)
class Conv2d:
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        self.weight, self.bias = np.ascontiguousarray(weight), bias
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
        self.x = x
        return max_pool2d(x, self.kernel_size, self.stride)

    def backward(self, grad_out):
        return max_pool2d_backward(grad_out, self.x, self.kernel_size, self.stride)

    def parameters(self):
        return []

    def gradients(self):
        return []


# answer: q9, no stride means steps of two
# breaks: stride None means kernel_size
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
        self.kernel_size, self.stride = kernel_size, stride or (kernel_size[0], 2)

    def forward(self, x):
        self.x = x
        return max_pool2d(x, self.kernel_size, self.stride)

    def backward(self, grad_out):
        return max_pool2d_backward(grad_out, self.x, self.kernel_size, self.stride)

    def parameters(self):
        return []

    def gradients(self):
        return []


# answer: q9, keeps the inputs in a queue, and goes back through the oldest
# breaks: go back through the last forward pass
class Conv2d:
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        self.weight, self.bias = weight, bias
        self.stride, self.padding, self.seen = stride, padding, []

    def forward(self, x):
        self.seen.append(x)
        return conv2d(x, self.weight, self.bias, self.stride, self.padding)

    def backward(self, grad_out):
        self.x = self.seen.pop(0)
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
