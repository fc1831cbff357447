"""Wrong answers to the padding that keeps a size. Text; nobody imports it."""

# answer: q1, same_padding: the extra pixel stands before the first
# breaks: after is the larger where they differ
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra - extra // 2, extra // 2


# answer: q1, same_padding: half of the kernel on both sides: right for odd kernels
# breaks: the size is kept for even kernels too
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    return kernel_size // 2, kernel_size // 2


# answer: q1, same_padding: (k - 1) // 2 on both sides
# breaks: the size is kept for even kernels too
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    half = dilation * (kernel_size - 1) // 2
    return half, half


# answer: q1, same_padding: forgets the dilation
# breaks: dilation
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = kernel_size - 1
    return extra // 2, extra - extra // 2


# answer: q1, same_padding: dilation times half of the taps, which leaves one side short where dilation is even
# breaks: after is the larger where they differ, by at most one pixel
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    before = dilation * ((kernel_size - 1) // 2)
    return before, dilation * (kernel_size - 1) - before


# answer: q1, same_padding: one number
# breaks: pair of int
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    return dilation * (kernel_size - 1) // 2


# answer: q1, same_padding: floats
# breaks: pair of int
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    half = dilation * (kernel_size - 1) / 2
    return half, half


# answer: q1, same_padding: the sum of both, twice
# breaks: the size is kept
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra, extra


# answer: q1, same_padding: covers one pixel too many
# breaks: d(k-1)+1 pixels
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * kernel_size
    return extra // 2, extra - extra // 2


# answer: q1, same_padding: the second function is forgotten
# breaks: same_padding
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    ...


# answer: q1, same_padding: refuses even kernels
# breaks: any kernel
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    if kernel_size % 2 == 0:
        raise ValueError("even")
    half = dilation * (kernel_size - 1) // 2
    return half, half


# answer: q1, same_padding: an array
# breaks: pair of int
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return np.array([extra / 2, extra / 2]).round()


# answer: q1, output_size doubles the padding before
# breaks: padding (before, after)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + 2 * padding[0] - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, output_size doubles the padding after
# breaks: padding (before, after)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + 2 * padding[1] - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, output_size takes the larger padding twice
# breaks: padding (before, after)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + 2 * max(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, output_size takes the padding for an error where its sides differ
# breaks: padding (before, after)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - 1000 * (padding[0] != padding[1]) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2
