"""Wrong answers to q1, written from the notebook of a student alone."""

# answer: q1, the sizes are checked without the padding
# breaks: refuses only where the kernel does not fit the padded row
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    cover = dilation * (kernel_size - 1) + 1
    if cover > size:
        raise ValueError("kernel too large")
    return (size + padding[0] + padding[1] - cover) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, the undilated kernel is compared
# breaks: ValueError when the (dilated) kernel does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    before, after = padding
    padded = size + before + after
    if kernel_size > padded:
        raise ValueError("kernel does not fit")
    return (padded - dilation * (kernel_size - 1) - 1) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, int() cuts towards zero before the result is checked
# breaks: ValueError when the kernel does not fit once, for stride 2 too
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    n = int((size + sum(padding) - dilation * (kernel_size - 1) - 1) / stride) + 1
    if n < 1:
        raise ValueError("kernel does not fit")
    return n


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, same_padding forgets dilation
# breaks: dilation: pixels between two neighbouring taps
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    free = size + padding[0] + padding[1] - dilation * (kernel_size - 1) - 1
    if free < 0:
        raise ValueError("the kernel does not fit")
    return free // stride + 1


def same_padding(kernel_size, dilation=1):
    return ((kernel_size - 1) // 2, kernel_size // 2)


# answer: q1, each half is dilated on its own
# breaks: after is larger only where the two cannot be equal: kernel 4, dilation 2
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    free = size + padding[0] + padding[1] - dilation * (kernel_size - 1) - 1
    if free < 0:
        raise ValueError("the kernel does not fit")
    return free // stride + 1


def same_padding(kernel_size, dilation=1):
    return (dilation * ((kernel_size - 1) // 2), dilation * (kernel_size // 2))


# answer: q1, the extra pixel stands first
# breaks: after is the larger where they differ
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    free = size + padding[0] + padding[1] - dilation * (kernel_size - 1) - 1
    if free < 0:
        raise ValueError("the kernel does not fit")
    return free // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total - total // 2, total // 2


# answer: q1, the dilation widens every kernel by two gaps
# breaks: a kernel has kernel_size - 1 gaps
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    reach = kernel_size + 2 * (dilation - 1) if kernel_size > 1 else 1
    free = size + padding[0] + padding[1] - reach
    if free < 0:
        raise ValueError("does not fit")
    return free // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, an assert instead of a ValueError
# breaks: ValueError when the kernel does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    free = size + sum(padding) - dilation * (kernel_size - 1) - 1
    assert free >= 0, "the kernel does not fit"
    return free // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, the error is returned
# breaks: raise ValueError
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    free = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if free < 0:
        return ValueError("the kernel does not fit")
    return free // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, strides beyond the kernel are refused
# breaks: the only ValueError is for a kernel that does not fit
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    cover = dilation * (kernel_size - 1) + 1
    padded = size + padding[0] + padding[1]
    if padded < cover or stride > cover:
        raise ValueError("would skip pixels")
    return (padded - cover) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, padding wider than the kernel is refused
# breaks: the only ValueError is for a kernel that does not fit
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    padded = size + padding[0] + padding[1]
    cover = dilation * (kernel_size - 1) + 1
    if padded < cover or sum(padding) > cover:
        raise ValueError("bad padding")
    return (padded - cover) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, same_padding adds the dilation once
# breaks: dilation: pixels between two neighbouring taps
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    free = size + padding[0] + padding[1] - dilation * (kernel_size - 1) - 1
    if free < 0:
        raise ValueError("the kernel does not fit")
    return free // stride + 1


def same_padding(kernel_size, dilation=1):
    total = kernel_size + dilation - 2
    return total // 2, total - total // 2


# answer: q1, the stride divides before the kernel is taken off
# breaks: windows start at 0, stride, 2 stride
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    padded = size + sum(padding)
    cover = dilation * (kernel_size - 1) + 1
    if padded < cover:
        raise ValueError("too small")
    return -(-(padded - cover + 1) // stride) if stride < 3 else padded // stride


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, no output is reported as 0 outputs
# breaks: ValueError when the kernel does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    return max(0, (size + sum(padding) - dilation * (kernel_size - 1) - 1) // stride + 1)


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2
