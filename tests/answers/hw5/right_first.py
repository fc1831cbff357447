"""Right answers that few would expect. Text; nobody imports it."""

# answer: q1, draws into an array that it made, by out=
def dropout(x, p, rng, training=True, shared=()):
    if p < 0 or p >= 1:
        raise ValueError("p")
    sizes = [1 if axis in set(shared) else n for axis, n in enumerate(x.shape)]
    factor = np.empty(sizes)
    if training:
        rng.random(out=factor)
        factor = np.heaviside(factor - p, 1.0) * (1.0 / (1.0 - p))
    else:
        factor.fill(1.0)
    return np.einsum("ncij,ncij->ncij", x, np.broadcast_to(factor, x.shape)), factor


def dropout_backward(grad_out, factor):
    return np.where(factor == 0, 0.0, grad_out * factor)


# answer: q1, a masked array for a while
def dropout(x, p, rng, training=True, shared=()):
    if not 0.0 <= p < 1.0:
        raise ValueError("p")
    shape = tuple(np.array(x.shape) ** np.array([axis not in shared for axis in range(4)]))
    if not training:
        return np.array(x, dtype=np.result_type(x.dtype, np.float32)), np.ones(shape)
    dropped = rng.random(shape) < p
    factor = np.ma.array(np.full(shape, 1 / (1 - p)), mask=dropped).filled(0.0)
    return x * factor, factor


def dropout_backward(grad_out, factor):
    return np.array(factor * grad_out)


# answer: q2, by the covariance matrix of the factors
def score_variance(x, weight, p, shared=()):
    places = np.indices(x.shape[1:]).reshape(3, -1)
    kept = [axis - 1 for axis in (1, 2, 3) if axis not in shared]
    same = (places[kept][:, :, None] == places[kept][:, None]).all(axis=0)
    terms = (x[:, None].astype(float) * weight).reshape(len(x), len(weight), -1)
    return np.einsum("nua,ab,nub->nu", terms, same * (p / (1 - p)), terms)


# answer: q3, by Welford's running sums
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    rows = np.moveaxis(x, 1, 0).reshape(x.shape[1], -1).astype(float)
    middle, spread = mean.astype(float), var.astype(float)
    new_mean, new_var = middle.copy(), spread.copy()
    if training:
        if rows.shape[1] == 1:
            raise ValueError("one")
        middle, squares = np.zeros(len(rows)), np.zeros(len(rows))
        for count, column in enumerate(rows.T, start=1):
            away = column - middle
            middle = middle + away / count
            squares = squares + away * (column - middle)
        spread = squares / rows.shape[1]
        new_mean += momentum * (middle - new_mean)
        new_var += momentum * (squares / (rows.shape[1] - 1) - new_var)
    out = (rows - middle[:, None]) / np.sqrt(spread + eps)[:, None] * weight[:, None] + bias[:, None]
    return np.moveaxis(out.reshape(x.shape[1], len(x), *x.shape[2:]), 0, 1), new_mean, new_var


# answer: q4, by the Jacobian of each channel
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    g, rows = (np.moveaxis(a, 1, 0).reshape(a.shape[1], -1).astype(float) for a in (grad_out, x))
    back, by_weight = np.zeros(rows.shape), np.zeros(len(rows))
    for c, (upstream, numbers) in enumerate(zip(g, rows, strict=True)):
        middle, spread = (numbers.mean(), numbers.var()) if training else (mean[c], var[c])
        hat = (numbers - middle) / np.sqrt(spread + eps)
        jacobian = np.eye(len(numbers))
        if training:
            jacobian = jacobian - 1 / len(numbers) - np.outer(hat, hat) / len(numbers)
        back[c] = weight[c] * upstream @ jacobian / np.sqrt(spread + eps)
        by_weight[c] = upstream @ hat
    back = np.moveaxis(back.reshape(x.shape[1], len(x), *x.shape[2:]), 0, 1)
    return back, by_weight, g.sum(axis=1)


