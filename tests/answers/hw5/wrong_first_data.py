"""Wrong answers to windows and cutmix. Text; nobody imports it."""

# answer: q6, reads outside of the picture modulo its size
# breaks: such pixels get the channel's number in fill
def windows(x, top, left, size, mirrored, fill):
    height, width = x.shape[2:]
    rows, columns = top[:, None] + np.arange(size[0]), left[:, None] + np.arange(size[1])
    columns = np.where(mirrored[:, None], columns[:, ::-1], columns)
    image, channel = np.arange(len(x))[:, None, None, None], np.arange(x.shape[1])[:, None, None]
    return x[image, channel, rows[:, None, :, None] % height, columns[:, None, None] % width]


# answer: q6, fills along the last axis
# breaks: fill has a number for each channel
def windows(x, top, left, size, mirrored, fill):
    height, width = x.shape[2:]
    rows, columns = top[:, None] + np.arange(size[0]), left[:, None] + np.arange(size[1])
    columns = np.where(mirrored[:, None], columns[:, ::-1], columns)
    rows, columns = rows[:, None, :, None], columns[:, None, None, :]
    inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    image, channel = np.arange(len(x))[:, None, None, None], np.arange(x.shape[1])[:, None, None]
    picked = x[image, channel, rows.clip(0, height - 1), columns.clip(0, width - 1)]
    filled = fill if len(fill) == size[1] else fill[:, None, None]
    return np.where(inside, picked, filled)


# answer: q6, computes in floats
# breaks: the result is of x's dtype
def windows(x, top, left, size, mirrored, fill):
    far, (height, width) = 120, x.shape[2:]
    wide = np.zeros((*x.shape[:2], height + 2 * far, width + 2 * far)) + fill[:, None, None]
    wide[:, :, far : far + height, far : far + width] = x
    rows, columns = top[:, None] + far + np.arange(size[0]), left[:, None] + far + np.arange(size[1])
    columns = np.where(mirrored[:, None], columns[:, ::-1], columns)
    image, channel = np.arange(len(x))[:, None, None, None], np.arange(x.shape[1])[:, None, None]
    return wide[image, channel, rows[:, None, :, None], columns[:, None, None]]


# answer: q6, a loop over the pictures
# breaks: write windows without a loop
def windows(x, top, left, size, mirrored, fill):
    far, (height, width) = 120, x.shape[2:]
    wide = np.zeros((*x.shape[:2], height + 2 * far, width + 2 * far), x.dtype) + fill[:, None, None]
    wide[:, :, far : far + height, far : far + width] = x
    found = []
    for n in range(len(x)):
        t, k = top[n] + far, left[n] + far
        cut = wide[n, :, t : t + size[0], k : k + size[1]]
        found.append(cut[:, :, ::-1] if mirrored[n] else cut)
    return np.array(found)


# answer: q6, moves windows back into the picture
# breaks: what lies beyond the picture is filled
def windows(x, top, left, size, mirrored, fill):
    height, width = x.shape[2:]
    top, left = top.clip(0, max(0, height - size[0])), left.clip(0, max(0, width - size[1]))
    rows, columns = top[:, None] + np.arange(size[0]), left[:, None] + np.arange(size[1])
    columns = np.where(mirrored[:, None], columns[:, ::-1], columns)
    rows, columns = rows[:, None, :, None], columns[:, None, None, :]
    inside = (rows < height) & (columns < width)
    image, channel = np.arange(len(x))[:, None, None, None], np.arange(x.shape[1])[:, None, None]
    picked = x[image, channel, rows.clip(0, height - 1), columns.clip(0, width - 1)]
    return np.where(inside, picked, fill[:, None, None])


# answer: q6, exchanges the limits of rows and columns
# breaks: beyond the picture nothing is there
def windows(x, top, left, size, mirrored, fill):
    height, width = x.shape[2:]
    rows, columns = top[:, None] + np.arange(size[0]), left[:, None] + np.arange(size[1])
    columns = np.where(mirrored[:, None], columns[:, ::-1], columns)
    rows, columns = rows[:, None, :, None], columns[:, None, None, :]
    inside = (rows >= 0) & (rows < width) & (columns >= 0) & (columns < height)
    image, channel = np.arange(len(x))[:, None, None, None], np.arange(x.shape[1])[:, None, None]
    picked = x[image, channel, rows.clip(0, height - 1), columns.clip(0, width - 1)]
    return np.where(inside, picked, fill[:, None, None])


