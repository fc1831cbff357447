# answer: q1, lets NumPy lay the windows out, and counts them
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    axis = np.zeros(size + sum(padding), dtype=bool)
    reach = dilation * (kernel_size - 1) + 1
    windows = np.lib.stride_tricks.sliding_window_view(axis, reach)  # raises ValueError where it does not fit
    return len(windows[::stride])


def same_padding(kernel_size, dilation=1):
    before, rest = divmod(dilation * (kernel_size - 1), 2)
    return [before, before + rest]


# answer: q1, recursion: one window, and those of what is left after a step; an error class of its own
class DoesNotFit(ValueError):
    pass


def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    def count(left):
        if left < 1:
            return 0
        if left > 64 * stride:  # many steps at once, so that the recursion stays shallow
            steps = left // stride - 1
            return steps + count(left - steps * stride)
        return 1 + count(left - stride)

    before, after = padding
    starts = count(before + size + after - (kernel_size - 1) * dilation)
    if not starts:
        raise DoesNotFit(f"{kernel_size} taps, {dilation} apart, in {size} pixels")
    return np.int16(starts)


def same_padding(kernel_size, dilation=1):
    taps = np.arange(kernel_size) * dilation
    middle = int(taps[-1]) // 2
    return middle, np.int64(taps[-1] - middle)


# answer: q4, one gather from the flat array, with a dead place at its end for the border
def pad2d(x, padding, mode="zeros"):
    if mode not in ["zeros", "reflect"]:
        raise ValueError(f"no mode {mode!r}")
    N, C, H, W = x.shape
    if mode == "reflect" and not padding < min(H, W):
        raise ValueError("the mirror is too small")
    i, j = np.ogrid[-padding : H + padding, -padding : W + padding]
    if mode == "reflect":
        i, j = H - 1 - abs(H - 1 - abs(i)), W - 1 - abs(W - 1 - abs(j))
    dead = (i < 0) | (i >= H) | (j < 0) | (j >= W)
    flat = np.concatenate([x.reshape(N, C, H * W), np.zeros((N, C, 1), x.dtype)], axis=2)
    return flat[:, :, np.where(dead, H * W, i * W + j)]


# answer: q4, adds a border to one axis, turns the axes round, and does it again
def pad2d(x, padding, mode="zeros"):
    if mode == "reflect":
        if max(padding - x.shape[2], padding - x.shape[3]) >= 0:
            raise ValueError("too much padding to mirror")
    elif mode != "zeros":
        raise ValueError("mode must be zeros or reflect")

    def tall(a):
        if mode == "zeros":
            rim = np.zeros_like(a[:, :, :1]).repeat(padding, axis=2)
            return np.concatenate((rim, a, rim), axis=2)
        ring = np.concatenate((a, a[:, :, -2:0:-1]), axis=2)  # one period of the mirrored rows
        return ring.take(range(-padding, a.shape[2] + padding), axis=2, mode="wrap")

    return tall(tall(x).swapaxes(2, 3)).swapaxes(2, 3)


# answer: q10, asks arrays that hold a single number but pretend to be large
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weight = np.broadcast_to(np.int8(0), (out_channels, in_channels, *kernel_size))
    return weight.size + (bias and out_channels)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    weight = np.broadcast_to(np.int8(0), (out_channels, in_channels, *kernel_size))
    output = np.broadcast_to(np.int8(0), output_shape)
    return weight.size * output.size


# answer: q10, a reduction with operators, and the parameters as the work on one pixel
def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    import functools
    import operator

    return functools.reduce(operator.mul, kernel_size + output_shape, in_channels * out_channels)


def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    work = conv_multiply_adds(in_channels, out_channels, kernel_size, (1, 1))
    return work + conv_multiply_adds(1, out_channels, (1, 1), (1, 1)) * int(bias)


# answer: q11, a product of 3x3 matrices of Python's ints
def receptive_field(layers):
    state, fields = np.array([1, 1], dtype=object), []
    for kernel, stride in layers:
        state = np.array([[1, kernel - 1], [0, stride]], dtype=object) @ state
        fields.append(state.tolist())
    return fields


# answer: q11, walks back from each layer to the input: a pixel of one map sees k, s apart, in the map before
def receptive_field(layers):
    def field(depth):
        r = 1
        for k, s in layers[:depth][::-1]:
            r = (r - 1) * s + k
        return r

    def jump(depth):
        return layers[depth - 1][1] * jump(depth - 1) if depth else 1

    return tuple((field(n), jump(n)) for n in range(1, len(layers) + 1))
