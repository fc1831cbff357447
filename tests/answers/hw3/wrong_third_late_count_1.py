# answer: q10, one bias for the whole layer
# breaks: each kernel has one bias: (27 + 1) * 4
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return in_channels * out_channels * kh * kw + int(bias)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    ho, wo = output_shape
    return ho * wo * out_channels * in_channels * kh * kw


# answer: q10, a bias for each pair of channels
# breaks: each kernel has one bias, not one for each of its slices
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    per_slice = kh * kw + (1 if bias else 0)
    return per_slice * in_channels * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    ho, wo = output_shape
    return ho * wo * out_channels * in_channels * kh * kw


# answer: q10, the kernel is taken to be square in the parameters
# breaks: kernel_size is a pair (kh, kw)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    k = kernel_size[0]
    return (in_channels * k**2 + bias) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    ho, wo = output_shape
    return ho * wo * out_channels * in_channels * kh * kw


# answer: q10, the bias is counted whether there is one or not
# breaks: the argument bias
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + 1)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    ho, wo = output_shape
    return ho * wo * out_channels * in_channels * kh * kw


# answer: q10, bias=False is mistaken for a bias, because it is not None
# breaks: bias is a bool
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    total = out_channels * in_channels * kh * kw
    if bias is not None:
        total += out_channels
    return total


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    ho, wo = output_shape
    return ho * wo * out_channels * in_channels * kh * kw


# answer: q10, the default says that there is no bias
# breaks: the signature bias=True
def conv_parameters(in_channels, out_channels, kernel_size, bias=False):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + int(bias))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    ho, wo = output_shape
    return ho * wo * out_channels * in_channels * kh * kw


# answer: q10, parameters of a depthwise layer: every input channel has a kernel of its own
# breaks: each of the out_channels kernels is as deep as the input
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return in_channels * kh * kw + out_channels * bias


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    ho, wo = output_shape
    return ho * wo * out_channels * in_channels * kh * kw


# answer: q10, the product of an array of floats
# breaks: returns int
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = np.prod([float(in_channels), *kernel_size])
    return (weights + bias) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    ho, wo = output_shape
    return ho * wo * out_channels * in_channels * kh * kw


# answer: q10, parameters times output pixels
# breaks: "The bias is not counted as work"
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (in_channels * kh * kw + (1 if bias else 0)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    pixels = output_shape[0] * output_shape[1]
    return conv_parameters(in_channels, out_channels, kernel_size) * pixels


# answer: q10, the depth of the kernel is forgotten in the work
# breaks: every weight of a kernel costs one, and a kernel has in_channels * kh * kw
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (in_channels * kh * kw + (1 if bias else 0)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    ho, wo = output_shape
    return out_channels * ho * wo * kh * kw


# answer: q10, the map is taken to be square in the work
# breaks: output_shape is a pair (H', W')
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (in_channels * kh * kw + (1 if bias else 0)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return out_channels * output_shape[0] ** 2 * in_channels * kernel_size[0] * kernel_size[1]


# answer: q10, the shape is taken for that of the input, and a valid convolution is assumed
# breaks: "The image size before the layer plays no part": output_shape is (H', W')
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (in_channels * kh * kw + (1 if bias else 0)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    (kh, kw), (h, w) = kernel_size, output_shape
    ho, wo = h - kh + 1, w - kw + 1
    return ho * wo * out_channels * in_channels * kh * kw


# answer: q10, the product is taken in 32 bits and runs over
# breaks: large layers: an int, whatever its size
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = np.prod(np.array([in_channels, *kernel_size], dtype=np.int32), dtype=np.int32)
    return int((weights + np.int32(bias)) * np.int32(out_channels))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    sizes = np.array([in_channels, out_channels, *kernel_size, *output_shape], dtype=np.int32)
    return int(np.prod(sizes, dtype=np.int32))


# answer: q10, n products need n - 1 additions, so one is taken off for each output
# breaks: one multiply-add for each weight of the kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (in_channels * kh * kw + (1 if bias else 0)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    each = max(in_channels * kh * kw - 1, 1)
    return each * output_shape[0] * output_shape[1] * out_channels
