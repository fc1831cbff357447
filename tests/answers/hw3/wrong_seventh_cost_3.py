# answer: q10, logarithms added, and rounded
# breaks: int, exact, up to 10**15
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = out_channels * in_channels * kh * kw
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    sizes = [in_channels, out_channels, *kernel_size, *output_shape]
    return int(round(float(np.exp(np.log(sizes).sum()))))


# answer: q10, a float comes back
# breaks: returns int
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    weights = out_channels * in_channels * kh * kw
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kernel_area = np.mean(kernel_size) ** 2 - (np.diff(kernel_size)[0] / 2) ** 2
    return in_channels * out_channels * kernel_area * output_shape[0] * output_shape[1]


# answer: q10, the bias flag is stored and forgotten at the next call
# breaks: each answer depends on its own call alone
_known = {}


def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    key = (in_channels, out_channels, kernel_size)
    if key in _known:
        return _known[key]
    kh, kw = kernel_size
    weights = out_channels * in_channels * kh * kw
    _known[key] = weights + out_channels if bias else weights
    return _known[key]


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    height, width = output_shape
    return height * width * out_channels * in_channels * kh * kw
