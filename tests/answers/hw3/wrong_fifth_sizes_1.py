# answer: q1, int() rounds a small negative room up to 0, so a kernel that barely does not fit gets one output
# breaks: Where the kernel does not fit even once, raise ValueError.
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    before, after = padding
    span = dilation * (kernel_size - 1) + 1
    outputs = int((size + before + after - span) / stride) + 1
    if outputs < 1:
        raise ValueError("the kernel does not fit")
    return outputs


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, rounds to the nearest whole number in place of down
# breaks: Where the stride does not fit, the last pixels are never read.
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - (dilation * (kernel_size - 1) + 1)
    if room < 0:
        raise ValueError(f"{kernel_size} taps do not fit into {size} pixels")
    return round(room / stride) + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, (total + 1) // 2


# answer: q1, takes the padding before the first pixel twice, as if both sides were equal
# breaks: Here the two sides may differ: a pair `(before, after)`.
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    covered = dilation * (kernel_size - 1) + 1
    padded = size + 2 * padding[0]
    if covered > padded:
        raise ValueError("kernel larger than padded input")
    return (padded - covered) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    before = total // 2
    return before, total - before


# answer: q1, compares the kernel with the size before padding
# breaks: Raises ValueError when the kernel does not fit once (with padding it does fit)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    reach = dilation * (kernel_size - 1) + 1
    if reach > size:
        raise ValueError("no window lies inside")
    return (size + padding[0] + padding[1] - reach) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    before = total // 2
    return before, total - before


# answer: q1, the check looks at the taps and forgets the gaps between them
# breaks: The dilated kernel covers dilation·(kernel_size − 1) + 1 pixels. Compare that with the padded size first.
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    padded = size + padding[0] + padding[1]
    if kernel_size > padded:
        raise ValueError("kernel does not fit")
    return (padded - dilation * (kernel_size - 1) - 1) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return (total // 2, total - total // 2)


# answer: q1, raises also where the kernel is exactly as large as the padded input
# breaks: Where the kernel does not fit even once, raise ValueError. (It fits exactly once.)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    left_over = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if left_over <= 0:
        raise ValueError("no room for the kernel")
    return left_over // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, the extra pixel stands before the first one
# breaks: Where the two sides cannot be equal, the extra pixel stands after the last.
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    room = size + sum(padding) - span
    if room < 0:
        raise ValueError("the kernel does not fit")
    return 1 + room // stride


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return (total + 1) // 2, total // 2


# answer: q1, halves the kernel first and multiplies by the dilation afterwards
# breaks: (before, after); after is the larger where they differ; equal wherever they can be equal
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    span = dilation * (kernel_size - 1) + 1
    room = size + sum(padding) - span
    if room < 0:
        raise ValueError("the kernel does not fit")
    return 1 + room // stride


def same_padding(kernel_size, dilation=1):
    before = dilation * ((kernel_size - 1) // 2)
    after = dilation * (kernel_size // 2)
    return before, after
