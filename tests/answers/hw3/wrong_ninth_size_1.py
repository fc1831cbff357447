# answer: q1, the first number of the padding is counted for both sides
# breaks: Here the two sides may differ: a pair (before, after)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    p = padding[0]
    cover = dilation * (kernel_size - 1) + 1
    if size + 2 * p < cover:
        raise ValueError("kernel too large")
    return (size + 2 * p - cover) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, divides with int(a / b), which rounds up below 0, and checks the result afterwards
# breaks: Where the kernel does not fit even once, raise ValueError
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    covered = dilation * (kernel_size - 1) + 1
    steps = int((size + sum(padding) - covered) / stride)
    if steps + 1 <= 0:
        raise ValueError("the kernel does not fit")
    return steps + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return (total // 2, (total + 1) // 2)


# answer: q1, compares the kernel with the image before the padding is added
# breaks: The kernel is to be compared with the padded size; ValueError only when the kernel does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    field = (kernel_size - 1) * dilation + 1
    if field > size:
        raise ValueError(f"{field} pixels do not fit into {size}")
    before, after = padding
    return (size + before + after - field) // stride + 1


def same_padding(kernel_size, dilation=1):
    need = (kernel_size - 1) * dilation
    return need // 2, need - need // 2


# answer: q1, the kernel that fits exactly once raises too
# breaks: Where the kernel does not fit even once, raise ValueError
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    total = size + padding[0] + padding[1]
    reach = dilation * (kernel_size - 1)
    if reach + 1 >= total and kernel_size > 1:
        raise ValueError("kernel larger than the padded input")
    return (total - reach - 1) // stride + 1


def same_padding(kernel_size, dilation=1):
    both = dilation * (kernel_size - 1)
    first = both // 2
    return first, both - first


# answer: q1, forgets that the first start counts where the stride leaves a rest: starts // stride
# breaks: With 7 pixels, 3 taps and stride 2, the kernel starts at pixels 0, 2 and 4: three outputs
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    starts = size + sum(padding) - dilation * (kernel_size - 1)
    if starts < 1:
        raise ValueError("no window fits")
    return max(1, starts // stride)


def same_padding(kernel_size, dilation=1):
    total = (kernel_size - 1) * dilation
    return total // 2, total - total // 2


# answer: q1, outputs of the image and outputs of the padding are rounded down apart
# breaks: padding is pixels added to the input; the windows slide over image and padding together
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    cover = dilation * (kernel_size - 1) + 1
    if cover > size + sum(padding):
        raise ValueError("does not fit")
    return (size - cover) // stride + sum(padding) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, -(-total // 2)


# answer: q1, splits the taps into two halves before the dilation is multiplied in
# breaks: Where the two sides cannot be equal, the extra pixel stands after the last (so they are equal where they can be)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1)
    if room <= 0:
        raise ValueError("the kernel does not fit")
    return 1 + (room - 1) // stride


def same_padding(kernel_size, dilation=1):
    left = (kernel_size - 1) // 2
    right = kernel_size // 2
    return dilation * left, dilation * right


# answer: q1, Python's round takes a half to the even number
# breaks: after is the larger where they differ
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    last = size + padding[0] + padding[1] - (dilation * (kernel_size - 1) + 1)
    if last < 0:
        raise ValueError("kernel does not fit")
    return last // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    before = round(total / 2)
    return before, total - before


# answer: q1, the padding comes back as an array
# breaks: pairs: a tuple or a list, as you like, but no array
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    cover = dilation * (kernel_size - 1) + 1
    padded = size + sum(padding)
    if padded < cover:
        raise ValueError("kernel does not fit")
    return (padded - cover) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return np.array([0, 1]) * (total % 2) + total // 2


# answer: q1, refuses a stride that leaves pixels over
# breaks: Where the stride does not fit, the last pixels are never read
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if span < 0 or span % stride:
        raise ValueError("kernel and stride do not fit")
    return span // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, the check for the fit forgets the dilation, so the size can come out as 0 or less
# breaks: ValueError when the kernel does not fit once
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    n = size + padding[0] + padding[1]
    if kernel_size > n:
        raise ValueError("kernel does not fit")
    return (n - dilation * (kernel_size - 1) - 1) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2
