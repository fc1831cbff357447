# answer: q1, zero outputs pass, only fewer than none raise
# breaks: Where the kernel does not fit even once, raise ValueError.
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    before, after = padding
    n = (size + before + after - dilation * (kernel_size - 1) - 1) // stride + 1
    if n < 0:
        raise ValueError("negative size")
    return n


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, a stride above the padded size is refused too
# breaks: ValueError when the kernel does not fit once (a large stride leaves one output)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    padded = size + sum(padding)
    covered = (kernel_size - 1) * dilation + 1
    if covered > padded or stride > padded:
        raise ValueError("kernel or stride too large")
    return 1 + (padded - covered) // stride


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, a window that starts in the padding after the last pixel is not counted
# breaks: Number of outputs along one axis (in the book's formula every start in the padded image counts)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    before, after = padding
    last = before + size + after - dilation * (kernel_size - 1) - 1
    if last < 0:
        raise ValueError("the kernel does not fit")
    return len([start for start in range(0, last + 1, stride) if start < before + size])


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, searches for the padding and stops at one hundred pixels a side
# breaks: Padding with which a convolution of stride 1 keeps the size of its input (an int is at most 500)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    padded = size + padding[0] + padding[1]
    covered = dilation * (kernel_size - 1) + 1
    if padded < covered:
        raise ValueError("the kernel does not fit")
    return (padded - covered) // stride + 1


def same_padding(kernel_size, dilation=1):
    size = 1000000
    for before in range(101):
        for after in (before, before + 1):
            if output_size(size, kernel_size, 1, (before, after), dilation) == size:
                return before, after


# answer: q1, half the padding is rounded by round(), which goes to the even number
# breaks: after is the larger where they differ
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    padded = size + padding[0] + padding[1]
    covered = dilation * (kernel_size - 1) + 1
    if padded < covered:
        raise ValueError("the kernel does not fit")
    return (padded - covered) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    before = round(total / 2)
    return before, total - before


# answer: q1, a kernel that fits exactly once is refused
# breaks: ValueError when the kernel does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    padded = size + padding[0] + padding[1]
    covered = dilation * (kernel_size - 1) + 1
    if covered >= padded and kernel_size > 1:
        raise ValueError("the kernel does not fit")
    return (padded - covered) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, padding keeps the size only for odd kernels, others get an error
# breaks: pair of int (before, after); after is the larger where they differ
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    padded = size + padding[0] + padding[1]
    covered = dilation * (kernel_size - 1) + 1
    if padded < covered:
        raise ValueError("the kernel does not fit")
    return (padded - covered) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    if kernel_size % 2 == 0 and dilation > 1:
        raise ValueError("an even kernel cannot keep the size")
    return total // 2, total - total // 2