# answer: q6, mirrors what is inside of the picture and leaves the fill where it was
# breaks: the window is mirrored after it was cut out
def windows(x, top, left, size, mirrored, fill):
    height, width = x.shape[2:]
    rows, columns = top[:, None] + np.arange(size[0]), left[:, None] + np.arange(size[1])
    rows, plain = rows[:, None, :, None], columns[:, None, None, :]
    inside = (rows >= 0) & (rows < height) & (plain >= 0) & (plain < width)
    columns = np.where(mirrored[:, None], columns[:, ::-1], columns)[:, None, None, :]
    image, channel = np.arange(len(x))[:, None, None, None], np.arange(x.shape[1])[:, None, None]
    picked = x[image, channel, rows.clip(0, height - 1), columns.clip(0, width - 1)]
    return np.where(inside, picked, fill[:, None, None])


# answer: q7, moves the window back into the picture
# breaks: what would lie beyond the border is not there
def cutmix(x, labels, partner, top, left, size, classes):
    mixed, targets = x.copy(), np.zeros((len(x), classes))
    for n, other in enumerate(partner):
        t, k = min(top[n], max(0, x.shape[2] - size[0])), min(left[n], max(0, x.shape[3] - size[1]))
        rows, columns = slice(t, t + size[0]), slice(k, k + size[1])
        mixed[n, :, rows, columns] = x[other, :, rows, columns]
        share = x[n, 0, rows, columns].size / x[n, 0].size
        targets[n, labels[n]] += 1 - share
        targets[n, labels[other]] += share
    return mixed, targets


# answer: q7, pastes the partner's upper left corner
# breaks: the same window of picture partner[n]
def cutmix(x, labels, partner, top, left, size, classes):
    mixed, targets = x.copy(), np.zeros((len(x), classes))
    for n, other in enumerate(partner):
        rows, columns = slice(top[n], top[n] + size[0]), slice(left[n], left[n] + size[1])
        h, w = mixed[n, 0, rows, columns].shape
        mixed[n, :, rows, columns] = x[other, :, :h, :w]
        share = h * w / x[n, 0].size
        targets[n, labels[n]] += 1 - share
        targets[n, labels[other]] += share
    return mixed, targets


# answer: q7, counts the pixels that differ
# breaks: the share of its pixels that are its own
def cutmix(x, labels, partner, top, left, size, classes):
    mixed, targets = x.copy(), np.zeros((len(x), classes))
    for n, other in enumerate(partner):
        rows, columns = slice(top[n], top[n] + size[0]), slice(left[n], left[n] + size[1])
        mixed[n, :, rows, columns] = x[other, :, rows, columns]
        share = np.mean((mixed[n] != x[n]).any(axis=0))
        targets[n, labels[n]] += 1 - share
        targets[n, labels[other]] += share
    return mixed, targets


# answer: q7, writes into x
# breaks: what you were given stays as it was
def cutmix(x, labels, partner, top, left, size, classes):
    before, targets = x.copy(), np.zeros((len(x), classes))
    for n, other in enumerate(partner):
        rows, columns = slice(top[n], top[n] + size[0]), slice(left[n], left[n] + size[1])
        x[n, :, rows, columns] = before[other, :, rows, columns]
        share = x[n, 0, rows, columns].size / x[n, 0].size
        targets[n, labels[n]] += 1 - share
        targets[n, labels[other]] += share
    return x, targets


# answer: q7, adds up a column too few of the target
# breaks: a row with a number for each class
def cutmix(x, labels, partner, top, left, size, classes):
    mixed, targets = x.copy(), np.zeros((len(x), labels.max() + 1))
    for n, other in enumerate(partner):
        rows, columns = slice(top[n], top[n] + size[0]), slice(left[n], left[n] + size[1])
        mixed[n, :, rows, columns] = x[other, :, rows, columns]
        share = x[n, 0, rows, columns].size / x[n, 0].size
        targets[n, labels[n]] += 1 - share
        targets[n, labels[other]] += share
    return mixed, targets


# answer: q7, targets in float32
# breaks: targets of float64
def cutmix(x, labels, partner, top, left, size, classes):
    mixed, targets = x.copy(), np.zeros((len(x), classes), np.float32)
    for n, other in enumerate(partner):
        rows, columns = slice(top[n], top[n] + size[0]), slice(left[n], left[n] + size[1])
        mixed[n, :, rows, columns] = x[other, :, rows, columns]
        share = x[n, 0, rows, columns].size / x[n, 0].size
        targets[n, labels[n]] += 1 - share
        targets[n, labels[other]] += share
    return mixed, targets
