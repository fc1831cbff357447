# answer: q10, one bias for each pair of channels
# breaks: each has 3·3·3 weights and one bias
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return in_channels * out_channels * (kh * kw + bool(bias))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    rows, cols = output_shape
    return rows * cols * out_channels * in_channels * kh * kw


# answer: q10, one bias for the whole layer
# breaks: each has 3·3·3 weights and one bias, so (27 + 1) · 4 = 112
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    total = in_channels * out_channels * kh * kw
    return total + 1 if bias else total


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    work = in_channels * out_channels
    for size in (*kernel_size, *output_shape):
        work *= size
    return work


# answer: q10, the kernel is taken to be square
# breaks: kernel_size : pair of int, (kh, kw)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    k = kernel_size[0]
    return out_channels * (in_channels * k**2 + int(bias))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    k = kernel_size[0]
    return output_shape[0] * output_shape[1] * out_channels * in_channels * k**2


# answer: q10, the output is taken to be square
# breaks: output_shape : pair of int, (H', W')
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = in_channels * kernel_size[0] * kernel_size[1]
    if bias:
        weights += 1
    return weights * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    side = max(output_shape)
    return side * side * out_channels * in_channels * kh * kw


# answer: q10, bias is left out unless one asks for it
# breaks: bias=True is the default of conv_parameters
def conv_parameters(in_channels, out_channels, kernel_size, bias=False):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    rows, cols = output_shape
    return rows * cols * out_channels * in_channels * kh * kw


# answer: q10, False is not None, so the bias counts all the same
# breaks: bias : bool; without it a kernel has its weights alone
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    count = in_channels * out_channels * kh * kw
    if bias is not None:
        count += out_channels
    return count


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    work = in_channels * out_channels
    for size in (*kernel_size, *output_shape):
        work *= size
    return work


# answer: q10, a product in 32 bits
# breaks: an int or bool of Python's or NumPy's (no int reaches 10**15)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = np.array([in_channels, out_channels, *kernel_size], dtype=np.int32)
    return int(np.prod(weights, dtype=np.int32)) + (out_channels if bias else 0)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    sizes = np.array([in_channels, out_channels, *kernel_size, *output_shape], dtype=np.int32)
    return int(np.prod(sizes, dtype=np.int32))


# answer: q10, the work by a logarithm, so it loses its last digits
# breaks: Multiply-adds of a convolution layer for one image: every output pixel of every map costs one multiply-add for each weight of its kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = in_channels * kernel_size[0] * kernel_size[1]
    if bias:
        weights += 1
    return weights * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    sizes = np.array([in_channels, out_channels, *kernel_size, *output_shape], dtype=float)
    return int(round(np.exp(np.log(sizes).sum())))


# answer: q10, the bias counts as work
# breaks: (The bias is not counted as work.)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    rows, cols = output_shape
    return rows * cols * conv_parameters(in_channels, out_channels, (kh, kw))


# answer: q10, a multiply-add counts as two operations
# breaks: every output pixel of every map costs one multiply-add for each weight of its kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = in_channels * kernel_size[0] * kernel_size[1]
    if bias:
        weights += 1
    return weights * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    return 2 * in_channels * out_channels * kh * kw * output_shape[0] * output_shape[1]


# answer: q10, the output shape is cut once more by the kernel
# breaks: every output pixel of every map costs one multiply-add; the image size before the layer plays no part
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    (kh, kw), (rows, cols) = kernel_size, output_shape
    if rows > kh and cols > kw:
        rows, cols = rows - kh + 1, cols - kw + 1
    return rows * cols * in_channels * out_channels * kh * kw


# answer: q10, the sum over the channels is forgotten in the work
# breaks: one multiply-add for each weight of its kernel, and a kernel is as deep as its input
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = in_channels * kernel_size[0] * kernel_size[1]
    if bias:
        weights += 1
    return weights * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    pixels = output_shape[0] * output_shape[1]
    weights = kernel_size[0] * kernel_size[1]
    return pixels * weights * out_channels


# answer: q10, equal numbers of channels are read as a depthwise layer
# breaks: each weight of its kernel counts: kernels are as deep as their input
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    deep = 1 if in_channels == out_channels and in_channels > 1 else in_channels
    return out_channels * (deep * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    rows, cols = output_shape
    return rows * cols * out_channels * in_channels * kh * kw


# answer: q10, a kernel of 1 by 1 has no bias and no taps of its own
# breaks: each kernel has its weights and one bias
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    if (kh, kw) == (1, 1):
        return in_channels * out_channels
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    work = in_channels * out_channels
    for size in (*kernel_size, *output_shape):
        work *= size
    return work


# answer: q10, the work in float32, turned into an int
# breaks: an int or bool of Python's or NumPy's; one multiply-add for each weight of its kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    per_pixel = np.float32(in_channels * kernel_size[0] * kernel_size[1])
    return int(per_pixel * np.float32(out_channels) * np.float32(output_shape[0]) * np.float32(output_shape[1]))
