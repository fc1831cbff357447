"""Wrong answers to submanifold convolution, as students write them. Text; nobody imports it."""

# answer: q10, numbers of sites in 8 bits
# breaks: number of the site
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    number = {(int(r), int(c)): k for k, (r, c) in enumerate(sites)}
    table = np.full((len(sites), kh, kw), -1, dtype=np.int8)
    for k, (r, c) in enumerate(sites):
        for i in range(kh):
            for j in range(kw):
                table[k, i, j] = np.array(number.get((int(r) + i - kh // 2, int(c) + j - kw // 2), -1)).astype(np.int8)
    return table


def submanifold(features, table, weight):
    out = np.zeros((len(features), len(weight)), features.dtype)
    for i in range(table.shape[1]):
        for j in range(table.shape[2]):
            here = table[:, i, j] >= 0
            out[here] += features[table[here, i, j]] @ weight[:, :, i, j].T
    return out


def submanifold_backward(grad_out, features, table, weight):
    grad_features, grad_weight = np.zeros_like(features), np.zeros_like(weight)
    for i in range(table.shape[1]):
        for j in range(table.shape[2]):
            here = table[:, i, j] >= 0
            read = table[here, i, j]
            grad_features[read] += grad_out[here] @ weight[:, :, i, j]
            grad_weight[:, :, i, j] = grad_out[here].T @ features[read]
    return grad_features, grad_weight
