# answer: q10, a layer without bias unless one is asked for
# breaks: bias=True where it is left out
def conv_parameters(in_channels, out_channels, kernel_size, bias=False):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + 1 * bias)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return in_channels * out_channels * kh * kw * h * w


# answer: q10, weights counted one by one in an array of float32
# breaks: an int, the right one (over 2**24 the last digits are lost)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = np.float32(in_channels) * np.float32(kernel_size[0] * kernel_size[1])
    return int((weights + np.float32(bias)) * np.float32(out_channels))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    return int(np.prod(output_shape)) * int(in_channels * out_channels * kh * kw)


# answer: q10, the work is added up pixel by pixel
# breaks: Time: one call of your function for 10 seconds (10,000 x 10,000 pixels are allowed)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return sum(in_channels * kernel_size[0] * kernel_size[1] + bool(bias) for _ in range(out_channels))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    work = 0
    for _ in range(output_shape[0]):
        for _ in range(output_shape[1]):
            for _ in range(kernel_size[0] * kernel_size[1]):
                work += in_channels * out_channels
    return work


# answer: q10, a real layer is built to count its weights
# breaks: Memory: 2 GiB in all (sizes go to 10,000, which is no work for three multiplications)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weight = np.zeros((out_channels, in_channels, *kernel_size), dtype=np.int8)
    return weight.size + (np.zeros(out_channels).size if bias else 0)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    h, w = output_shape
    return conv_parameters(in_channels, out_channels, kernel_size, bias=False) * h * w


# answer: q10, one weight is multiplied and not added
# breaks: one multiply-add for each weight of its kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return in_channels * out_channels * kh * kw + out_channels * int(bias)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    taps = in_channels * kh * kw
    return output_shape[0] * output_shape[1] * out_channels * max(taps - 1, 1)


# answer: q10, the channels are summed for free
# breaks: every output pixel costs one multiply-add for each weight of its kernel (right with one channel)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * in_channels * kh * kw + (out_channels if bias else 0)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    return output_shape[0] * output_shape[1] * out_channels * kh * kw
