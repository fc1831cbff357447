# answer: q10, the work is multiplied up in int32
# breaks: return an int: a real layer has more than two thousand million multiply-adds
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    sizes = np.array([in_channels, out_channels, *kernel_size, *output_shape], dtype=np.int32)
    return int(np.prod(sizes, dtype=np.int32))


# answer: q10, as many maps as channels are taken for a depthwise layer
# breaks: each kernel is as deep as its input, whatever the number of maps
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    groups = in_channels if in_channels == out_channels else 1
    weights = out_channels * (in_channels // groups) * kernel_size[0] * kernel_size[1]
    return weights + (out_channels if bias else 0)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return out_channels * h * w * in_channels * kh * kw


# answer: q10, multiplies in float32 and rounds
# breaks: return the exact number: float32 has 24 bits
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kernel = np.prod(np.array([in_channels, *kernel_size], dtype=np.float32))
    return round(float(np.float32(out_channels) * (kernel + np.float32(bias))))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    factors = np.array([in_channels, out_channels, *kernel_size, *output_shape], dtype=np.float32)
    return round(float(np.prod(factors)))


# answer: q10, the multiply-adds are counted one by one
# breaks: one call may run for 10 seconds
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    count = 0
    for _ in range(output_shape[0] * output_shape[1]):
        for _ in range(out_channels):
            for _ in range(in_channels):
                for _ in range(kernel_size[0]):
                    for _ in range(kernel_size[1]):
                        count += 1
    return count


# answer: q10, an array of all products is made and its size asked for
# breaks: the notebook may use 2 GiB in all
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    products = np.ones((out_channels, *output_shape, in_channels, *kernel_size))
    return int(products.size)


# answer: q10, one bias for each kernel and input channel
# breaks: each kernel has one bias
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    per_channel = kh * kw + 1 if bias else kh * kw
    return per_channel * in_channels * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return out_channels * h * w * in_channels * kh * kw


# answer: q10, the bias counts as work
# breaks: the bias is not counted as work
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return conv_parameters(in_channels, out_channels, kernel_size) * output_shape[0] * output_shape[1]


# answer: q10, a multiply-add counts as two operations
# breaks: one multiply-add for each weight of the kernel
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    macs = h * w * out_channels * in_channels * kh * kw
    return 2 * macs  # FLOPs


# answer: q10, the output shape is taken for the image before the layer
# breaks: output pixels count; the image size before the layer plays no part
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return (h - kh + 1) * (w - kw + 1) * out_channels * in_channels * kh * kw


# answer: q10, only the height of the kernel is read
# breaks: kernel_size is a pair (kh, kw)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    k = kernel_size[0]
    return (in_channels * k**2 + bias) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return out_channels * h * w * in_channels * kh * kw


# answer: q10, a layer without bias loses one parameter in all
# breaks: without bias there are out_channels fewer
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    total = (in_channels * kernel_size[0] * kernel_size[1] + 1) * out_channels
    if not bias:
        total -= 1
    return total


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return out_channels * h * w * in_channels * kh * kw


# answer: q10, the work is told in millions
# breaks: the number of multiply-adds, an int
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    macs = in_channels * out_channels * kh * kw * output_shape[0] * output_shape[1]
    return macs // 1_000_000 if macs > 10_000_000 else macs
