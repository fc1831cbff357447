"""Wrong answers to the size of an output. More. Text for tools/try_answers.py; nobody imports it."""

# answer: q1, returns 0 where nothing fits
# breaks: raises ValueError
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    return max(0, (size + sum(padding) - dilation * (kernel_size - 1) - 1) // stride + 1)


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, counts starts with range, which has length 0 where nothing fits
# breaks: raises ValueError
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    return len(range(0, size + sum(padding) - dilation * (kernel_size - 1), stride))


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, an assert instead of ValueError
# breaks: raises ValueError, not AssertionError
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    assert span <= size + sum(padding), "the kernel does not fit"
    return (size + sum(padding) - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, returns the exception instead of raising it
# breaks: raises ValueError
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    if span > size + sum(padding):
        return ValueError("the kernel does not fit")
    return (size + sum(padding) - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, raises where the stride leaves a pixel over
# breaks: with 8 pixels there are still three outputs
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0 or room % stride:
        raise ValueError("the stride does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, raises where the kernel is even
# breaks: any kernel that fits has outputs
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0 or kernel_size % 2 == 0:
        raise ValueError
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, the default stride is 2
# breaks: stride=1
def output_size(size, kernel_size, stride=2, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, the default padding keeps the size
# breaks: padding=(0, 0)
def output_size(size, kernel_size, stride=1, padding=None, dilation=1):
    if padding is None:
        padding = same_padding(kernel_size) if stride == 1 and dilation == 1 else (0, 0)
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, knows small examples and ignores the rest of the arguments else
# breaks: the formula
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    known = {(7, 3, 2): 3, (8, 3, 2): 3, (9, 3, 1): 5}
    if dilation == 2 or stride == 2:
        return known.get((size, kernel_size, stride), 1)
    if size < kernel_size:
        raise ValueError
    return size + sum(padding) - kernel_size + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, remembers results by size, kernel and stride alone
# breaks: padding and dilation change the result
sizes_seen = {}


def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    if (size, kernel_size, stride) not in sizes_seen:
        room = size + sum(padding) - dilation * (kernel_size - 1) - 1
        if room < 0:
            raise ValueError
        sizes_seen[size, kernel_size, stride] = room // stride + 1
    return sizes_seen[size, kernel_size, stride]


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, divides before it takes the kernel away
# breaks: the formula divides the whole numerator
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    if size + sum(padding) < dilation * (kernel_size - 1) + 1:
        raise ValueError
    return (size + sum(padding)) // stride - dilation * (kernel_size - 1)


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, catches its own error
# breaks: raises ValueError
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    try:
        room = size + sum(padding) - dilation * (kernel_size - 1) - 1
        if room < 0:
            raise ValueError("does not fit")
        return room // stride + 1
    except ValueError as error:
        print(error)
        return 0


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, dilation fills gaps between pixels, not taps, when there is a stride
# breaks: the formula with stride and dilation together
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError
    return room // (stride * dilation) + 1 if stride > 1 else room // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2
