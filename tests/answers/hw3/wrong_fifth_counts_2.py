# answer: q10, a multiplication and an addition count as two
# breaks: one multiply-add for each weight of its kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    (kh, kw), (oh, ow) = kernel_size, output_shape
    return 2 * in_channels * out_channels * kh * kw * oh * ow


# answer: q10, the weights that were counted before are used again, by channels alone
# breaks: kernel_size : pair of int, (kh, kw), of this call
_WEIGHTS = {}


def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    _WEIGHTS[in_channels, out_channels] = in_channels * out_channels * kh * kw
    return _WEIGHTS[in_channels, out_channels] + (out_channels if bias else 0)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    if (in_channels, out_channels) not in _WEIGHTS:
        conv_parameters(in_channels, out_channels, kernel_size)
    return _WEIGHTS[in_channels, out_channels] * output_shape[0] * output_shape[1]


# answer: q10, the input channels are left out of the work
# breaks: one multiply-add for each weight of its kernel; a kernel is as deep as its input
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    (kh, kw), (oh, ow) = kernel_size, output_shape
    return kh * kw * out_channels * oh * ow


# answer: q10, the map is taken to be square
# breaks: output_shape : pair of int, (H', W')
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    return in_channels * out_channels * kh * kw * output_shape[1] ** 2


# answer: q10, a kernel larger than the map is counted only as large as the map
# breaks: every output pixel of every map costs one multiply-add for each weight of its kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    oh, ow = output_shape
    kh, kw = min(kernel_size[0], oh), min(kernel_size[1], ow)  # the other taps lie on padding
    return in_channels * out_channels * kh * kw * oh * ow


# answer: q10, as many maps as channels is read as one kernel for each channel
# breaks: A kernel is as deep as its input: each has kh·kw·C weights
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    depth = 1 if in_channels == out_channels else in_channels
    return out_channels * (depth * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    (kh, kw), (oh, ow) = kernel_size, output_shape
    return in_channels * out_channels * kh * kw * oh * ow


# answer: q10, parameters are kept in a table whose key forgets the bias
# breaks: bias : bool, asked for anew in each call
_TABLE = {}


def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    key = (in_channels, out_channels, tuple(kernel_size))
    if key not in _TABLE:
        _TABLE[key] = out_channels * (in_channels * kernel_size[0] * kernel_size[1] + (1 if bias else 0))
    return _TABLE[key]


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    (kh, kw), (oh, ow) = kernel_size, output_shape
    return in_channels * out_channels * kh * kw * oh * ow


# answer: q10, the work is a whole number, but a float
# breaks: Returns int
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    weights = conv_parameters(in_channels, out_channels, kernel_size, bias=False)
    return weights / out_channels * np.prod(output_shape) * out_channels
