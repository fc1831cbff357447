"""Right answers to q1 to q6, in other styles. Text; nobody imports it."""

# answer: q4, dicts and lists in pure Python, made an array at the end
def _by_kind(kernel, stride):
    kinds = {(a, b): [] for a in range(stride) for b in range(stride)}
    for i, row in enumerate(kernel.tolist()):
        for j, tap in enumerate(row):
            kinds[i % stride, j % stride].append(tap)
    return {kind: sum(taps) for kind, taps in kinds.items()}


def phase_sums(kernel, stride):
    sums = _by_kind(kernel, stride)
    return np.array([[float(sums[a, b]) for b in range(stride)] for a in range(stride)])


def evened(kernel, stride):
    sums = _by_kind(kernel, stride)
    if 0 in sums.values():
        raise ValueError("a kind adds up to 0")
    rows = enumerate(kernel.tolist())
    return np.array([[t / sums[i % stride, j % stride] for j, t in enumerate(row)] for i, row in rows])


# answer: q5, kernel by kernel, each with its group from its number
def spread_groups(weight, groups):
    F, deep = weight.shape[:2]
    if F % groups != 0:
        raise ValueError("groups has to divide the number of kernels")
    plain = np.zeros((F, groups * deep) + weight.shape[2:], dtype=weight.dtype)
    for f in range(F):
        start = f * groups // F * deep
        plain[f, start : start + deep] = weight[f]
    return plain