# answer: q5, by batch normalization of transposed groups
def group_norm(x, groups, weight, bias, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups")
    turned = x.reshape(1, len(x) * groups, -1)
    one, none = np.ones(turned.shape[1]), np.zeros(turned.shape[1])
    middle, spread = turned.mean(axis=(0, 2)), turned.var(axis=(0, 2))
    hat = (turned - middle[:, None]) / np.sqrt(spread[:, None] + eps) * one[:, None] + none[:, None]
    return np.moveaxis(np.moveaxis(hat.reshape(x.shape), 1, -1) * weight + bias, -1, 1)


# answer: q6, one-hot matrices on both sides
def windows(x, top, left, size, mirrored, fill):
    rows = top[:, None] + np.arange(size[0])
    columns = left[:, None] + np.arange(size[1])
    columns = np.where(mirrored[:, None], np.flip(columns, 1), columns)
    down = (rows[:, :, None] == np.arange(x.shape[2])).astype(x.dtype)
    across = (columns[:, :, None] == np.arange(x.shape[3])).astype(x.dtype)
    picked = np.einsum("nhi,ncij,nwj->nchw", down, x, across)
    inside = down.any(axis=2)[:, None, :, None] & across.any(axis=2)[:, None, None, :]
    return np.where(inside, picked, fill.reshape(-1, 1, 1)).astype(x.dtype)


# answer: q7, a loop over the pixels of the window
def cutmix(x, labels, partner, top, left, size, classes):
    mixed, targets = np.empty_like(x), np.zeros((len(x), classes))
    mixed[...] = x
    for n in range(len(x)):
        targets[n, labels[n]] = 1
        for r in range(top[n], min(top[n] + size[0], x.shape[2])):
            for c in range(left[n], min(left[n] + size[1], x.shape[3])):
                mixed[n, :, r, c] = x[partner[n], :, r, c]
                targets[n, labels[n]] -= 1 / (x.shape[2] * x.shape[3])
                targets[n, labels[partner[n]]] += 1 / (x.shape[2] * x.shape[3])
    return mixed, targets


# answer: q8, by fractions and a table of counts
def class_weights(labels, classes, beta):
    counts = np.zeros(classes)
    np.add.at(counts, labels, 1)
    number = np.array([sum(beta**power for power in range(int(count))) for count in counts], dtype=float)
    weights = np.divide(1, number, out=np.zeros(classes), where=counts > 0)
    return weights * counts.sum() / (weights @ counts)


def recalls(labels, named, classes):
    one = np.eye(classes)[labels]
    return (named == labels) @ one / one.sum(axis=0)


# answer: q9, the gradient by a product with the Jacobian of the softmax
def focal_loss(scores, targets, weights, gamma=2.0):
    if not (gamma == 0 or gamma >= 1):
        raise ValueError("gamma")
    s = scores - np.max(scores, axis=1)[:, None]
    total = np.exp(s).sum(axis=1)[:, None]
    log_p, p = s - np.log(total), np.exp(s) / total
    pull = targets * weights
    loss = np.sum(pull * (1 - p) ** gamma * -log_p) / len(s)
    outer = -pull * (1 - p) ** gamma
    if gamma >= 1:
        outer = outer + pull * gamma * (1 - p) ** (gamma - 1) * p * log_p
    grad = [row - share * row.sum() for row, share in zip(outer, p, strict=True)]
    return loss, np.array(grad) / len(s)


# answer: q10, as many copies of each class as the largest has
def fit(x, labels, seed):
    most = np.bincount(labels).max()
    rows = np.concatenate([np.resize(np.flatnonzero(labels == k), most) for k in np.unique(labels)])
    scores = train(x[rows], labels[rows], seed, any_rows(rows), cross_entropy_gradient, 400)
    return lambda new: scores(new).argmax(axis=1)


# answer: q10, a linear layer of its own, by gradient descent on even batches with noise
def fit(x, labels, seed):
    rng = np.random.default_rng(seed)
    weight, bias = np.zeros((x.shape[1], 10)), np.zeros(10)
    likely = 1 / np.bincount(labels, minlength=10)[labels]
    likely = likely / likely.sum()
    middle = x.mean(axis=0)
    for step in range(1500):
        rows = rng.choice(len(x), 50, p=likely)
        batch = x[rows] - middle + 0.05 * rng.normal(size=(50, x.shape[1]))
        grad = cross_entropy_gradient(batch @ weight + bias, labels[rows])
        rate = 0.5 * (1 - step / 1500)
        weight, bias = weight - rate * batch.T @ grad, bias - rate * grad.sum(axis=0)
    return lambda new: ((new - middle) @ weight + bias).argmax(axis=1)


# answer: q11, one pixel at a time, with integers in float64
def check_batch_norm(norm):
    rng = np.random.default_rng(3)
    for shape in [(2, 2, 1, 3), (3, 1, 2, 1), (1, 3, 2, 4)]:
        for training in (False, True):
            for eps in (4.0, 1e-5):
                x = rng.integers(-5, 6, size=shape).astype(float)
                w, b, m = rng.integers(1, 5, size=(3, shape[1])).astype(float)
                v, share = m + 0.5, 0.3
                right = np.zeros(shape), m.copy(), v.copy()
                for c in range(shape[1]):
                    numbers = x[:, c].ravel().tolist()
                    a, s = m[c], v[c]
                    if training:
                        a = sum(numbers) / len(numbers)
                        away = sum((number - a) ** 2 for number in numbers)
                        s = away / len(numbers)
                        right[1][c] = 0.7 * m[c] + share * a
                        right[2][c] = 0.7 * v[c] + share * away / (len(numbers) - 1)
                    for n, r, k in np.ndindex(shape[0], *shape[2:]):
                        right[0][n, c, r, k] = w[c] * (x[n, c, r, k] - a) / (s + eps) ** 0.5 + b[c]
                kept = x.copy()
                try:
                    found = norm(x, w, b, m, v, training, share, eps)
                    same = [np.shape(f) == r.shape and np.allclose(f, r) for f, r in zip(found, right, strict=True)]
                except Exception:
                    return False
                if not all(same) or (x != kept).any():
                    return False
    return True
