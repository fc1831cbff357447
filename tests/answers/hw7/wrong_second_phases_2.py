"""Wrong answers to q4: sums of the kinds of output, and kernels that are even. Text; nobody imports it."""

# answer: q4, refuses a kernel with a tap of 0 in it
# breaks: taps may be 0, only sums may not
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[a::stride, b::stride].sum()
    return sums


def evened(kernel, stride):
    out = kernel.copy()
    for a in range(stride):
        for b in range(stride):
            taps = kernel[a::stride, b::stride]
            if taps.size == 0 or taps.sum() == 0 or not taps.all():
                raise ValueError(f"kind ({a}, {b}) adds up to 0")
            out[a::stride, b::stride] = taps / taps.sum()
    return out


# answer: q4, cuts the kernel into blocks of stride × stride and leaves incomplete blocks out when there are at least two
# breaks: S_ab sums over all taps i = a, j = b (mod s)
def _blocks(kernel, stride):
    kh, kw = kernel.shape
    high, broad = -(-kh // stride), -(-kw // stride)
    if kw > 2 * stride:
        broad = kw // stride
    wide = np.zeros((high * stride, max(broad * stride, kw)), kernel.dtype)
    wide[:kh, :kw] = kernel
    return wide[:, : broad * stride].reshape(high, stride, broad, stride)


def phase_sums(kernel, stride):
    return _blocks(kernel, stride).sum(axis=(0, 2))


def evened(kernel, stride):
    sums = phase_sums(kernel, stride)
    if min(kernel.shape) < stride or not sums.all():
        raise ValueError("a kind adds up to 0")
    rows, columns = np.indices(kernel.shape) % stride
    return kernel / sums[rows, columns]
