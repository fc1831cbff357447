# answer: q11, two lists instead of pairs
# breaks: list of pairs (size, jump)
def receptive_field(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        r += (k - 1) * j
        j *= s
        out.append((r, j))
    return [r for r, _ in out], [j for _, j in out]


# answer: q11, jumps by a product in int32
# breaks: no int reaches 10**15
def receptive_field(layers):
    k, s = np.array(layers, dtype=np.int32).reshape(-1, 2).T
    jumps = np.cumprod(np.concatenate([[1], s]), dtype=np.int32)
    sizes = 1 + np.cumsum((k - 1) * jumps[:-1], dtype=np.int64)
    return [(int(r), int(j)) for r, j in zip(sizes, jumps[1:])]


# answer: q11, the jump is a float
# breaks: pairs of int
def receptive_field(layers):
    r, j, out = 1, 1.0, []
    for k, s in layers:
        r += (k - 1) * j
        j *= s
        out.append((r, j))
    return out


# answer: q11, pairs beside the first layer only see the stride of the layer before
# breaks: the jump is carried along: j <- j s
def receptive_field(layers):
    r, j, out = 1, 1, []
    before = 1
    for k, s in layers:
        r += (k - 1) * before
        j *= s
        before = s
        out.append((r, j))
    return out


# answer: q11, windows side by side add no overlap: pooling layers leave the size
# breaks: pooling layers count like convolutions
def receptive_field(layers):
    r, j, out = 1, 1, []
    for k, s in layers:
        if k != s or k == 1:
            r += (k - 1) * j
        j *= s
        out.append((r, j))
    return out
