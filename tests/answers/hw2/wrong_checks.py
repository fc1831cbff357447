"""Wrong answers to q11: more tests that see too little. Text; nobody imports it."""


# answer: q11, a single number
# breaks: no wrong one passes: take several numbers (a length in the place of each number's square is the same)
def check_adam(walk):
    rng = np.random.default_rng(9)
    for lr, b, c, eps in ((0.1, 0.6, 0.8, 0.2), (0.01, 0.9, 0.999, 1e-8), (0.5, 0.3, 0.9, 1.0)):
        start, gradients = rng.normal(size=1), rng.normal(size=(15, 1))
        v, G, path = 0.0, 0.0, [start]
        for t, now in enumerate(gradients, start=1):
            v, G = b * v + (1 - b) * now, c * G + (1 - c) * now**2
            path.append(path[-1] - lr * v / (1 - b**t) / (np.sqrt(G / (1 - c**t)) + eps))
        s, g = start.copy(), gradients.copy()
        try:
            found = walk(s, g, lr, (b, c), eps)
        except Exception:
            return False
        if not isinstance(found, np.ndarray) or found.shape != (16, 1) or not np.allclose(found, path):
            return False
        if not (np.array_equal(s, start) and np.array_equal(g, gradients)):
            return False
    return True


# answer: q11, the tiny ε of the default in all settings
# breaks: no wrong one passes: with a tiny ε many mistakes are too small to see
def check_adam(walk):
    rng = np.random.default_rng(9)
    for lr, b, c in ((0.1, 0.6, 0.8), (0.01, 0.9, 0.999), (0.5, 0.3, 0.9)):
        start, gradients = rng.normal(size=4), rng.normal(size=(15, 4))
        v, G, path = 0.0, 0.0, [start]
        for t, now in enumerate(gradients, start=1):
            v, G = b * v + (1 - b) * now, c * G + (1 - c) * now**2
            path.append(path[-1] - lr * v / (1 - b**t) / (np.sqrt(G / (1 - c**t)) + 1e-8))
        s, g = start.copy(), gradients.copy()
        try:
            found = walk(s, g, lr, (b, c), 1e-8)
        except Exception:
            return False
        if not isinstance(found, np.ndarray) or found.shape != (16, 4) or not np.allclose(found, path):
            return False
        if not (np.array_equal(s, start) and np.array_equal(g, gradients)):
            return False
    return True


# answer: q11, compares to a tenth
# breaks: no wrong one passes: what is wrong by less than a tenth passes here
def check_adam(walk):
    rng = np.random.default_rng(2)
    for lr, b, c, eps in ((0.3, 0.6, 0.8, 0.2), (0.3, 0.9, 0.999, 1e-8), (0.5, 0.3, 0.9, 1.0)):
        start, gradients = rng.normal(size=4), rng.normal(size=(15, 4))
        v, G, path = 0.0, 0.0, [start]
        for t, now in enumerate(gradients, start=1):
            v, G = b * v + (1 - b) * now, c * G + (1 - c) * now**2
            path.append(path[-1] - lr * v / (1 - b**t) / (np.sqrt(G / (1 - c**t)) + eps))
        s, g = start.copy(), gradients.copy()
        try:
            found = walk(s, g, lr, (b, c), eps)
        except Exception:
            return False
        if not isinstance(found, np.ndarray) or found.shape != (16, 4) or not np.allclose(found, path, atol=0.1):
            return False
        if not (np.array_equal(s, start) and np.array_equal(g, gradients)):
            return False
    return True


# answer: q11, one call for all, so that what a function remembers is not seen
# breaks: no wrong one passes: some are wrong with some settings only (here one setting, one length, one size)
def check_adam(walk):
    start, gradients = np.array([1.0, 2.0]), np.array([[1.0, 2.0], [2.0, 1.0], [0.5, 3.0], [1.5, 0.2]])
    s, g = start.copy(), gradients.copy()
    v, G, path = 0.0, 0.0, [start]
    for t, now in enumerate(gradients, start=1):
        v, G = 0.9 * v + 0.1 * now, 0.999 * G + 0.001 * now**2
        path.append(path[-1] - 0.001 * v / (1 - 0.9**t) / (np.sqrt(G / (1 - 0.999**t)) + 1e-8))
    try:
        found = walk(s, g, 0.001, (0.9, 0.999), 1e-8)
    except Exception:
        return False
    if not isinstance(found, np.ndarray) or found.shape != (5, 2):
        return False
    return bool(np.allclose(found, path) and (s == start).all() and (g == gradients).all())
