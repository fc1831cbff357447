"""Wrong answers to questions, by assignment, and words of what the public check says to each."""

CONV2D = "def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):\n    return x @ weight"
OUTPUT_SIZE = """def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    return (size + sum(padding) - dilation * (kernel_size - 1) - 1) / stride + 1"""
MAX_POOL2D = "def max_pool2d(x, kernel_size, stride=None, padding=0):\n    return x.astype(int)"
SGD = """class SGD:
    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        self.parameters, self.lr = parameters, lr

    def step(self):
        for p in self.parameters:
            if p.grad is not None:
                p.data = p.data - self.lr * p.grad"""
SOFTMAX = "def softmax(scores, axis=-1, temperature=1.0):\n    return np.exp(scores) / np.exp(scores).sum()"
LINEAR = """class Linear:
    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        self.x = x
        return x @ self.weight + self.bias

    def backward(self, grad_out):
        self.grad_weight, self.grad_bias = self.x.T @ grad_out, grad_out.sum(axis=0)
        return grad_out @ self.weight.T"""
TRAIN = """def train(model, x, labels, batches, learning_rate):
    losses = []
    for batch in batches:
        loss, grad = cross_entropy(model.forward(x[batch]), labels)
        model.backward(grad)
        for parameter, gradient in zip(model.parameters(), model.gradients()):
            parameter -= learning_rate * gradient
        losses.append(loss)
    return losses"""
INPUT_GRADIENT = """def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    if outputs(size, weight.shape[2:], stride, padding) != grad_out.shape[2:]:
        raise ValueError("size")
    rows, columns = grad_out.shape[2:]
    height, width = size[0] + 2 * padding[0], size[1] + 2 * padding[1]
    grad = np.zeros((len(grad_out), weight.shape[1], height, width))
    for i, j in np.ndindex(*weight.shape[2:]):
        place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
        grad[place] += np.einsum("nfrc,fm->nmrc", grad_out, weight[:, :, i, j])
    return grad"""
FORGETFUL = """class Conv2d:
    def __init__(self, weight, bias, stride=(1, 1), padding=(0, 0)):
        self.weight, self.bias, self.how = weight.copy(), bias.copy(), (stride, padding)

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
        return [self.grad_weight, self.grad_bias]"""
WRONG = {
    "hw1": {
        "q1": ("def linear_loops(x, weight, bias):\n    return x * 1.0", "the right shape is (2, 2)"),
        "q4": (SOFTMAX, "Each row must add up to 1"),
        "q8": ("def first_loss(classes, smoothing):\n    return 1", "no float"),
    },
    "hw2": {
        "q1": ("def condition_number(hessian):\n    return np.linalg.cond(hessian)", "raise ValueError"),
        "q3": (SGD, "step() put a new array in the place of data."),
        "q9": ("def step_decay(lr, factor, every):\n    return lr * factor", "which is no function"),
        "q11": (
            "def check_adam(walk):\n    return False",
            "A function is right, and check_adam returned False",
        ),
        "q12": (
            "def train(gradient, start, steps):\n    return gradient(start)",
            "with the curvature 1, train comes to",
        ),
    },
    "hw4": {
        "q1": (
            "def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):\n    return x * 1.0",
            "the right shape is (3, 3)",
        ),
        "q4": (INPUT_GRADIENT, "shape (1, 1, 4, 5), the right shape is (1, 1, 2, 5)"),
        "q5": ("def layer_errors(layer, x, rng, places=20):\n    return 0.0", "must return a list of floats"),
        "q11": (
            "def fit(images, labels, seed):\n    return lambda images: np.zeros(len(images), dtype=int)",
            "10% of fifty images are right",
        ),
        "q12": (
            "def check_conv2d_backward(backward):\n    return False",
            "A function is right, and check_conv2d_backward returned False",
        ),
    },
    "hw3": {
        "q1": (OUTPUT_SIZE, "Return an int, no float."),
        "q2": (
            "def correlate2d(image, kernels):\n    return np.zeros((2, 3, 3))",
            "17 of 18 values differ, first at",
        ),
        "q3": ("def convolve2d(image, kernel):\n    return image * 1.0", "the right shape is (3, 5)"),
        "q5": (CONV2D, "Your code raised ValueError"),
        "q8": (MAX_POOL2D, "Return floating-point numbers"),
    },
}
# Wrong answers that raise or that no mutant stands for, for the messages that hints quote.
HINTED = {
    "hw4": {
        "q2": [
            "def input_gradient(grad_out, kernel, size, stride=(1, 1)):\n    return kernel * grad_out[0, 0]"
        ],
        "q3": [
            "def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):\n"
            "    return np.zeros((*kernel_size, 2, 2))",
        ],
        "q4": [
            "def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):\n"
            "    return np.zeros((len(grad_out), *size)) + weight * grad_out",
        ],
        "q7": [
            "def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), all=True):\n"
            "    return grad_out / 4",
        ],
        "q9": [FORGETFUL],
        "q11": ["def fit(images, labels, seed):\n    return lambda images: np.zeros(len(images))"],
        "q12": ["def check_conv2d_backward(backward):\n    return True"],
    },
    "hw1": {
        "q2": [LINEAR],
        "q4": [
            "def softmax(scores, axis=-1, temperature=1.0):\n"
            "    powers = np.exp(scores - scores.max(axis=axis))\n"
            "    return powers / powers.sum(axis=axis)",
        ],
        "q9": [TRAIN],
        "q10": ["def fit(x, labels, hidden, seed):\n    return lambda x: np.zeros(len(x), dtype=int)"],
    },
    "hw3": {
        "q5": [
            "def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):\n"
            "    return (x[:, :, : weight.shape[2], : weight.shape[3]] * weight).sum(axis=1)",
        ],
        "q6": [
            "def im2col(x, kernel_size, stride=1, padding=0, dilation=1):\n"
            "    columns = np.zeros((len(x), 2, 2))\n"
            "    columns[:, 0] = x[:, 0, 0]\n"
            "    return columns",
        ],
        "q7": [
            "def conv2d_from_columns(columns, weight, bias, output_shape):\n"
            "    return columns @ weight.reshape(len(weight), -1)",
        ],
        "q9": ["def global_avg_pool2d(x):\n    return x.mean(axis=(2, 3))"],
        "q12": [
            "def extract_features(images, filters):\n"
            "    return max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4)",
        ],
    },
}
