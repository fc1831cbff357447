"""Wrong answers to q10: submanifold convolution. Text; nobody imports it."""

# answer: q10, the key of a site is its row and column written one after the other
# breaks: a site is a row and a column: (1, 23) is not (12, 3)
def neighbours(sites, kernel_size):
    kh, kw = kernel_size

    def key(r, c):
        return f"{r}{c}"

    where = {key(r, c): n for n, (r, c) in enumerate(sites.tolist())}
    table = np.full((len(sites), kh, kw), -1)
    for n, (r, c) in enumerate(sites.tolist()):
        for i in range(kh):
            for j in range(kw):
                table[n, i, j] = where.get(key(r + i - kh // 2, c + j - kw // 2), -1)
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


# answer: q10, the key of a site is row · 1,000,000 + column
# breaks: rows and columns are anywhere within a billion of 0: (0, 1000000) is not (1, 0)
def neighbours(sites, kernel_size):
    kh, kw = kernel_size

    def key(r, c):
        return r * 10**6 + c

    where = {key(r, c): n for n, (r, c) in enumerate(sites.tolist())}
    table = np.full((len(sites), kh, kw), -1)
    for n, (r, c) in enumerate(sites.tolist()):
        for i in range(kh):
            for j in range(kw):
                table[n, i, j] = where.get(key(r + i - kh // 2, c + j - kw // 2), -1)
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


# answer: q10, the key of a site is one float, whose digits are too few for a large sheet
# breaks: rows and columns are anywhere within a billion of 0
def neighbours(sites, kernel_size):
    kh, kw = kernel_size

    def key(r, c):
        return r + c * 1e-10

    where = {key(r, c): n for n, (r, c) in enumerate(sites.tolist())}
    table = np.full((len(sites), kh, kw), -1)
    for n, (r, c) in enumerate(sites.tolist()):
        for i in range(kh):
            for j in range(kw):
                table[n, i, j] = where.get(key(r + i - kh // 2, c + j - kw // 2), -1)
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


# answer: q10, the key of a site is row · 10⁹ + column, though columns lie on both sides of 0
# breaks: rows and columns are anywhere within a billion of 0: (1, -500000000) is not (0, 500000000)
def neighbours(sites, kernel_size):
    kh, kw = kernel_size

    def key(r, c):
        return r * 10**9 + c

    where = {key(r, c): n for n, (r, c) in enumerate(sites.tolist())}
    table = np.full((len(sites), kh, kw), -1)
    for n, (r, c) in enumerate(sites.tolist()):
        for i in range(kh):
            for j in range(kw):
                table[n, i, j] = where.get(key(r + i - kh // 2, c + j - kw // 2), -1)
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


# answer: q10, numbers the columns from the first active one, and gives each row two columns of margin: too few for wide kernels
# breaks: the site that lies under the tap: not one of the next row
def neighbours(sites, kernel_size):
    kh, kw = kernel_size
    width = int(sites[:, 1].max() - sites[:, 1].min()) + 1
    width += 2
    where = {r * width + c: n for n, (r, c) in enumerate(sites.tolist())}
    table = np.full((len(sites), kh, kw), -1)
    for n, (r, c) in enumerate(sites.tolist()):
        for i in range(kh):
            for j in range(kw):
                table[n, i, j] = where.get((r + i - kh // 2) * width + c + j - kw // 2, -1)
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


# answer: q10, the dict of sites is a default value, and so still holds the sites of earlier calls
# breaks: each answer depends on the arguments of its own call alone
def neighbours(sites, kernel_size, where={}):
    kh, kw = kernel_size
    where.update({(r, c): n for n, (r, c) in enumerate(sites.tolist())})
    table = np.full((len(sites), kh, kw), -1)
    for n, (r, c) in enumerate(sites.tolist()):
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


# answer: q10, a site whose features are all 0 is taken for one that is not active
# breaks: computes at the active sites: those of the list, whatever their features are
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
            here &= features.any(axis=1)
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


# answer: q10, turns the kernel where it has as many outputs as inputs
# breaks: sum over m of w_fmij x_m, also where F = C
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
            tap = weight[:, :, i, j]
            if tap.shape[0] != features.shape[1]:
                tap = tap.T
            out[here] += features[table[here, i, j]] @ tap
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
