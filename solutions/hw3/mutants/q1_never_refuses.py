"""A kernel larger than the input gives a size of 0 or less instead of an error."""


# question: q1
def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1
