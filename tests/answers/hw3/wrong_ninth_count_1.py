# answer: q10, one bias for each kernel and input channel
# breaks: each has 3*3*3 weights and one bias
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (kh * kw + bool(bias)) * in_channels * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return in_channels * out_channels * kernel_size[0] * kernel_size[1] * output_shape[0] * output_shape[1]


# answer: q10, as many biases as input channels
# breaks: each kernel has one bias
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = in_channels * out_channels * kh * kw
    return weights + in_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return h * w * out_channels * in_channels * kh * kw


# answer: q10, the kernel is taken for a square one when parameters are counted
# breaks: kernel_size : pair of int (kh, kw)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    k = kernel_size[0]
    return out_channels * (in_channels * k**2 + int(bias))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    return int(np.prod(output_shape)) * out_channels * in_channels * kh * kw


# answer: q10, the output is taken for a square one
# breaks: output_shape : pair of int (H', W')
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    size, _ = output_shape
    return size * size * out_channels * in_channels * kernel_size[0] * kernel_size[1]


# answer: q10, the bias counts as work, one for each output pixel
# breaks: The bias is not counted as work
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + int(bias))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return output_shape[0] * output_shape[1] * conv_parameters(in_channels, out_channels, kernel_size)


# answer: q10, a multiply and an add count as two, as in tables of FLOPs
# breaks: one multiply-add for each weight of its kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    per_kernel = in_channels * kernel_size[0] * kernel_size[1]
    return out_channels * per_kernel + (out_channels if bias else 0)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    per_kernel = in_channels * kernel_size[0] * kernel_size[1]
    return 2 * per_kernel * out_channels * output_shape[0] * output_shape[1]


# answer: q10, the product is taken in 32 bits
# breaks: every output pixel of every map costs one multiply-add for each weight; a size goes to 10,000
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + int(bias))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    numbers = np.array([in_channels, out_channels, *kernel_size, *output_shape], dtype=np.int32)
    return int(np.prod(numbers, dtype=np.int32))


# answer: q10, the product is taken in float32 and made an int at the end
# breaks: Parameters of a convolution layer, an exact int
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = np.prod(np.array([in_channels, out_channels, *kernel_size], dtype=np.float32))
    return int(weights + (out_channels if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    h, w = output_shape
    return h * w * conv_parameters(1, 1, kernel_size, False) * in_channels * out_channels


# answer: q10, bias may come by name only
# breaks: Arguments come by position or by name
def conv_parameters(in_channels, out_channels, kernel_size, *, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + int(bias))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    (kh, kw), (h, w) = kernel_size, output_shape
    return out_channels * in_channels * kh * kw * h * w


# answer: q10, a memory of counted layers forgets whether they have a bias
# breaks: the next call may change one of them only; each answer depends on the arguments of its own call alone
_counted = {}


def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    layer = in_channels, out_channels, tuple(kernel_size)
    if layer not in _counted:
        _counted[layer] = out_channels * (in_channels * kernel_size[0] * kernel_size[1] + int(bias))
    return _counted[layer]


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    (kh, kw), (h, w) = kernel_size, output_shape
    return out_channels * in_channels * kh * kw * h * w


# answer: q10, the output shape is taken for the image, and the kernel cut off
# breaks: The image size before the layer plays no part: output_shape is (H', W')
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + int(bias))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    (kh, kw), (h, w) = kernel_size, output_shape
    places = max(h - kh + 1, 1) * max(w - kw + 1, 1)
    return places * out_channels * in_channels * kh * kw
