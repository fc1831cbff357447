"""Wrong answers to q15, written from the notebook of a student alone."""

# answer: q15, one small image by hand
# breaks: mistakes in padding, stride, images, channels
def check_max_pool(pool):
    x = np.array([[[[1.0, 3, 2, 4], [5, 0, 1, 1], [2, 2, 8, 6], [0, 1, 2, 3]]]])
    try:
        y = pool(x, 2, None, 0)
    except Exception:
        return False
    return y.shape == (1, 1, 2, 2) and bool(np.allclose(y, [[[[5, 4], [2, 8]]]]))


# answer: q15, no negative values
# breaks: mistakes in padding: zeros win only over negative values
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, None, 0), (3, None, 1), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, 1, 0), (4, 3, 2), (1, 2, 0)]
    for k, s, p in cases:
        x = rng.uniform(1, 10, size=(3, 2, 7, 10))
        for given in (x, x.astype(np.float32), np.round(10 * x).astype(int), 1e12 * x):
            before = given.copy()
            step = k if s is None else s
            wide = np.full((3, 2, 7 + 2 * p, 10 + 2 * p), -np.inf)
            wide[:, :, p:7 + p, p:10 + p] = given
            h, w = (7 + 2 * p - k) // step + 1, (10 + 2 * p - k) // step + 1
            right = np.zeros((3, 2, h, w))
            for i in range(h):
                for j in range(w):
                    right[:, :, i, j] = wide[:, :, i * step:i * step + k, j * step:j * step + k].max(axis=(2, 3))
            try:
                said = np.asarray(pool(given, k, s, p))
            except Exception:
                return False
            if said.shape != right.shape or said.dtype.kind != "f" or not np.allclose(said, right):
                return False
            if not np.array_equal(given, before):
                return False
    return True


# answer: q15, float32 is refused
# breaks: the contract allows float32 for float32
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, None, 0), (3, None, 1), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, 1, 0), (4, 3, 2), (1, 2, 0)]
    for k, s, p in cases:
        x = rng.normal(size=(3, 2, 7, 10)) - 5
        for given in (x, x.astype(np.float32), np.round(10 * x).astype(int), 1e12 * x):
            before = given.copy()
            step = k if s is None else s
            wide = np.full((3, 2, 7 + 2 * p, 10 + 2 * p), -np.inf)
            wide[:, :, p:7 + p, p:10 + p] = given
            h, w = (7 + 2 * p - k) // step + 1, (10 + 2 * p - k) // step + 1
            right = np.zeros((3, 2, h, w))
            for i in range(h):
                for j in range(w):
                    right[:, :, i, j] = wide[:, :, i * step:i * step + k, j * step:j * step + k].max(axis=(2, 3))
            try:
                said = np.asarray(pool(given, k, s, p))
            except Exception:
                return False
            if said.shape != right.shape or said.dtype != np.float64 or not np.allclose(said, right):
                return False
            if not np.array_equal(given, before):
                return False
    return True


# answer: q15, errors come through
# breaks: False when it raises
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, None, 0), (3, None, 1), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, 1, 0), (4, 3, 2), (1, 2, 0)]
    for k, s, p in cases:
        x = rng.normal(size=(3, 2, 7, 10)) - 5
        for given in (x, x.astype(np.float32), np.round(10 * x).astype(int), 1e12 * x):
            before = given.copy()
            step = k if s is None else s
            wide = np.full((3, 2, 7 + 2 * p, 10 + 2 * p), -np.inf)
            wide[:, :, p:7 + p, p:10 + p] = given
            h, w = (7 + 2 * p - k) // step + 1, (10 + 2 * p - k) // step + 1
            right = np.zeros((3, 2, h, w))
            for i in range(h):
                for j in range(w):
                    right[:, :, i, j] = wide[:, :, i * step:i * step + k, j * step:j * step + k].max(axis=(2, 3))
            said = np.asarray(pool(given, k, s, p))
            if said.shape != right.shape or said.dtype.kind != "f" or not np.allclose(said, right):
                return False
            if not np.array_equal(given, before):
                return False
    return True


# answer: q15, None where it should say False
# breaks: bool
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, None, 0), (3, None, 1), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, 1, 0), (4, 3, 2), (1, 2, 0)]
    for k, s, p in cases:
        x = rng.normal(size=(3, 2, 7, 10)) - 5
        for given in (x, x.astype(np.float32), np.round(10 * x).astype(int), 1e12 * x):
            before = given.copy()
            step = k if s is None else s
            wide = np.full((3, 2, 7 + 2 * p, 10 + 2 * p), -np.inf)
            wide[:, :, p:7 + p, p:10 + p] = given
            h, w = (7 + 2 * p - k) // step + 1, (10 + 2 * p - k) // step + 1
            right = np.zeros((3, 2, h, w))
            for i in range(h):
                for j in range(w):
                    right[:, :, i, j] = wide[:, :, i * step:i * step + k, j * step:j * step + k].max(axis=(2, 3))
            try:
                said = np.asarray(pool(given, k, s, p))
            except Exception:
                return None
            if said.shape != right.shape or said.dtype.kind != "f" or not np.allclose(said, right):
                return None
            if not np.array_equal(given, before):
                return None
    return True


# answer: q15, no look at whole numbers
# breaks: mistakes in dtype
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, None, 0), (3, None, 1), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, 1, 0), (4, 3, 2), (1, 2, 0)]
    for k, s, p in cases:
        x = rng.normal(size=(3, 2, 7, 10)) - 5
        for given in (x, 1e12 * x):
            before = given.copy()
            step = k if s is None else s
            wide = np.full((3, 2, 7 + 2 * p, 10 + 2 * p), -np.inf)
            wide[:, :, p:7 + p, p:10 + p] = given
            h, w = (7 + 2 * p - k) // step + 1, (10 + 2 * p - k) // step + 1
            right = np.zeros((3, 2, h, w))
            for i in range(h):
                for j in range(w):
                    right[:, :, i, j] = wide[:, :, i * step:i * step + k, j * step:j * step + k].max(axis=(2, 3))
            try:
                said = np.asarray(pool(given, k, s, p))
            except Exception:
                return False
            if said.shape != right.shape or  not np.allclose(said, right):
                return False
            if not np.array_equal(given, before):
                return False
    return True


# answer: q15, one channel
# breaks: mistakes in channels
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, None, 0), (3, None, 1), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, 1, 0), (4, 3, 2), (1, 2, 0)]
    for k, s, p in cases:
        x = rng.normal(size=(3, 1, 7, 10)) - 5
        for given in (x, x.astype(np.float32), np.round(10 * x).astype(int), 1e12 * x):
            before = given.copy()
            step = k if s is None else s
            wide = np.full((3, 1, 7 + 2 * p, 10 + 2 * p), -np.inf)
            wide[:, :, p:7 + p, p:10 + p] = given
            h, w = (7 + 2 * p - k) // step + 1, (10 + 2 * p - k) // step + 1
            right = np.zeros((3, 1, h, w))
            for i in range(h):
                for j in range(w):
                    right[:, :, i, j] = wide[:, :, i * step:i * step + k, j * step:j * step + k].max(axis=(2, 3))
            try:
                said = np.asarray(pool(given, k, s, p))
            except Exception:
                return False
            if said.shape != right.shape or said.dtype.kind != "f" or not np.allclose(said, right):
                return False
            if not np.array_equal(given, before):
                return False
    return True
