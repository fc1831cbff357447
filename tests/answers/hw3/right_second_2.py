"""Right answers, written from the notebook of a student alone."""

# answer: q8, windows one by one
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    wide = np.full((N, C, H + 2 * p, W + 2 * p), -np.inf)
    wide[:, :, p:p + H, p:p + W] = x
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            y[:, :, i, j] = wide[:, :, i * s:i * s + k, j * s:j * s + k].max(axis=(2, 3))
    return y


# answer: q8, the border repeats the outermost pixel, which never adds a larger one
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="edge")
    view = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return view[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, refuses the padding that the contract excludes
def max_pool2d(x, kernel_size, stride=None, padding=0):
    if padding > kernel_size // 2:
        raise ValueError("padding is at most half the window")
    s = stride or kernel_size
    low = x.min() if x.size else 0
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=low)
    h, w = (x.shape[2] - kernel_size) // s + 1, (x.shape[3] - kernel_size) // s + 1
    return np.array([[[[m[i * s:i * s + kernel_size, j * s:j * s + kernel_size].max() for j in range(w)]
                       for i in range(h)] for m in image] for image in x])


# answer: q9, cuts windows at the border
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            window = x[:, :, max(0, i * s - p):i * s - p + k, max(0, j * s - p):j * s - p + k]
            count = k * k if count_include_pad else window.shape[2] * window.shape[3]
            y[:, :, i, j] = window.sum(axis=(2, 3)) / count
    return y


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, counts by pooling ones
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, stride or kernel_size
    def total(x):
        x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        return np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    return total(x) / (k * k if count_include_pad else total(np.ones(x.shape)))


def global_avg_pool2d(x):
    N, C = x.shape[:2]
    return x.reshape(N, C, -1).mean(axis=2).reshape(N, C, 1, 1)


# answer: q10, plain products
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (in_channels * kh * kw + (1 if bias else 0)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return h * w * out_channels * in_channels * kh * kw


# answer: q10, np.prod, turned to int
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = int(np.prod(kernel_size)) * in_channels * out_channels
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return conv_parameters(in_channels, out_channels, kernel_size, False) * int(np.prod(output_shape))


# answer: q11, carries both along
def receptive_field(layers):
    r, j = 1, 1
    found = []
    for k, s in layers:
        r += (k - 1) * j
        j *= s
        found.append((r, j))
    return found


# answer: q11, sums from the start for each layer
def receptive_field(layers):
    sizes = [k for k, _ in layers]
    jumps = [1]
    for _, s in layers:
        jumps.append(jumps[-1] * s)
    return [[1 + sum((k - 1) * j for k, j in zip(sizes[:n], jumps)), jumps[n]] for n in range(1, len(sizes) + 1)]


# answer: q12, taps, ReLU, blocks
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, F, H, W))
    for u in range(3):
        for v in range(3):
            maps += filters[None, :, 0, u, v, None, None] * wide[:, :, u:u + H, v:v + W]
    maps = np.maximum(maps, 0)
    pooled = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return pooled.reshape(N, -1)


# answer: q12, pools twice by two, ReLU last
def extract_features(images, filters):
    maps = conv2d(images, filters, padding=1)
    return np.maximum(max_pool2d(max_pool2d(maps, 2), 2), 0).reshape(len(images), -1)


# answer: q13, plain descent, a closure
def train_head(features, labels, steps, learning_rate):
    weight = np.zeros((features.shape[1], 10))
    bias = np.zeros(10)
    losses = []
    for step in range(steps):
        loss, weight_gradient, bias_gradient = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * weight_gradient
        bias = bias - learning_rate * bias_gradient
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(others):
        scores = features(others) @ weight + bias
        return np.argmax(scores, axis=1)

    return classify


# answer: q13, in place on its own arrays, a class for the closure
class Head:
    def __init__(self, weight, bias, features):
        self.weight, self.bias, self.features = weight, bias, features

    def __call__(self, images):
        return (self.features(images) @ self.weight + self.bias).argmax(axis=1)


def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    while len(losses) < steps:
        loss, down, across = loss_and_gradient(features, labels, weight, bias)
        losses.append(loss)
        weight -= learning_rate * down
        bias -= learning_rate * across
    return [weight, bias, losses]


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return Head(weight, bias, features)
