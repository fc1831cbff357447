"""The leftover pixels start one more window: rounded up instead of down."""


# question: q1
def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    room = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return -(-room // stride) + 1
