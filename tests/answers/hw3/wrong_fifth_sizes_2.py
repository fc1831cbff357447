# answer: q1, an even kernel always gets one pixel more after the last, though an even dilation needs none
# breaks: Padding with which a convolution of stride 1 keeps the size of its input.
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    room = size + sum(padding) - span
    if room < 0:
        raise ValueError("the kernel does not fit")
    return 1 + room // stride


def same_padding(kernel_size, dilation=1):
    half = dilation * (kernel_size - 1) // 2
    if kernel_size % 2 == 1:
        return half, half
    return half, half + 1


# answer: q1, remembers answers under a key without the dilation
# breaks: dilation: pixels between two neighbouring taps (an earlier call decides what a later one returns)
_KNOWN = {}


def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    key = (size, kernel_size, stride, tuple(padding))
    if key not in _KNOWN:
        room = size + sum(padding) - dilation * (kernel_size - 1) - 1
        if room < 0:
            raise ValueError("the kernel does not fit")
        _KNOWN[key] = room // stride + 1
    return _KNOWN[key]


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, does not count windows that start in the padding after the last pixel (ceil_mode of a library)
# breaks: padding: pixels added (before the first, after the last); a window may lie on added pixels alone
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    before, after = padding
    span = dilation * (kernel_size - 1) + 1
    if span > before + size + after:
        raise ValueError("the kernel does not fit")
    first, last = -before, size + after - span
    last = min(last, size - 1)
    return max(0, last - first) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, raises where the stride leaves pixels over
# breaks: Where the stride does not fit, the last pixels are never read.
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    steps, over = divmod(size + sum(padding) - dilation * (kernel_size - 1) - 1, stride)
    if steps < 0 or over:
        raise ValueError("kernel and stride do not fit")
    return steps + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    before, extra = divmod(total, 2)
    return before, before + extra


# answer: q1, asserts in place of raising ValueError
# breaks: Raises ValueError when the kernel does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    assert room >= 0, "the kernel does not fit"
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    before, extra = divmod(total, 2)
    return before, before + extra


# answer: q1, lets 0 outputs pass and raises only below 0
# breaks: Where the kernel does not fit even once, raise ValueError.
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    outputs = (size + sum(padding) - dilation * (kernel_size - 1) - 1) // stride + 1
    if outputs < 0:
        raise ValueError("the kernel does not fit")
    return outputs


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    before, extra = divmod(total, 2)
    return before, before + extra


# answer: q1, the padding comes back as an array, neither tuple nor list
# breaks: For an int one of NumPy's will do as well, for a tuple a list. (pair of int)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return np.array([total // 2, total - total // 2])
