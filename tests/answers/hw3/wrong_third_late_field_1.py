# answer: q11, the jump is updated before the size
# breaks: "the field grows by the old jump"
def receptive_field(layers):
    r, j = 1, 1
    out = []
    for k, s in layers:
        j *= s
        r += (k - 1) * j
        out.append((r, j))
    return out


# answer: q11, the input's pair stands first
# breaks: one pair for each layer
def receptive_field(layers):
    pairs = [(1, 1)]
    for kernel, stride in layers:
        size, jump = pairs[-1]
        pairs.append((size + (kernel - 1) * jump, jump * stride))
    return pairs


# answer: q11, the field starts at 0
# breaks: "At the input both are 1"
def receptive_field(layers):
    r = 0
    j = 1
    result = []
    for k, s in layers:
        r = r + (k - 1) * j
        j = j * s
        result.append([r, j])
    return result


# answer: q11, the strides are added up
# breaks: the jump is multiplied by the stride
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump += stride - 1
        out.append((size, jump))
    return out


# answer: q11, the jump is the stride of the last layer alone
# breaks: j is multiplied by s, layer by layer
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump = stride
        out.append((size, jump))
    return out


# answer: q11, all pairs are one and the same list
# breaks: size and jump after each layer
def receptive_field(layers):
    pair = [1, 1]
    pairs = []
    for kernel, stride in layers:
        pair[0] += (kernel - 1) * pair[1]
        pair[1] *= stride
        pairs.append(pair)
    return pairs


# answer: q11, the formula that goes backwards through the layers is used forwards
# breaks: r grows by (k - 1) j
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        size = (size - 1) * stride + kernel
        jump *= stride
        out.append((size, jump))
    return out


# answer: q11, layers with a 1×1 kernel are passed over
# breaks: one pair for each layer, and a 1×1 layer may have a stride
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        if kernel == 1:
            out.append((size, jump))
            continue
        size += (kernel - 1) * jump
        jump *= stride
        out.append((size, jump))
    return out


# answer: q11, the field grows by half a kernel on both sides
# breaks: r grows by (k - 1) j, also for an even kernel
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        half = kernel // 2
        size += 2 * half * jump
        jump *= stride
        out.append((size, jump))
    return out


# answer: q11, the pairs are kept in a dictionary by layer
# breaks: one pair for each layer, also for two equal layers
def receptive_field(layers):
    size, jump, after = 1, 1, {}
    for layer in layers:
        kernel, stride = layer
        size, jump = size + (kernel - 1) * jump, jump * stride
        after[tuple(layer)] = (size, jump)
    return [after[tuple(layer)] for layer in layers]


# answer: q11, size and jump go on from the last call
# breaks: "At the input both are 1", in each call
SIZE, JUMP = 1, 1


def receptive_field(layers):
    global SIZE, JUMP
    out = []
    for kernel, stride in layers:
        SIZE += (kernel - 1) * JUMP
        JUMP *= stride
        out.append((SIZE, JUMP))
    return out


# answer: q11, cumulative sums of float arrays
# breaks: pairs of int
def receptive_field(layers):
    table = np.array(layers, dtype=float).reshape(-1, 2)
    jumps = np.cumprod(table[:, 1])
    before = np.concatenate([[1.0], jumps[:-1]])
    sizes = 1 + np.cumsum((table[:, 0] - 1) * before)
    return [(size, jump) for size, jump in zip(sizes, jumps)]


# answer: q11, sizes and jumps as two lists
# breaks: a list of pairs, one for each layer
def receptive_field(layers):
    sizes, jumps = [1], [1]
    for kernel, stride in layers:
        sizes.append(sizes[-1] + (kernel - 1) * jumps[-1])
        jumps.append(jumps[-1] * stride)
    return [sizes[1:], jumps[1:]]


# answer: q11, the vectorized jump before a layer is rolled instead of shifted
# breaks: the first layer's field grows by jump 1
def receptive_field(layers):
    kernels, strides = np.array(layers, dtype=int).reshape(-1, 2).T
    jumps = np.cumprod(strides)
    sizes = 1 + np.cumsum((kernels - 1) * np.roll(jumps, 1))
    return [(int(size), int(jump)) for size, jump in zip(sizes, jumps)]


# answer: q11, the field never grows by less than the stride, as if windows never overlapped
# breaks: r grows by (k - 1) j
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        size += max(kernel - 1, stride - 1) * jump
        jump *= stride
        out.append((size, jump))
    return out
