# answer: q15, every mix of small settings in turn, expected values made by a table of places
from itertools import product


def check_max_pool(pool):
    rng = np.random.default_rng(11)
    kinds = np.float64, np.float32, np.int64
    number = 0

    def numbers(size, kind):
        which = rng.integers(6)
        if which == 0:
            x = np.full(size, rng.choice([-7.25, 3.5, -8000.0, 0.5]))
        elif which == 5:
            x = rng.integers(-3, 4, size) * 1.0
        else:
            low, high = [(-10000, 10000), (-0.99, 0.99), (-9000, -1), (0.01, 50)][which - 1]
            x = rng.uniform(low, high, size)
        return x.astype(kind)

    for k, s in product(range(1, 6), (None, 1, 2, 3, 4, 5, 6)):
        for p in range(k // 2 + 1):
            for _ in range(5):
                number += 1
                N, C = 1 + rng.integers(3, size=2)
                low = max(1, k - 2 * p)
                H, W = rng.integers(low, 13, size=2)
                if rng.random() < 0.3:
                    H, W = rng.permutation([low, 12])
                x = numbers((N, C, H, W), kinds[rng.integers(3)])
                step = k if s is None else s
                down = np.arange(-p, H + p - k + 1, step)[:, None] + np.arange(k)
                across = np.arange(-p, W + p - k + 1, step)[:, None] + np.arange(k)
                # a place outside is moved to the nearest inside, which its window holds already
                down, across = down.clip(0, H - 1), across.clip(0, W - 1)
                want = x.astype(float)[:, :, down[:, None, :, None], across[None, :, None, :]].max(axis=(4, 5))
                call = [k, s, p][: 3 if p else 1 + (s is not None) + number % 2]
                y = x.copy()
                try:
                    got = pool(y, *call[:2], **({"padding": call[2]} if len(call) > 2 else {}))
                except Exception:
                    return False
                if type(got) is not np.ndarray or got.shape != want.shape or (y != x).any():
                    return False
                if got.dtype not in ([np.float64] if x.dtype == np.float64 else [np.float32, np.float64]):
                    return False
                if not (np.abs(got - want) <= 1e-5 * np.abs(want).max()).all():
                    return False
    return True


# answer: q15, plain loops over the windows, worked out once and kept
_CASES = []
_SPREADS = (1, 0), (10000, 0), (0.5, 0), (0.4, -0.5), (5000, -5001), (300, 301), (2, 0), (0, -3.75), (0, 6)


def _largest(image, top, left, k):
    best = None
    for row in image[max(top, 0) : top + k]:
        for value in row[max(left, 0) : left + k]:
            if best is None or value > best:
                best = value
    return best


def _cases():
    rng = np.random.default_rng(5)
    while len(_CASES) < 330:
        n = len(_CASES)
        size = tuple(int(v) for v in rng.integers(1, (3, 3, 13, 13)))
        if n % 4 == 0:
            size = (3, 2) + size[2:] if n % 8 else (1, 1) + size[2:]
        if n % 9 == 0:
            size = size[:2] + ((1, 9) if n % 2 else (11, 1))
        k, s = int(rng.integers(1, 6)), (None, 1, 2, 3, 4, 5, 6)[rng.integers(7)]
        p = int(rng.integers(k // 2 + 1))
        if min(size[2:]) + 2 * p < k:
            continue
        scale, shift = _SPREADS[rng.integers(len(_SPREADS))]
        x = rng.uniform(-1, 1, size) * scale + shift
        x = x.round() if scale == 2 else x
        x = x.astype((np.int64, np.float32, np.float64)[rng.integers(3)])
        step, (N, C, H, W) = s or k, size
        rows, cols = range(-p, H + p - k + 1, step), range(-p, W + p - k + 1, step)
        want = [[[[_largest(m, i, j, k) for j in cols] for i in rows] for m in image] for image in x.tolist()]
        _CASES.append((x, k, s, p, np.array(want, dtype=float)))


def check_max_pool(pool):
    if not _CASES:
        _cases()
    for n, (x, k, s, p, want) in enumerate(_CASES):
        named = {"kernel_size": k, "stride": s, "padding": p}
        if s is None and n % 2:
            del named["stride"]
        if p == 0 and n % 3:
            del named["padding"]
        mine = x.copy()
        try:
            got = pool(mine, **named)
        except Exception:
            return False
        good = isinstance(got, np.ndarray) and got.shape == want.shape and np.array_equal(mine, x)
        good = good and str(got.dtype) in ("float64", "float32")[: 1 if x.dtype == np.float64 else 2]
        if not good or not np.allclose(got, want):
            return False
    return True
