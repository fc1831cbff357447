"""Wrong answers to q4: sums of the kinds of output, and kernels that are even. Text; nobody imports it."""

# answer: q4, takes a sum that is close to 0 for 0
# breaks: only where its taps add up to exactly 0: raise ValueError
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
            if taps.size == 0 or np.isclose(taps.sum(), 0):
                raise ValueError(f"kind ({a}, {b}) adds up to 0")
            out[a::stride, b::stride] = taps / taps.sum()
    return out


# answer: q4, rounds the sums to ten places, which makes 0 of small ones
# breaks: only where its taps add up to exactly 0: raise ValueError
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
            if taps.size == 0 or round(float(taps.sum()), 10) == 0:
                raise ValueError(f"kind ({a}, {b}) adds up to 0")
            out[a::stride, b::stride] = taps / taps.sum()
    return out


# answer: q4, divides by the size of the sum, so a kind with a negative sum adds up to -1
# breaks: each kind adds up to 1
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
            if taps.size == 0 or taps.sum() == 0:
                raise ValueError(f"kind ({a}, {b}) adds up to 0")
            out[a::stride, b::stride] = taps / abs(taps.sum())
    return out


# answer: q4, refuses negative sums, too
# breaks: ValueError where a kind has no tap or adds up to exactly 0, nowhere else
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
            if taps.sum() <= 0:
                raise ValueError(f"kind ({a}, {b}) adds up to 0")
            out[a::stride, b::stride] = taps / taps.sum()
    return out


# answer: q4, with stride 1 the sums are a single number instead of an array of 1 × 1
# breaks: array (stride, stride) of floats
def phase_sums(kernel, stride):
    if stride == 1:
        return kernel.sum()
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
            if taps.size == 0 or taps.sum() == 0:
                raise ValueError(f"kind ({a}, {b}) adds up to 0")
            out[a::stride, b::stride] = taps / taps.sum()
    return out


# answer: q4, the sums are put into an array of int
# breaks: array (stride, stride) of floats
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), dtype=int)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[a::stride, b::stride].sum()
    return sums.astype(float)


def evened(kernel, stride):
    out = kernel.copy()
    for a in range(stride):
        for b in range(stride):
            taps = kernel[a::stride, b::stride]
            if taps.size == 0 or taps.sum() == 0:
                raise ValueError(f"kind ({a}, {b}) adds up to 0")
            out[a::stride, b::stride] = taps / taps.sum()
    return out


# answer: q4, adds up in float32
# breaks: float64 where float64 came in; a billionth
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), np.float32)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[a::stride, b::stride].sum()
    return sums.astype(kernel.dtype)


def evened(kernel, stride):
    out = kernel.copy()
    for a in range(stride):
        for b in range(stride):
            taps = kernel[a::stride, b::stride]
            if taps.size == 0 or taps.sum() == 0:
                raise ValueError(f"kind ({a}, {b}) adds up to 0")
            out[a::stride, b::stride] = taps / taps.sum()
    return out


# answer: q4, looks for kinds without a tap by counting taps: as many as kinds are enough
# breaks: raise ValueError where a kind has no tap: a kernel of 1 × 9 with stride 3 has such kinds
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[a::stride, b::stride].sum()
    return sums


def evened(kernel, stride):
    out = kernel.copy()
    if kernel.size < stride**2:
        raise ValueError("fewer taps than kinds")
    for a in range(stride):
        for b in range(stride):
            taps = kernel[a::stride, b::stride]
            if taps.size and taps.sum() == 0:
                raise ValueError(f"kind ({a}, {b}) adds up to 0")
            out[a::stride, b::stride] = taps / taps.sum()
    return out


# answer: q4, looks at the rows alone for kinds without a tap
# breaks: raise ValueError where a kind has no tap: also when the kernel has too few columns
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[a::stride, b::stride].sum()
    return sums


def evened(kernel, stride):
    out = kernel.copy()
    if len(kernel) < stride:
        raise ValueError("a kind has no tap")
    for a in range(stride):
        for b in range(stride):
            taps = kernel[a::stride, b::stride]
            if taps.size and taps.sum() == 0:
                raise ValueError(f"kind ({a}, {b}) adds up to 0")
            out[a::stride, b::stride] = taps / taps.sum()
    return out


# answer: q4, returns the kernel that came in where it is even already
# breaks: what you return is new: no input
def phase_sums(kernel, stride):
    sums = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[a::stride, b::stride].sum()
    return sums


def evened(kernel, stride):
    if (phase_sums(kernel, stride) == 1).all():
        return kernel
    out = kernel.copy()
    for a in range(stride):
        for b in range(stride):
            taps = kernel[a::stride, b::stride]
            if taps.size == 0 or taps.sum() == 0:
                raise ValueError(f"kind ({a}, {b}) adds up to 0")
            out[a::stride, b::stride] = taps / taps.sum()
    return out


# answer: q4, returns a view of the kernel where every tap has a kind of its own
# breaks: what you return is new: no view of an input
def phase_sums(kernel, stride):
    if kernel.shape == (stride, stride):
        return kernel[:]
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
            if taps.size == 0 or taps.sum() == 0:
                raise ValueError(f"kind ({a}, {b}) adds up to 0")
            out[a::stride, b::stride] = taps / taps.sum()
    return out


# answer: q4, keeps the sums under the bytes of the kernel, which say nothing of its shape
# breaks: each answer depends on the arguments of its own call alone
_seen = {}


def phase_sums(kernel, stride):
    key = kernel.tobytes(), stride
    if key in _seen:
        return _seen[key].copy()
    sums = _seen[key] = np.zeros((stride, stride), kernel.dtype)
    for a in range(stride):
        for b in range(stride):
            sums[a, b] = kernel[a::stride, b::stride].sum()
    return sums.copy()


def evened(kernel, stride):
    out = kernel.copy()
    for a in range(stride):
        for b in range(stride):
            taps = kernel[a::stride, b::stride]
            if taps.size == 0 or taps.sum() == 0:
                raise ValueError(f"kind ({a}, {b}) adds up to 0")
            out[a::stride, b::stride] = taps / taps.sum()
    return out
