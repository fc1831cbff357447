"""Right answers to q6 and q7, written in other ways. Text; nobody imports it."""

# answer: q6, one more row and column that hold fill, and all that is outside is read there
def windows(x, top, left, size, mirrored, fill):
    N, C, H, W = x.shape
    h, w = size
    room = np.empty((N, C, H + 1, W + 1), dtype=x.dtype)
    room[...] = fill.reshape(C, 1, 1)
    room[:, :, :H, :W] = x
    rows = top.reshape(N, 1) + np.arange(h)
    steps = np.where(mirrored[:, None], np.arange(w)[::-1], np.arange(w))
    cols = left.reshape(N, 1) + steps
    rows[(rows < 0) | (rows > H)] = H
    cols[(cols < 0) | (cols > W)] = W
    n, c = np.arange(N).reshape(N, 1, 1, 1), np.arange(C).reshape(C, 1, 1)
    return room[n, c, rows.reshape(N, 1, h, 1), cols.reshape(N, 1, 1, w)]


# answer: q6, wraps around by %, takes along one axis of all pixels, and mirrors at the end
def windows(x, top, left, size, mirrored, fill):
    N, C, H, W = x.shape
    h, w = size
    rows = np.asarray(top)[:, None, None] + np.arange(h)[:, None]
    cols = np.asarray(left)[:, None, None] + np.arange(w)
    places = (rows % H * W + cols % W).reshape(N, 1, h * w)
    cut = np.take_along_axis(x.reshape(N, C, H * W), np.repeat(places, C, axis=1), axis=2)
    outside = (rows != rows % H) | (cols != cols % W)
    cut = np.where(outside[:, None], fill[None, :, None, None], cut.reshape(N, C, h, w))
    cut[mirrored] = cut[mirrored][..., ::-1]
    return cut


# answer: q6, flat numbers, and np.take that clips
def windows(x, top, left, size, mirrored, fill):
    N, C, H, W = x.shape
    h, w = size
    i, j = np.ogrid[:h, :w]
    j = np.where(np.reshape(mirrored, (N, 1, 1)), w - 1 - j, j)
    rows = i + np.reshape(top, (N, 1, 1))
    cols = j + np.reshape(left, (N, 1, 1))
    inside = ((0 <= rows) & (rows < H) & (0 <= cols) & (cols < W))[:, None]
    first = (np.arange(N * C) * (H * W)).reshape(N, C, 1, 1)
    places = first + (rows * W + cols)[:, None]
    read = np.take(x.reshape(-1), places, mode="clip")
    out = np.empty((N, C, h, w), dtype=x.dtype)
    np.copyto(out, fill.reshape(1, C, 1, 1))
    np.copyto(out, read, where=inside)
    return out


# answer: q6, a wide border of fill on all sides
def windows(x, top, left, size, mirrored, fill):
    N, C, H, W = x.shape
    h, w = size
    rows = np.clip(np.add.outer(top, np.arange(h)), -1, H) + 1
    cols = np.clip(np.add.outer(left, np.arange(w)), -1, W) + 1
    cols = np.where(mirrored[:, None], np.flip(cols, axis=1), cols)
    known = np.pad(np.ones((H, W), dtype=bool), 1)
    room = np.where(known, np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1))), fill[:, None, None])
    channels_last = room.transpose(0, 2, 3, 1)
    cut = channels_last[np.arange(N)[:, None, None], rows[:, :, None], cols[:, None, :]]
    return cut.transpose(0, 3, 1, 2).copy()


# answer: q7, a mask for all pictures at once
def cutmix(x, labels, partner, top, left, size, classes):
    N, C, H, W = x.shape
    rows = np.arange(H)[None, :, None] - top[:, None, None]
    cols = np.arange(W)[None, None, :] - left[:, None, None]
    covered = (rows >= 0) & (rows < size[0]) & (cols >= 0) & (cols < size[1])
    mixed = np.where(covered[:, None], x[partner], x)
    share = covered.mean(axis=(1, 2), dtype=np.float64)
    targets = np.zeros((N, classes))
    np.add.at(targets, (np.arange(N), labels), 1 - share)
    np.add.at(targets, (np.arange(N), labels[partner]), share)
    return mixed, targets


# answer: q7, pixel by pixel, and each pixel has a vote for its class
def cutmix(x, labels, partner, top, left, size, classes):
    N, C, H, W = x.shape
    mixed, votes = np.empty(x.shape, dtype=x.dtype), np.zeros((N, classes), dtype=int)
    for n in range(N):
        for i in range(H):
            for j in range(W):
                inside = top[n] <= i < top[n] + size[0] and left[n] <= j < left[n] + size[1]
                source = partner[n] if inside else n
                mixed[n, :, i, j] = x[source, :, i, j]
                votes[n, labels[source]] += 1
    return mixed, votes / (H * W)


# answer: q7, cuts by slices, and mixes rows of an identity matrix
def cutmix(x, labels, partner, top, left, size, classes):
    N, C, H, W = x.shape
    one_hot = np.identity(classes, dtype=np.float64)
    pictures, rows = [], []
    for n, p, t, l in zip(range(N), partner, top, left):
        window = (slice(None), slice(t, t + size[0]), slice(l, l + size[1]))
        picture = x[n].copy()
        picture[window] = x[p][window]
        taken = picture[window][0].size
        pictures.append(picture)
        rows.append(((H * W - taken) * one_hot[labels[n]] + taken * one_hot[labels[p]]) / (H * W))
    return np.stack(pictures), np.stack(rows)


# answer: q7, mixes whole numbers as floats and turns them back
def cutmix(x, labels, partner, top, left, size, classes):
    N, C, H, W = x.shape
    mask = np.zeros((N, 1, H, W))
    for n in range(N):
        mask[n, 0, top[n] : top[n] + size[0], left[n] : left[n] + size[1]] = 1
    mixed = (mask * x[partner] + (1 - mask) * x).astype(x.dtype)
    lam = 1 - mask.sum(axis=(1, 2, 3)) / (H * W)
    onehot = (labels[:, None] == np.arange(classes)).astype(float)
    return mixed, lam[:, None] * onehot + (1 - lam[:, None]) * onehot[partner]
