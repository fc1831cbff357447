"""q1: output_size and same_padding. An answer holds both cells."""

# answer: q1, a last window that is only half there counts too (rounds up)
# breaks: where the stride does not fit, the last pixels are never read
import math


def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    room = size + padding[0] + padding[1] - span
    if room < 0:
        raise ValueError("kernel does not fit")
    return math.ceil(room / stride) + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, divides with / and hands a float back
# breaks: the number of outputs is an int
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    room = size + sum(padding) - span
    if room < 0:
        raise ValueError
    return np.floor(room / stride) + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, takes the padding before the first pixel for both sides
# breaks: the two sides may differ: a pair (before, after)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    p = padding[0]
    out = (size + 2 * p - dilation * (kernel_size - 1) - 1) // stride + 1
    if out <= 0:
        raise ValueError(f"kernel {kernel_size} does not fit into {size} pixels")
    return out


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, the dilated kernel covers dilation * kernel_size pixels
# breaks: three taps with dilation 2 cover 5 pixels, not 6
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    covered = dilation * kernel_size
    padded = padding[0] + size + padding[1]
    if covered > padded:
        raise ValueError("The kernel does not fit.")
    return (padded - covered) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, refuses a dilated kernel that fits exactly once
# breaks: a ValueError only where the kernel does not fit even once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    padded = size + sum(padding)
    span = kernel_size
    if dilation > 1:
        span = dilation * (kernel_size - 1) + 1
        if span >= padded:
            raise ValueError("dilated kernel too large")
    if span > padded:
        raise ValueError("kernel too large")
    return (padded - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, compares the taps, not the dilated kernel, with the padded size
# breaks: a dilated kernel that does not fit is refused
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    before, after = padding
    padded = before + size + after
    if kernel_size > padded:
        raise ValueError("kernel larger than padded input")
    return (padded - dilation * (kernel_size - 1) - 1) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, looks whether the kernel fits before the padding is there
# breaks: a kernel that fits only thanks to the padding is right, not refused
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    if span > size:
        raise ValueError("kernel does not fit")
    return (size + sum(padding) - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, int() cuts towards zero, so a room of -1 with stride 2 passes as one output
# breaks: refuses where the kernel does not fit once, also with a large stride
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    n = int((size + padding[0] + padding[1] - dilation * (kernel_size - 1) - 1) / stride) + 1
    if n < 1:
        raise ValueError("no output")
    return n


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, assert in the place of the ValueError
# breaks: raise ValueError
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    padded = size + sum(padding)
    assert padded >= span, "kernel does not fit"
    return (padded - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, no outputs are 0 outputs
# breaks: where the kernel does not fit even once, raise ValueError
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    starts = range(0, size + sum(padding) - dilation * (kernel_size - 1), stride)
    return len(starts)


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, takes the larger of the two paddings twice
# breaks: padding (0, 3) adds three pixels, not six
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    padded = size + 2 * max(padding)
    span = (kernel_size - 1) * dilation + 1
    if padded < span:
        raise ValueError
    return 1 + (padded - span) // stride


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, rounds to the nearest whole number
# breaks: the last pixels are never read where the stride does not fit
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("does not fit")
    return round(room / stride) + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2
