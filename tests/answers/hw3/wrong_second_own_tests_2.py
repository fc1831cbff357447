"""Wrong answers to q15, written from the notebook of a student alone."""

# answer: q15, one image
# breaks: mistakes in images
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, None, 0), (3, None, 1), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, 1, 0), (4, 3, 2), (1, 2, 0)]
    for k, s, p in cases:
        x = rng.normal(size=(1, 2, 7, 10)) - 5
        for given in (x, x.astype(np.float32), np.round(10 * x).astype(int), 1e12 * x):
            before = given.copy()
            step = k if s is None else s
            wide = np.full((1, 2, 7 + 2 * p, 10 + 2 * p), -np.inf)
            wide[:, :, p:7 + p, p:10 + p] = given
            h, w = (7 + 2 * p - k) // step + 1, (10 + 2 * p - k) // step + 1
            right = np.zeros((1, 2, h, w))
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


# answer: q15, square images
# breaks: mistakes in sizes: height and width that differ
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, None, 0), (3, None, 1), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, 1, 0), (4, 3, 2), (1, 2, 0)]
    for k, s, p in cases:
        x = rng.normal(size=(3, 2, 7, 7)) - 5
        for given in (x, x.astype(np.float32), np.round(7 * x).astype(int), 1e12 * x):
            before = given.copy()
            step = k if s is None else s
            wide = np.full((3, 2, 7 + 2 * p, 7 + 2 * p), -np.inf)
            wide[:, :, p:7 + p, p:7 + p] = given
            h, w = (7 + 2 * p - k) // step + 1, (7 + 2 * p - k) // step + 1
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


# answer: q15, the stride is always given
# breaks: None means kernel_size
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, 2, 0), (3, 3, 1), (2, 1, 1), (3, 2, 1), (2, 3, 0), (3, 1, 0), (4, 3, 2), (1, 2, 0)]
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
            if said.shape != right.shape or said.dtype.kind != "f" or not np.allclose(said, right):
                return False
            if not np.array_equal(given, before):
                return False
    return True


# answer: q15, windows of two, side by side
# breaks: stride 2 unless given shows with other windows only
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, None, 0), (2, 2, 1)]
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
            if said.shape != right.shape or said.dtype.kind != "f" or not np.allclose(said, right):
                return False
            if not np.array_equal(given, before):
                return False
    return True


# answer: q15, strides never go beyond the window
# breaks: strides larger than the window
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, None, 0), (3, None, 1), (2, 1, 1), (3, 2, 1), (3, 1, 0)]
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
            if said.shape != right.shape or said.dtype.kind != "f" or not np.allclose(said, right):
                return False
            if not np.array_equal(given, before):
                return False
    return True


# answer: q15, no pixels are left over
# breaks: pixels left over
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    cases = [(2, None, 0), (2, 1, 1), (3, 1, 1), (4, 2, 1), (2, 2, 1)]
    for k, s, p in cases:
        x = rng.normal(size=(3, 2, 8, 10)) - 5
        for given in (x, x.astype(np.float32), np.round(10 * x).astype(int), 1e12 * x):
            before = given.copy()
            step = k if s is None else s
            wide = np.full((3, 2, 8 + 2 * p, 10 + 2 * p), -np.inf)
            wide[:, :, p:8 + p, p:10 + p] = given
            h, w = (8 + 2 * p - k) // step + 1, (10 + 2 * p - k) // step + 1
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


# answer: q15, sums are compared
# breaks: the values at their places
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
            if said.shape != right.shape or said.dtype.kind != "f" or not np.isclose(said.sum(), right.sum()):
                return False
            if not np.array_equal(given, before):
                return False
    return True
