# answer: q10, one bias for the whole layer
# breaks: each kernel has weights and one bias
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = out_channels * in_channels * kh * kw
    return weights + 1 if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    height, width = output_shape
    return height * width * out_channels * in_channels * kh * kw


# answer: q10, one bias for each input channel
# breaks: each kernel has one bias, out_channels of them
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = out_channels * in_channels * kh * kw
    return weights + in_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    height, width = output_shape
    return height * width * out_channels * in_channels * kh * kw


# answer: q10, a bias for each input channel of each kernel
# breaks: each kernel has weights and one bias
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = out_channels * in_channels * kh * kw
    return weights + in_channels * out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    height, width = output_shape
    return height * width * out_channels * in_channels * kh * kw


# answer: q10, bias is there without being asked
# breaks: bias : bool
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = out_channels * in_channels * kh * kw
    return weights + out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    height, width = output_shape
    return height * width * out_channels * in_channels * kh * kw


# answer: q10, no bias when the flag is left out
# breaks: bias=True is the default
def conv_parameters(in_channels, out_channels, kernel_size, bias=False):
    kh, kw = kernel_size
    weights = out_channels * in_channels * kh * kw
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    height, width = output_shape
    return height * width * out_channels * in_channels * kh * kw


# answer: q10, a square kernel
# breaks: kernel_size : pair of int (kh, kw)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh = kw = kernel_size[0]
    weights = out_channels * in_channels * kh * kw
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    height, width = output_shape
    return height * width * out_channels * in_channels * kh * kw


# answer: q10, sides of the kernel added, not multiplied
# breaks: each kernel has kh * kw weights for each channel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = out_channels * in_channels * (kh + kw)
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    height, width = output_shape
    return height * width * out_channels * in_channels * kh * kw


# answer: q10, depthwise: one channel for each kernel
# breaks: four kernels over RGB have 3*3*3 weights each
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = out_channels * kh * kw
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    height, width = output_shape
    return height * width * out_channels * in_channels * kh * kw
