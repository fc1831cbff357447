# answer: q11, the field grows by the new jump
# breaks: Mind the order: the field grows by the old jump.
def receptive_field(layers):
    size, jump, result = 1, 1, []
    for kernel, stride in layers:
        jump *= stride
        size += (kernel - 1) * jump
        result.append((size, jump))
    return result


# answer: q11, the recursion from the last layer to the first, run forwards
# breaks: r <- r + (k - 1) j: the right answer for equal layers only
def receptive_field(layers):
    r, j = 1, 1
    out = []
    for k, s in layers:
        r = (r - 1) * s + k
        j = j * s
        out.append((r, j))
    return out


# answer: q11, the jump is a power of this layer's stride
# breaks: j <- j s, with the stride of each layer
def receptive_field(layers):
    out, size = [], 1
    for depth, (k, s) in enumerate(layers):
        before = s**depth
        size += (k - 1) * before
        out.append((size, before * s))
    return out


# answer: q11, a list as a default argument is filled by all calls
# breaks: Each answer depends on the arguments of its own call alone
def receptive_field(layers, fields=[]):
    r, j = 1, 1
    for k, s in layers:
        r, j = r + (k - 1) * j, j * s
        fields.append((r, j))
    return fields


# answer: q11, one list that each call clears and fills again
# breaks: What you return is new: nothing that a later call writes into.
_FIELDS = []


def receptive_field(layers):
    _FIELDS.clear()
    size = jump = 1
    for kernel_size, stride in layers:
        size += (kernel_size - 1) * jump
        jump *= stride
        _FIELDS.append((size, jump))
    return _FIELDS


# answer: q11, answers kept by the identity of the list
# breaks: the next call may bring the same array or list with other numbers in it
_KNOWN = {}


def receptive_field(layers):
    if id(layers) in _KNOWN and len(_KNOWN[id(layers)]) == len(layers):
        return list(_KNOWN[id(layers)])
    r = j = 1
    found = []
    for k, s in layers:
        r, j = r + (k - 1) * j, j * s
        found.append((r, j))
    _KNOWN[id(layers)] = found
    return list(found)


# answer: q11, a layer with a kernel of 1 is passed over with its stride
# breaks: j <- j s, one pair for each layer
def receptive_field(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        if k > 1:
            r, j = r + (k - 1) * j, j * s
        out.append((r, j))
    return out


# answer: q11, a stride above the kernel is cut down to the kernel
# breaks: j <- j s
def receptive_field(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        r += (k - 1) * j
        j *= min(k, s) if k > 1 else s
        out.append((r, j))
    return out


# answer: q11, running products in 32 bits
# breaks: an int of Python's or NumPy's (no int reaches 10**15)
def receptive_field(layers):
    if not layers:
        return []
    k, s = np.array(layers, dtype=np.int32).T
    jumps = np.cumprod(s, dtype=np.int32)
    before = np.concatenate([np.ones(1, np.int32), jumps[:-1]])
    sizes = 1 + np.cumsum((k - 1) * before, dtype=np.int32)
    return list(zip(sizes.tolist(), jumps.tolist()))


# answer: q11, jumps by a sum of logarithms, rounded at the end
# breaks: j <- j s, an int
def receptive_field(layers):
    r, log_jump, out = 1, 0.0, []
    for k, s in layers:
        r += (k - 1) * int(round(np.exp(log_jump)))
        log_jump += np.log(s)
        out.append((r, int(round(np.exp(log_jump)))))
    return out


# answer: q11, the running product makes floats
# breaks: list of pairs of int, (size, jump)
def receptive_field(layers):
    before = np.cumprod([1.0] + [s for _, s in layers])
    grown = 1 + np.cumsum([(k - 1) * j for (k, _), j in zip(layers, before)])
    return [(r, j) for r, j in zip(grown, before[1:])]


# answer: q11, no layers give the input's own pair
# breaks: one for each layer; layers may be none
def receptive_field(layers):
    out = [(1, 1)]
    for k, s in layers:
        r, j = out[-1]
        out.append((r + (k - 1) * j, j * s))
    return out[1:] or [(1, 1)]


# answer: q11, layers that were seen before are looked up in a dict of kernels
# breaks: list of pairs of int, (kernel_size, stride), first layer first: two layers may have the same kernel
def receptive_field(layers):
    stride_of = dict(layers)
    r, j, out = 1, 1, []
    for k, _ in layers:
        r, j = r + (k - 1) * j, j * stride_of[k]
        out.append((r, j))
    return out


# answer: q11, an array with one row for each layer
# breaks: list of pairs of int: a tuple or a list, as you like, but no array
def receptive_field(layers):
    table = np.ones((len(layers) + 1, 2), dtype=int)
    for n, (k, s) in enumerate(layers):
        r, j = table[n]
        table[n + 1] = r + (k - 1) * j, j * s
    return table[1:]
