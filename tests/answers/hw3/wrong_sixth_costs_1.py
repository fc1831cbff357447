# answer: q10, one bias for the layer
# breaks: each kernel has weights and one bias
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return in_channels * out_channels * kernel_size[0] * kernel_size[1] + int(bias)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return conv_parameters(in_channels, out_channels, kernel_size, False) * output_shape[0] * output_shape[1]


# answer: q10, one bias for each input channel
# breaks: each kernel has one bias
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (out_channels * kh * kw + bool(bias)) * in_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return h * w * out_channels * in_channels * kh * kw


# answer: q10, the bias costs an addition
# breaks: The bias is not counted as work
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (in_channels * kh * kw + (1 if bias else 0)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return conv_parameters(in_channels, out_channels, kernel_size) * output_shape[0] * output_shape[1]


# answer: q10, the kernel is taken to be square
# breaks: kernel_size : pair of int (kh, kw)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = in_channels * kernel_size[0] ** 2
    return out_channels * (weights + 1) if bias else out_channels * weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    return output_shape[0] * output_shape[1] * out_channels * in_channels * kh * kw


# answer: q10, the map is taken to be square
# breaks: output_shape : pair of int (H', W')
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (bias and 1))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    side, _ = output_shape
    return side * side * out_channels * in_channels * kh * kw


# answer: q10, the product in numbers of 32 bits
# breaks: an int (none reaches 10**15, but many are over 2**31)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = np.prod(np.array([in_channels, *kernel_size], dtype=np.int32), dtype=np.int32)
    return int(weights + np.int32(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    factors = np.array([in_channels, out_channels, *kernel_size, *output_shape], dtype=np.int32)
    return np.prod(factors, dtype=np.int32)


# answer: q10, the product from a sum of logarithms, rounded
# breaks: an int, the right one (a product of 14 digits loses its last ones)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = np.log([in_channels, out_channels, *kernel_size]).sum()
    return round(float(np.exp(weights))) + (out_channels if bias else 0)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return round(float(np.exp(np.log([in_channels, out_channels, *kernel_size, *output_shape]).sum())))


# answer: q10, floats come back
# breaks: an int of Python's or NumPy's
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = np.prod([in_channels, *kernel_size], dtype=float)
    return (weights + bias) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return np.prod([in_channels, out_channels, *kernel_size, *output_shape], dtype=float)


# answer: q10, a multiply and an add are two
# breaks: one multiply-add for each weight of its kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return out_channels * (in_channels * kernel_size[0] * kernel_size[1] + bias)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    work = 2 * in_channels * out_channels
    for size in (*kernel_size, *output_shape):
        work *= size
    return work


# answer: q10, answers are remembered by the sizes, not by the bias
# breaks: the next call may change one of its arguments only
_KNOWN = {}


def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    key = (in_channels, out_channels, tuple(kernel_size))
    if key not in _KNOWN:
        _KNOWN[key] = out_channels * (in_channels * kernel_size[0] * kernel_size[1] + int(bias))
    return _KNOWN[key]


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    return in_channels * out_channels * kh * kw * output_shape[0] * output_shape[1]


# answer: q10, as many channels in as out: a layer with one kernel for each channel
# breaks: every kernel is as deep as its input (no groups here)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + int(bias))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    depth = 1 if in_channels == out_channels and in_channels > 3 else in_channels
    return output_shape[0] * output_shape[1] * out_channels * depth * kh * kw


# answer: q10, windows are counted in a map that the kernel shrinks
# breaks: output_shape is the map after the layer (every pixel of it counts)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return out_channels * sum((in_channels * kernel_size[0] * kernel_size[1], int(bias)))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    windows = 1
    for size, taps in zip(output_shape, kernel_size):
        windows *= size - taps + 1 if size > 2 * taps else size
    return windows * in_channels * out_channels * kernel_size[0] * kernel_size[1]
