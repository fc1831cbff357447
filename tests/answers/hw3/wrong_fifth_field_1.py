# answer: q11, the jump adds the strides up instead of multiplying them
# breaks: j <- j s (2 + 2 is 2 times 2, so the example comes out right)
def receptive_field(layers):
    size, jump, seen = 1, 0, []
    for kernel_size, stride in layers:
        size += (kernel_size - 1) * max(jump, 1)
        jump += stride
        seen.append((size, jump))
    return seen


# answer: q11, the formula for walking back from the last layer, walked forward
# breaks: r <- r + (k - 1) j (right where all layers are the same)
def receptive_field(layers):
    size, jump, seen = 1, 1, []
    for kernel_size, stride in layers:
        size = (size - 1) * stride + kernel_size
        jump *= stride
        seen.append((size, jump))
    return seen


# answer: q11, with no layers it returns the input's own pair
# breaks: a list with one pair for each layer; there may be none
def receptive_field(layers):
    seen = [(1, 1)]
    for kernel_size, stride in layers:
        size, jump = seen[-1]
        seen.append((size + (kernel_size - 1) * jump, jump * stride))
    return seen[1:] or seen


# answer: q11, windows that stand side by side are taken for pooling, which is left out of the field
# breaks: Pooling layers count like convolutions
def receptive_field(layers):
    size, jump, seen = 1, 1, []
    for kernel_size, stride in layers:
        if kernel_size != stride:
            size += (kernel_size - 1) * jump
        jump *= stride
        seen.append((size, jump))
    return seen


# answer: q11, the pixels skipped by a stride larger than the kernel are counted as seen
# breaks: r <- r + (k - 1) j, whatever the stride
def receptive_field(layers):
    size, jump, seen = 1, 1, []
    for kernel_size, stride in layers:
        size += (max(kernel_size, stride) - 1) * jump
        jump *= stride
        seen.append((size, jump))
    return seen


# answer: q11, counts half a kernel to each side
# breaks: r <- r + (k - 1) j; for even kernels this adds k j
def receptive_field(layers):
    size, jump, seen = 1, 1, []
    for kernel_size, stride in layers:
        size += 2 * (kernel_size // 2) * jump
        jump *= stride
        seen.append((size, jump))
    return seen


# answer: q11, a layer of stride 1 sets the jump back to 1
# breaks: j <- j s: stride 1 keeps the jump
def receptive_field(layers):
    size, jump, seen = 1, 1, []
    for kernel_size, stride in layers:
        size += (kernel_size - 1) * jump
        jump = jump * stride if stride > 1 else 1
        seen.append((size, jump))
    return seen


# answer: q11, the list of layers is eaten from the front
# breaks: You change nothing that you are given
def receptive_field(layers):
    size, jump, seen = 1, 1, []
    while layers:
        kernel_size, stride = layers.pop(0)
        size += (kernel_size - 1) * jump
        jump *= stride
        seen.append((size, jump))
    return seen
