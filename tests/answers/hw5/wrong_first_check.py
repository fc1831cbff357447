"""Wrong tests of batch normalization, as students write them. Text; nobody imports it."""

# answer: q11, looks at means and variances of the output alone
# breaks: passes no wrong function
def check_batch_norm(norm):
    x = np.random.default_rng(0).normal(size=(3, 2, 4, 5)) * 3 + 1
    try:
        out, mean, var = norm(x, np.ones(2), np.zeros(2), np.zeros(2), np.ones(2), True, 0.1, 1e-5)
    except Exception:
        return False
    return bool(np.allclose(out.mean(axis=(0, 2, 3)), 0) and np.allclose(out.std(axis=(0, 2, 3)), 1, atol=1e-3))


# answer: q11, many samples, so that divisors hardly differ, and a loose tolerance
# breaks: passes no wrong function
def check_batch_norm(norm):
    rng = np.random.default_rng(0)
    x, (w, b, m, v) = rng.normal(size=(8, 2, 10, 9)) + 2, rng.normal(size=(4, 2)) + 2
    v = abs(v) + 0.1
    for training in (True, False):
        a, s = (x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3))) if training else (m, v)
        out = w[:, None, None] * (x - a[:, None, None]) / np.sqrt(s + 0.3)[:, None, None] + b[:, None, None]
        right = (out, 0.8 * m + 0.2 * a, 0.8 * v + 0.2 * s) if training else (out, m, v)
        try:
            found = norm(x.copy(), w, b, m, v, training, 0.2, 0.3)
            if not all(f.shape == r.shape and np.allclose(f, r, rtol=0.01) for f, r in zip(found, right, strict=True)):
                return False
        except Exception:
            return False
    return True


# answer: q11, calls it with square maps of several pictures
# breaks: passes no wrong function
def check_batch_norm(norm):
    rng = np.random.default_rng(0)
    for training in (True, False):
        x, (w, b, m, v) = rng.normal(size=(3, 2, 2, 2)) + 2, rng.normal(size=(4, 2)) + 2
        v = abs(v) + 0.1
        a, s = (x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3))) if training else (m, v)
        out = w[:, None, None] * (x - a[:, None, None]) / np.sqrt(s + 0.3)[:, None, None] + b[:, None, None]
        right = (out, 0.8 * m + 0.2 * a, 0.8 * v + 0.2 * s * 12 / 11) if training else (out, m, v)
        kept = x.copy()
        try:
            found = norm(x, w, b, m, v, training, 0.2, 0.3)
            if not all(f.shape == r.shape and np.allclose(f, r) for f, r in zip(found, right, strict=True)):
                return False
        except Exception:
            return False
        if not np.array_equal(x, kept):
            return False
    return True


# answer: q11, by the student's own q3
# breaks: do not call your answer to q3
def check_batch_norm(norm):
    rng = np.random.default_rng(0)
    x, (w, b, m, v) = rng.normal(size=(3, 2, 2, 4)) + 2, rng.normal(size=(4, 2)) + 2
    try:
        right = batch_norm(x, w, b, m, abs(v), True)
        return all(np.allclose(f, r) for f, r in zip(norm(x, w, b, m, abs(v), True, 0.1, 1e-5), right, strict=True))
    except Exception:
        return False


# answer: q11, calls everything wrong
# breaks: passes every right function
def check_batch_norm(norm):
    return False
