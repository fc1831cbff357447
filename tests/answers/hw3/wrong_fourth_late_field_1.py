# answer: q11, the jump is updated before the field
# breaks: the field grows by the old jump
def receptive_field(layers):
    r = j = 1
    out = []
    for k, s in layers:
        j *= s
        r += (k - 1) * j
        out.append((r, j))
    return out


# answer: q11, the first layer is read before the loop
# breaks: layers may be empty
def receptive_field(layers):
    r, j = layers[0]
    out = [(r, j)]
    for k, s in layers[1:]:
        r, j = r + (k - 1) * j, j * s
        out.append((r, j))
    return out


# answer: q11, no layers give the field of the input
# breaks: one pair for each layer: none for an empty list
def receptive_field(layers):
    if not layers:
        return [(1, 1)]
    r, j, out = 1, 1, []
    for k, s in layers:
        r, j = r + (k - 1) * j, j * s
        out.append((r, j))
    return out


# answer: q11, the layers are popped from the list that came in
# breaks: no function changes what it is given
def receptive_field(layers):
    out, r, j = [], 1, 1
    while layers:
        k, s = layers.pop(0)
        r += (k - 1) * j
        j *= s
        out.append((r, j))
    return out


# answer: q11, layers of 1×1 with stride 1 are left out
# breaks: one pair for each layer
def receptive_field(layers):
    r, j, out = 1, 1, []
    for kernel, stride in layers:
        if kernel == 1 and stride == 1:
            continue  # changes nothing
        r += (kernel - 1) * j
        j *= stride
        out.append((r, j))
    return out


# answer: q11, cumulative products in int32
# breaks: a pair of int: many strides make a jump beyond int32
def receptive_field(layers):
    if len(layers) == 0:
        return []
    k, s = np.array(layers, dtype=np.int32).T
    jump = np.cumprod(s, dtype=np.int32)
    before = np.concatenate([np.ones(1, np.int32), jump[:-1]])
    size = 1 + np.cumsum((k - 1) * before, dtype=np.int32)
    return [(int(a), int(b)) for a, b in zip(size, jump)]


# answer: q11, kernel equal to stride is taken for pooling, which is thought to see no more
# breaks: pooling layers count like convolutions
def receptive_field(layers):
    r, j = 1, 1
    result = []
    for k, s in layers:
        is_pooling = k == s and k > 1
        if not is_pooling:
            r = r + (k - 1) * j
        j = j * s
        result.append((r, j))
    return result


# answer: q11, an even kernel is taken for the next odd one
# breaks: the field grows by (k - 1) j for every k
def receptive_field(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        r += 2 * (k // 2) * j
        j *= s
        out.append((r, j))
    return out


# answer: q11, the jump is set to the stride and not multiplied
# breaks: the jump is multiplied by each stride
def receptive_field(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        r += (k - 1) * j
        if s > 1:
            j = s
        out.append((r, j))
    return out


# answer: q11, one list is appended again and again and changed later
# breaks: one pair for each layer
def receptive_field(layers):
    state = [1, 1]
    history = []
    for k, s in layers:
        state[0] += (k - 1) * state[1]
        state[1] *= s
        history.append(state)
    return history


# answer: q11, the results gather in a default argument
# breaks: one pair for each layer of this call
def receptive_field(layers, found=[]):
    r = j = 1
    for k, s in layers:
        r += (k - 1) * j
        j *= s
        found.append((r, j))
    return found


# answer: q11, each size is paired with the jump before the layer
# breaks: size and jump after each layer
def receptive_field(layers):
    sizes, jumps = [1], [1]
    for k, s in layers:
        sizes.append(sizes[-1] + (k - 1) * jumps[-1])
        jumps.append(jumps[-1] * s)
    return list(zip(sizes[1:], jumps[:-1]))


# answer: q11, the field is worked out backwards, as for a whole network, and reversed
# breaks: the pair after layer i depends on the layers up to i alone
def receptive_field(layers):
    r, out = 1, []
    jumps = [1]
    for _, s in layers:
        jumps.append(jumps[-1] * s)
    for k, s in reversed(layers):
        r = (r - 1) * s + k
        out.append(r)
    return list(zip(out[::-1][::-1], jumps[1:]))


# answer: q11, a stride larger than the kernel is refused
# breaks: kernel and stride are any whole numbers from 1
def receptive_field(layers):
    r = j = 1
    out = []
    for k, s in layers:
        if s > max(k, 2):
            raise ValueError("the stride skips pixels")
        r += (k - 1) * j
        j *= s
        out.append((r, j))
    return out
