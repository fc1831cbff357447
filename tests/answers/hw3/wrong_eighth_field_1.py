# answer: q11, the jump is taken to be the growth of the size, as in the example
# breaks: j <- j s
def receptive_field(layers):
    answer, size, jump = [], 1, 1
    for kernel, _ in layers:
        grown = size + (kernel - 1) * jump
        jump = grown - size
        size = grown
        answer.append((size, jump))
    return answer


# answer: q11, the formula that walks from the last layer to the first is used from the first to the last
# breaks: r <- r + (k - 1) j
def receptive_field(layers):
    result = []
    r = j = 1
    for k, s in layers:
        r = (r - 1) * s + k
        j *= s
        result.append((r, j))
    return result


# answer: q11, the strides above 1 add up, which is right for one of them, and for two layers of stride 2
# breaks: j <- j s
def receptive_field(layers):
    out = []
    r, j = 1, 1
    for n, (k, _) in enumerate(layers, 1):
        r += (k - 1) * j
        j = sum(s for _, s in layers[:n] if s > 1) or 1
        out.append((r, j))
    return out


# answer: q11, the jump is this layer's stride to the power of the depth
# breaks: j <- j s, with each layer its own stride
def receptive_field(layers):
    fields = []
    size, jump = 1, 1
    for depth, (kernel_size, stride) in enumerate(layers, start=1):
        size = size + (kernel_size - 1) * jump
        jump = stride**depth
        fields.append((size, jump))
    return fields


# answer: q11, the field grows by the stride of the layer just before, not by the product of all before
# breaks: the field grows by the old jump
def receptive_field(layers):
    rows = []
    r, total, previous = 1, 1, 1
    for k, s in layers:
        r = r + (k - 1) * previous
        total = total * s
        previous = s
        rows.append((r, total))
    return rows


# answer: q11, half the kernel on each side: wrong for kernels of even size
# breaks: r <- r + (k - 1) j
def receptive_field(layers):
    left = right = 0
    jump = 1
    fields = []
    for kernel, stride in layers:
        left += kernel // 2 * jump
        right += kernel // 2 * jump
        jump *= stride
        fields.append((left + 1 + right, jump))
    return fields


# answer: q11, layers whose kernel equals their stride are pooling, and multiply the size
# breaks: Pooling layers count like convolutions
def receptive_field(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        r = r * k if k == s else r + (k - 1) * j
        j *= s
        out.append((r, j))
    return out


# answer: q11, counts the pixels that are really read, so a stride above the kernel leaves holes in the field
# breaks: r <- r + (k - 1) j
def receptive_field(layers):
    seen, jump, fields = {0}, 1, []
    for kernel, stride in layers:
        seen = {pixel + tap * jump for pixel in seen for tap in range(kernel)}
        jump *= stride
        fields.append((len(seen), jump))
    return fields


# answer: q11, 1x1 layers see nothing new and are passed over, stride and all, and repeat the pair before
# breaks: j <- j s for each layer
def receptive_field(layers):
    fields = []
    r, j = 1, 1
    for k, s in layers:
        if k > 1:
            r, j = r + (k - 1) * j, j * s
        fields.append((r, j))
    return fields


# answer: q11, works in int32, and a deep network with strides runs over
# breaks: an int may be anything below 10**15
def receptive_field(layers):
    if not layers:
        return []
    table = np.array(layers, dtype=np.int32)
    jumps = np.cumprod(table[:, 1], dtype=np.int32)
    before = np.concatenate((np.ones(1, np.int32), jumps[:-1]))
    sizes = 1 + np.cumsum((table[:, 0] - 1) * before, dtype=np.int32)
    return [(int(a), int(b)) for a, b in zip(sizes, jumps)]


# answer: q11, finds the layers above by list.index, which stops at the first layer that looks the same
# breaks: one for each layer (layers may be equal)
def receptive_field(layers):
    def jump(n):
        return int(np.prod([s for _, s in layers[:n]], dtype=np.int64))

    answer = []
    for layer in layers:
        n = layers.index(layer)
        size = 1 + sum((k - 1) * jump(i) for i, (k, _) in enumerate(layers[: n + 1]))
        answer.append((size, jump(n + 1)))
    return answer


# answer: q11, remembers the answer of a list by its identity and its length
# breaks: the next call may bring the same list with other numbers in it
_fields = {}


def receptive_field(layers):
    key = (id(layers), len(layers))
    if key not in _fields:
        r, j, pairs = 1, 1, []
        for k, s in layers:
            r += (k - 1) * j
            j *= s
            pairs.append((r, j))
        _fields[key] = (layers, pairs)  # hold the list, so that its id is not given away
    return list(_fields[key][1])


# answer: q11, puts the input in front of the caller's own list to have a start
# breaks: What you were given stays as it was
def receptive_field(layers):
    layers.insert(0, (1, 1))
    r, j, out = 1, 1, []
    for k, s in layers:
        r, j = r + (k - 1) * j, j * s
        out.append((r, j))
    return out[1:]


# answer: q11, remembers the whole answer for the last list and extends it when the new one is longer
# breaks: Each answer depends on the arguments of its own call alone
_done = []


def receptive_field(layers):
    while len(_done) < len(layers):
        r, j = _done[-1] if _done else (1, 1)
        k, s = layers[len(_done)]
        _done.append((r + (k - 1) * j, j * s))
    return _done[: len(layers)]


# answer: q11, without layers the field of the input is returned
# breaks: list of pairs of int, one for each layer (up to 100 layers, or none)
def receptive_field(layers):
    fields = [(1, 1)]
    for k, s in layers:
        r, j = fields[-1]
        fields.append((r + (k - 1) * j, j * s))
    return fields[1:] or fields


# answer: q11, logarithms of the strides are added, and come back rounded down
# breaks: j <- j s
def receptive_field(layers):
    log_jump, r, out = 0.0, 1, []
    for k, s in layers:
        r += (k - 1) * int(np.exp(log_jump) + 1e-9)
        log_jump += np.log(s)
        out.append((r, int(np.exp(log_jump) + 1e-9)))
    return out
