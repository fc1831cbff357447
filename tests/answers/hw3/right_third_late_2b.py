# answer: q15, many cases in one list of lambdas, the truth as the maximum over im2col's columns
# excused: 945 calls of the function a check; the notebook says that their time counts, and a few hundred do
def check_max_pool(pool):
    def truth(x, k, s, p):
        s = s or k
        n, c, h, w = x.shape
        ho, wo = (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1
        alone = x.reshape(n * c, 1, h, w).astype(float)
        values = im2col(alone, (k, k), s, p)
        real = im2col(np.ones((1, 1, h, w)), (k, k), s, p)
        return np.where(real > 0, values, -np.inf).max(axis=1).reshape(n, c, ho, wo)

    rng = np.random.default_rng(6)
    makers = [
        lambda n, c, h, w: rng.normal(size=(n, c, h, w)),
        lambda n, c, h, w: -rng.random((n, c, h, w)) - 3000,
        lambda n, c, h, w: rng.integers(-500, 500, (n, c, h, w)),
        lambda n, c, h, w: rng.integers(-9, 9, (n, c, h, w)).astype(np.float32) / 2,
        lambda n, c, h, w: rng.normal(size=(w, h, c, n)).transpose(3, 2, 1, 0),
    ]
    results = []
    for make in makers:
        for size in [(1, 2, 5, 8), (3, 2, 9, 6), (2, 4, 7, 11)]:
            for k in range(1, 6):
                for s in [None, *range(1, 7)]:
                    for p in {0, k // 2}:
                        x = make(*size)
                        try:
                            right, before = truth(x, k, s, p), x.copy()
                            y = pool(x, k, s, p)
                            results.append(np.array_equal(x, before))
                            results.append(bool(y.dtype.kind == "f" and y.shape == right.shape and np.allclose(y, right)))
                        except Exception:
                            results.append(False)
    return all(results)
