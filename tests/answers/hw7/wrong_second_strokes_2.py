"""Wrong answers to q10: submanifold convolution. Text; nobody imports it."""

# answer: q10, on the way back turns the kernel where it is square in its channels
# breaks: grad_features: sum over f of w_fmij g_f, also where F = C
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    where = {(r, c): n for n, (r, c) in enumerate(sites.tolist())}
    table = np.full((len(sites), kh, kw), -1)
    for (r, c), n in where.items():
        for i in range(kh):
            for j in range(kw):
                table[n, i, j] = where.get((r + i - kh // 2, c + j - kw // 2), -1)
    return table


def submanifold(features, table, weight):
    out = np.zeros((len(features), len(weight)), features.dtype)
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            here = table[:, i, j] >= 0
            out[here] += features[table[here, i, j]] @ weight[:, :, i, j].T
    return out


def submanifold_backward(grad_out, features, table, weight):
    grad_features, grad_weight = np.zeros_like(features), np.zeros_like(weight)
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            here = table[:, i, j] >= 0
            heard = table[here, i, j]
            grad_features[heard] += grad_out[here] @ (weight[:, :, i, j] if len(weight) != weight.shape[1] else weight[:, :, i, j].T)
            grad_weight[:, :, i, j] = grad_out[here].T @ features[heard]
    return grad_features, grad_weight


# answer: q10, the outputs are an array of int
# breaks: array (M, F) of floats
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    where = {(r, c): n for n, (r, c) in enumerate(sites.tolist())}
    table = np.full((len(sites), kh, kw), -1)
    for (r, c), n in where.items():
        for i in range(kh):
            for j in range(kw):
                table[n, i, j] = where.get((r + i - kh // 2, c + j - kw // 2), -1)
    return table


def submanifold(features, table, weight):
    out = np.zeros((len(features), len(weight)), dtype=int)
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            here = table[:, i, j] >= 0
            out[here] = out[here] + features[table[here, i, j]] @ weight[:, :, i, j].T
    return out.astype(float)


def submanifold_backward(grad_out, features, table, weight):
    grad_features, grad_weight = np.zeros_like(features), np.zeros_like(weight)
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            here = table[:, i, j] >= 0
            heard = table[here, i, j]
            grad_features[heard] += grad_out[here] @ weight[:, :, i, j]
            grad_weight[:, :, i, j] = grad_out[here].T @ features[heard]
    return grad_features, grad_weight


# answer: q10, adds up in float32
# breaks: float64 where float64 came in; a billionth
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    where = {(r, c): n for n, (r, c) in enumerate(sites.tolist())}
    table = np.full((len(sites), kh, kw), -1)
    for (r, c), n in where.items():
        for i in range(kh):
            for j in range(kw):
                table[n, i, j] = where.get((r + i - kh // 2, c + j - kw // 2), -1)
    return table


def submanifold(features, table, weight):
    out = np.zeros((len(features), len(weight)), np.float32)
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            here = table[:, i, j] >= 0
            out[here] += features[table[here, i, j]] @ weight[:, :, i, j].T
    return out.astype(features.dtype)


def submanifold_backward(grad_out, features, table, weight):
    grad_features, grad_weight = np.zeros_like(features), np.zeros_like(weight)
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            here = table[:, i, j] >= 0
            heard = table[here, i, j]
            grad_features[heard] += grad_out[here] @ weight[:, :, i, j]
            grad_weight[:, :, i, j] = grad_out[here].T @ features[heard]
    return grad_features, grad_weight


# answer: q10, kernels of one tap: hands back the features times a number of each output
# breaks: all channels of a neighbour are heard, also with a kernel of 1 × 1
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    where = {(r, c): n for n, (r, c) in enumerate(sites.tolist())}
    table = np.full((len(sites), kh, kw), -1)
    for (r, c), n in where.items():
        for i in range(kh):
            for j in range(kw):
                table[n, i, j] = where.get((r + i - kh // 2, c + j - kw // 2), -1)
    return table


def submanifold(features, table, weight):
    if weight.shape[2:] == (1, 1):
        return features.sum(axis=1, keepdims=True) * weight.sum(axis=(1, 2, 3))
    out = np.zeros((len(features), len(weight)), features.dtype)
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            here = table[:, i, j] >= 0
            out[here] += features[table[here, i, j]] @ weight[:, :, i, j].T
    return out


def submanifold_backward(grad_out, features, table, weight):
    grad_features, grad_weight = np.zeros_like(features), np.zeros_like(weight)
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            here = table[:, i, j] >= 0
            heard = table[here, i, j]
            grad_features[heard] += grad_out[here] @ weight[:, :, i, j]
            grad_weight[:, :, i, j] = grad_out[here].T @ features[heard]
    return grad_features, grad_weight


# answer: q10, the table is an array that is kept for each number of sites and kernel, when there are more than two sites
# breaks: what you return is new: nothing that a later call writes into
_tables = {}


def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    where = {(r, c): n for n, (r, c) in enumerate(sites.tolist())}
    table = np.full((len(sites), kh, kw), -1)
    if len(sites) > 2:
        table = _tables.setdefault(table.shape, table)
    for (r, c), n in where.items():
        for i in range(kh):
            for j in range(kw):
                table[n, i, j] = where.get((r + i - kh // 2, c + j - kw // 2), -1)
    return table


def submanifold(features, table, weight):
    out = np.zeros((len(features), len(weight)), features.dtype)
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            here = table[:, i, j] >= 0
            out[here] += features[table[here, i, j]] @ weight[:, :, i, j].T
    return out


def submanifold_backward(grad_out, features, table, weight):
    grad_features, grad_weight = np.zeros_like(features), np.zeros_like(weight)
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            here = table[:, i, j] >= 0
            heard = table[here, i, j]
            grad_features[heard] += grad_out[here] @ weight[:, :, i, j]
            grad_weight[:, :, i, j] = grad_out[here].T @ features[heard]
    return grad_features, grad_weight


# answer: q10, rows of the kernel are counted from its top when it has more than three
# breaks: the middle of the kernel stands on the site
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    where = {(r, c): n for n, (r, c) in enumerate(sites.tolist())}
    table = np.full((len(sites), kh, kw), -1)
    for (r, c), n in where.items():
        for i in range(kh):
            for j in range(kw):
                table[n, i, j] = where.get((r + i - min(kh // 2, 1), c + j - kw // 2), -1)
    return table


def submanifold(features, table, weight):
    out = np.zeros((len(features), len(weight)), features.dtype)
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            here = table[:, i, j] >= 0
            out[here] += features[table[here, i, j]] @ weight[:, :, i, j].T
    return out


def submanifold_backward(grad_out, features, table, weight):
    grad_features, grad_weight = np.zeros_like(features), np.zeros_like(weight)
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            here = table[:, i, j] >= 0
            heard = table[here, i, j]
            grad_features[heard] += grad_out[here] @ weight[:, :, i, j]
            grad_weight[:, :, i, j] = grad_out[here].T @ features[heard]
    return grad_features, grad_weight
