"""Wrong answers to q11: tests that see too little, or refuse what is right. Text; nobody imports it."""


# answer: q11, two steps
# breaks: no wrong one passes: some are wrong in later steps only
def _path(start, gradients, lr, betas, eps):
    v, G, w, path = 0.0, 0.0, start.copy(), [start.copy()]
    for t, g in enumerate(gradients, 1):
        v, G = betas[0] * v + (1 - betas[0]) * g, betas[1] * G + (1 - betas[1]) * g * g
        w = w - lr * (v / (1 - betas[0] ** t)) / (np.sqrt(G / (1 - betas[1] ** t)) + eps)
        path.append(w)
    return np.array(path)


def check_adam(walk):
    start, gradients = np.array([1.0, -2.0, 0.5]), np.array([[1.0, -3.0, 0.1], [-2.0, 0.5, 4.0]])
    for settings in ((0.1, (0.5, 0.75), 0.5), (0.3, (0.9, 0.6), 1e-3)):
        try:
            s, g = start.copy(), gradients.copy()
            found = walk(s, g, *settings)
        except Exception:
            return False
        right = _path(start, gradients, *settings)
        if not isinstance(found, np.ndarray) or found.shape != right.shape:
            return False
        if not (np.allclose(found, right) and np.array_equal(s, start) and np.array_equal(g, gradients)):
            return False
    return True


# answer: q11, the usual settings alone, with ever the same gradient
# breaks: no wrong one passes: some are wrong with some settings, or where gradients change
def check_adam(walk):
    start, gradients = np.array([0.5, -1.0]), np.tile([2.0, -0.3], (8, 1))
    s, g = start.copy(), gradients.copy()
    try:
        found = walk(s, g, 0.01, (0.9, 0.999), 1e-8)
    except Exception:
        return False
    right = start - 0.01 * np.arange(9)[:, None] * np.array([1, -1])
    if not isinstance(found, np.ndarray) or found.shape != (9, 2):
        return False
    return bool(np.allclose(found, right) and (s == start).all() and (g == gradients).all())


# answer: q11, looks at the last point only
# breaks: the path has to be right, an array (T + 1, n) that begins with the start
def check_adam(walk):
    rng = np.random.default_rng(3)
    for betas, eps in (((0.9, 0.999), 1e-8), ((0.5, 0.7), 0.3)):
        start, gradients = rng.normal(size=4), rng.normal(size=(9, 4)) * 3
        s, g, v, G, w = start.copy(), gradients.copy(), 0.0, 0.0, start
        for t in range(1, 10):
            v = betas[0] * v + (1 - betas[0]) * gradients[t - 1]
            G = betas[1] * G + (1 - betas[1]) * gradients[t - 1] ** 2
            w = w - 0.1 * v / (1 - betas[0] ** t) / (np.sqrt(G / (1 - betas[1] ** t)) + eps)
        try:
            if not np.allclose(walk(s, g, 0.1, betas, eps)[-1], w):
                return False
        except Exception:
            return False
        if not (np.array_equal(s, start) and np.array_equal(g, gradients)):
            return False
    return True


# answer: q11, asks for every bit
# breaks: it lets every right one pass: two right functions round differently
def check_adam(walk):
    rng = np.random.default_rng(5)
    for betas, eps in (((0.9, 0.999), 1e-8), ((0.5, 0.7), 0.3), ((0.0, 0.9), 0.01)):
        start, gradients = rng.normal(size=3), rng.normal(size=(12, 3))
        s, g = start.copy(), gradients.copy()
        try:
            found = walk(s, g, 0.2, betas, eps)
        except Exception:
            return False
        v, G, path = 0.0, 0.0, [start]
        for t, now in enumerate(gradients, start=1):
            v, G = betas[0] * v + (1 - betas[0]) * now, betas[1] * G + (1 - betas[1]) * now**2
            first, second = v / (1 - betas[0] ** t), G / (1 - betas[1] ** t)
            path.append(path[-1] - 0.2 * first / (np.sqrt(second) + eps))
        same = type(found) is np.ndarray and np.array_equal(found, np.array(path))
        if not (same and np.array_equal(s, start) and np.array_equal(g, gradients)):
            return False
    return True


# answer: q11, calls with the names of the arguments
# breaks: called as walk(start, gradients, lr, betas, eps); a right one may name its arguments otherwise
def check_adam(walk):
    rng = np.random.default_rng(1)
    start, gradients, b, c, eps = rng.normal(size=3), rng.normal(size=(15, 3)), 0.6, 0.8, 0.2
    s, g = start.copy(), gradients.copy()
    try:
        found = walk(start=s, gradients=g, lr=0.1, betas=(b, c), eps=eps)
    except Exception:
        return False
    v, G, path = 0.0, 0.0, [start]
    for t, now in enumerate(gradients, start=1):
        v, G = b * v + (1 - b) * now, c * G + (1 - c) * now**2
        path.append(path[-1] - 0.1 * v / (1 - b**t) / (np.sqrt(G / (1 - c**t)) + eps))
    if not isinstance(found, np.ndarray) or found.shape != (16, 3):
        return False
    return bool(np.allclose(found, path) and (s == start).all() and (g == gradients).all())


