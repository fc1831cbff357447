# answer: q1, counts the starts with a range and halves with divmod, as a list
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    before, after = padding
    starts = range(0, before + size + after - dilation * (kernel_size - 1), stride)
    if not starts:
        raise ValueError("the kernel does not fit")
    return len(starts)


def same_padding(kernel_size, dilation=1):
    half, odd = divmod(dilation * (kernel_size - 1), 2)
    return [half, half + odd]


# answer: q1, asks each start in turn whether the kernel fits, in NumPy's integers, with an error of its own kind
class KernelTooLarge(ValueError):
    pass


def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    last_starts = np.arange(size + sum(padding))[:: int(stride)]
    fits = last_starts + dilation * (kernel_size - 1) < size + sum(padding)
    if not np.any(fits):
        raise KernelTooLarge("no place for the kernel")
    return np.count_nonzero(fits) + np.int64(0)


def same_padding(kernel_size, dilation=1):
    after = np.int64(((kernel_size - 1) * dilation + 1) // 2)
    return np.int64((kernel_size - 1) * dilation) - after, after


# answer: q1, ceiling of the free starts over the stride, and a search for the padding from the output's size
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    free = size + padding[0] + padding[1] - (dilation * kernel_size - dilation)
    if free <= 0:
        raise ValueError(f"{kernel_size} taps do not fit")
    return -(-free // stride)


def same_padding(kernel_size, dilation=1):
    big = dilation * kernel_size
    missing = big - output_size(big, kernel_size, dilation=dilation)
    pair = missing >> 1, (missing + 1) >> 1
    return pair
