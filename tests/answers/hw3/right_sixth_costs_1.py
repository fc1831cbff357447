# answer: q10, products of NumPy with 64 bits
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    per_kernel = np.multiply.reduce(np.array([in_channels, *kernel_size], dtype=np.int64)) + np.int64(bias)
    return np.multiply(per_kernel, out_channels)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return np.prod((in_channels, out_channels) + tuple(kernel_size) + tuple(output_shape), dtype=np.int64)


# answer: q10, work out of parameters, parameters by recursion
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    def product(numbers):
        return numbers[0] * product(numbers[1:]) if numbers else 1

    weights = product([out_channels, in_channels, *kernel_size])
    return weights + out_channels if bias else weights


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    pixels = len(range(output_shape[0])) * len(range(output_shape[1]))
    with_bias = conv_parameters(in_channels, out_channels, kernel_size)
    return pixels * (with_bias - out_channels)
