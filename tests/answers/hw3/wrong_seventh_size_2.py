# answer: q1, dilates each half of the padding instead of halving the dilated span
# breaks: Where the two sides cannot be equal, the extra pixel stands after the last. (Here they can be equal.)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    return (kernel_size - 1) // 2 * dilation, kernel_size // 2 * dilation


# answer: q1, halves with round, which goes to the even neighbour
# breaks: (before, after); after is the larger where they differ
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    before = round(total / 2)
    return before, total - before


# answer: q1, halves the padding with np.floor and np.ceil, so both sides are floats
# breaks: pair of int; an int or bool of Python's or NumPy's
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    half = dilation * (kernel_size - 1) / 2
    return np.floor(half), np.ceil(half)


# answer: q1, decides by the kernel being odd whether the sides are equal, not by the covered span
# breaks: after is the larger where they differ; the padding keeps the size with stride 1 (even kernel, even dilation)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    half = dilation * (kernel_size - 1) // 2
    return (half, half) if kernel_size % 2 else (half, half + 1)


# answer: q1, same_padding dilates the taps themselves: half of dilation times kernel size
# breaks: Padding with which a convolution of stride 1 keeps the size of its input
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * kernel_size - 1
    return total // 2, total - total // 2


# answer: q1, asserts that the kernel fits
# breaks: Where the kernel does not fit even once, raise `ValueError`. (An AssertionError is none.)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    assert room >= 0, "ValueError: the kernel does not fit"
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2
