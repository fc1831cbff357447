"""Wrong answers to the receptive field. Text; nobody imports it."""

# answer: q11, the jump grows before the field
# breaks: the field grows by the old jump
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        jump *= stride
        size += (kernel - 1) * jump
        out.append((size, jump))
    return out


# answer: q11, ignores the stride for the field
# breaks: r + (k - 1) j
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        size += kernel - 1
        jump *= stride
        out.append((size, jump))
    return out


# answer: q11, adds k times the jump
# breaks: r + (k - 1) j
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        size += kernel * jump
        jump *= stride
        out.append((size, jump))
    return out


# answer: q11, uses the layer's own stride as the jump
# breaks: r + (k - 1) j
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        size += (kernel - 1) * stride
        jump *= stride
        out.append((size, jump))
    return out


# answer: q11, uses the stride of the layer before as the jump: right for two layers
# breaks: the jump is the product of all strides before
def receptive_field(layers):
    size, jump, before, out = 1, 1, 1, []
    for kernel, stride in layers:
        size += (kernel - 1) * before
        jump *= stride
        before = stride
        out.append((size, jump))
    return out


# answer: q11, the jump is a power of the last stride: right for equal strides
# breaks: j * s
def receptive_field(layers):
    size, out = 1, []
    for depth, (kernel, stride) in enumerate(layers):
        size += (kernel - 1) * stride**depth
        out.append((size, stride ** (depth + 1)))
    return out


# answer: q11, the last layer alone
# breaks: one pair for each layer
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
    return [(size, jump)]


# answer: q11, begins with the input
# breaks: one pair for each layer
def receptive_field(layers):
    out = [(1, 1)]
    for kernel, stride in layers:
        size, jump = out[-1]
        out.append((size + (kernel - 1) * jump, jump * stride))
    return out


# answer: q11, floats for the jump
# breaks: pairs of int
def receptive_field(layers):
    size, jump, out = 1, 1.0, []
    for kernel, stride in layers:
        size += int((kernel - 1) * jump)
        jump *= stride
        out.append((size, jump))
    return out


# answer: q11, floats for both, out of a NumPy array
# breaks: pairs of int
def receptive_field(layers):
    out = np.zeros((len(layers), 2))
    size, jump = 1, 1
    for n, (kernel, stride) in enumerate(layers):
        size, jump = size + (kernel - 1) * jump, jump * stride
        out[n] = size, jump
    return [tuple(row) for row in out.tolist()]


# answer: q11, an array
# breaks: a list of pairs
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
        out.append((size, jump))
    return np.array(out)


# answer: q11, a generator
# breaks: a list of pairs
def receptive_field(layers):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
        yield size, jump


# answer: q11, the jump before the layer
# breaks: receptive field and jump after each layer
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        out.append((size, jump))
        jump *= stride
    return out


# answer: q11, jump and size exchanged
# breaks: pairs (size, jump)
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
        out.append((jump, size))
    return out


# answer: q11, strides added up
# breaks: j * s
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump = jump + stride if jump > 1 else stride
        out.append((size, jump))
    return out


# answer: q11, from the last layer to the first
# breaks: first layer first
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in reversed(layers):
        size += (kernel - 1) * jump
        jump *= stride
        out.append((size, jump))
    return out


# answer: q11, takes the layers out of the caller's list
# breaks: the argument is changed
def receptive_field(layers):
    size, jump, out = 1, 1, []
    while layers:
        kernel, stride = layers.pop(0)
        size += (kernel - 1) * jump
        jump *= stride
        out.append((size, jump))
    return out


# answer: q11, goes on where the last call ended
# breaks: at the input both are 1
field_state = [1, 1]


def receptive_field(layers):
    out = []
    for kernel, stride in layers:
        field_state[0] += (kernel - 1) * field_state[1]
        field_state[1] *= stride
        out.append(tuple(field_state))
    return out


# answer: q11, the list of results is a default argument
# breaks: one pair for each layer of this call
def receptive_field(layers, out=[]):
    size, jump = 1, 1
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
        out.append((size, jump))
    return out


# answer: q11, one list appended again and again
# breaks: one pair for each layer
def receptive_field(layers):
    pair, out = [1, 1], []
    for kernel, stride in layers:
        pair[0] += (kernel - 1) * pair[1]
        pair[1] *= stride
        out.append(pair)
    return out


# answer: q11, leaves 1×1 layers out
# breaks: one pair for each layer
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        if kernel == 1:
            continue
        size += (kernel - 1) * jump
        jump *= stride
        out.append((size, jump))
    return out


# answer: q11, forgets the stride of 1×1 layers
# breaks: j * s
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        if kernel > 1:
            size += (kernel - 1) * jump
            jump *= stride
        out.append((size, jump))
    return out


# answer: q11, fails without layers
# breaks: an empty list has an empty answer
def receptive_field(layers):
    kernel, stride = layers[0]
    out = [(kernel, stride)]
    for kernel, stride in layers[1:]:
        size, jump = out[-1]
        out.append((size + (kernel - 1) * jump, jump * stride))
    return out


# answer: q11, starts with a field of 0
# breaks: at the input both are 1
def receptive_field(layers):
    size, jump, out = 0, 1, []
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
        out.append((size, jump))
    return out


# answer: q11, three taps in every layer
# breaks: kernel_size
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for _, stride in layers:
        size += 2 * jump
        jump *= stride
        out.append((size, jump))
    return out


# answer: q11, text
# breaks: a list of pairs of int
def receptive_field(layers):
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
        out.append(f"({size}, {jump})")
    return out
