"""Wrong answers to q11: tests that look away, or refuse right functions. Text; nobody imports it."""

# answer: q11, does not look whether x has changed
# breaks: False when it changes x
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
            try:
                found = norm(x, weight, bias, mean, var, training, 0.3, 0.5)
                if not isinstance(found, (tuple, list)) or len(found) != 3:
                    return False
                for a, b in zip(found, wanted):
                    if not isinstance(a, np.ndarray) or a.shape != b.shape or not np.allclose(a, b):
                        return False
            except Exception:
                return False
    return True


# answer: q11, compares without the shapes
# breaks: compare shapes first: NumPy compares arrays of other shapes, too
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
                for a, b in zip(found, wanted):
                    if not np.allclose(a, b):
                        return False
            except Exception:
                return False
            if not np.array_equal(x, kept):
                return False
    return True


# answer: q11, catches what it has thought of
# breaks: catch every Exception
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
                for a, b in zip(found, wanted):
                    if not isinstance(a, np.ndarray) or a.shape != b.shape or not np.allclose(a, b):
                        return False
            except (TypeError, ValueError, IndexError):
                return False
            if not np.array_equal(x, kept):
                return False
    return True


# answer: q11, takes tuples only
# breaks: in a tuple or a list: True when it is right
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
                if type(found) is not tuple or len(found) != 3:
                    return False
                for a, b in zip(found, wanted):
                    if not isinstance(a, np.ndarray) or a.shape != b.shape or not np.allclose(a, b):
                        return False
            except Exception:
                return False
            if not np.array_equal(x, kept):
                return False
    return True


# answer: q11, names the arguments, as the notebook does
# breaks: it gets a function that is called by position
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
                found = norm(x, weight=weight, bias=bias, mean=mean, var=var, training=training, momentum=0.3, eps=0.5)
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


# answer: q11, compares output and mean
# breaks: says whether all three are right
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
                for a, b in zip(found[:2], wanted):
                    if not isinstance(a, np.ndarray) or a.shape != b.shape or not np.allclose(a, b):
                        return False
            except Exception:
                return False
            if not np.array_equal(x, kept):
                return False
    return True


# answer: q11, zips what came back, however much it is
# breaks: False when it returns something else than three arrays
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
                found = list(found)
                for a, b in zip(found, wanted):
                    if not isinstance(a, np.ndarray) or a.shape != b.shape or not np.allclose(a, b):
                        return False
            except Exception:
                return False
            if not np.array_equal(x, kept):
                return False
    return True


# answer: q11, the whole share goes to the batch
# breaks: a wrong function may have a mistake in momentum: it forgets the old statistics
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
            wanted = expected(x, weight, bias, mean, var, training, 1.0, 0.5)
            kept = x.copy()
            try:
                found = norm(x, weight, bias, mean, var, training, 1.0, 0.5)
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
