"""Wrong answers to submanifold convolution, as students write them. Text; nobody imports it."""

# answer: q10, the corner of the kernel stands on the site
# breaks: the middle of the kernel
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    number = {(int(r), int(c)): k for k, (r, c) in enumerate(sites)}
    table = np.full((len(sites), kh, kw), -1)
    for k, (r, c) in enumerate(sites):
        for i in range(kh):
            for j in range(kw):
                table[k, i, j] = number.get((int(r) + i, int(c) + j), -1)
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


# answer: q10, looks the other way
# breaks: tap (i, j) looks i - (kh - 1) / 2 rows down
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    number = {(int(r), int(c)): k for k, (r, c) in enumerate(sites)}
    table = np.full((len(sites), kh, kw), -1)
    for k, (r, c) in enumerate(sites):
        for i in range(kh):
            for j in range(kw):
                table[k, i, j] = number.get((int(r) - i + kh // 2, int(c) - j + kw // 2), -1)
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


# answer: q10, rows and columns of the kernel exchanged in the middle
# breaks: kh rows, kw columns
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    number = {(int(r), int(c)): k for k, (r, c) in enumerate(sites)}
    table = np.full((len(sites), kh, kw), -1)
    for k, (r, c) in enumerate(sites):
        for i in range(kh):
            for j in range(kw):
                table[k, i, j] = number.get((int(r) + i - kw // 2, int(c) + j - kh // 2), -1)
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


# answer: q10, one number for row and column, of which two sites may have the same
# breaks: rows and columns are anywhere within a billion of 0
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    number = {int(r) * 10**9 + int(c): k for k, (r, c) in enumerate(sites)}
    table = np.full((len(sites), kh, kw), -1)
    for k, (r, c) in enumerate(sites):
        for i in range(kh):
            for j in range(kw):
                table[k, i, j] = number.get((int(r) + i - kh // 2) * 10**9 + int(c) + j - kw // 2, -1)
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


# answer: q10, an image of the sheet
# breaks: there is no room for an image
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    p, q = kh // 2, kw // 2
    low = sites.min(axis=0)
    size = sites.max(axis=0) - low + 1
    image = np.full((size[0] + 2 * p, size[1] + 2 * q), -1)
    for k, (r, c) in enumerate(sites - low):
        image[r + p, c + q] = k
    table = np.zeros((len(sites), kh, kw), dtype=int)
    for k, (r, c) in enumerate(sites - low):
        table[k] = image[r : r + kh, c : c + kw]
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


# answer: q10, minus one reads the last site
# breaks: -1 where none does
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
            out += features[table[:, i, j]] @ weight[:, :, i, j].T
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


# answer: q10, site 0 is never heard
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
            here = table[:, i, j] > 0
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


# answer: q10, site 0 is never heard, backward
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
    return out


def submanifold_backward(grad_out, features, table, weight):
    grad_features, grad_weight = np.zeros_like(features), np.zeros_like(weight)
    for i in range(table.shape[1]):
        for j in range(table.shape[2]):
            here = table[:, i, j] > 0
            read = table[here, i, j]
            grad_features[read] += grad_out[here] @ weight[:, :, i, j]
            grad_weight[:, :, i, j] = grad_out[here].T @ features[read]
    return grad_features, grad_weight
