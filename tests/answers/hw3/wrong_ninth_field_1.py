# answer: q11, layers of kernel 1 are passed over, together with their stride
# breaks: j <- j s, for each layer
def receptive_field(layers):
    r, j, answer = 1, 1, []
    for k, s in layers:
        if k > 1:
            r, j = r + (k - 1) * j, j * s
        answer.append((r, j))
    return answer


# answer: q11, the strides before a layer are found by the place of the first equal layer
# breaks: r <- r + (k - 1) j with the jump of this layer, also where two layers are equal
def receptive_field(layers):
    sizes = []
    r = 1
    for layer in layers:
        before = layers[: layers.index(layer)]
        j = 1
        for _, s in before:
            j *= s
        r += (layer[0] - 1) * j
        sizes.append((r, j * layer[1]))
    return sizes


# answer: q11, where the stride is larger than the kernel, the gap is counted as seen
# breaks: r <- r + (k - 1) j, whatever the stride
def receptive_field(layers):
    out = []
    size = jump = 1
    for k, s in layers:
        reach = max(k, s)
        size = size + (reach - 1) * jump
        jump = jump * s
        out.append((size, jump))
    return out


# answer: q11, products of strides in 32 bits
# breaks: list of pairs of int; the jump after many layers (no int reaches 10**15)
def receptive_field(layers):
    table = np.array(layers, dtype=np.int32).reshape(-1, 2)
    jumps = np.cumprod(np.concatenate([[1], table[:, 1]]).astype(np.int32), dtype=np.int32)
    sizes = 1 + np.cumsum((table[:, 0] - 1) * jumps[:-1], dtype=np.int32)
    return [(int(r), int(j)) for r, j in zip(sizes, jumps[1:])]


# answer: q11, the jump from a sum of logarithms, rounded
# breaks: j <- j s, exactly, also after many layers
def receptive_field(layers):
    answer, r, logs = [], 1, 0.0
    for k, s in layers:
        r += (k - 1) * round(np.exp(logs))
        logs += np.log(s)
        answer.append((int(r), int(round(np.exp(logs)))))
    return answer


# answer: q11, no layers: the input itself is the answer
# breaks: layers: or none; list of pairs, one for each layer
def receptive_field(layers):
    if len(layers) == 0:
        return [(1, 1)]
    k, s = layers[0]
    out = [(k, s)]
    for k, s in layers[1:]:
        r, j = out[-1]
        out.append((r + (k - 1) * j, j * s))
    return out


# answer: q11, takes the layers out of the list that was handed in
# breaks: What you were given stays as it was
def receptive_field(layers):
    r, j, answer = 1, 1, []
    while layers:
        k, s = layers.pop(0)
        r += (k - 1) * j
        j *= s
        answer.append((r, j))
    return answer


# answer: q11, layers that were seen are kept by the list's id and length
# breaks: the next call may bring the same list with other numbers in it
_seen = {}


def receptive_field(layers):
    key = id(layers), len(layers)
    if key not in _seen:
        r, j, answer = 1, 1, []
        for k, s in layers:
            r, j = r + (k - 1) * j, j * s
            answer.append((r, j))
        _seen[key] = layers, answer
    return list(_seen[key][1])


# answer: q11, beside each size stands the jump before the layer
# breaks: Receptive field and jump after each layer
def receptive_field(layers):
    strides = [1]
    sizes = [1]
    for k, s in layers:
        sizes.append(sizes[-1] + (k - 1) * strides[-1])
        strides.append(strides[-1] * s)
    return list(zip(sizes[1:], strides[:-1]))


# answer: q11, each kernel reaches half its size to both sides, so even kernels lose one
# breaks: r <- r + (k - 1) j, for kernels of even size, too
def receptive_field(layers):
    r, j, out = 1, 1, []
    for kernel, stride in layers:
        half = (kernel - 1) // 2
        r = r + 2 * half * j
        j = j * stride
        out.append((r, j))
    return out


# answer: q11, the pairs come as an array
# breaks: a tuple or a list, as you like, but no array
def receptive_field(layers):
    answer = np.zeros((len(layers), 2), dtype=np.int64)
    r = j = 1
    for n, (k, s) in enumerate(layers):
        r += (k - 1) * j
        j *= s
        answer[n] = r, j
    return answer
