# answer: q10, one bias for each pair of channel and kernel: right for one input channel only
# breaks: each has 3*3*3 weights and one bias, so (27 + 1) * 4 = 112 parameters
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    one = kh * kw + (1 if bias else 0)
    return one * in_channels * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    return in_channels * out_channels * kh * kw * output_shape[0] * output_shape[1]


# answer: q10, the work is parameters times pixels, and the bias comes along by its default
# breaks: The bias is not counted as work
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return out_channels * (in_channels * kernel_size[0] * kernel_size[1] + int(bias))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return conv_parameters(in_channels, out_channels, kernel_size) * output_shape[0] * output_shape[1]


# answer: q10, the number of kernels is counted twice in the work
# breaks: every output pixel of every map costs one multiply-add for each weight of its kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = in_channels * out_channels * kernel_size[0] * kernel_size[1]
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    pixels = out_channels * output_shape[0] * output_shape[1]
    return pixels * conv_parameters(in_channels, out_channels, kernel_size, bias=False)


# answer: q10, takes the output shape for the image and lets the kernel eat a border
# breaks: output_shape: (H', W'); the image size before the layer plays no part
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (in_channels * kh * kw + bool(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    h, w = max(h - kh + 1, 1), max(w - kw + 1, 1)
    return in_channels * out_channels * kh * kw * h * w


# answer: q10, the output is taken to be square, with the width for both sides
# breaks: output_shape: (H', W')
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return kh * kw * in_channels * out_channels + (out_channels if bias else 0)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    *_, side = output_shape
    kh, kw = kernel_size
    return kh * kw * in_channels * out_channels * side**2


# answer: q10, the product of an int32 array runs over for a large layer
# breaks: conv_multiply_adds returns an int, up to 10**15
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return out_channels * (in_channels * kernel_size[0] * kernel_size[1] + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    factors = np.array([in_channels, out_channels, *kernel_size, *output_shape], dtype=np.int32)
    return int(np.multiply.reduce(factors, dtype=np.int32))


# answer: q10, multiplies in float32, which has seven digits
# breaks: returns int: the number of multiply-adds, not a number near it
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return in_channels * kh * kw * out_channels + (out_channels if bias else 0)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    factors = (in_channels, out_channels) + tuple(kernel_size) + tuple(output_shape)
    return int(np.prod(np.array(factors, dtype=np.float32)))


# answer: q10, np.prod with a float among its factors gives a float
# breaks: returns int: an int of Python's or NumPy's
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return np.prod(kernel_size) * in_channels * out_channels + out_channels * int(bias)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    work = 1.0
    for factor in (in_channels, out_channels, *kernel_size, *output_shape):
        work *= factor
    return np.floor(work)


# answer: q10, the parameters come back as an array without axes
# breaks: an int or bool of Python's or NumPy's
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    shapes = [(out_channels, in_channels, *kernel_size)] + [(out_channels, 1, 1, 1)] * bool(bias)
    return np.array(np.prod(np.array(shapes, dtype=np.int64), axis=1).sum())


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    shape = (out_channels, in_channels, *kernel_size, *output_shape)
    return int(np.prod(shape, dtype=np.int64))


# answer: q10, the layer's arrays are made to ask for their size, and a large layer does not fit into memory
# breaks: The notebook may use 2 GiB in all (an int is up to 10,000 here)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weight = np.ones((out_channels, in_channels, *kernel_size))
    offset = np.ones(out_channels if bias else 0)
    return weight.size + offset.size


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    weights = in_channels * kernel_size[0] * kernel_size[1]
    return weights * out_channels * output_shape[0] * output_shape[1]


# answer: q10, the layer counts without a bias when nothing is said about it
# breaks: bias=True: one that has a default may be left out
def conv_parameters(in_channels, out_channels, kernel_size, bias=None):
    count = in_channels * out_channels * kernel_size[0] * kernel_size[1]
    if bias:
        count += out_channels
    return count


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return in_channels * out_channels * kernel_size[0] * kernel_size[1] * output_shape[0] * output_shape[1]


# answer: q10, the bias can be given by name only
# breaks: Arguments come by position or by name
def conv_parameters(in_channels, out_channels, kernel_size, *, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    return out_channels * in_channels * kh * kw * output_shape[0] * output_shape[1]


# answer: q10, remembers by the number of kernels whether a layer has a bias
# breaks: Each answer depends on the arguments of its own call alone
_bias_count = {}


def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    _bias_count.setdefault(out_channels, bias)
    return out_channels * (in_channels * kh * kw + int(_bias_count[out_channels]))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    return out_channels * in_channels * kh * kw * output_shape[0] * output_shape[1]


# answer: q10, n products need n - 1 additions, so one of each kernel's weights is left out of the work
# breaks: one multiply-add for each weight of its kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    terms = in_channels * kh * kw
    return max(terms - 1, 1) * out_channels * output_shape[0] * output_shape[1]


# answer: q10, each channel is looked at alone in the work, with one kernel for each
# breaks: each has 3*3*3 weights: a kernel is as deep as its input
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    maps = max(in_channels, out_channels)  # a map for each channel, or for each kernel
    return maps * kh * kw * output_shape[0] * output_shape[1]


# answer: q10, keeps the parameters by the number of weights, which 2 to 6 and 3 to 4 channels share
# breaks: Each answer depends on the arguments of its own call alone
_counted = {}


def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = in_channels * out_channels * kh * kw
    if (weights, bias) not in _counted:
        _counted[weights, bias] = weights + out_channels if bias else weights
    return _counted[weights, bias]


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return conv_parameters(in_channels, out_channels, kernel_size, False) * output_shape[0] * output_shape[1]


# answer: q10, adds the logarithms of the factors and rounds: wrong in the last digits of a large layer
# breaks: returns int: one multiply-add for each weight and output pixel, exactly
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    factors = (in_channels, out_channels) + kernel_size + output_shape
    return int(round(np.exp(np.sum(np.log(factors)))))
