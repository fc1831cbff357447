# answer: q10, work counts the bias, by way of the parameters
# breaks: the bias is not counted as work
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = out_channels * in_channels * kh * kw
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    height, width = output_shape
    return conv_parameters(in_channels, out_channels, kernel_size) * height * width


# answer: q10, a multiply and an add are two
# breaks: one multiply-add for each weight
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = out_channels * in_channels * kh * kw
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    height, width = output_shape
    return 2 * height * width * out_channels * in_channels * kh * kw


# answer: q10, the first product needs no add, so one less
# breaks: one multiply-add for each weight of its kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = out_channels * in_channels * kh * kw
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    height, width = output_shape
    return height * width * out_channels * (in_channels * kh * kw - 1)


# answer: q10, the work is done on one input channel
# breaks: a kernel looks at all channels
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = out_channels * in_channels * kh * kw
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    height, width = output_shape
    return height * width * out_channels * kh * kw


# answer: q10, a square output
# breaks: output_shape : pair of int (H', W')
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = out_channels * in_channels * kh * kw
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    height = width = output_shape[1]
    return height * width * out_channels * in_channels * kh * kw


# answer: q10, the work counts the places of the input before the kernel ate its border
# breaks: every output pixel of every map costs
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = out_channels * in_channels * kh * kw
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    height, width = output_shape
    return (height + kh - 1) * (width + kw - 1) * out_channels * in_channels * kh * kw


# answer: q10, the product in int32
# breaks: no int reaches 10**15, ints of q10 go to 10,000
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = out_channels * in_channels * kh * kw
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return int(np.prod([in_channels, out_channels, *kernel_size, *output_shape], dtype=np.int32))


# answer: q10, the product in float32
# breaks: int, exact
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = int(np.prod(np.float32([out_channels, in_channels, kh, kw])))
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    height, width = output_shape
    return height * width * out_channels * in_channels * kh * kw
