# answer: q1, the padding of the two sides is divided by the stride apart from the pixels
# breaks: Here the two sides may differ: a pair (before, after); starts count over the whole padded axis
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    before, after = padding
    reach = dilation * (kernel_size - 1) + 1
    if reach > size + before + after:
        raise ValueError("kernel larger than padded input")
    # outputs of the input with its front padding, plus the ones that the padding behind adds
    return (size + before - reach) // stride + after // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, rounds to the nearest whole number where the stride leaves pixels over
# breaks: Where the stride does not fit, the last pixels are never read
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    space = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if space < 0:
        raise ValueError
    return round(space / stride) + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, (total + 1) // 2


# answer: q1, int() cuts towards zero, so a kernel that is a little too large counts as one window
# breaks: Where the kernel does not fit even once, raise ValueError
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    out = int((size + padding[0] + padding[1] - dilation * (kernel_size - 1) - 1) / stride) + 1
    if out < 1:
        raise ValueError("the kernel does not fit")
    return out


def same_padding(kernel_size, dilation=1):
    both = dilation * (kernel_size - 1)
    before = both // 2
    return (before, both - before)


# answer: q1, asks whether the number of outputs is negative, and lets 0 outputs pass
# breaks: Where the kernel does not fit even once, raise ValueError
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    effective = dilation * (kernel_size - 1) + 1
    n = (size + padding[0] + padding[1] - effective) // stride + 1
    if n < 0:
        raise ValueError("negative output size")
    return n


def same_padding(kernel_size, dilation=1):
    effective = dilation * (kernel_size - 1) + 1
    return (effective - 1) // 2, effective // 2


# answer: q1, windows that see nothing but padding are not counted
# breaks: padding: pixels added (before the first, after the last); each window of the padded axis gives an output
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    before = min(padding[0], span - 1)
    after = min(padding[1], span - 1)
    length = size + before + after
    if span > length:
        raise ValueError("does not fit")
    return (length - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    span = dilation * (kernel_size - 1) + 1
    return (span - 1) // 2, span // 2


# answer: q1, refuses padding of more than half the kernel, as pooling layers of a library do
# breaks: ValueError when the kernel does not fit once, and in no other case
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    cover = dilation * (kernel_size - 1) + 1
    if max(padding) > cover // 2:
        raise ValueError("pad should be at most half of the effective kernel size")
    if cover > size + sum(padding):
        raise ValueError("kernel size can't be greater than actual input size")
    return (size + sum(padding) - cover) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, the dilation widens the kernel once, not once for each gap
# breaks: dilation: pixels between two neighbouring taps
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    width = kernel_size + (dilation - 1 if kernel_size > 1 else 0)
    padded = size + padding[0] + padding[1]
    if width > padded:
        raise ValueError("kernel does not fit")
    return (padded - width) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, whether the dilated kernel fits is asked of the size before padding
# breaks: Raises ValueError when the kernel does not fit once (into the padded image)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    cover = dilation * (kernel_size - 1) + 1
    if size < cover:
        raise ValueError("image too small")
    return (size + padding[0] + padding[1] - cover) // stride + 1


def same_padding(kernel_size, dilation=1):
    cover = dilation * (kernel_size - 1) + 1
    return (cover - 1) // 2, cover - 1 - (cover - 1) // 2


# answer: q1, whether it fits is asked of the plain taps, and a dilated kernel that sticks out gets no error
# breaks: Where the kernel does not fit even once, raise ValueError
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    padded = size + padding[0] + padding[1]
    if kernel_size > padded:
        raise ValueError("the kernel does not fit")
    # a dilated kernel may come out at 0 places, never at fewer
    return max(0, (padded - dilation * (kernel_size - 1) - 1) // stride + 1)


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, same_padding splits the taps and not the pixels, so even kernels with even dilation lean over
# breaks: Where the two sides cannot be equal, the extra pixel stands after the last (here they can)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    padded = size + padding[0] + padding[1]
    cover = dilation * (kernel_size - 1) + 1
    if padded < cover:
        raise ValueError("no fit")
    return 1 + (padded - cover) // stride


def same_padding(kernel_size, dilation=1):
    return dilation * ((kernel_size - 1) // 2), dilation * (kernel_size // 2)


# answer: q1, same_padding asks whether the kernel is even, and adds a pixel behind though the total is even
# breaks: how much padding keeps the size, with stride 1
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    padded = size + padding[0] + padding[1]
    cover = dilation * (kernel_size - 1) + 1
    if padded < cover:
        raise ValueError("no fit")
    return 1 + (padded - cover) // stride


def same_padding(kernel_size, dilation=1):
    half = dilation * (kernel_size - 1) // 2
    if kernel_size % 2 == 1:
        return half, half
    return half, half + 1


# answer: q1, same_padding tries paddings up to a thousand and finds none for a wide dilated kernel
# breaks: same_padding returns a pair of int (an int may be up to 500, so a kernel may cover far more pixels)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - (kernel_size - 1) * dilation
    if room <= 0:
        raise ValueError("kernel does not fit")
    return -(-room // stride)


def same_padding(kernel_size, dilation=1):
    size = dilation * kernel_size
    for total in range(1000):
        pair = (total // 2, total - total // 2)
        if size + total < dilation * (kernel_size - 1) + 1:
            continue
        if output_size(size, kernel_size, 1, pair, dilation) == size:
            return pair


# answer: q1, keeps the sizes it has worked out, but forgets the dilation in the key
# breaks: the next call may change one of them only
_sizes = {}


def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    key = (size, kernel_size, stride, padding)
    if key not in _sizes:
        cover = dilation * (kernel_size - 1) + 1
        if cover > size + padding[0] + padding[1]:
            raise ValueError("does not fit")
        _sizes[key] = (size + padding[0] + padding[1] - cover) // stride + 1
    return _sizes[key]


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, same_padding hands its pair back as an array
# breaks: Ints, bools, pairs and lists: a tuple or a list, as you like
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    cover = dilation * (kernel_size - 1) + 1
    total = size + padding[0] + padding[1]
    if cover > total:
        raise ValueError("does not fit")
    return (total - cover) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return np.array([total, total + 1]) // 2


# answer: q1, a stride above the kernel raises, since pixels between the windows are never read
# breaks: ValueError when the kernel does not fit once, and in no other case
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    cover = dilation * (kernel_size - 1) + 1
    total = size + padding[0] + padding[1]
    if cover > total or stride > cover > 1:
        raise ValueError("this kernel skips pixels or does not fit")
    return (total - cover) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, one window at the start and one for each further step, also for a step that runs over the end
# breaks: Where the stride does not fit, the last pixels are never read
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    end = size + padding[0] + padding[1]
    cover = dilation * (kernel_size - 1) + 1
    if cover > end:
        raise ValueError("does not fit")
    return 1 + len(range(0, end - cover, stride))


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, the default padding is 0 and not a pair, so a call that leaves it out fails
# breaks: one that has a default may be left out
def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    before, after = padding
    cover = dilation * (kernel_size - 1) + 1
    if cover > size + before + after:
        raise ValueError("does not fit")
    return (size + before + after - cover) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2
