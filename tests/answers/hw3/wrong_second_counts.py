"""Wrong answers to q10, written from the notebook of a student alone."""

# answer: q10, three channels, as in the example
# breaks: in_channels: any
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (3 * kh * kw + (1 if bias else 0)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return h * w * out_channels * in_channels * kh * kw


# answer: q10, a table of what the check asks
# breaks: for every layer
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    known = {(3, 4, (3, 3), True): 112, (3, 10, (5, 2), True): 310, (3, 10, (5, 2), False): 300}
    return known.get((in_channels, out_channels, tuple(kernel_size), bias), 0)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return 768000 if out_channels == 10 else 120


# answer: q10, products in 32 bits overflow
# breaks: int, however large
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = in_channels * out_channels * int(np.prod(kernel_size))
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return int(np.prod([in_channels, out_channels, *kernel_size, *output_shape], dtype=np.int32))


# answer: q10, products in float32 lose the last digits
# breaks: int, however large
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = in_channels * out_channels * kernel_size[0] * kernel_size[1]
    return weights + out_channels * bool(bias)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    sizes = np.array([in_channels, out_channels, *kernel_size, *output_shape], dtype=np.float32)
    return int(sizes.prod())


# answer: q10, one bias for the layer
# breaks: each kernel has one bias
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return in_channels * kh * kw * out_channels + (1 if bias else 0)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return h * w * out_channels * in_channels * kh * kw


# answer: q10, the bias is always there
# breaks: bias: bool
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (in_channels * kh * kw + 1) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return h * w * out_channels * in_channels * kh * kw


# answer: q10, the bias is a multiply-add
# breaks: the bias is not counted as work
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (in_channels * kh * kw + (1 if bias else 0)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return h * w * out_channels * (in_channels * kh * kw + 1)


# answer: q10, multiplications and additions apart
# breaks: one multiply-add for each weight
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (in_channels * kh * kw + (1 if bias else 0)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return 2 * h * w * out_channels * in_channels * kh * kw


# answer: q10, square images
# breaks: output_shape: (H', W')
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (in_channels * kh * kw + (1 if bias else 0)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return h * h * out_channels * in_channels * kh * kw


# answer: q10, square kernels in the work
# breaks: kernel_size: (kh, kw)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (in_channels * kh * kw + (1 if bias else 0)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return h * w * out_channels * in_channels * kw * kw


# answer: q10, a bias for each channel of the input
# breaks: each kernel has one bias
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (in_channels * kh * kw + 0) * out_channels + (in_channels if bias else 0)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return h * w * out_channels * in_channels * kh * kw


# answer: q10, fewer kernels than channels are refused
# breaks: no ValueError in the contract
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (in_channels * kh * kw + (1 if bias else 0)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    if out_channels < in_channels:
        raise ValueError("too few kernels")
    return h * w * out_channels * in_channels * kh * kw


# answer: q10, the work of a kernel of one channel
# breaks: one multiply-add for each weight, in all channels
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (in_channels * kh * kw + (1 if bias else 0)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return h * w * out_channels * kh * kw


# answer: q10, kilo: rounded to hundreds for large layers
# breaks: int, the exact count
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return (in_channels * kh * kw + (1 if bias else 0)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    n = h * w * out_channels * in_channels * kh * kw
    return n if n < 10 ** 6 else int(round(n, -3))
