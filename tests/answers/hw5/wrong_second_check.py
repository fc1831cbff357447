"""Wrong answers to q11: tests whose inputs let mistakes through. Text; nobody imports it."""

# answer: q11, the share of the batch is a half
# breaks: a wrong function may have a mistake in momentum: inputs on which mistakes show
def expected(x, weight, bias, mean, var, training, momentum, eps):
    out, new_mean, new_var = np.empty(x.shape), np.array(mean), np.array(var)
    for c in range(x.shape[1]):
        mu, v = mean[c], var[c]
        if training:
            mu, v = x[:, c].mean(), x[:, c].var()
            new_mean[c] = (1 - momentum) * mean[c] + momentum * mu
            new_var[c] = (1 - momentum) * var[c] + momentum * x[:, c].var(ddof=1)
        out[:, c] = weight[c] * (x[:, c] - mu) / np.sqrt(v + eps) + bias[c]
    return out, new_mean, new_var


def check_batch_norm(norm):
    rng = np.random.default_rng(0)
    for training in (True, False):
        for shape in ((2, 3, 2, 4), (3, 2, 1, 2), (1, 4, 3, 2)):
            C = shape[1]
            x = rng.normal(size=shape) * 2 + 1
            weight, bias, mean, var = rng.normal(size=C), rng.normal(size=C), rng.normal(size=C), rng.random(C) + 0.5
            wanted = expected(x, weight, bias, mean, var, training, 0.5, 0.5)
            kept = x.copy()
            try:
                found = norm(x, weight, bias, mean, var, training, 0.5, 0.5)
                if not isinstance(found, (tuple, list)) or len(found) != 3:
                    return False
                for a, b in zip(found, wanted):
                    if not isinstance(a, np.ndarray) or a.shape != b.shape or not np.allclose(a, b):
                        return False
            except Exception:
                return False
            if not np.array_equal(x, kept):
                return False
    return True


# answer: q11, eps is 1e-5, as mostly
# breaks: an eps that matters: some of the wrong functions have mistakes in eps
def expected(x, weight, bias, mean, var, training, momentum, eps):
    out, new_mean, new_var = np.empty(x.shape), np.array(mean), np.array(var)
    for c in range(x.shape[1]):
        mu, v = mean[c], var[c]
        if training:
            mu, v = x[:, c].mean(), x[:, c].var()
            new_mean[c] = (1 - momentum) * mean[c] + momentum * mu
            new_var[c] = (1 - momentum) * var[c] + momentum * x[:, c].var(ddof=1)
        out[:, c] = weight[c] * (x[:, c] - mu) / np.sqrt(v + eps) + bias[c]
    return out, new_mean, new_var


def check_batch_norm(norm):
    rng = np.random.default_rng(0)
    for training in (True, False):
        for shape in ((2, 3, 2, 4), (3, 2, 1, 2), (1, 4, 3, 2)):
            C = shape[1]
            x = rng.normal(size=shape) * 2 + 1
            weight, bias, mean, var = rng.normal(size=C), rng.normal(size=C), rng.normal(size=C), rng.random(C) + 0.5
            wanted = expected(x, weight, bias, mean, var, training, 0.3, 1e-5)
            kept = x.copy()
            try:
                found = norm(x, weight, bias, mean, var, training, 0.3, 1e-5)
                if not isinstance(found, (tuple, list)) or len(found) != 3:
                    return False
                for a, b in zip(found, wanted):
                    if not isinstance(a, np.ndarray) or a.shape != b.shape or not np.allclose(a, b):
                        return False
            except Exception:
                return False
            if not np.array_equal(x, kept):
                return False
    return True


# answer: q11, the pictures are square
# breaks: height and width that differ: mistakes in the axes and divisors
def expected(x, weight, bias, mean, var, training, momentum, eps):
    out, new_mean, new_var = np.empty(x.shape), np.array(mean), np.array(var)
    for c in range(x.shape[1]):
        mu, v = mean[c], var[c]
        if training:
            mu, v = x[:, c].mean(), x[:, c].var()
            new_mean[c] = (1 - momentum) * mean[c] + momentum * mu
            new_var[c] = (1 - momentum) * var[c] + momentum * x[:, c].var(ddof=1)
        out[:, c] = weight[c] * (x[:, c] - mu) / np.sqrt(v + eps) + bias[c]
    return out, new_mean, new_var


