"""Wrong answers to submanifold convolution, as students write them. Text; nobody imports it."""

# answer: q10, numbers sites in sorted order
# breaks: number of the site, as given
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    sites = sites[np.lexsort((sites[:, 1], sites[:, 0]))]
    number = {(int(r), int(c)): k for k, (r, c) in enumerate(sites)}
    table = np.full((len(sites), kh, kw), -1)
    for k, (r, c) in enumerate(sites):
        for i in range(kh):
            for j in range(kw):
                table[k, i, j] = number.get((int(r) + i - kh // 2, int(c) + j - kw // 2), -1)
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


# answer: q10, the last site of a row wraps to the next
# breaks: a row and a column of each site
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    number = {(int(r), int(c)): k for k, (r, c) in enumerate(sites)}
    table = np.full((len(sites), kh, kw), -1)
    for k, (r, c) in enumerate(sites):
        for i in range(kh):
            for j in range(kw):
                far = int(c) + j - kw // 2
                widest = int(sites[:, 1].max())
                row = int(r) + i - kh // 2
                table[k, i, j] = number.get((row, far) if far <= widest else (row + 1, int(sites[:, 1].min())), -1)
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


# answer: q10, adds the site's own features once more
# breaks: over all taps with T >= 0
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    number = {(int(r), int(c)): k for k, (r, c) in enumerate(sites)}
    table = np.full((len(sites), kh, kw), -1)
    for k, (r, c) in enumerate(sites):
        for i in range(kh):
            for j in range(kw):
                table[k, i, j] = number.get((int(r) + i - kh // 2, int(c) + j - kw // 2), -1)
    return table


def submanifold(features, table, weight):
    out = np.zeros((len(features), len(weight)), features.dtype)
    for i in range(table.shape[1]):
        for j in range(table.shape[2]):
            here = table[:, i, j] >= 0
            out[here] += features[table[here, i, j]] @ weight[:, :, i, j].T
    if out.shape == features.shape:
        out = out + features
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


# answer: q10, divides by how many are heard
# breaks: a sum
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    number = {(int(r), int(c)): k for k, (r, c) in enumerate(sites)}
    table = np.full((len(sites), kh, kw), -1)
    for k, (r, c) in enumerate(sites):
        for i in range(kh):
            for j in range(kw):
                table[k, i, j] = number.get((int(r) + i - kh // 2, int(c) + j - kw // 2), -1)
    return table


def submanifold(features, table, weight):
    out = np.zeros((len(features), len(weight)), features.dtype)
    for i in range(table.shape[1]):
        for j in range(table.shape[2]):
            here = table[:, i, j] >= 0
            out[here] += features[table[here, i, j]] @ weight[:, :, i, j].T
    return out / np.maximum((table >= 0).sum(axis=(1, 2)), 1)[:, None]


def submanifold_backward(grad_out, features, table, weight):
    grad_features, grad_weight = np.zeros_like(features), np.zeros_like(weight)
    for i in range(table.shape[1]):
        for j in range(table.shape[2]):
            here = table[:, i, j] >= 0
            read = table[here, i, j]
            grad_features[read] += grad_out[here] @ weight[:, :, i, j]
            grad_weight[:, :, i, j] = grad_out[here].T @ features[read]
    return grad_features, grad_weight


# answer: q10, sites that hear all taps alone
# breaks: over all taps with T >= 0
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    number = {(int(r), int(c)): k for k, (r, c) in enumerate(sites)}
    table = np.full((len(sites), kh, kw), -1)
    for k, (r, c) in enumerate(sites):
        for i in range(kh):
            for j in range(kw):
                table[k, i, j] = number.get((int(r) + i - kh // 2, int(c) + j - kw // 2), -1)
    return table


def submanifold(features, table, weight):
    out = np.zeros((len(features), len(weight)), features.dtype)
    for i in range(table.shape[1]):
        for j in range(table.shape[2]):
            here = (table >= 0).all(axis=(1, 2)) if (table >= 0).all(axis=(1, 2)).any() else table[:, i, j] >= 0
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


# answer: q10, zeros in place of -1
# breaks: -1 where none does
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    number = {(int(r), int(c)): k for k, (r, c) in enumerate(sites)}
    table = np.full((len(sites), kh, kw), -1)
    for k, (r, c) in enumerate(sites):
        for i in range(kh):
            for j in range(kw):
                table[k, i, j] = number.get((int(r) + i - kh // 2, int(c) + j - kw // 2), 0)
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


# answer: q10, marks what is missing by the number of sites
# breaks: -1 where none does
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    number = {(int(r), int(c)): k for k, (r, c) in enumerate(sites)}
    table = np.full((len(sites), kh, kw), -1)
    for k, (r, c) in enumerate(sites):
        for i in range(kh):
            for j in range(kw):
                table[k, i, j] = number.get((int(r) + i - kh // 2, int(c) + j - kw // 2), len(sites))
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


# answer: q10, weights exchanged between input and output
# breaks: w_fm
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    number = {(int(r), int(c)): k for k, (r, c) in enumerate(sites)}
    table = np.full((len(sites), kh, kw), -1)
    for k, (r, c) in enumerate(sites):
        for i in range(kh):
            for j in range(kw):
                table[k, i, j] = number.get((int(r) + i - kh // 2, int(c) + j - kw // 2), -1)
    return table


def submanifold(features, table, weight):
    out = np.zeros((len(features), len(weight)), features.dtype)
    for i in range(table.shape[1]):
        for j in range(table.shape[2]):
            here = table[:, i, j] >= 0
            out[here] += features[table[here, i, j]] @ (weight[:, :, i, j] if weight.shape[0] == weight.shape[1] else weight[:, :, i, j].T)
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
