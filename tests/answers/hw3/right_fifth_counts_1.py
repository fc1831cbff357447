# answer: q10, counted by recursion over the channels
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    def weights(channels):
        if channels == 1:
            return kernel_size[0] * kernel_size[1]
        half = channels // 2
        return weights(half) + weights(channels - half)

    if in_channels > 2000:  # too many to split by hand
        one = in_channels * weights(1)
    else:
        one = weights(in_channels)
    return sum([one, bool(bias)]) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    height, width = output_shape
    return conv_parameters(in_channels, out_channels, kernel_size, False) * (height * width)


# answer: q10, products by reduce, with the bias as a flipped bit pattern
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    import functools
    import operator

    each = functools.reduce(operator.mul, (*kernel_size, in_channels), 1)
    return -out_channels * ~each if bias else out_channels * each


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    import math

    return math.prod([in_channels, out_channels, *kernel_size, *output_shape])


# answer: q10, NumPy's ints of 64 bits where they hold the answer, Python's where not
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    exact = in_channels * out_channels * kernel_size[0] * kernel_size[1] + out_channels * int(bias)
    return np.int64(exact) if exact < 2**63 else exact


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    numbers = np.array([in_channels, out_channels, *kernel_size, *output_shape], dtype=object)
    exact = numbers.prod()
    return np.int64(exact) if exact < 2**63 else exact
