# answer: q11, the field grows by the new jump
# breaks: the field grows by the old jump
def receptive_field(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        j *= s
        r += (k - 1) * j
        out.append((r, j))
    return out


# answer: q11, the field starts at 0
# breaks: at the input both are 1
def receptive_field(layers):
    r, j, out = 0, 1, []
    for k, s in layers:
        r += (k - 1) * j
        j *= s
        out.append((r, j))
    return out


# answer: q11, only the last layer is reported
# breaks: one pair for each layer
def receptive_field(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        r += (k - 1) * j
        j *= s
    out.append((r, j))
    return out


# answer: q11, the list is emptied on the way
# breaks: What you were given stays as it was
def receptive_field(layers):
    r, j, out = 1, 1, []
    while layers:
        k, s = layers.pop(0)
        r += (k - 1) * j
        j *= s
        out.append((r, j))
    return out


# answer: q11, the result list is a default argument
# breaks: each answer depends on its own call alone
def receptive_field(layers, out=[]):
    r, j = 1, 1
    for k, s in layers:
        r += (k - 1) * j
        j *= s
        out.append((r, j))
    return out


# answer: q11, the formula that goes from the last layer to the first, run from the first
# breaks: r <- r + (k - 1) j; a unit of the last layer sees through its own kernel first
def receptive_field(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        r = (r - 1) * s + k
        j *= s
        out.append((r, j))
    return out


# answer: q11, jumps add up
# breaks: j <- j s
def receptive_field(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        r += (k - 1) * j
        j += s - 1
        out.append((r, j))
    return out


# answer: q11, each layer halves the map
# breaks: j <- j s, for any stride
def receptive_field(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        r += (k - 1) * j
        j *= 2 if s > 1 else 1
        out.append((r, j))
    return out
