# answer: q11, the rule that goes backwards, size of the input from size of the output, run forwards
# breaks: a layer gives r + (k - 1) j (the same only where all layers are alike)
def receptive_field(layers):
    fields, size, jump = [], 1, 1
    for kernel_size, stride in layers:
        size = (size - 1) * stride + kernel_size
        jump *= stride
        fields.append((size, jump))
    return fields


# answer: q11, a 1x1 layer sees nothing new and is passed over
# breaks: j <- j s for each layer (a 1x1 layer may have a stride)
def receptive_field(layers):
    fields, size, jump = [], 1, 1
    for kernel_size, stride in layers:
        if kernel_size > 1:
            size, jump = size + (kernel_size - 1) * jump, jump * stride
        fields.append((size, jump))
    return fields


# answer: q11, sizes as the keys of a dictionary, jumps as its values
# breaks: (size, jump), one for each layer (a 1x1 layer leaves the size, and its key, as it was)
def receptive_field(layers):
    fields, size, jump = {}, 1, 1
    for kernel_size, stride in layers:
        size += (kernel_size - 1) * jump
        jump *= stride
        fields[size] = jump
    return list(fields.items())


# answer: q11, a layer with stride as large as its kernel is pooling, which sees as far as its stride
# breaks: r + (k - 1) j, pooling layers count like convolutions
def receptive_field(layers):
    fields, size, jump = [], 1, 1
    for kernel_size, stride in layers:
        reach = max(kernel_size, stride)
        size, jump = size + (reach - 1) * jump, jump * stride
        fields.append((size, jump))
    return fields


# answer: q11, pooling, where kernel and stride are equal, makes the map smaller and sees no further
# breaks: Pooling layers count like convolutions
def receptive_field(layers):
    fields, size, jump = [], 1, 1
    for kernel_size, stride in layers:
        if kernel_size != stride:
            size += (kernel_size - 1) * jump
        jump *= stride
        fields.append((size, jump))
    return fields


# answer: q11, layers are taken off the front of the list
# breaks: What you were given stays as it was
def receptive_field(layers):
    fields, size, jump = [], 1, 1
    while layers:
        kernel_size, stride = layers.pop(0)
        size += (kernel_size - 1) * jump
        jump *= stride
        fields.append((size, jump))
    return fields


# answer: q11, the first layer is read before the loop
# breaks: layers: up to 100 layers, or none
def receptive_field(layers):
    fields = [layers[0]]
    for kernel_size, stride in layers[1:]:
        size, jump = fields[-1]
        fields.append((size + (kernel_size - 1) * jump, jump * stride))
    return fields


# answer: q11, jumps as products of 32 bits
# breaks: list of pairs of int (none reaches 10**15, but a jump may pass 2**31)
def receptive_field(layers):
    table = np.array(layers, dtype=np.int32).reshape(-1, 2)
    jumps = np.cumprod(np.concatenate([[1], table[:, 1]]).astype(np.int32), dtype=np.int32)
    sizes = 1 + np.cumsum((table[:, 0] - 1) * jumps[:-1], dtype=np.int32)
    return list(zip(sizes.tolist(), jumps[1:].tolist()))


# answer: q11, each field is worked out by recursion, twice
# breaks: Time: one call for 10 seconds (up to 100 layers: 2**100 calls)
def receptive_field(layers):
    if not layers:
        return []
    kernel_size, stride = layers[-1]
    if len(layers) == 1:
        return [(kernel_size, stride)]
    size = receptive_field(layers[:-1])[-1][0] + (kernel_size - 1) * receptive_field(layers[:-1])[-1][1]
    return receptive_field(layers[:-1]) + [(size, receptive_field(layers[:-1])[-1][1] * stride)]


# answer: q11, one list for the answers, emptied at the start of each call
# breaks: What you return is new: nothing that a later call writes into
FIELDS = []


def receptive_field(layers):
    FIELDS.clear()
    size, jump = 1, 1
    for kernel_size, stride in layers:
        size += (kernel_size - 1) * jump
        jump *= stride
        FIELDS.append((size, jump))
    return FIELDS


# answer: q11, the last answer is kept for a list that comes again
# breaks: the next call may bring the same array with other numbers in it
_LAST = {}


def receptive_field(layers):
    if id(layers) in _LAST and len(_LAST[id(layers)]) == len(layers):
        return list(_LAST[id(layers)])
    fields, size, jump = [], 1, 1
    for kernel_size, stride in layers:
        size += (kernel_size - 1) * jump
        jump *= stride
        fields.append((size, jump))
    _LAST[id(layers)] = tuple(fields)
    _LAST["alive", id(layers)] = layers
    return fields


# answer: q11, the input stands first
# breaks: one for each layer (the input is none)
def receptive_field(layers):
    fields = [(1, 1)]
    for kernel_size, stride in layers:
        size, jump = fields[-1]
        fields.append((size + (kernel_size - 1) * jump, jump * stride))
    return fields if not layers else fields[: len(layers)] + fields[len(layers) :]


# answer: q11, jumps as powers of the stride, as if all were equal
# breaks: j <- j s, each layer with a stride of its own
def receptive_field(layers):
    fields, size = [], 1
    for depth, (kernel_size, stride) in enumerate(layers):
        size += (kernel_size - 1) * stride**depth
        fields.append((size, stride ** (depth + 1)))
    return fields


# answer: q11, powers by logarithms: sizes and jumps come out as floats that look whole
# breaks: list of pairs of int, the right ones (a large jump is off)
def receptive_field(layers):
    if len(layers) == 0:
        return []
    kernels, strides = np.array(layers, dtype=float).T
    powers = np.concatenate([[0.0], np.cumsum(np.log(strides))])
    jumps = np.exp(powers)
    sizes = 1 + np.cumsum((kernels - 1) * jumps[:-1])
    return [(int(round(size)), int(round(jump))) for size, jump in zip(sizes, jumps[1:])]


# answer: q11, a kernel as a centre and pixels on both sides
# breaks: r + (k - 1) j (an even kernel, as most pooling has, has no centre)
def receptive_field(layers):
    fields, size, jump = [], 1, 1
    for kernel_size, stride in layers:
        size += 2 * (kernel_size // 2) * jump
        jump *= stride
        fields.append((size, jump))
    return fields


# answer: q11, the larger of the two numbers is taken to be the size
# breaks: (size, jump)
def receptive_field(layers):
    fields, size, jump = [], 1, 1
    for kernel_size, stride in layers:
        size += (kernel_size - 1) * jump
        jump *= stride
        fields.append((max(size, jump), min(size, jump)))
    return fields
