"""Wrong answers to sums of phases, as students write them. Text; nobody imports it."""

# answer: q4, kinds counted from 1
# breaks: i = a mod s
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[(a + 1) % stride :: stride, (b + 1) % stride :: stride].sum()
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


# answer: q4, counted from the last tap
# breaks: i = a mod s
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[::-1, ::-1][a::stride, b::stride].sum()
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


# answer: q4, refuses only when no kind can be evened
# breaks: where a kind has no tap or adds up to 0
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[a::stride, b::stride].sum()
    return sums


def evened(kernel, stride):
    sums = phase_sums(kernel, stride)
    if (sums == 0).all():
        raise ValueError("a kind of output has no taps, or they add up to 0")
    out = kernel.copy()
    for a in range(stride):
        for b in range(stride):
            if sums[a, b]:
                out[a::stride, b::stride] /= sums[a, b]
    return out


# answer: q4, evens rows and columns one after the other
# breaks: multiplies the taps of each kind by one number
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[a::stride, b::stride].sum()
    return sums


def evened(kernel, stride):
    sums = phase_sums(kernel, stride)
    if (sums == 0).any():
        raise ValueError("a kind of output has no taps, or they add up to 0")
    out = kernel.copy()
    for a in range(stride):
        for b in range(stride):
            out[a::stride] /= sums.sum(axis=1)[a] ** (1 / stride)
            out[:, b::stride] /= sums.sum(axis=0)[b] ** (1 / stride)
    return out


# answer: q4, adds the sizes of the taps
# breaks: the sum of its share
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = abs(kernel[a::stride, b::stride]).sum()
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
