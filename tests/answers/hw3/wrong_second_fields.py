"""Wrong answers to q11, written from the notebook of a student alone."""

# answer: q11, any stride doubles the jump
# breaks: j becomes j s
def receptive_field(layers):
    r, j = 1, 1
    found = []
    for k, s in layers:
        r += (k - 1) * j
        j *= 2 if s > 1 else 1
        found.append((r, j))
    return found


# answer: q11, the jump is a power of the layer's own stride
# breaks: j becomes j s
def receptive_field(layers):
    r, j = 1, 1
    found = []
    for k, s in layers:
        r += (k - 1) * j
        j = s ** (len(found) + 1)
        found.append((r, j))
    return found


# answer: q11, layers of one tap are skipped
# breaks: one pair for each layer
def receptive_field(layers):
    r, j = 1, 1
    found = []
    for k, s in layers:
        if k == 1:
            continue
        r += (k - 1) * j
        j *= s
        found.append((r, j))
    return found


# answer: q11, layers of one tap keep the jump
# breaks: j becomes j s
def receptive_field(layers):
    r, j = 1, 1
    found = []
    for k, s in layers:
        r += (k - 1) * j
        j *= s if k > 1 else 1
        found.append((r, j))
    return found


# answer: q11, the formula that goes backwards, used forwards
# breaks: r grows by (k - 1) j
def receptive_field(layers):
    r, j = 1, 1
    found = []
    for k, s in layers:
        r = (r - 1) * s + k
        j *= s
        found.append((r, j))
    return found


# answer: q11, the jump first
# breaks: the field grows by the old jump
def receptive_field(layers):
    r, j = 1, 1
    found = []
    for k, s in layers:
        j *= s
        r += (k - 1) * j
        found.append((r, j))
    return found


# answer: q11, strides are added
# breaks: j becomes j s
def receptive_field(layers):
    r, j = 1, 1
    found = []
    for k, s in layers:
        r += (k - 1) * j
        j += s - 1 if j == 1 else s * (s > 1)
        found.append((r, j))
    return found


# answer: q11, an array instead of a list
# breaks: list of pairs
def receptive_field(layers):
    r, j = 1, 1
    found = []
    for k, s in layers:
        r += (k - 1) * j
        j *= s
        found.append((r, j))
    return np.array(found)


# answer: q11, two lists instead of pairs
# breaks: list of pairs, one for each layer
def receptive_field(layers):
    r, j = 1, 1
    found = []
    for k, s in layers:
        r += (k - 1) * j
        j *= s
        found.append((r, j))
    return [tuple(column) for column in zip(*found)]


# answer: q11, only the last pair
# breaks: one pair for each layer
def receptive_field(layers):
    r, j = 1, 1
    found = []
    for k, s in layers:
        r += (k - 1) * j
        j *= s
        found.append((r, j))
    return found[-1]


# answer: q11, the jump of the layer below stands beside the size
# breaks: (size, jump) after each layer
def receptive_field(layers):
    r, j = 1, 1
    found = []
    for k, s in layers:
        r += (k - 1) * j
        found.append((r, j))
        j *= s
    return found


# answer: q11, even kernels count as the odd one above
# breaks: k - 1 for each k
def receptive_field(layers):
    r, j = 1, 1
    found = []
    for k, s in layers:
        r += (k // 2 * 2) * j if s > 1 else (k - 1) * j
        j *= s
        found.append((r, j))
    return found


# answer: q11, pooling does not widen the field
# breaks: pooling layers count like convolutions
def receptive_field(layers):
    r, j = 1, 1
    found = []
    for k, s in layers:
        r += (k - 1) * j if k != s else 0
        j *= s
        found.append((r, j))
    return found


# answer: q11, the list grows from call to call
# breaks: one pair for each layer
def receptive_field(layers, found=[]):
    r, j = 1, 1
    for k, s in layers:
        r += (k - 1) * j
        j *= s
        found.append((r, j))
    return found


# answer: q11, the field of strides larger than the kernel is refused
# breaks: no ValueError in the contract
def receptive_field(layers):
    r, j = 1, 1
    found = []
    for k, s in layers:
        if s > k:
            raise ValueError("pixels are skipped")
        r += (k - 1) * j
        j *= s
        found.append((r, j))
    return found
