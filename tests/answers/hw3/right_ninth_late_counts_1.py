# answer: q10, entries of a shape that no array is made for
import math


def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    shapes = [(out_channels, in_channels, *kernel_size)] + [(out_channels,)] * bool(bias)
    return sum(map(math.prod, shapes))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    one_place = conv_parameters(in_channels, out_channels, kernel_size, bias=False)
    return math.prod(output_shape, start=one_place)


# answer: q10, NumPy's whole numbers of 64 bits and a broadcast shape
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    nothing = np.broadcast_to(np.int8(0), (out_channels, 1)).shape[0]
    kernel = np.multiply.reduce(np.array((in_channels,) + tuple(kernel_size), dtype=np.int64))
    return np.int64(nothing) * (kernel + np.int64(bool(bias)))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    sides = np.outer(np.array(kernel_size, dtype=np.int64), np.array(output_shape, dtype=np.int64))
    return np.int64(in_channels) * np.int64(out_channels) * sides[0, 0] * sides[1, 1]
