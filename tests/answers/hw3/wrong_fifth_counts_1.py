# answer: q10, the bias belongs to each slice of a kernel, one for each input channel
# breaks: each has 3·3·3 weights and one bias
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (kh * kw + (1 if bias else 0)) * in_channels * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    return kh * kw * in_channels * out_channels * output_shape[0] * output_shape[1]


# answer: q10, without a bias the answer is 0, because "if else" takes in the whole sum
# breaks: bias : bool; without it the weights still count
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * in_channels * kh * kw + out_channels if bias else 0


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    oh, ow = output_shape
    return out_channels * oh * ow * in_channels * kh * kw


# answer: q10, False counts as a bias, because only None does not
# breaks: bias : bool
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = in_channels * out_channels * kernel_size[0] * kernel_size[1]
    if bias is not None:
        weights += out_channels
    return weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return conv_parameters(in_channels, out_channels, kernel_size, None) * output_shape[0] * output_shape[1]


# answer: q10, one bias for each input channel
# breaks: each kernel has one bias: (27 + 1) * 4 = 112 parameters
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return in_channels * out_channels * kh * kw + in_channels * bool(bias)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    oh, ow = output_shape
    return in_channels * out_channels * kh * kw * oh * ow


# answer: q10, the height of a kernel is taken for its width
# breaks: kernel_size : pair of int, (kh, kw)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return out_channels * (in_channels * kernel_size[0] ** 2 + int(bias))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    oh, ow = output_shape
    return out_channels * in_channels * kh * kw * oh * ow


# answer: q10, the work is counted in whole numbers of 32 bits, which run over
# breaks: Output pixels × maps × weights of one kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + bool(bias))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    numbers = np.array([in_channels, out_channels, *kernel_size, *output_shape], dtype=np.int32)
    return int(np.prod(numbers, dtype=np.int32))


# answer: q10, the work is worked out in floats of 32 bits and turned into an int
# breaks: every output pixel of every map costs one multiply-add for each weight of its kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    numbers = np.array([in_channels, out_channels, *kernel_size, *output_shape], dtype=np.float32)
    return int(np.prod(numbers))


# answer: q10, the bias counts as work
# breaks: (The bias is not counted as work.)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    oh, ow = output_shape
    return oh * ow * conv_parameters(in_channels, out_channels, kernel_size)
