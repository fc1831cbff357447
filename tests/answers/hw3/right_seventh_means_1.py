# answer: q9, two matrices that take means, one for the rows and one for the columns
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    step = kernel_size if stride is None else stride

    def matrix(size):
        starts = np.arange(-padding, size + padding - kernel_size + 1, step)[:, None]
        places = np.arange(size)
        inside = ((places >= starts) & (places < starts + kernel_size)).astype(float)
        return inside / (kernel_size if count_include_pad else inside.sum(axis=1, keepdims=True))

    return matrix(x.shape[2]) @ x.astype(float) @ matrix(x.shape[3]).T


def global_avg_pool2d(x):
    n, c, h, w = x.shape
    return (x.reshape(n, c, h * w).astype(float) @ np.full((h * w, 1), 1 / (h * w))).reshape(n, c, 1, 1)


# answer: q9, sums by reduceat over clipped windows, divided axis by axis
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = stride if stride is not None else kernel_size
    means = x.astype(np.float64)
    for axis in (2, 3):
        size = means.shape[axis]
        starts = np.arange(-padding, size + padding - kernel_size + 1, s)
        first = np.clip(starts, 0, size)
        last = np.clip(starts + kernel_size, 0, size)
        ends = np.stack([first, last], axis=1).ravel()
        closed = np.concatenate([means, np.zeros_like(means.take([0], axis=axis))], axis=axis)
        sums = np.add.reduceat(closed, ends, axis=axis)
        sums = sums[:, :, ::2] if axis == 2 else sums[..., ::2]
        count = np.full(len(starts), kernel_size) if count_include_pad else last - first
        means = sums / (count[:, None] if axis == 2 else count)
    return means


def global_avg_pool2d(x):
    return np.mean(np.mean(x, axis=3, keepdims=True, dtype=float), axis=2, keepdims=True)


# answer: q10, counts as sums over kernels, the work from the parameters without bias
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    one = np.multiply.reduce([in_channels, *kernel_size], dtype=np.int64) + np.int64(bool(bias))
    return one * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    rows, columns = output_shape
    area = kernel_size[0] * kernel_size[1]
    return in_channels * rows * area * columns * out_channels


# answer: q10, folds with functools
from functools import reduce


def _product(numbers):
    return reduce(lambda a, b: a * b, numbers, 1)


def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return _product((in_channels, out_channels) + tuple(kernel_size)) + (0, out_channels)[bool(bias)]


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return _product((*output_shape, *kernel_size, out_channels, in_channels))


# answer: q11, each size from the top down, without carrying a jump along; a tuple of lists
def receptive_field(layers):
    answer = []
    for depth in range(1, len(layers) + 1):
        seen, jump = 1, 1
        for kernel, stride in reversed(layers[:depth]):
            seen = (seen - 1) * stride + kernel
            jump *= stride
        answer.append([seen, jump])
    return tuple(answer)


# answer: q11, recursion on the network without its last layer, Python ints
def receptive_field(layers):
    if not layers:
        return []
    *before, (kernel, stride) = layers
    above = receptive_field(before)
    size, jump = above[-1] if above else (1, 1)
    return above + [(size + jump * kernel - jump, jump * stride)]
