"""Wrong answers to q7: two pictures in one. Text; nobody imports it."""

# answer: q7, multiplies by a mask of floats, so that whole numbers become floats
# breaks: mixed: array (N, C, H, W) of x's dtype
def cutmix(x, labels, partner, top, left, size, classes):
    N, C, H, W = x.shape
    rows, cols = np.arange(H) - top[:, None], np.arange(W) - left[:, None]
    rows, cols = (rows >= 0) & (rows < size[0]), (cols >= 0) & (cols < size[1])
    mask = (rows[:, :, None] & cols[:, None, :]).astype(float)
    mixed = x * (1 - mask[:, None]) + x[partner] * mask[:, None]
    share = mask.mean(axis=(1, 2))[:, None]
    one_hot = np.eye(classes)[labels]
    return mixed, one_hot * (1 - share) + one_hot[partner] * share


# answer: q7, the targets have the type of x
# breaks: targets: array (N, classes) of float64
def cutmix(x, labels, partner, top, left, size, classes):
    N, C, H, W = x.shape
    mixed, targets = x.copy(), np.zeros((N, classes), dtype=x.dtype)
    for n in range(N):
        b, r = min(top[n] + size[0], H), min(left[n] + size[1], W)
        mixed[n, :, top[n] : b, left[n] : r] = x[partner[n], :, top[n] : b, left[n] : r]
        share = (b - top[n]) * (r - left[n]) / (H * W)
        targets[n, labels[n]] += 1 - share
        targets[n, labels[partner[n]]] += share
    return mixed, targets


# answer: q7, the targets are float32, as networks like them
# breaks: targets: array (N, classes) of float64
def cutmix(x, labels, partner, top, left, size, classes):
    N, C, H, W = x.shape
    one_hot = np.eye(classes, dtype=np.float32)[labels]
    mixed = np.array(x)
    b, r = np.minimum(top + size[0], H), np.minimum(left + size[1], W)
    for n, p in enumerate(partner):
        mixed[n, :, top[n] : b[n], left[n] : r[n]] = x[p, :, top[n] : b[n], left[n] : r[n]]
    share = ((b - top) * (r - left) / (H * W)).astype(np.float32)[:, None]
    return mixed, (1 - share) * one_hot + share * one_hot[partner]


# answer: q7, divides the pixels of the window by all numbers of the picture
# breaks: the share of its pixels (of all channels together, not of the numbers)
def cutmix(x, labels, partner, top, left, size, classes):
    N, C, H, W = x.shape
    mixed, targets = x.copy(), np.zeros((N, classes))
    for n in range(N):
        rows, cols = slice(top[n], top[n] + size[0]), slice(left[n], left[n] + size[1])
        mixed[n, :, rows, cols] = x[partner[n], :, rows, cols]
        share = x[n, 0, rows, cols].size / x[n].size
        targets[n, labels[n]] += 1 - share
        targets[n, labels[partner[n]]] += share
    return mixed, targets


# answer: q7, writes into a flat form of a copy, which is another copy where x is transposed
# breaks: in memory an array may lie in any way: transposed, reversed, a slice of a larger one
def cutmix(x, labels, partner, top, left, size, classes):
    N, C, H, W = x.shape
    mixed, targets = np.copy(x), np.zeros((N, classes))
    flat, given = mixed.reshape(N, C, H * W), x.reshape(N, C, H * W)
    for n in range(N):
        rows = np.arange(top[n], min(top[n] + size[0], H))
        cols = np.arange(left[n], min(left[n] + size[1], W))
        places = (rows[:, None] * W + cols).ravel()
        flat[n, :, places] = given[partner[n], :, places]
        share = len(places) / (H * W)
        targets[n, labels[n]] += 1 - share
        targets[n, labels[partner[n]]] += share
    return mixed, targets


# answer: q7, hands x back where each picture is its own partner
# breaks: what you return is new: no input
def cutmix(x, labels, partner, top, left, size, classes):
    N, C, H, W = x.shape
    targets = np.zeros((N, classes))
    if (partner == np.arange(N)).all():
        targets[np.arange(N), labels] = 1
        return x, targets
    mixed = x.copy()
    for n in range(N):
        rows, cols = slice(top[n], top[n] + size[0]), slice(left[n], left[n] + size[1])
        mixed[n, :, rows, cols] = x[partner[n], :, rows, cols]
        share = x[n, 0, rows, cols].size / (H * W)
        targets[n, labels[n]] += 1 - share
        targets[n, labels[partner[n]]] += share
    return mixed, targets


# answer: q7, writes the targets of each call into the same array
# breaks: what you return is new: nothing that a later call writes into
_targets = {}


def cutmix(x, labels, partner, top, left, size, classes):
    N, C, H, W = x.shape
    if (N, classes) not in _targets:
        _targets[N, classes] = np.zeros((N, classes))
    targets = _targets[N, classes]
    targets.fill(0)
    mixed = x.copy()
    for n in range(N):
        rows, cols = slice(top[n], top[n] + size[0]), slice(left[n], left[n] + size[1])
        mixed[n, :, rows, cols] = x[partner[n], :, rows, cols]
        share = x[n, 0, rows, cols].size / (H * W)
        targets[n, labels[n]] += 1 - share
        targets[n, labels[partner[n]]] += share
    return mixed, targets


# answer: q7, rounds the shares to thousandths
# breaks: the share of its pixels; no value further from the right one than a billionth
def cutmix(x, labels, partner, top, left, size, classes):
    N, C, H, W = x.shape
    mixed, targets = x.copy(), np.zeros((N, classes))
    for n in range(N):
        rows, cols = slice(top[n], top[n] + size[0]), slice(left[n], left[n] + size[1])
        mixed[n, :, rows, cols] = x[partner[n], :, rows, cols]
        share = round(x[n, 0, rows, cols].size / (H * W), 3)
        targets[n, labels[n]] += 1 - share
        targets[n, labels[partner[n]]] += share
    return mixed, targets


# answer: q7, counts the pixels of which a channel has changed, but where nothing has
# breaks: the share of its pixels that are its own (equal numbers of the partner are the partner's, too)
def cutmix(x, labels, partner, top, left, size, classes):
    N, C, H, W = x.shape
    mixed, targets = x.copy(), np.zeros((N, classes))
    for n in range(N):
        b, r = min(top[n] + size[0], H), min(left[n] + size[1], W)
        mixed[n, :, top[n] : b, left[n] : r] = x[partner[n], :, top[n] : b, left[n] : r]
        share = (mixed[n] != x[n]).any(axis=0).mean() or (b - top[n]) * (r - left[n]) / (H * W)
        targets[n, labels[n]] += 1 - share
        targets[n, labels[partner[n]]] += share
    return mixed, targets


# answer: q7, mixes pictures of whole numbers in 8 bits, as pictures mostly have
# breaks: mixed: of x's dtype; whole numbers are at most 100,000 in size
def cutmix(x, labels, partner, top, left, size, classes):
    N, C, H, W = x.shape
    given = x.astype(np.uint8) if x.dtype.kind == "i" else x
    mixed, one_hot, shares = given.copy(), np.eye(classes)[labels], np.zeros((N, 1))
    for n in range(N):
        rows, cols = slice(top[n], top[n] + size[0]), slice(left[n], left[n] + size[1])
        mixed[n, :, rows, cols] = given[partner[n], :, rows, cols]
        shares[n] = x[n, 0, rows, cols].size / (H * W)
    return mixed.astype(x.dtype), (1 - shares) * one_hot + shares * one_hot[partner]
