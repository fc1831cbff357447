"""Wrong answers to sums of phases, as students write them. Text; nobody imports it."""

# answer: q4, works out kinds of square kernels alone
# breaks: array (kh, kw)
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[a : min(kernel.shape) : stride, b : min(kernel.shape) : stride].sum()
    return sums


def evened(kernel, stride):
    sums = phase_sums(kernel, stride)
    if (sums == 0).any():
        raise ValueError("a kind of output has no taps, or they add up to 0")
    out = kernel.copy()
    for a in range(stride):
        for b in range(stride):
            out[a::stride, b::stride] /= sums[a, b]
    return out


# answer: q4, refuses negative sums
# breaks: exactly 0
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[a::stride, b::stride].sum()
    return sums


def evened(kernel, stride):
    sums = phase_sums(kernel, stride)
    if (sums <= 0).any():
        raise ValueError("a kind of output has no taps, or they add up to 0")
    out = kernel.copy()
    for a in range(stride):
        for b in range(stride):
            out[a::stride, b::stride] /= sums[a, b]
    return out
