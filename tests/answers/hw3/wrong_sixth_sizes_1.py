# answer: q1, a kernel that just misses is rounded up to one output by int()
# breaks: Where the kernel does not fit even once, raise ValueError.
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    covered = dilation * (kernel_size - 1) + 1
    outputs = int((size + padding[0] + padding[1] - covered) / stride) + 1
    if outputs < 1:
        raise ValueError("the kernel does not fit")
    return outputs


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, whether it fits is asked of the kernel without its dilation
# breaks: ValueError when the kernel does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    padded = size + sum(padding)
    if kernel_size > padded:
        raise ValueError("kernel is larger than the padded image")
    return (padded - dilation * (kernel_size - 1) - 1) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    before = total // 2
    return before, total - before


# answer: q1, whether it fits is asked of the image without its padding
# breaks: padding: pixels added (before the first, after the last); ValueError only when the kernel does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    reach = dilation * (kernel_size - 1) + 1
    if reach > size:
        raise ValueError(f"{reach} pixels do not fit into {size}")
    before, after = padding
    return (size + before + after - reach) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return [total // 2, (total + 1) // 2]


# answer: q1, the padding before counts for both sides
# breaks: Here the two sides may differ: a pair (before, after).
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    p = padding[0]
    covered = dilation * (kernel_size - 1) + 1
    if size + 2 * p < covered:
        raise ValueError("too small")
    return (size + 2 * p - covered) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, an even kernel halves the taps and not the pixels, so dilation tips the padding over
# breaks: Where the two sides cannot be equal, the extra pixel stands after the last.
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + padding[0] + padding[1] - dilation * (kernel_size - 1)
    if room < 1:
        raise ValueError("does not fit")
    return (room - 1) // stride + 1


def same_padding(kernel_size, dilation=1):
    before = (kernel_size - 1) // 2 * dilation
    after = kernel_size // 2 * dilation
    return before, after


# answer: q1, an even kernel takes one pixel off before, whatever the dilation
# breaks: Padding with which a convolution of stride 1 keeps the size of its input.
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + padding[0] + padding[1] - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    half = kernel_size // 2 * dilation
    if kernel_size % 2 == 0:
        return half - 1, half
    return half, half


# answer: q1, a dilated kernel is taken to have two gaps, as one of three taps has
# breaks: dilation: pixels between two neighbouring taps
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    covered = kernel_size + 2 * (dilation - 1)
    padded = size + padding[0] + padding[1]
    if covered > padded:
        raise ValueError("the kernel does not fit")
    return (padded - covered) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, rounds to the nearest number of strides
# breaks: Where the stride does not fit, the last pixels are never read.
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    covered = dilation * (kernel_size - 1) + 1
    rest = size + sum(padding) - covered
    if rest < 0:
        raise ValueError("the kernel does not fit")
    return round(rest / stride) + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, asserts instead of raising the error that is asked for
# breaks: Where the kernel does not fit even once, raise ValueError.
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    padded = size + padding[0] + padding[1]
    covered = dilation * (kernel_size - 1) + 1
    assert covered <= padded, "ValueError: the kernel does not fit"
    return (padded - covered) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2