def check_batch_norm(norm):
    rng = np.random.default_rng(0)
    for training in (True, False):
        for shape in ((2, 3, 3, 3), (3, 2, 2, 2), (1, 4, 2, 2)):
            C = shape[1]
            x = rng.normal(size=shape) * 2 + 1
            weight, bias, mean, var = rng.normal(size=C), rng.normal(size=C), rng.normal(size=C), rng.random(C) + 0.5
            wanted = expected(x, weight, bias, mean, var, training, 0.3, 0.5)
            kept = x.copy()
            try:
                found = norm(x, weight, bias, mean, var, training, 0.3, 0.5)
                if not isinstance(found, (tuple, list)) or len(found) != 3:
                    return False
                for a, b in zip(found, wanted):
                    if not isinstance(a, np.ndarray) or a.shape != b.shape or not np.allclose(a, b):
                        return False
            except Exception:
                return False
            if not np.array_equal(x, kept):
                return False
    return True


# answer: q11, one channel
# breaks: several pictures and channels: mistakes in the axes
def expected(x, weight, bias, mean, var, training, momentum, eps):
    out, new_mean, new_var = np.empty(x.shape), np.array(mean), np.array(var)
    for c in range(x.shape[1]):
        mu, v = mean[c], var[c]
        if training:
            mu, v = x[:, c].mean(), x[:, c].var()
            new_mean[c] = (1 - momentum) * mean[c] + momentum * mu
            new_var[c] = (1 - momentum) * var[c] + momentum * x[:, c].var(ddof=1)
        out[:, c] = weight[c] * (x[:, c] - mu) / np.sqrt(v + eps) + bias[c]
    return out, new_mean, new_var


def check_batch_norm(norm):
    rng = np.random.default_rng(0)
    for training in (True, False):
        for shape in ((2, 1, 2, 4), (3, 1, 1, 2), (1, 1, 3, 2)):
            C = shape[1]
            x = rng.normal(size=shape) * 2 + 1
            weight, bias, mean, var = rng.normal(size=C), rng.normal(size=C), rng.normal(size=C), rng.random(C) + 0.5
            wanted = expected(x, weight, bias, mean, var, training, 0.3, 0.5)
            kept = x.copy()
            try:
                found = norm(x, weight, bias, mean, var, training, 0.3, 0.5)
                if not isinstance(found, (tuple, list)) or len(found) != 3:
                    return False
                for a, b in zip(found, wanted):
                    if not isinstance(a, np.ndarray) or a.shape != b.shape or not np.allclose(a, b):
                        return False
            except Exception:
                return False
            if not np.array_equal(x, kept):
                return False
    return True


# answer: q11, scales of 1 and shifts of 0
# breaks: scales and shifts that are not 1 and 0
def expected(x, weight, bias, mean, var, training, momentum, eps):
    out, new_mean, new_var = np.empty(x.shape), np.array(mean), np.array(var)
    for c in range(x.shape[1]):
        mu, v = mean[c], var[c]
        if training:
            mu, v = x[:, c].mean(), x[:, c].var()
            new_mean[c] = (1 - momentum) * mean[c] + momentum * mu
            new_var[c] = (1 - momentum) * var[c] + momentum * x[:, c].var(ddof=1)
        out[:, c] = weight[c] * (x[:, c] - mu) / np.sqrt(v + eps) + bias[c]
    return out, new_mean, new_var


def check_batch_norm(norm):
    rng = np.random.default_rng(0)
    for training in (True, False):
        for shape in ((2, 3, 2, 4), (3, 2, 1, 2), (1, 4, 3, 2)):
            C = shape[1]
            x = rng.normal(size=shape) * 2 + 1
            weight, bias, mean, var = np.ones(C), np.zeros(C), rng.normal(size=C), rng.random(C) + 0.5
            wanted = expected(x, weight, bias, mean, var, training, 0.3, 0.5)
            kept = x.copy()
            try:
                found = norm(x, weight, bias, mean, var, training, 0.3, 0.5)
                if not isinstance(found, (tuple, list)) or len(found) != 3:
                    return False
                for a, b in zip(found, wanted):
                    if not isinstance(a, np.ndarray) or a.shape != b.shape or not np.allclose(a, b):
                        return False
            except Exception:
                return False
            if not np.array_equal(x, kept):
                return False
    return True


# answer: q11, scales and variances are positive, and running means 0
# breaks: running statistics that are not 1 and 0
def expected(x, weight, bias, mean, var, training, momentum, eps):
    out, new_mean, new_var = np.empty(x.shape), np.array(mean), np.array(var)
    for c in range(x.shape[1]):
        mu, v = mean[c], var[c]
        if training:
            mu, v = x[:, c].mean(), x[:, c].var()
            new_mean[c] = (1 - momentum) * mean[c] + momentum * mu
            new_var[c] = (1 - momentum) * var[c] + momentum * x[:, c].var(ddof=1)
        out[:, c] = weight[c] * (x[:, c] - mu) / np.sqrt(v + eps) + bias[c]
    return out, new_mean, new_var


