# answer: q1, int(... / stride) rounds a negative number towards zero, and the refusal looks at the result
# breaks: ValueError when the kernel does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    n = int((size + sum(padding) - dilation * (kernel_size - 1) - 1) / stride) + 1
    if n < 1:
        raise ValueError("the kernel does not fit")
    return n


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, rounds up, as if the last incomplete window counted
# breaks: where the stride does not fit, the last pixels are never read
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + padding[0] + padding[1] - (dilation * (kernel_size - 1) + 1)
    if room < 0:
        raise ValueError("the kernel does not fit")
    return -(-room // stride) + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, doubles the padding before
# breaks: the two sides of padding may differ
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    padded = size + 2 * padding[0]
    if span > padded:
        raise ValueError("does not fit")
    return (padded - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, the refusal compares the kernel as if it were not dilated
# breaks: ValueError when the (dilated) kernel does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    padded = size + sum(padding)
    if kernel_size > padded:
        raise ValueError("does not fit")
    return max((padded - dilation * (kernel_size - 1) - 1) // stride + 1, 1)


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, refuses before the padding is added
# breaks: padding counts: a kernel larger than the unpadded input may fit
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    if span > size:
        raise ValueError("the kernel is larger than the input")
    return (size + sum(padding) - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, refuses a kernel that fits exactly once
# breaks: ValueError only when the kernel does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room <= 0:
        raise ValueError("does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, refuses with an assert
# breaks: ValueError (not AssertionError) when the kernel does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    padded = size + sum(padding)
    assert span <= padded, "the kernel does not fit"
    return (padded - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, the dilated kernel covers dilation * kernel_size pixels
# breaks: dilation is the number of pixels between two neighbouring taps: k taps have k - 1 gaps
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * kernel_size
    padded = size + sum(padding)
    if span > padded:
        raise ValueError("does not fit")
    return (padded - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, refuses when the stride leaves pixels over
# breaks: where the stride does not fit, the last pixels are never read (no refusal)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - (dilation * (kernel_size - 1) + 1)
    if room < 0 or room % stride != 0:
        raise ValueError("the windows do not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, the extra pixel stands before the first
# breaks: after is the larger where they differ
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total - total // 2, total // 2


# answer: q1, halves the taps first and dilates then
# breaks: the sides differ by one pixel at most: the extra pixel (one) stands after the last
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    before = (kernel_size - 1) // 2
    after = kernel_size // 2
    return dilation * before, dilation * after


# answer: q1, kernel_size // 2 on both sides, times the dilation
# breaks: the padding keeps the size, for an even number of taps too
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    side = dilation * kernel_size // 2
    return side, side


# answer: q1, halves with /, so that the pair holds floats
# breaks: pair of int
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    before = total / 2 if total % 2 == 0 else total // 2
    return before, total - before


# answer: q1, the default padding of a helper is remembered: the list of before and after grows
# breaks: pair of int, at each call
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1, pair=[]):
    total = dilation * (kernel_size - 1)
    pair.append(total // 2)
    pair.append(total - total // 2)
    return tuple(pair)
