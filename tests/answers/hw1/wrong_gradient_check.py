"""Wrong answers to q6: a gradient check. Text; nobody imports it."""

# answer: q6, the weights of the outputs are all 2
# breaks: "a wrong backward that reverses an array": it must get more than 1e-3
def gradient_error(forward, backward, x):
    g = np.full(np.shape(forward(x)), 2.0)
    a = backward(g, x)
    if np.shape(a) != x.shape or not np.isfinite(a).all():
        return np.inf
    n, h = np.zeros(x.shape), 1e-5
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        n[i] = (np.sum(g * forward(x + e)) - np.sum(g * forward(x - e))) / (2 * h)
    size = np.abs(a).max() + np.abs(n).max()
    return float(np.abs(a - n).max() / size) if size > 0 else 0.0


# answer: q6, the weights are drawn at random, but all above 0
# breaks: "that loses the sign of grad_out": it must get more than 1e-3
def gradient_error(forward, backward, x):
    g = np.random.default_rng(0).uniform(0.5, 1.5, size=np.shape(forward(x)))
    a = backward(g, x)
    if np.shape(a) != x.shape or not np.isfinite(a).all():
        return np.inf
    n, h = np.zeros(x.shape), 1e-5
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        n[i] = (np.sum(g * forward(x + e)) - np.sum(g * forward(x - e))) / (2 * h)
    size = np.abs(a).max() + np.abs(n).max()
    return float(np.abs(a - n).max() / size) if size > 0 else 0.0


# answer: q6, the weights go evenly from -1 to 1, and that in the middle is 0
# breaks: for each wrong backward more than 1e-3: what the middle output gets is not seen
def gradient_error(forward, backward, x):
    y = np.asarray(forward(x))
    g = np.linspace(-1, 1, y.size).reshape(y.shape)
    a = backward(g, x)
    if np.shape(a) != x.shape or not np.isfinite(a).all():
        return np.inf
    n, h = np.zeros(x.shape), 1e-5
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        n[i] = (np.sum(g * forward(x + e)) - np.sum(g * forward(x - e))) / (2 * h)
    size = np.abs(a).max() + np.abs(n).max()
    return float(np.abs(a - n).max() / size) if size > 0 else 0.0


# answer: q6, weights are drawn for the last axis, the same for all rows
# breaks: "choose a weight g_j for each output": rows that change places look right
def gradient_error(forward, backward, x):
    shape = np.shape(forward(x))
    g = np.random.default_rng(1).normal(size=shape[-1:]) * np.ones(shape)
    a = backward(g, x)
    if np.shape(a) != x.shape or not np.isfinite(a).all():
        return np.inf
    n, h = np.zeros(x.shape), 1e-5
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        n[i] = (np.sum(g * forward(x + e)) - np.sum(g * forward(x - e))) / (2 * h)
    size = np.abs(a).max() + np.abs(n).max()
    return float(np.abs(a - n).max() / size) if size > 0 else 0.0


# answer: q6, a number needs no weight, so it gets 1
# breaks: "or that forgets to use it at all": with one output, a weight of 1 makes it look right
def gradient_error(forward, backward, x):
    y = forward(x)
    g = np.random.default_rng(1).normal(size=np.shape(y)) if np.ndim(y) else np.array(1.0)
    a = backward(g, x)
    if np.shape(a) != x.shape or not np.isfinite(a).all():
        return np.inf
    n, h = np.zeros(x.shape), 1e-5
    for i in np.ndindex(x.shape):
        e = np.zeros(x.shape)
        e[i] = h
        n[i] = np.sum(g * (forward(x + e) - forward(x - e))) / (2 * h)
    size = np.abs(a).max() + np.abs(n).max()
    return float(np.abs(a - n).max() / size) if size > 0 else 0.0


# answer: q6, differences go forward only
# breaks: "compare it with central differences": at a place where the slope is 0, a right one looks wrong
def gradient_error(forward, backward, x):
    y, h = forward(x), 1e-6
    g = np.random.default_rng(0).normal(size=np.shape(y))
    a = backward(g, x)
    if np.shape(a) != x.shape or not np.isfinite(a).all():
        return np.inf
    n = np.zeros(x.shape)
    for i in np.ndindex(x.shape):
        moved = x.copy()
        moved[i] += h
        n[i] = np.sum(g * (forward(moved) - y)) / h
    size = np.abs(a).max() + np.abs(n).max()
    return float(np.abs(a - n).max() / size) if size > 0 else 0.0


# answer: q6, the step is as large as the number that it moves, so that it is 0 at 0
# breaks: "One h for all will do": for a right backward less than 1e-6, also where x holds a 0
def gradient_error(forward, backward, x):
    g = np.random.default_rng(0).normal(size=np.shape(forward(x)))
    a = backward(g, x)
    if np.shape(a) != x.shape or not np.all(np.isfinite(a)):
        return float("inf")
    n = np.zeros_like(x)
    for i in np.ndindex(x.shape):
        h = 1e-5 * abs(x[i])
        up, down = x.copy(), x.copy()
        up[i] += h
        down[i] -= h
        n[i] = np.sum(g * (forward(up) - forward(down))) / (2 * h)
    size = np.abs(a).max() + np.abs(n).max()
    return float(np.abs(a - n).max() / size) if size != 0 else 0.0


# answer: q6, moves the flat copy of an array that is stored by columns
# breaks: x : array (any shape); for a right backward less than 1e-6, also where x is a transpose
def gradient_error(forward, backward, x):
    g = np.random.default_rng(0).normal(size=np.shape(forward(x)))
    a = np.asarray(backward(g, x))
    if a.shape != x.shape or not np.isfinite(a).all():
        return np.inf
    h, numeric = 1e-5, []
    for i in range(x.size):
        up, down = np.array(x), np.array(x)
        up.reshape(-1)[i] += h
        down.reshape(-1)[i] -= h
        numeric.append(np.sum(g * forward(up) - g * forward(down)) / (2 * h))
    n = np.array(numeric).reshape(x.shape)
    size = np.abs(a).max() + np.abs(n).max()
    return float(np.abs(a - n).max() / size) if size > 0 else 0.0
