"""Right answers to q11, by other ways of finding out. Text; nobody imports it."""

# answer: q11, works the answer out from rows of samples, on many drawn cases
def check_batch_norm(norm):
    rng = np.random.default_rng(7)
    for trial in range(40):
        N, C, H, W = [(2, 3, 2, 4), (3, 2, 1, 2), (1, 4, 3, 2), (4, 1, 1, 3), (2, 2, 5, 3)][trial % 5]
        x = rng.normal(1, 2, size=(N, C, H, W))
        weight, bias, mean = rng.normal(size=(3, C)) * 2
        var = rng.uniform(0.3, 3, size=C)
        training, momentum = bool(trial // 5 % 2), float(rng.choice([0.1, 0.3, 0.8]))
        eps = float(rng.choice([0.05, 0.5, 3.0]))
        samples = x.transpose(1, 0, 2, 3).reshape(C, -1)
        mu, v, m2, v2 = mean, var, mean, var
        if training:
            mu = samples.sum(axis=1) / samples.shape[1]
            squares = ((samples - mu[:, None]) ** 2).sum(axis=1)
            v = squares / samples.shape[1]
            m2 = mean + momentum * (mu - mean)
            v2 = var + momentum * (squares / (samples.shape[1] - 1) - var)
        out = (samples - mu[:, None]) / np.sqrt(v + eps)[:, None] * weight[:, None] + bias[:, None]
        wanted = [out.reshape(C, N, H, W).transpose(1, 0, 2, 3), m2, v2]
        before = x.copy()
        try:
            found = norm(x, weight.copy(), bias.copy(), mean.copy(), var.copy(), training, momentum, eps)
            if not isinstance(found, (tuple, list)) or len(found) != 3:
                return False
            for have, want in zip(found, wanted):
                if not isinstance(have, np.ndarray) or have.shape != want.shape:
                    return False
                if not np.allclose(have, want, rtol=1e-6, atol=1e-6):
                    return False
        except Exception:
            return False
        if not (x == before).all():
            return False
    return True


# answer: q11, numbers made by hand, and Python's statistics
import statistics


def check_batch_norm(norm):
    def one(x, scale, shift, mean, var, training, momentum, eps):
        numbers = [float(a) for a in x.ravel()]
        mu, v = mean, var
        if training:
            mu, v = statistics.fmean(numbers), statistics.pvariance(numbers)
            mean = (1 - momentum) * mean + momentum * mu
            var = (1 - momentum) * var + momentum * statistics.variance(numbers)
        done = [scale * (a - mu) / (v + eps) ** 0.5 + shift for a in numbers]
        return np.array(done).reshape(x.shape), mean, var

    weight, bias = np.array([2.0, -1.5, 0.5]), np.array([0.5, -3.0, 2.0])
    mean, var = np.array([1.0, -2.0, 4.0]), np.array([0.5, 2.0, 3.5])
    for shape in ((2, 3, 2, 3), (1, 3, 1, 2), (3, 3, 4, 1), (2, 3, 1, 1)):
        size = int(np.prod(shape))
        x = (np.arange(size) * 7 % 11 * np.linspace(0.5, 2, size) - 3).reshape(shape)
        for training, momentum, eps in ((True, 0.2, 0.5), (False, 0.2, 0.5), (True, 0.7, 2.0), (False, 0.7, 2.0)):
            parts = [
                one(x[:, c], weight[c], bias[c], mean[c], var[c], training, momentum, eps) for c in range(3)
            ]
            wanted = (
                np.stack([p[0] for p in parts], axis=1),
                np.array([p[1] for p in parts]),
                np.array([p[2] for p in parts]),
            )
            given = np.array(x)
            try:
                answer = norm(given, weight.copy(), bias.copy(), mean.copy(), var.copy(), training, momentum, eps)
                good = type(answer) in (tuple, list) and len(answer) == 3
                good = good and all(isinstance(a, np.ndarray) for a in answer)
                good = good and all(a.shape == w.shape and np.allclose(a, w) for a, w in zip(answer, wanted))
                good = good and np.array_equal(given, x)
            except Exception:
                good = False
            if not good:
                return False
    return True


# answer: q11, an own batch normalization over the last axis, in a helper that says why
def why_wrong(norm, rng, shape, training, momentum, eps):
    C = shape[1]
    x = rng.uniform(-3, 5, size=shape)
    weight, bias, mean = rng.uniform(-2, 2, C), rng.uniform(-2, 2, C), rng.uniform(-2, 2, C)
    var = rng.uniform(0.2, 4, C)
    last = np.moveaxis(x, 1, -1).copy()
    axes = (0, 1, 2)
    if training:
        S = last[..., 0].size
        m, v = last.mean(axes), last.var(axes)
        want_mean = (1 - momentum) * mean + momentum * m
        want_var = (1 - momentum) * var + momentum * v * S / (S - 1)
    else:
        m, v, want_mean, want_var = mean, var, mean.copy(), var.copy()
    want = np.moveaxis(weight * (last - m) / np.sqrt(v + eps) + bias, -1, 1)
    kept = x.copy()
    back = norm(x, weight, bias, mean.copy(), var.copy(), training, momentum, eps)
    if not isinstance(back, (list, tuple)):
        return "no tuple and no list"
    if len(back) != 3:
        return "not three"
    for name, have, right in zip(("output", "mean", "variance"), back, (want, want_mean, want_var)):
        if not isinstance(have, np.ndarray) or have.shape != right.shape:
            return f"the {name} is no array of the shape {right.shape}"
        if not np.abs(have - right).max() < 1e-7:
            return f"the {name} is wrong"
    return "" if np.array_equal(kept, x) else "x has changed"


def check_batch_norm(norm):
    rng = np.random.default_rng(3)
    cases = [((2, 3, 2, 5), 0.25, 0.3), ((3, 2, 2, 1), 0.9, 1.5), ((1, 2, 3, 4), 0.1, 0.01), ((5, 4, 1, 1), 0.6, 4.0)]
    try:
        return not any(
            why_wrong(norm, rng, shape, training, momentum, eps)
            for shape, momentum, eps in cases
            for training in (True, False, True)
        )
    except Exception:
        return False
