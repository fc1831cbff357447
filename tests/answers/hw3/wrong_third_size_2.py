"""q1, the second half: mostly same_padding."""

# answer: q1, the divided span is taken off the divided size
# breaks: the stride divides what is left over, not each part for itself
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    padded = size + sum(padding)
    if padded < span:
        raise ValueError("kernel does not fit")
    return padded // stride - span // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, half-remembered dilation: the taps plus (k - 1) * d gaps
# breaks: dilation 1 is a kernel without gaps, dilation d covers d*(k-1) + 1 pixels
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    effective = kernel_size + (kernel_size - 1) * dilation if dilation > 1 else kernel_size
    left = size + sum(padding) - effective
    if left < 0:
        raise ValueError("kernel does not fit")
    return left // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, a stride larger than the kernel is refused
# breaks: ValueError only when the kernel does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    padded = size + sum(padding)
    if stride > span:
        raise ValueError("pixels would be skipped")
    if span > padded:
        raise ValueError("kernel does not fit")
    return (padded - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, the extra pixel stands before the first
# breaks: after is the larger where they differ
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    if size + sum(padding) < span:
        raise ValueError("kernel does not fit")
    return (size + sum(padding) - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    after = total // 2
    return total - after, after


# answer: q1, halves the taps first and multiplies by the dilation after that
# breaks: an even kernel with dilation 2 can be padded equally: 4 taps ask for (3, 3), not (2, 4)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    if size + sum(padding) < span:
        raise ValueError("kernel does not fit")
    return (size + sum(padding) - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    return (kernel_size - 1) // 2 * dilation, kernel_size // 2 * dilation


# answer: q1, same_padding never looks at the dilation
# breaks: a dilated convolution keeps its size too
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    if size + sum(padding) < span:
        raise ValueError("kernel does not fit")
    return (size + sum(padding) - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    return (kernel_size - 1) // 2, kernel_size // 2


# answer: q1, half the covered pixels on both sides, as for odd kernels
# breaks: an even kernel needs one pixel less on the first side
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    if size + sum(padding) < span:
        raise ValueError("kernel does not fit")
    return (size + sum(padding) - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    half = (dilation * (kernel_size - 1) + 1) // 2
    return half, half


# answer: q1, hands the pair back as floats where the sides are equal
# breaks: a pair of int
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    if size + sum(padding) < span:
        raise ValueError("kernel does not fit")
    return (size + sum(padding) - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    if total % 2:
        return total // 2, total // 2 + 1
    return total / 2, total / 2


# answer: q1, tries sizes with output_size, and its search stops at ten pixels
# breaks: same_padding of a kernel with a wide dilation returns None
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    if size + sum(padding) < span:
        raise ValueError("kernel does not fit")
    return (size + sum(padding) - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    size = 100
    for before in range(10):
        for after in (before, before + 1):
            if size + before + after >= dilation * (kernel_size - 1) + 1:
                if output_size(size, kernel_size, 1, (before, after), dilation) == size:
                    return before, after