def gather_groups(grad_full, groups):
    F, C = grad_full.shape[:2]
    if F % groups != 0 or C % groups != 0:
        raise ValueError("groups has to divide F and C")
    deep = C // groups
    return np.array([grad_full[f, f * groups // F * deep :][:deep] for f in range(F)])


# answer: q5, blocks as axes, with a unit matrix of groups
def spread_groups(weight, groups):
    each, rest = divmod(len(weight), groups)
    if rest:
        raise ValueError(f"{groups} groups do not divide {len(weight)} kernels")
    blocks = weight.reshape(groups, each, *weight.shape[1:])
    plain = np.einsum("gh,gfmij->gfhmij", np.eye(groups), blocks)
    return plain.reshape(len(weight), groups * weight.shape[1], *weight.shape[2:])


def gather_groups(grad_full, groups):
    F, C, kh, kw = grad_full.shape
    if F % groups or C % groups:
        raise ValueError("parts of equal size are not possible")
    blocks = grad_full.reshape(groups, F // groups, groups, C // groups, kh, kw)
    return np.einsum("gfgmij->gfmij", blocks).reshape(F, C // groups, kh, kw).copy()


# answer: q5, places by arithmetic, read and written with arrays of places
def _places(F, part, groups):
    kernels = np.arange(F)[:, None]
    return kernels, kernels // (F // groups) * part + np.arange(part)[None]


def spread_groups(weight, groups):
    if len(weight) % groups:
        raise ValueError("F")
    F, part, kh, kw = weight.shape
    full = np.zeros((F, part * groups, kh, kw))
    full[_places(F, part, groups)] = weight
    return full


def gather_groups(grad_full, groups):
    if grad_full.shape[0] % groups or grad_full.shape[1] % groups:
        raise ValueError("F or C")
    return grad_full[_places(len(grad_full), grad_full.shape[1] // groups, groups)]


# answer: q5, group by group, put together with zeros beside
def spread_groups(weight, groups):
    F, part, kh, kw = weight.shape
    if F // groups * groups != F:
        raise ValueError("F / groups is not a whole number")
    rows = []
    for g, kernels in enumerate(np.split(weight, groups)):
        before = np.zeros((len(kernels), g * part, kh, kw), weight.dtype)
        after = np.zeros((len(kernels), (groups - 1 - g) * part, kh, kw), weight.dtype)
        rows.append(np.concatenate([before, kernels, after], axis=1))
    return np.concatenate(rows)


def gather_groups(grad_full, groups):
    if any(n % groups for n in grad_full.shape[:2]):
        raise ValueError("F / groups or C / groups is not a whole number")
    bands = np.split(grad_full, groups, axis=0)
    return np.concatenate([np.split(band, groups, axis=1)[g] for g, band in enumerate(bands)])


# answer: q6, one plain kernel of both steps, forward and backward
def separable(x, depth, point, stride=1):
    return conv2d(x, np.einsum("fm,mij->fmij", point, depth), stride)


def separable_backward(grad_out, x, depth, point, stride=1):
    whole = np.einsum("fm,mij->fmij", point, depth)
    grad_x, grad_whole = conv2d_backward(grad_out, x, whole, stride)
    grad_depth = np.einsum("fmij,fm->mij", grad_whole, point)
    return grad_x, grad_depth, np.einsum("fmij,mij->fm", grad_whole, depth)


# answer: q6, channel by channel through conv2d and conv2d_backward, in float64
def _channels(x, depth, stride):
    parts = [conv2d(x[:, [m]], depth[None, [m]], stride) for m in range(x.shape[1])]
    return np.concatenate(parts, axis=1)


def separable(x, depth, point, stride=1):
    x, depth, point = (np.array(a, dtype=np.float64) for a in (x, depth, point))
    return conv2d(_channels(x, depth, stride), point[:, :, None, None])


def separable_backward(grad_out, x, depth, point, stride=1):
    grad_out, x, depth, point = (np.array(a, dtype=np.float64) for a in (grad_out, x, depth, point))
    h = _channels(x, depth, stride)
    grad_h, grad_point = conv2d_backward(grad_out, h, point[:, :, None, None])
    grad_x, grad_depth = np.empty_like(x), np.empty_like(depth)
    for m in range(len(depth)):
        back, taps = conv2d_backward(grad_h[:, [m]], x[:, [m]], depth[None, [m]], stride)
        grad_x[:, m], grad_depth[m] = back[:, 0], taps[0, 0]
    return grad_x, grad_depth, grad_point[:, :, 0, 0]


# answer: q6, windows of all channels, and np.add.at on the way back
def _windows(x, depth, stride):
    seen = np.lib.stride_tricks.sliding_window_view(x, depth.shape[1:], axis=(2, 3))
    return seen[:, :, ::stride, ::stride]


def separable(x, depth, point, stride=1):
    h = np.einsum("nmrcij,mij->nmrc", _windows(x, depth, stride), depth)
    return np.moveaxis(np.tensordot(h, point, axes=(1, 1)), -1, 1)


def separable_backward(grad_out, x, depth, point, stride=1):
    seen = _windows(x, depth, stride)
    h = np.einsum("nmrcij,mij->nmrc", seen, depth)
    grad_point = np.tensordot(grad_out, h, axes=((0, 2, 3), (0, 2, 3)))
    grad_h = np.moveaxis(np.tensordot(grad_out, point, axes=(1, 0)), -1, 1)
    grad_depth = np.einsum("nmrc,nmrcij->mij", grad_h, seen)
    H, W = grad_h.shape[2:]
    grad_x = np.zeros(x.shape, dtype=np.float64)
    rows = stride * np.arange(H)[:, None, None, None] + np.arange(depth.shape[1])[:, None]
    columns = stride * np.arange(W)[:, None, None] + np.arange(depth.shape[2])
    share = grad_h[..., None, None] * depth[None, :, None, None]
    np.add.at(grad_x, (slice(None), slice(None), rows, columns), share)
    return grad_x, grad_depth, grad_point


# answer: q6, window by window in plain loops
def separable(x, depth, point, stride=1):
    kh, kw = depth.shape[1:]
    rows = range(0, x.shape[2] - kh + 1, stride)
    columns = range(0, x.shape[3] - kw + 1, stride)
    out = np.zeros((x.shape[0], point.shape[0], len(rows), len(columns)))
    for a, r in enumerate(rows):
        for b, c in enumerate(columns):
            h = (x[:, :, r : r + kh, c : c + kw] * depth).sum(axis=(2, 3), dtype=np.float64)
            out[:, :, a, b] = h @ point.T
    return out


def separable_backward(grad_out, x, depth, point, stride=1):
    kh, kw = depth.shape[1:]
    grad_x, grad_depth, grad_point = (np.zeros(a.shape) for a in (x, depth, point))
    for a in range(grad_out.shape[2]):
        for b in range(grad_out.shape[3]):
            place = np.s_[:, :, a * stride : a * stride + kh, b * stride : b * stride + kw]
            h = (x[place] * depth).sum(axis=(2, 3), dtype=np.float64)
            grad_point += grad_out[:, :, a, b].T @ h
            grad_h = (grad_out[:, :, a, b] @ point)[:, :, None, None]
            grad_depth += (grad_h * x[place]).sum(axis=0)
            grad_x[place] += grad_h * depth
    return grad_x, grad_depth, grad_point
