# answer: q1, the last start of a range, and a list
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    first_tap_to_last = (kernel_size - 1) * dilation
    starts = range(-padding[0], size + padding[1] - first_tap_to_last, stride)
    if not starts:
        raise ValueError(f"{kernel_size} taps, {dilation} apart, do not fit")
    return (starts[-1] - starts[0]) // stride + 1


def same_padding(kernel_size, dilation=1):
    total = (kernel_size - 1) * dilation
    return sorted([total // 2, -(-total // 2)])


# answer: q1, rounds up from the number of starts, and recursion over the taps for the padding
class DoesNotFit(ValueError):
    """A more telling ValueError."""


def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    before, after = padding
    places = before + size + after - dilation * (kernel_size - 1)
    if places < 1:
        raise DoesNotFit(places)
    return -(-places // stride)


def same_padding(kernel_size, dilation=1):
    def pair(total):
        if total < 2:
            return (0, total)
        half = total // 4 or 1
        before, after = pair(total - 2 * half)
        return (before + half, after + half)

    return pair(dilation * (kernel_size - 1))


# answer: q1, finds the largest count bit by bit, NumPy's whole numbers
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    padded = size + padding[0] + padding[1]

    def fits(count):
        return (count - 1) * stride + (kernel_size - 1) * dilation + 1 <= padded

    if not fits(1):
        raise ValueError("not even one window")
    bit = 1
    while fits(2 * bit):
        bit *= 2
    count = 0
    while bit:
        if fits(count + bit):
            count += bit
        bit //= 2
    return np.int64(count) if count < 2**63 else count


def same_padding(kernel_size, dilation=1):
    after = (kernel_size * dilation - dilation + 1) >> 1
    return [(kernel_size - 1) * dilation - after, after]
