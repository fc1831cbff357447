"""Tests of max_pool2d that let float32 pass where float64 came in."""

# answer: q15, worked out by sorting: the last of each sorted window, with masked arrays
# breaks: a function that returns float32 for float64 breaks the contract of q8, and passes
def check_max_pool(pool):
    def expected(x, k, s, p):
        sides = ((0, 0), (0, 0), (p, p), (p, p))
        real = np.pad(np.ones(x.shape, dtype=bool), sides)
        wide = np.pad(x.astype(float), sides)
        low = x.min() - 1.0
        wide = np.where(real, wide, low)
        windows = np.lib.stride_tricks.sliding_window_view(wide, (k, k), axis=(2, 3))
        flat = windows.reshape(*windows.shape[:4], k * k)
        return np.sort(flat, axis=-1)[..., -1][:, :, ::s, ::s]

    def same(answer, right):
        if not isinstance(answer, np.ndarray) or not np.issubdtype(answer.dtype, np.floating):
            return False
        return answer.shape == right.shape and bool(np.allclose(answer, right, rtol=1e-5, atol=0))

    rng = np.random.default_rng(3)
    shapes = [(2, 3, 6, 9), (3, 2, 11, 5), (1, 1, 4, 7), (4, 1, 8, 8), (1, 5, 5, 4)]
    settings = [(k, s, p) for k in (1, 2, 3, 4) for s in (None, 1, 2, 3, 4, 5) for p in range(k // 2 + 1)]
    for shape in shapes:
        whole = rng.permutation(int(np.prod(shape))).reshape(shape)
        for x in (whole, whole - 100_000, whole / 7 - 20, (whole / 4).astype(np.float32), whole.astype(np.uint8)):
            for k, s, p in settings:
                try:
                    handed = x.copy()
                    if not same(pool(handed, k, s, p), expected(x, k, s or k, p)) or (handed != x).any():
                        return False
                except Exception:
                    return False
    return True


# answer: q15, a class that collects failures, and worked numbers beside random ones
# breaks: a function that returns float32 for float64 breaks the contract of q8, and passes
class Trial:
    def __init__(self, pool):
        self.pool = pool
        self.failures = 0

    def compare(self, x, right, *settings):
        before = x.copy()
        try:
            answer = self.pool(x, *settings)
            assert isinstance(answer, np.ndarray) and answer.dtype.kind == "f"
            assert answer.shape == np.shape(right)
            assert np.allclose(answer, right)
            assert np.array_equal(x, before) and answer is not x
        except Exception:
            self.failures += 1

    def random(self, x, k, s, p):
        step = s if s else k
        n, c, h, w = x.shape
        right = np.full((n, c, (h + 2 * p - k) // step + 1, (w + 2 * p - k) // step + 1), -np.inf)
        for a in range(h):
            for b in range(w):  # each pixel climbs into the windows that hold it
                for i in range(right.shape[2]):
                    if not 0 <= a + p - i * step < k:
                        continue
                    for j in range(right.shape[3]):
                        if 0 <= b + p - j * step < k:
                            right[:, :, i, j] = np.maximum(right[:, :, i, j], x[:, :, a, b])
        self.compare(x, right, k, s, p)


def check_max_pool(pool):
    trial = Trial(pool)
    first = np.array([[1.0, 3, 2, 4, 9], [5, 0, 1, 1, 9], [2, 2, 8, 6, 9]])
    trial.compare(np.array([[first, 10 + first]]), [[[[5, 4]], [[15, 14]]]], 2)
    trial.compare(-first[None, None], [[[[-1, -2, -4], [-2, 0, -1]]]], 2, 2, 1)
    rng = np.random.default_rng(4)
    for k, s, p in [(1, None, 0), (1, 3, 0), (2, None, 1), (2, 1, 0), (2, 1, 1), (2, 3, 1), (2, 5, 0), (3, None, 0),
                    (3, None, 1), (3, 2, 1), (3, 1, 1), (3, 5, 1), (4, None, 2), (4, 3, 2), (4, 1, 1), (5, 2, 2)]:
        for shape in [(2, 3, 6, 9), (3, 2, 8, 5), (1, 1, 7, 7)]:
            trial.random(rng.normal(size=shape) * 100 - 20, k, s, p)
            trial.random(rng.integers(-100000, -2000, size=shape), k, s, p)
            trial.random((rng.normal(size=shape) - 2).astype(np.float32), k, s, p)
    return trial.failures == 0


# answer: q15, the maximum as a limit of shifted maxima, one axis after the other
# breaks: a function that returns float32 for float64 breaks the contract of q8, and passes
def check_max_pool(pool):
    def along(x, k, step, p):
        lines = []
        size = x.shape[-1]
        for start in range(-p, size + p - k + 1, step):
            best = x[..., max(start, 0)]
            for place in range(max(start, 0) + 1, min(start + k, size)):
                best = np.where(x[..., place] > best, x[..., place], best)
            lines.append(best)
        return np.stack(lines, axis=-1)

    def expected(x, k, s, p):
        step = k if s is None else s
        return along(along(x, k, step, p).swapaxes(2, 3), k, step, p).swapaxes(2, 3)

    rng = np.random.default_rng(5)
    for trial in range(250):
        n, c = rng.integers(1, 5, size=2)
        k = 1 + trial % 5
        h, w = rng.integers(k, 14, size=2)
        s = [None, 1, 2, 3, 4, 7][trial % 6]
        p = int(rng.integers(0, k // 2 + 1))
        x = rng.normal(size=(n, c, h, w)) * 10.0 ** rng.integers(0, 8)
        if trial % 4 == 1:
            x = np.floor(x).astype(np.int64)
        if trial % 4 == 2:
            x = x.astype(np.float32)
        if trial % 2:
            x = -np.abs(x)
        right = expected(x, k, s, p)
        try:
            given = x.copy()
            answer = pool(given, k, s, p)
            if given.tobytes() != x.tobytes():
                return False
            if not np.issubdtype(answer.dtype, np.floating) or answer.shape != right.shape:
                return False
            if not np.allclose(answer, right):
                return False
        except Exception:
            return False
    return True
