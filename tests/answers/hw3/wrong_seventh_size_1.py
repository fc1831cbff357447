# answer: q1, divides as floats and cuts off towards zero, so a kernel one pixel too large still counts once
# breaks: Where the kernel does not fit even once, raise `ValueError`.
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    n = int((size + padding[0] + padding[1] - span) / stride) + 1
    if n < 1:
        raise ValueError("the kernel does not fit")
    return n


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, raises for a negative count only and returns 0 where the kernel is a little too large
# breaks: ValueError when the kernel does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    n = (size + sum(padding) - span) // stride + 1
    if n < 0:
        raise ValueError("no window fits")
    return n


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, (total + 1) // 2


# answer: q1, compares the kernel with the image before the padding is added
# breaks: padding: pixels added (before the first, after the last); it is the padded size that must hold the kernel
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    covered = dilation * (kernel_size - 1) + 1
    if covered > size:
        raise ValueError(f"{covered} pixels do not fit into {size}")
    return (size + padding[0] + padding[1] - covered) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    before = total // 2
    return before, total - before


# answer: q1, compares the undilated kernel with the padded image
# breaks: Raises ValueError when the kernel does not fit once (the dilated one)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    before, after = padding
    padded = size + before + after
    if kernel_size > padded:
        raise ValueError("kernel larger than image")
    return (padded - dilation * (kernel_size - 1) - 1) // stride + 1


def same_padding(kernel_size, dilation=1):
    extra = (kernel_size - 1) * dilation
    return extra // 2, -(-extra // 2)


# answer: q1, refuses a kernel that fits exactly once
# breaks: Raises ValueError when the kernel does not fit once (here it fits)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room <= 0:
        raise ValueError("no room for the kernel")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, the span counts the gap of the dilation only once
# breaks: dilation: pixels between two neighbouring taps
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = kernel_size + (dilation - 1) if kernel_size > 1 else 1
    room = size + sum(padding) - span
    if room < 0:
        raise ValueError("kernel too large")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, divides image and padding by the stride each for itself
# breaks: Number of outputs along one axis of a convolution, with padding and stride at once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    if span > size + sum(padding):
        raise ValueError("kernel does not fit")
    return (size - span) // stride + sum(padding) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, knows that padding of half a kernel keeps the size, and divides the size by the stride, rounded down
# breaks: Number of outputs along one axis of a convolution (odd size with stride 2 and half a kernel of padding)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    padded = size + padding[0] + padding[1]
    if padded < span:
        raise ValueError("kernel does not fit")
    if padded - span + 1 == size:
        return max(size // stride, 1)
    return (padded - span) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, rounds the number of steps to the nearest whole number
# breaks: Where the stride does not fit, the last pixels are never read.
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    steps = (size + sum(padding) - dilation * (kernel_size - 1) - 1) / stride
    if steps < 0:
        raise ValueError("the kernel does not fit")
    return round(steps) + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, takes a stride that leaves pixels over for an error
# breaks: Where the stride does not fit, the last pixels are never read.
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    steps, rest = divmod(room, stride)
    if room < 0 or rest:
        raise ValueError("the kernel does not fit")
    return steps + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, remembers results by size, kernel and stride but not by padding and dilation
# breaks: Each answer depends on the arguments of its own call alone: the next call may change one of them only
_known_sizes = {}


def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    key = (size, kernel_size, stride)
    if key not in _known_sizes:
        room = size + sum(padding) - dilation * (kernel_size - 1) - 1
        if room < 0:
            raise ValueError("the kernel does not fit")
        _known_sizes[key] = room // stride + 1
    return _known_sizes[key]


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, takes padding of a single side twice when the other is 0, as if the pair were one int
# breaks: padding: pixels added (before the first, after the last)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    before, after = padding
    padded = size + before + (after or before)
    room = padded - (dilation * (kernel_size - 1) + 1)
    if room < 0:
        raise ValueError("the kernel does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2