def check_batch_norm(norm):
    rng = np.random.default_rng(0)
    for training in (True, False):
        for shape in ((2, 3, 2, 4), (3, 2, 1, 2), (1, 4, 3, 2)):
            C = shape[1]
            x = rng.normal(size=shape) * 2 + 1
            weight, bias, mean, var = rng.random(C) + 0.5, rng.normal(size=C), np.zeros(C), np.ones(C)
            wanted = expected(x, weight, bias, mean, var, training, 0.3, 0.5)
            kept = x.copy()
            try:
                found = norm(x, weight, bias, mean, var, training, 0.3, 0.5)
                if not isinstance(found, (tuple, list)) or len(found) != 3:
                    return False
                for a, b in zip(found, wanted):
                    if not isinstance(a, np.ndarray) or a.shape != b.shape or not np.allclose(a, b):
                        return False
            except Exception:
                return False
            if not np.array_equal(x, kept):
                return False
    return True


# answer: q11, in evaluation it looks at the output only
# breaks: says whether all three are right; in evaluation the running statistics stay as they are
def expected(x, weight, bias, mean, var, training, momentum, eps):
    out, new_mean, new_var = np.empty(x.shape), np.array(mean), np.array(var)
    for c in range(x.shape[1]):
        mu, v = mean[c], var[c]
        if training:
            mu, v = x[:, c].mean(), x[:, c].var()
            new_mean[c] = (1 - momentum) * mean[c] + momentum * mu
            new_var[c] = (1 - momentum) * var[c] + momentum * x[:, c].var(ddof=1)
        out[:, c] = weight[c] * (x[:, c] - mu) / np.sqrt(v + eps) + bias[c]
    return out, new_mean, new_var


def check_batch_norm(norm):
    rng = np.random.default_rng(0)
    for training in (True, False):
        for shape in ((2, 3, 2, 4), (3, 2, 1, 2), (1, 4, 3, 2)):
            C = shape[1]
            x = rng.normal(size=shape) * 2 + 1
            weight, bias, mean, var = rng.normal(size=C), rng.normal(size=C), rng.normal(size=C), rng.random(C) + 0.5
            wanted = expected(x, weight, bias, mean, var, training, 0.3, 0.5)
            kept = x.copy()
            try:
                found = norm(x, weight, bias, mean, var, training, 0.3, 0.5)
                if not isinstance(found, (tuple, list)) or len(found) != 3:
                    return False
                for a, b in zip(found if training else found[:1], wanted):
                    if not isinstance(a, np.ndarray) or a.shape != b.shape or not np.allclose(a, b):
                        return False
            except Exception:
                return False
            if not np.array_equal(x, kept):
                return False
    return True


# answer: q11, many samples, and a hundredth of tolerance
# breaks: few samples, because the divisors S and S - 1 differ most there
def expected(x, weight, bias, mean, var, training, momentum, eps):
    out, new_mean, new_var = np.empty(x.shape), np.array(mean), np.array(var)
    for c in range(x.shape[1]):
        mu, v = mean[c], var[c]
        if training:
            mu, v = x[:, c].mean(), x[:, c].var()
            new_mean[c] = (1 - momentum) * mean[c] + momentum * mu
            new_var[c] = (1 - momentum) * var[c] + momentum * x[:, c].var(ddof=1)
        out[:, c] = weight[c] * (x[:, c] - mu) / np.sqrt(v + eps) + bias[c]
    return out, new_mean, new_var


def check_batch_norm(norm):
    rng = np.random.default_rng(0)
    for training in (True, False):
        for shape in ((8, 3, 10, 12),):
            C = shape[1]
            x = rng.normal(size=shape) * 2 + 1
            weight, bias, mean, var = rng.normal(size=C), rng.normal(size=C), rng.normal(size=C), rng.random(C) + 0.5
            wanted = expected(x, weight, bias, mean, var, training, 0.3, 0.5)
            kept = x.copy()
            try:
                found = norm(x, weight, bias, mean, var, training, 0.3, 0.5)
                if not isinstance(found, (tuple, list)) or len(found) != 3:
                    return False
                for a, b in zip(found, wanted):
                    if not isinstance(a, np.ndarray) or a.shape != b.shape or not np.allclose(a, b, rtol=0.01, atol=0.01):
                        return False
            except Exception:
                return False
            if not np.array_equal(x, kept):
                return False
    return True
