"""More wrong answers to q6: a gradient check. Text; nobody imports it."""

# answer: q6, keeps both outputs while it moves one array, of which they may be views
# breaks: for a right backward less than 1e-6, also where forward turns or reverses x
def gradient_error(forward, backward, x):
    g = np.random.default_rng(0).normal(size=np.shape(forward(x)))
    a = backward(g, x)
    if np.shape(a) != x.shape or not np.isfinite(a).all():
        return np.inf
    moved, h = x.copy(), 1e-5
    n = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        moved[i] = x[i] + h
        up = forward(moved)
        moved[i] = x[i] - h
        down = forward(moved)
        n[i] = np.sum(g * (up - down)) / (2 * h)
        moved[i] = x[i]
    size = np.abs(a).max() + np.abs(n).max()
    return float(np.abs(a - n).max() / size) if size > 0 else 0.0


# answer: q6, moves x itself, there and back again, and rounding is left in it
# breaks: "No function or method changes an array that it is given"
def gradient_error(forward, backward, x):
    g = np.random.default_rng(0).normal(size=np.shape(forward(x)))
    a = backward(g, x)
    if np.shape(a) != x.shape or not np.isfinite(a).all():
        return np.inf
    n, h = np.zeros(x.shape), 1e-5
    for i in np.ndindex(x.shape):
        x[i] += h
        up = np.sum(g * forward(x))
        x[i] -= 2 * h
        down = np.sum(g * forward(x))
        x[i] += h
        n[i] = (up - down) / (2 * h)
    size = np.abs(a).max() + np.abs(n).max()
    return float(np.abs(a - n).max() / size) if size > 0 else 0.0


# answer: q6, looks for nan, and overlooks infinity
# breaks: "infinity where backward returns ... a number that is not finite"
def gradient_error(forward, backward, x):
    g = np.random.default_rng(0).normal(size=np.shape(forward(x)))
    a = backward(g, x)
    if np.shape(a) != x.shape or np.isnan(a).any():
        return np.inf
    n, h = np.zeros(x.shape), 1e-5
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        n[i] = (np.sum(g * forward(x + e)) - np.sum(g * forward(x - e))) / (2 * h)
    size = np.abs(a).max() + np.abs(n).max()
    return float(np.abs(a - n).max() / size) if size > 0 else 0.0


# answer: q6, guards the division with max(1, ...), as many checks on the net do
# breaks: the error is relative: a wrong backward of small numbers must get more than 1e-3
def gradient_error(forward, backward, x):
    g = np.random.default_rng(0).choice([-1, 1], size=np.shape(forward(x)))
    g = g * np.random.default_rng(1).uniform(1, 2, size=g.shape)
    a = backward(g, x)
    if np.shape(a) != x.shape or not np.isfinite(a).all():
        return np.inf
    n, h = np.zeros(x.shape), 1e-5
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        n[i] = (np.sum(g * forward(x + e)) - np.sum(g * forward(x - e))) / (2 * h)
    return float(np.abs(a - n).max() / max(1, np.abs(a).max() + np.abs(n).max()))


# answer: q6, tries ten numbers of a large input
# breaks: the largest of all |a_i - n_i|: a mistake at one place must be found
def gradient_error(forward, backward, x):
    rng = np.random.default_rng(0)
    g = rng.normal(size=np.shape(forward(x)))
    a = np.asarray(backward(g, x))
    if a.shape != x.shape or not np.isfinite(a).all():
        return np.inf
    places = rng.permutation(x.size)[:10]
    h, n = 1e-5, []
    for i in places:
        e = np.zeros(x.size)
        e[i] = h
        e = e.reshape(x.shape)
        n.append((np.sum(g * forward(x + e)) - np.sum(g * forward(x - e))) / (2 * h))
    a, n = a.ravel()[places], np.array(n)
    size = np.abs(a).max() + np.abs(n).max()
    return float(np.abs(a - n).max() / size) if size > 0 else 0.0


# answer: q6, divides by the largest |a| + |n| at one place
# breaks: the error is divided by max |a| + max |n|, each the largest of its own array
def gradient_error(forward, backward, x):
    g = np.random.default_rng(0).normal(size=np.shape(forward(x)))
    a = backward(g, x)
    if np.shape(a) != x.shape or not np.isfinite(a).all():
        return np.inf
    n, h = np.zeros(x.shape), 1e-5
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        n[i] = (np.sum(g * forward(x + e)) - np.sum(g * forward(x - e))) / (2 * h)
    size = (np.abs(a) + np.abs(n)).max()
    return float(np.abs(a - n).max() / size) if size > 0 else 0.0
