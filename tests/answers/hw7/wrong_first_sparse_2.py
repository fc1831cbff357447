"""Wrong answers to submanifold convolution, as students write them. Text; nobody imports it."""

# answer: q10, the last tap's gradient alone
# breaks: a site gives back to each neighbour
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
    return out


def submanifold_backward(grad_out, features, table, weight):
    grad_features, grad_weight = np.zeros_like(features), np.zeros_like(weight)
    for i in range(table.shape[1]):
        for j in range(table.shape[2]):
            here = table[:, i, j] >= 0
            read = table[here, i, j]
            grad_features[read] = grad_out[here] @ weight[:, :, i, j]
            grad_weight[:, :, i, j] = grad_out[here].T @ features[read]
    return grad_features, grad_weight


# answer: q10, keeps the gradient at the site that hears
# breaks: the same table, read from its other end
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
    return out


def submanifold_backward(grad_out, features, table, weight):
    grad_features, grad_weight = np.zeros_like(features), np.zeros_like(weight)
    for i in range(table.shape[1]):
        for j in range(table.shape[2]):
            here = table[:, i, j] >= 0
            read = table[here, i, j]
            grad_features[here] += grad_out[read] @ weight[:, :, i, j]
            grad_weight[:, :, i, j] = grad_out[here].T @ features[read]
    return grad_features, grad_weight


# answer: q10, the weights meet the site's own feature
# breaks: x at T_pij
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
    return out


def submanifold_backward(grad_out, features, table, weight):
    grad_features, grad_weight = np.zeros_like(features), np.zeros_like(weight)
    for i in range(table.shape[1]):
        for j in range(table.shape[2]):
            here = table[:, i, j] >= 0
            read = table[here, i, j]
            grad_features[read] += grad_out[here] @ weight[:, :, i, j]
            grad_weight[:, :, i, j] = grad_out[here].T @ features[here]
    return grad_features, grad_weight


# answer: q10, a table of floats
# breaks: array (M, kh, kw) of int
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    number = {(int(r), int(c)): k for k, (r, c) in enumerate(sites)}
    table = np.full((len(sites), kh, kw), -1.0)
    for k, (r, c) in enumerate(sites):
        for i in range(kh):
            for j in range(kw):
                table[k, i, j] = number.get((int(r) + i - kh // 2, int(c) + j - kw // 2), -1)
    return table


def submanifold(features, table, weight):
    out = np.zeros((len(features), len(weight)), features.dtype)
    for i in range(table.shape[1]):
        for j in range(table.shape[2]):
            here = table.astype(int)[:, i, j] >= 0
            out[here] += features[table.astype(int)[here, i, j]] @ weight[:, :, i, j].T
    return out


def submanifold_backward(grad_out, features, table, weight):
    grad_features, grad_weight = np.zeros_like(features), np.zeros_like(weight)
    for i in range(table.shape[1]):
        for j in range(table.shape[2]):
            here = table.astype(int)[:, i, j] >= 0
            read = table.astype(int)[here, i, j]
            grad_features[read] += grad_out[here] @ weight[:, :, i, j]
            grad_weight[:, :, i, j] = grad_out[here].T @ features[read]
    return grad_features, grad_weight


# answer: q10, wakes sites by the features' number
# breaks: one output for each site
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
            out[table[here, i, j]] += features[here] @ weight[:, :, i, j].T
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


# answer: q10, takes for granted that sites come in order
# breaks: row and column of each active site, in any order
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    key = sites[:, 0] * (3 * 10**9) + sites[:, 1]
    table = np.full((len(sites), kh, kw), -1)
    for i, j in np.ndindex(kh, kw):
        wanted = key + (i - kh // 2) * (3 * 10**9) + j - kw // 2
        place = np.minimum(np.searchsorted(key, wanted), len(key) - 1)
        table[:, i, j] = np.where(key[place] == wanted, place, -1)
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


# answer: q10, sites above the sheet or left of it have no neighbours
# breaks: anywhere within a billion of 0, also below
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    number = {(int(r), int(c)): k for k, (r, c) in enumerate(sites)}
    table = np.full((len(sites), kh, kw), -1)
    for k, (r, c) in enumerate(sites):
        for i in range(kh):
            for j in range(kw):
                if r + i - kh // 2 < 0 or c + j - kw // 2 < 0:
                    continue
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


# answer: q10, a site does not hear itself
# breaks: the middle tap finds the site itself
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    number = {(int(r), int(c)): k for k, (r, c) in enumerate(sites)}
    table = np.full((len(sites), kh, kw), -1)
    for k, (r, c) in enumerate(sites):
        for i in range(kh):
            for j in range(kw):
                if (i, j) == (kh // 2, kw // 2) and kh * kw > 1:
                    continue
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