# answer: q11, hands in the gradients as a list
# breaks: gradients, an array (T, n); a right one may ask for its shape
def check_adam(walk):
    rng = np.random.default_rng(1)
    for b, c, eps in ((0.6, 0.8, 0.2), (0.9, 0.999, 1e-8), (0.3, 0.3, 1.0)):
        start, gradients = rng.normal(size=3), list(rng.normal(size=(15, 3)))
        v, G, path = 0.0, 0.0, [start]
        for t, now in enumerate(gradients, start=1):
            v, G = b * v + (1 - b) * now, c * G + (1 - c) * now**2
            path.append(path[-1] - 0.1 * v / (1 - b**t) / (np.sqrt(G / (1 - c**t)) + eps))
        s, g = start.copy(), [row.copy() for row in gradients]
        try:
            found = walk(s, g, 0.1, (b, c), eps)
            if not isinstance(found, np.ndarray) or found.shape != (16, 3) or not np.allclose(found, path):
                return False
        except Exception:
            return False
        if not (np.array_equal(s, start) and np.array_equal(g, gradients)):
            return False
    return True


# answer: q11, lets errors through
# breaks: False when it raises
def check_adam(walk):
    rng = np.random.default_rng(8)
    for b, c, eps in ((0.6, 0.8, 0.2), (0.9, 0.999, 1e-8), (0.3, 0.3, 1.0)):
        start, gradients = rng.normal(size=3), rng.normal(size=(15, 3))
        v, G, path = 0.0, 0.0, [start]
        for t, now in enumerate(gradients, start=1):
            v, G = b * v + (1 - b) * now, c * G + (1 - c) * now**2
            path.append(path[-1] - 0.1 * v / (1 - b**t) / (np.sqrt(G / (1 - c**t)) + eps))
        s, g = start.copy(), gradients.copy()
        found = walk(s, g, 0.1, (b, c), eps)
        if not isinstance(found, np.ndarray) or found.shape != (16, 3) or not np.allclose(found, path):
            return False
        if not (np.array_equal(s, start) and np.array_equal(g, gradients)):
            return False
    return True


# answer: q11, does not look at its own arrays after the call
# breaks: False when it changes an array that it is given
def check_adam(walk):
    rng = np.random.default_rng(8)
    for b, c, eps in ((0.6, 0.8, 0.2), (0.9, 0.999, 1e-8), (0.3, 0.3, 1.0)):
        start, gradients = rng.normal(size=3), rng.normal(size=(15, 3))
        v, G, path = 0.0, 0.0, [start]
        for t, now in enumerate(gradients, start=1):
            v, G = b * v + (1 - b) * now, c * G + (1 - c) * now**2
            path.append(path[-1] - 0.1 * v / (1 - b**t) / (np.sqrt(G / (1 - c**t)) + eps))
        try:
            found = walk(start.copy(), gradients.copy(), 0.1, (b, c), eps)
        except Exception:
            return False
        if not isinstance(found, np.ndarray) or found.shape != (16, 3) or not np.allclose(found, path):
            return False
    return True


# answer: q11, whole numbers in the arrays
# breaks: Arrays hold float64; a right one may write floats into a copy of the start
def check_adam(walk):
    start, gradients = np.array([3, -2, 0]), np.array([[1, 2, -3], [4, -1, 2], [-5, 3, 1], [2, 2, -6]] * 3)
    for b, c, eps in ((0.6, 0.8, 0.2), (0.9, 0.999, 1e-8), (0.3, 0.3, 1.0)):
        v, G, path = 0.0, 0.0, [start]
        for t, now in enumerate(gradients, start=1):
            v, G = b * v + (1 - b) * now, c * G + (1 - c) * now**2
            path.append(path[-1] - 0.1 * v / (1 - b**t) / (np.sqrt(G / (1 - c**t)) + eps))
        s, g = start.copy(), gradients.copy()
        try:
            found = walk(s, g, 0.1, (b, c), eps)
        except Exception:
            return False
        if not isinstance(found, np.ndarray) or found.shape != (13, 3) or not np.allclose(found, path):
            return False
        if not (np.array_equal(s, start) and np.array_equal(g, gradients)):
            return False
    return True


# answer: q11, always the rate 1 and both betas alike, from a start of 0
# breaks: no wrong one passes: settings other than the usual (the rate, β₁ beside β₂, the start matter, too)
def check_adam(walk):
    rng = np.random.default_rng(4)
    for beta, eps in ((0.6, 0.2), (0.9, 1e-8), (0.3, 1.0)):
        start, gradients = np.zeros(3), rng.normal(size=(15, 3))
        v, G, path = 0.0, 0.0, [start]
        for t, now in enumerate(gradients, start=1):
            v, G = beta * v + (1 - beta) * now, beta * G + (1 - beta) * now**2
            path.append(path[-1] - v / (1 - beta**t) / (np.sqrt(G / (1 - beta**t)) + eps))
        s, g = start.copy(), gradients.copy()
        try:
            found = walk(s, g, 1.0, (beta, beta), eps)
        except Exception:
            return False
        if not isinstance(found, np.ndarray) or found.shape != (16, 3) or not np.allclose(found, path):
            return False
        if not (np.array_equal(s, start) and np.array_equal(g, gradients)):
            return False
    return True
