# answer: q11, the answer is collected in a default argument that lives on
# breaks: a list of pairs, one for each layer (the second call still holds the first call's)
def receptive_field(layers, seen=[]):
    size, jump = 1, 1
    for kernel_size, stride in layers:
        size += (kernel_size - 1) * jump
        jump *= stride
        seen.append((size, jump))
    return seen


# answer: q11, one list for all calls, emptied at the start of each
# breaks: What you return is new: nothing that a later call writes into
_field_steps = []


def receptive_field(layers):
    _field_steps.clear()
    size, jump = 1, 1
    for kernel_size, stride in layers:
        size += (kernel_size - 1) * jump
        jump *= stride
        _field_steps.append((size, jump))
    return _field_steps


# answer: q11, the jump doubles wherever the stride is above 1
# breaks: j <- j s (strides of 3 and 4)
def receptive_field(layers):
    size, jump, seen = 1, 1, []
    for kernel_size, stride in layers:
        size += (kernel_size - 1) * jump
        jump <<= stride > 1
        seen.append((size, jump))
    return seen


# answer: q11, the jump is a power of the first layer's stride
# breaks: j <- j s, with each layer's own stride
def receptive_field(layers):
    size, seen = 1, []
    for depth, (kernel_size, _) in enumerate(layers):
        first = layers[0][1]
        size += (kernel_size - 1) * first**depth
        seen.append((size, first ** (depth + 1)))
    return seen


# answer: q11, layers of one tap are passed over, with their stride
# breaks: one pair for each layer, and j <- j s
def receptive_field(layers):
    size, jump, seen = 1, 1, []
    for kernel_size, stride in layers:
        if kernel_size > 1:
            size += (kernel_size - 1) * jump
            jump *= stride
        seen.append((size, jump))
    return seen


# answer: q11, pooling enlarges the field as many times as its window is large
# breaks: Pooling layers count like convolutions
def receptive_field(layers):
    size, jump, seen = 1, 1, []
    for kernel_size, stride in layers:
        if kernel_size == stride == 2:
            size = size * 2
        else:
            size += (kernel_size - 1) * jump
        jump *= stride
        seen.append((size, jump))
    return seen


# answer: q11, returns a zip, which is empty after it was read once
# breaks: returns a list of pairs of int
def receptive_field(layers):
    sizes, jumps = [1], [1]
    for kernel_size, stride in layers:
        sizes.append(sizes[-1] + (kernel_size - 1) * jumps[-1])
        jumps.append(jumps[-1] * stride)
    return zip(sizes[1:], jumps[1:])


# answer: q11, the layers are read from the output back to the input
# breaks: first layer first
def receptive_field(layers):
    size, jump, seen = 1, 1, []
    for kernel_size, stride in reversed(layers):
        size += (kernel_size - 1) * jump
        jump *= stride
        seen.append((size, jump))
    return seen


# answer: q11, the field is cut at 224 pixels, the usual image
# breaks: r <- r + (k - 1) j; no image size is given
def receptive_field(layers):
    size, jump, seen = 1, 1, []
    for kernel_size, stride in layers:
        size = min(size + (kernel_size - 1) * jump, 224)
        jump *= stride
        seen.append((size, jump))
    return seen


# answer: q11, each layer is found by its value, so repeats stand at the first one's place
# breaks: the field grows by the old jump, that of all layers before
def receptive_field(layers):
    seen = []
    size = 1
    for kernel_size, stride in layers:
        before = layers[: layers.index((kernel_size, stride))]
        jump = 1
        for _, s in before:
            jump *= s
        size += (kernel_size - 1) * jump
        seen.append((size, jump * stride))
    return seen
