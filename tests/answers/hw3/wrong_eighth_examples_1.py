# answer: q15, five examples worked by hand and nothing else
# breaks: A test is good when it lets no wrong function pass; wrong for one kind of input only (float32, windows of 5, ...)
def check_max_pool(pool):
    square = np.arange(16.0).reshape(1, 1, 4, 4)
    wide = np.array([[[[1.5, -2.0, 0.25, 7.0, 3.0], [4.0, 0.0, -1.0, 2.0, 9.0]]]])
    tall = np.array([[5, 3], [-2, 8], [1, 1]])[None, None]
    below = -np.ones((2, 3, 3, 3))
    examples = [
        ((square, 2), np.array([[5.0, 7.0], [13.0, 15.0]])[None, None]),
        ((wide, 2, 1), np.array([[4.0, 0.25, 7.0, 9.0]])[None, None]),
        ((tall, 2, 1), np.array([[8.0], [8.0]])[None, None]),
        ((below, 2, 2, 1), -np.ones((2, 3, 2, 2))),
        ((square, 3, 1, 1), np.array([[5, 6, 7, 7], [9, 10, 11, 11], [13, 14, 15, 15], [13, 14, 15, 15.0]])[None, None]),
    ]
    for given, right in examples:
        before = given[0].copy()
        try:
            out = pool(*given)
        except Exception:
            return False
        if not isinstance(out, np.ndarray) or out.shape != right.shape or out.dtype.kind != "f":
            return False
        if given[0].dtype == float and out.dtype != float:
            return False
        if not np.allclose(out, right) or not np.array_equal(before, given[0]):
            return False
    return True


# answer: q15, every window, stride and padding, but on one image of one channel of floats
# breaks: wrong for one kind of input only: only whole numbers, float32; only some numbers of channels
def check_max_pool(pool):
    image = np.random.default_rng(0).normal(size=(12, 11)) * 100 - 50
    for k in range(1, 6):
        for s in (None, 1, 2, 3, 4, 5, 6):
            for p in range(k // 2 + 1):
                step = s or k
                tops = range(-p, 12 + p - k + 1, step)
                lefts = range(-p, 11 + p - k + 1, step)
                right = [[image[max(i, 0) : i + k, max(j, 0) : j + k].max() for j in lefts] for i in tops]
                x = image[None, None].copy()
                try:
                    answers = [pool(x, k, s, p)]
                    if s is None:
                        answers.append(pool(x, k, padding=p))
                    if p == 0:
                        answers.append(pool(x, k, s))
                except Exception:
                    return False
                for out in answers:
                    if type(out) is not np.ndarray or out.dtype != np.float64:
                        return False
                    if out.shape != (1, 1, len(tops), len(lefts)) or not np.allclose(out[0, 0], right):
                        return False
                if not np.array_equal(x[0, 0], image):
                    return False
    return True


# answer: q15, asks that the largest number of the image is the largest of the answer
# breaks: where the stride does not fit, the last pixels are never read (right functions are judged wrong)
def check_max_pool(pool):
    rng = np.random.default_rng(1)
    for t in range(80):
        k = 1 + t % 5
        p = t % (k // 2 + 1)
        x = rng.uniform(-20, 20, size=(1 + t % 3, 1 + t % 2, int(rng.integers(5, 13)), int(rng.integers(5, 13))))
        s = (None, 1, 2)[t % 3]
        keep = x.copy()
        try:
            out = pool(x, k, s, p)
        except Exception:
            return False
        step = s or k
        size = tuple((n + 2 * p - k) // step + 1 for n in x.shape[2:])
        if not isinstance(out, np.ndarray) or out.shape != x.shape[:2] + size or out.dtype != float:
            return False
        if not np.isin(out, x).all() or not np.array_equal(x, keep):
            return False
        if not np.array_equal(out.max(axis=(2, 3)), x.max(axis=(2, 3))):
            return False
    return True


# answer: q15, asks that each answer stands in its map and is no less than the first real pixel of its window
# breaks: is off in at least one place (a number that is not the largest of its window passes)
def check_max_pool(pool):
    rng = np.random.default_rng(2)
    for t in range(120):
        k = 1 + t % 5
        p = int(rng.integers(0, k // 2 + 1))
        s = (None, 1, 2, 3, 4, 5, 6)[t % 7]
        n, c = 1 + t % 3, 1 + t // 3 % 3
        x = rng.normal(size=(n, c, int(rng.integers(5, 13)), int(rng.integers(5, 13)))) * 10
        x = x.astype([np.float64, np.float32, np.int64][t // 2 % 3])
        keep, step = x.copy(), s or k
        try:
            out = pool(x, k, stride=s, padding=p)
        except Exception:
            return False
        if not isinstance(out, np.ndarray) or not np.array_equal(x, keep):
            return False
        if out.dtype != float and (x.dtype == float or out.dtype != np.float32):
            return False
        rows, cols = [np.maximum(np.arange(-p, m + p - k + 1, step), 0) for m in x.shape[2:]]
        first = x[:, :, rows][:, :, :, cols]
        if out.shape != first.shape or not (out >= first - 1e-6).all():
            return False
        for a in range(n):
            for b in range(c):
                if not np.isin(out[a, b], x[a, b]).all():
                    return False
    return True
