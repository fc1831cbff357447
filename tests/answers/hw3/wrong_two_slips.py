"""Wrong answers with two slips each. Text for tools/try_answers.py; nobody imports it."""

# answer: q1, two slips: dilation times all taps, and no error
# breaks: a kernel covers d(k-1)+1 pixels; raises ValueError
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    return (size + sum(padding) - dilation * kernel_size) // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, two slips: the padding after alone, rounded up
# breaks: pixels added before and after; the formula rounds down
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + padding[1] - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError
    return int(np.ceil(room / stride)) + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q2, two slips: rotated kernel, integers stay integers
# breaks: cross-correlation; an array of floats
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1), dtype=image.dtype)
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel[::-1, ::-1])
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q3, two slips: no flip, output as large as the image
# breaks: convolution; array (H + kh - 1, W + kw - 1)
def convolve2d(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    padded = np.pad(image, ((kh // 2, kh // 2), (kw // 2, kw // 2)))
    return correlate2d(padded, kernel[None])[0, :H, :W]


# answer: q3, two slips: stamps the flipped kernel, into integers
# breaks: a single 1 gives the kernel; an array of floats
def convolve2d(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1), dtype=int)
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += (image[i, j] * kernel[::-1, ::-1]).astype(int)
    return out


# answer: q4, two slips: repeats the border pixel, and knows no other error than NumPy's
# breaks: mirror without the border pixel; ValueError when padding >= H
def pad2d(x, padding, mode="zeros"):
    how = "symmetric" if mode == "reflect" else "constant"
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=how)


# answer: q4, two slips: float64 always, all four axes
# breaks: dtype as x; array (N, C, H + 2 padding, W + 2 padding)
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect") or (mode == "reflect" and padding >= min(x.shape[2:])):
        raise ValueError
    return np.pad(x.astype(float), padding, mode="constant" if mode == "zeros" else "reflect")


# answer: q5, two slips: forgets the bias and the stride
# breaks: b[f] is added; the stride multiplies the place in the output
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))[
        ..., ::dilation, ::dilation
    ]
    return np.einsum("nchwuv,fcuv->nfhw", windows, weight)


# answer: q5, two slips: flipped kernel, edge padding
# breaks: cross-correlation; zeros as padding
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="edge")
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight[:, :, ::-1, ::-1])
    return out if bias is None else out + bias[:, None, None]


# answer: q5, two slips: no check of the channels, and the first channel alone
# breaks: ValueError when C differs; the sum over the channels
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, 0, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nhwuv,fuv->nfhw", windows, weight[:, 0])
    return out if bias is None else out + bias[:, None, None]


# answer: q6, two slips: ignores dilation, channels last
# breaks: dilation as in conv2d; rows: channel, kernel row, kernel column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    w = np.lib.stride_tricks.sliding_window_view(x, kernel_size, axis=(2, 3))[:, :, ::stride, ::stride]
    N, C, oh, ow, kh, kw = w.shape
    return w.transpose(0, 4, 5, 1, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q6, two slips: stride along the height only, edge padding
# breaks: stride is the same along height and width; zeros as padding
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="edge")
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, :, ::dilation, ::dilation]
    N, C, oh, ow = w.shape[:4]
    return w.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, oh * ow)


# answer: q7, two slips: no bias, width before height
# breaks: bias (F,); output_shape (H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1) @ columns
    return out.reshape(len(columns), len(weight), *output_shape[::-1])


# answer: q8, two slips: zeros as padding, stride 1 by default
# breaks: padded places never win; None means kernel_size
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or 1
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, two slips: integers stay integers, -999 as padding
# breaks: an array of floats; padded places never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-999)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q9, two slips: the switch is ignored, and global_avg_pool2d has no axes of length 1
# breaks: count_include_pad; array (N, C, 1, 1)
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].mean(axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=3).mean(axis=2)


# answer: q10, two slips: biases always count, square kernels in the work
# breaks: bias : bool; kernel_size (kh, kw)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return (in_channels * kernel_size[0] * kernel_size[1] + 1) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return in_channels * out_channels * kernel_size[0] ** 2 * output_shape[0] * output_shape[1]


# answer: q11, two slips: the jump grows first, and the input comes first
# breaks: the field grows by the old jump; one pair for each layer
def receptive_field(layers):
    out = [(1, 1)]
    for kernel, stride in layers:
        size, jump = out[-1]
        out.append((size + (kernel - 1) * jump * stride, jump * stride))
    return out


# answer: q12, two slips: no ReLU, mean instead of maximum
# breaks: negative answers become 0; keep the maximum
def extract_features(images, filters):
    return avg_pool2d(fast_conv2d(images, filters, padding=1), 4).reshape(len(images), -1)


# answer: q12, two slips: flipped kernels, edge padding
# breaks: conv2d; zeros as padding
def extract_features(images, filters):
    padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)), mode="edge")
    maps = np.maximum(fast_conv2d(padded, filters[:, :, ::-1, ::-1]), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q13, two slips: the loss after the step, classes as floats
# breaks: the loss before each step; array (M,) of int
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        _, step_weight, step_bias = loss_and_gradient(features, labels, weight, bias)
        weight = weight - learning_rate * step_weight
        bias = bias - learning_rate * step_bias
        losses.append(float(loss_and_gradient(features, labels, weight, bias)[0]))
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1).astype(float)


# answer: q13, two slips: the bias stays zero, features of its own
# breaks: gradient descent on weight and bias; features : function
def train_head(features, labels, steps, learning_rate):
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, step_weight, _ = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * step_weight
    return weight, bias, losses


def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(extract_features(images, FILTERS), labels, steps, learning_rate)
    return lambda others: np.argmax(extract_features(others, FILTERS) @ weight + bias, axis=1)
