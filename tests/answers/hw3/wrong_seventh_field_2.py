# answer: q11, raises for a network without layers
# breaks: up to 100 layers, or none
def receptive_field(layers):
    sizes, strides = zip(*layers)
    jumps = [1]
    for s in strides:
        jumps.append(jumps[-1] * s)
    out, r = [], 1
    for i, k in enumerate(sizes):
        r += (k - 1) * jumps[i]
        out.append((r, jumps[i + 1]))
    return out


# answer: q11, an array comes back
# breaks: a tuple or a list; an array is none
def receptive_field(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        r += (k - 1) * j
        j *= s
        out.append((r, j))
    return np.array(out)


# answer: q11, 1x1 layers are skipped, with their stride
# breaks: a layer with kernel k and stride s gives j <- j s
def receptive_field(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        if k == 1:
            out.append((r, j))
            continue
        r += (k - 1) * j
        j *= s
        out.append((r, j))
    return out


# answer: q11, a stride above the kernel counts as the kernel
# breaks: j <- j s
def receptive_field(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        r += (k - 1) * j
        j *= min(k, s)
        out.append((r, j))
    return out


# answer: q11, pairs are read as stride, kernel
# breaks: pairs of int (kernel_size, stride)
def receptive_field(layers):
    r, j, out = 1, 1, []
    for s, k in layers:
        r += (k - 1) * j
        j *= s
        out.append((r, j))
    return out


# answer: q11, the input stands first in the list
# breaks: one pair for each layer
def receptive_field(layers):
    r, j, out = 1, 1, [(1, 1)]
    for k, s in layers:
        r += (k - 1) * j
        j *= s
        out.append((r, j))
    return out


# answer: q11, the number of a layer is looked up, so equal layers count as the first of them
# breaks: one pair for each layer, first layer first
def receptive_field(layers):
    out = []
    for layer in layers:
        i = layers.index(layer)
        r, j = out[i - 1] if i else (1, 1)
        out.append((r + (layer[0] - 1) * j, j * layer[1]))
    return out
