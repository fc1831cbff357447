"""Wrong answers to the counting of weights and work. Text; nobody imports it."""

# answer: q10, a bias for each input channel
# breaks: one bias a kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return in_channels * (kh * kw * out_channels + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return in_channels * out_channels * kernel_size[0] * kernel_size[1] * output_shape[0] * output_shape[1]


# answer: q10, a single bias
# breaks: one bias a kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return in_channels * out_channels * kernel_size[0] * kernel_size[1] + bias


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return in_channels * out_channels * kernel_size[0] * kernel_size[1] * output_shape[0] * output_shape[1]


# answer: q10, the biases always count
# breaks: bias : bool
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return (in_channels * kernel_size[0] * kernel_size[1] + 1) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return in_channels * out_channels * kernel_size[0] * kernel_size[1] * output_shape[0] * output_shape[1]


# answer: q10, no bias by default
# breaks: bias=True
def conv_parameters(in_channels, out_channels, kernel_size, bias=False):
    return (in_channels * kernel_size[0] * kernel_size[1] + int(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return in_channels * out_channels * kernel_size[0] * kernel_size[1] * output_shape[0] * output_shape[1]


# answer: q10, square kernels in the parameters
# breaks: kernel_size (kh, kw)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return (in_channels * kernel_size[0] ** 2 + int(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return in_channels * out_channels * kernel_size[0] * kernel_size[1] * output_shape[0] * output_shape[1]


# answer: q10, square kernels in the work
# breaks: kernel_size (kh, kw)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return (in_channels * kernel_size[0] * kernel_size[1] + int(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return in_channels * out_channels * kernel_size[1] ** 2 * output_shape[0] * output_shape[1]


# answer: q10, square images in the work
# breaks: output_shape (H', W')
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return (in_channels * kernel_size[0] * kernel_size[1] + int(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return in_channels * out_channels * kernel_size[0] * kernel_size[1] * output_shape[0] ** 2


# answer: q10, parameters as a float
# breaks: int
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1.0 if bias else 0.0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return in_channels * out_channels * kernel_size[0] * kernel_size[1] * output_shape[0] * output_shape[1]


# answer: q10, work as a float
# breaks: int
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return (in_channels * kernel_size[0] * kernel_size[1] + int(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return np.prod([in_channels, out_channels, *kernel_size, *output_shape], dtype=float)


# answer: q10, forgets the output channels in the work
# breaks: every output pixel of every map
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return (in_channels * kernel_size[0] * kernel_size[1] + int(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return in_channels * kernel_size[0] * kernel_size[1] * output_shape[0] * output_shape[1]


# answer: q10, forgets the input channels in the work
# breaks: one multiply-add for each weight of its kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return (in_channels * kernel_size[0] * kernel_size[1] + int(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return out_channels * kernel_size[0] * kernel_size[1] * output_shape[0] * output_shape[1]


# answer: q10, counts the bias as work
# breaks: the bias is not counted as work
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return (in_channels * kernel_size[0] * kernel_size[1] + int(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return conv_parameters(in_channels, out_channels, kernel_size) * output_shape[0] * output_shape[1]


# answer: q10, multiplications and additions counted apart
# breaks: one multiply-add for each weight
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return (in_channels * kernel_size[0] * kernel_size[1] + int(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return (
        2 * in_channels * out_channels * kernel_size[0] * kernel_size[1] * output_shape[0] * output_shape[1]
    )


# answer: q10, adds where it should multiply
# breaks: each kernel has kh * kw * in_channels weights
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return (in_channels + kernel_size[0] * kernel_size[1] + int(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return in_channels * out_channels * kernel_size[0] * kernel_size[1] * output_shape[0] * output_shape[1]


# answer: q10, three input channels, as in the example
# breaks: in_channels
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return (3 * kernel_size[0] * kernel_size[1] + int(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return 3 * out_channels * kernel_size[0] * kernel_size[1] * output_shape[0] * output_shape[1]


# answer: q10, knows the examples
# breaks: any layer
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    known = {(3, 4, (3, 3), True): 112, (3, 10, (5, 5), True): 760, (3, 10, (5, 5), False): 750}
    return known.get((in_channels, out_channels, tuple(kernel_size), bias), 0)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return 768000


# answer: q10, 32 bits run over
# breaks: the number, for a large layer
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return (in_channels * kernel_size[0] * kernel_size[1] + int(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    sizes = np.array([in_channels, out_channels, *kernel_size, *output_shape], dtype=np.int32)
    return np.prod(sizes, dtype=np.int32)


# answer: q10, input and output channels exchanged, which only the biases show
# breaks: one bias a kernel
def conv_parameters(out_channels, in_channels, kernel_size, bias=True):
    return (in_channels * kernel_size[0] * kernel_size[1] + int(bias)) * out_channels


def conv_multiply_adds(out_channels, in_channels, kernel_size, output_shape):
    return in_channels * out_channels * kernel_size[0] * kernel_size[1] * output_shape[0] * output_shape[1]


# answer: q10, prints the work and returns nothing
# breaks: returns an int
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return (in_channels * kernel_size[0] * kernel_size[1] + int(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    print(in_channels * out_channels * kernel_size[0] * kernel_size[1] * output_shape[0] * output_shape[1])


# answer: q10, nothing without a bias
# breaks: bias=False has the weights alone
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = in_channels * kernel_size[0] * kernel_size[1]
    return (weights + 1) * out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return in_channels * out_channels * kernel_size[0] * kernel_size[1] * output_shape[0] * output_shape[1]


# answer: q10, the work of one row of outputs, times the width squared
# breaks: output pixels × maps × weights of one kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return (in_channels * kernel_size[0] * kernel_size[1] + int(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return in_channels * out_channels * kernel_size[0] * kernel_size[1] * output_shape[1] ** 2
