"""Wrong answers to sums of phases, as students write them. Text; nobody imports it."""

# answer: q4, gives the table turned over
# breaks: S_ab: a for the rows
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[a::stride, b::stride].sum()
    return sums.T


def evened(kernel, stride):
    sums = phase_sums(kernel, stride)
    if (sums == 0).any():
        raise ValueError("a kind of output has no taps, or they add up to 0")
    out = kernel.copy()
    for a in range(stride):
        for b in range(stride):
            out[a::stride, b::stride] /= sums[a, b]
    return out


# answer: q4, neighbouring blocks instead of kinds
# breaks: i = a mod s
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[a * stride : (a + 1) * stride, b * stride : (b + 1) * stride].sum()
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


# answer: q4, means instead of sums
# breaks: the sum of its share
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = (lambda t: t.mean() if t.size else 0)(kernel[a::stride, b::stride])
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


# answer: q4, refuses sums that are nearly 0
# breaks: exactly 0
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[a::stride, b::stride].sum()
    return sums


def evened(kernel, stride):
    sums = phase_sums(kernel, stride)
    if np.isclose(sums, 0).any():
        raise ValueError("a kind of output has no taps, or they add up to 0")
    out = kernel.copy()
    for a in range(stride):
        for b in range(stride):
            out[a::stride, b::stride] /= sums[a, b]
    return out


# answer: q4, does not refuse a kind without a tap
# breaks: where a kind has no tap, raise ValueError
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[a::stride, b::stride].sum()
    return sums


def evened(kernel, stride):
    sums = phase_sums(kernel, stride)
    count = phase_sums(np.ones_like(kernel), stride)
    if ((sums == 0) & (count > 0)).any():
        raise ValueError("a kind of output has no taps, or they add up to 0")
    out = kernel.copy()
    for a in range(stride):
        for b in range(stride):
            out[a::stride, b::stride] /= sums[a, b] if sums[a, b] else 1
    return out


# answer: q4, refuses kinds without a tap alone
# breaks: or its taps add up to exactly 0
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[a::stride, b::stride].sum()
    return sums


def evened(kernel, stride):
    sums = phase_sums(kernel, stride)
    if min(kernel.shape) < stride:
        raise ValueError("a kind of output has no taps, or they add up to 0")
    out = kernel.copy()
    for a in range(stride):
        for b in range(stride):
            out[a::stride, b::stride] /= sums[a, b]
    return out


# answer: q4, divides by the sizes of the sums
# breaks: each kind adds up to 1
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
            out[a::stride, b::stride] /= abs(sums[a, b])
    return out


# answer: q4, all kinds together add up to 1
# breaks: each kind adds up to 1
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
            out[a::stride, b::stride] /= sums[a, b] * stride**2
    return out


# answer: q4, adds a number to the taps of a kind
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
            taps = out[a::stride, b::stride]
            taps += (1 - sums[a, b]) / taps.size
    return out


# answer: q4, divides in place
# breaks: what you were given stays as it was
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
    out = kernel
    for a in range(stride):
        for b in range(stride):
            out[a::stride, b::stride] /= sums[a, b]
    return out


# answer: q4, one number for all kinds
# breaks: by one number of their own
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
            out[a::stride, b::stride] /= sums.mean()
    return out


# answer: q4, gives back the kernel itself where it is even already
# breaks: what you return is new
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
    if (sums == 1).all():
        return kernel
    out = kernel.copy()
    for a in range(stride):
        for b in range(stride):
            out[a::stride, b::stride] /= sums[a, b]
    return out


# answer: q4, refuses a kind without a tap in phase_sums, too
# breaks: 0 for a kind that no tap reaches
def phase_sums(kernel, stride):
    if min(kernel.shape) < stride:
        raise ValueError
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
            out[a::stride, b::stride] /= sums[a, b]
    return out
