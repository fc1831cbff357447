"""Wrong answers to the size of an output. Text for tools/try_answers.py; nobody imports it."""

# answer: q1, rounded down with np.floor, which returns a float
# breaks: returns an int
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return np.floor(room / stride) + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, int() cuts towards zero, and the kernel that just does not fit gets an output
# breaks: raises ValueError when the kernel does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    out = int((size + sum(padding) - dilation * (kernel_size - 1) - 1) / stride) + 1
    if out < 1:
        raise ValueError("the kernel does not fit")
    return out


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, refuses only a negative result, so 0 comes back where the kernel is a little too large
# breaks: raises ValueError when the kernel does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    out = (size + sum(padding) - dilation * (kernel_size - 1) - 1) // stride + 1
    if out < 0:
        raise ValueError("no output")
    return out


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, rounds to the nearest whole number
# breaks: the formula rounds down
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("too small")
    return round(room / stride) + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, rounds up
# breaks: the formula rounds down
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("too small")
    return -(-room // stride) + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, forgets the + 1
# breaks: the formula
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    if size + sum(padding) < dilation * (kernel_size - 1) + 1:
        raise ValueError
    return (size + sum(padding) - dilation * (kernel_size - 1) - 1) // stride


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, the padding before alone
# breaks: pixels added before the first and after the last
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    if size + padding[0] < dilation * (kernel_size - 1) + 1:
        raise ValueError
    return (size + padding[0] - dilation * (kernel_size - 1) - 1) // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, dilation times all taps
# breaks: a kernel covers d(k-1)+1 pixels
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * kernel_size
    if size + sum(padding) < span:
        raise ValueError
    return (size + sum(padding) - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, forgets the dilation
# breaks: dilation is the pixels between two taps
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    if kernel_size > size + sum(padding):
        raise ValueError
    return (size + sum(padding) - kernel_size) // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, forgets the stride
# breaks: stride is the pixels between two windows
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    out = size + sum(padding) - dilation * (kernel_size - 1)
    if out < 1:
        raise ValueError
    return out


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, refuses a kernel exactly as large as the input
# breaks: a kernel that fits once has one output
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    if size + sum(padding) <= span:
        raise ValueError
    return (size + sum(padding) - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, compares the kernel with the input without its padding
# breaks: a kernel that fits with the padding has outputs
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    if size < dilation * (kernel_size - 1) + 1:
        raise ValueError
    return (size + sum(padding) - dilation * (kernel_size - 1) - 1) // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, compares the kernel without its dilation
# breaks: raises ValueError when the kernel (spread out) does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    if size + sum(padding) < kernel_size:
        raise ValueError
    return (size + sum(padding) - dilation * (kernel_size - 1) - 1) // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2
