"""Wrong answers to q6: windows of pictures. Text; nobody imports it."""

# answer: q6, the fill makes floats of whole numbers
# breaks: returns an array (N, C, h, w) of x's dtype
def windows(x, top, left, size, mirrored, fill):
    N, C, H, W = x.shape
    h, w = size
    rows = (top[:, None] + np.arange(h))[:, None, :, None]
    cols = left[:, None] + np.arange(w)
    cols = np.where(mirrored[:, None], cols[:, ::-1], cols)[:, None, None, :]
    inside = (rows >= 0) & (rows < H) & (cols >= 0) & (cols < W)
    n, c = np.arange(N)[:, None, None, None], np.arange(C)[None, :, None, None]
    read = x[n, c, np.clip(rows, 0, H - 1), np.clip(cols, 0, W - 1)]
    return inside * read + (1.0 - inside) * fill[:, None, None]


# answer: q6, puts a border as wide as the window around the pictures, and reads there
# breaks: top and left: from -50 to 50, so a window may lie beyond that border
def windows(x, top, left, size, mirrored, fill):
    N, C, H, W = x.shape
    h, w = size
    room = np.empty((N, C, H + 2 * h, W + 2 * w), dtype=x.dtype)
    room[...] = fill[:, None, None]
    room[:, :, h : h + H, w : w + W] = x
    rows = top[:, None] + h + np.arange(h)
    cols = left[:, None] + w + np.arange(w)
    cols = np.where(mirrored[:, None], cols[:, ::-1], cols)
    n, c = np.arange(N)[:, None, None, None], np.arange(C)[None, :, None, None]
    return room[n, c, rows[:, None, :, None], cols[:, None, None, :]]


# answer: q6, brings rows and columns back on the far side only, and lets negative ones count from the end
# breaks: top and left: from -50 to 50; below 0 nothing is there
def windows(x, top, left, size, mirrored, fill):
    N, C, H, W = x.shape
    h, w = size
    rows = (top[:, None] + np.arange(h))[:, None, :, None]
    cols = left[:, None] + np.arange(w)
    cols = np.where(mirrored[:, None], cols[:, ::-1], cols)[:, None, None, :]
    n, c = np.arange(N)[:, None, None, None], np.arange(C)[None, :, None, None]
    read = x[n, c, np.minimum(rows, H - 1), np.minimum(cols, W - 1)]
    inside = (rows >= 0) & (rows < H) & (cols >= 0) & (cols < W)
    return np.where(inside, read, fill[None, :, None, None])


# answer: q6, reads 0 outside, and then puts fill wherever a 0 stands
# breaks: what lies outside the picture gets fill (a 0 inside stays a 0)
def windows(x, top, left, size, mirrored, fill):
    N, C, H, W = x.shape
    h, w = size
    room = np.pad(x, ((0, 0), (0, 0), (0, 1), (0, 1)))
    rows = top[:, None] + np.arange(h)
    cols = left[:, None] + np.arange(w)
    cols = np.where(mirrored[:, None], cols[:, ::-1], cols)
    rows = np.where((rows < 0) | (rows >= H), H, rows)[:, None, :, None]
    cols = np.where((cols < 0) | (cols >= W), W, cols)[:, None, None, :]
    n, c = np.arange(N)[:, None, None, None], np.arange(C)[None, :, None, None]
    read = room[n, c, rows, cols]
    return np.where(read == 0, fill[:, None, None], read)


# answer: q6, hands x back where each window is the whole picture
# breaks: what you return is new: no input
def windows(x, top, left, size, mirrored, fill):
    N, C, H, W = x.shape
    h, w = size
    if (h, w) == (H, W) and not top.any() and not left.any() and not mirrored.any():
        return x
    rows = (top[:, None] + np.arange(h))[:, None, :, None]
    cols = left[:, None] + np.arange(w)
    cols = np.where(mirrored[:, None], cols[:, ::-1], cols)[:, None, None, :]
    inside = (rows >= 0) & (rows < H) & (cols >= 0) & (cols < W)
    n, c = np.arange(N)[:, None, None, None], np.arange(C)[None, :, None, None]
    read = x[n, c, np.clip(rows, 0, H - 1), np.clip(cols, 0, W - 1)]
    return np.where(inside, read, fill[:, None, None])


# answer: q6, takes from the numbers in the order of memory
# breaks: in memory an array may lie in any way: transposed, reversed, a slice of a larger one
def windows(x, top, left, size, mirrored, fill):
    N, C, H, W = x.shape
    h, w = size
    rows = (top[:, None] + np.arange(h))[:, None, :, None]
    cols = left[:, None] + np.arange(w)
    cols = np.where(mirrored[:, None], cols[:, ::-1], cols)[:, None, None, :]
    inside = (rows >= 0) & (rows < H) & (cols >= 0) & (cols < W)
    first = np.arange(N * C).reshape(N, C, 1, 1) * H * W
    read = x.ravel(order="K")[first + np.clip(rows, 0, H - 1) * W + np.clip(cols, 0, W - 1)]
    return np.where(inside, read, fill[:, None, None])


# answer: q6, goes picture by picture in a comprehension
# breaks: do without any loop (for, while, comprehensions)
def windows(x, top, left, size, mirrored, fill):
    H, W = x.shape[2:]
    h, w = size

    def one(picture, t, l, m):
        rows, cols = t + np.arange(h)[:, None], l + np.arange(w)[None, :]
        cols = cols[:, ::-1] if m else cols
        inside = (rows >= 0) & (rows < H) & (cols >= 0) & (cols < W)
        read = picture[:, np.clip(rows, 0, H - 1), np.clip(cols, 0, W - 1)]
        return np.where(inside, read, fill[:, None, None])

    return np.stack([one(x[n], top[n], left[n], mirrored[n]) for n in range(len(x))])


# answer: q6, fills in channel by channel in a loop
# breaks: do without any loop (for, while, comprehensions)
def windows(x, top, left, size, mirrored, fill):
    N, C, H, W = x.shape
    h, w = size
    rows = (top[:, None] + np.arange(h))[:, :, None]
    cols = left[:, None] + np.arange(w)
    cols = np.where(mirrored[:, None], cols[:, ::-1], cols)[:, None, :]
    inside = (rows >= 0) & (rows < H) & (cols >= 0) & (cols < W)
    out = np.empty((N, C, h, w), dtype=x.dtype)
    n = np.arange(N)[:, None, None]
    for c in range(C):
        read = x[n, c, np.clip(rows, 0, H - 1), np.clip(cols, 0, W - 1)]
        out[:, c] = np.where(inside, read, fill[c])
    return out


# answer: q6, moves the numbers as float32
# breaks: returns an array of x's dtype; no value further from the right one than a billionth
def windows(x, top, left, size, mirrored, fill):
    N, C, H, W = x.shape
    h, w = size
    room = np.zeros((N, C, H + 1, W + 1), dtype=np.float32) + fill[:, None, None].astype(np.float32)
    room[:, :, :H, :W] = x
    rows = top[:, None] + np.arange(h)
    cols = left[:, None] + np.arange(w)
    cols = np.where(mirrored[:, None], cols[:, ::-1], cols)
    rows = np.where((rows < 0) | (rows >= H), H, rows)[:, None, :, None]
    cols = np.where((cols < 0) | (cols >= W), W, cols)[:, None, None, :]
    n, c = np.arange(N)[:, None, None, None], np.arange(C)[None, :, None, None]
    return room[n, c, rows, cols].astype(x.dtype)


# answer: q6, marks the outside by nan and lets floats stay
# breaks: returns an array of x's dtype
def windows(x, top, left, size, mirrored, fill):
    N, C, H, W = x.shape
    h, w = size
    room = np.pad(x.astype(float), ((0, 0), (0, 0), (0, 1), (0, 1)), constant_values=np.nan)
    rows = top[:, None] + np.arange(h)
    cols = left[:, None] + np.arange(w)
    cols = np.where(mirrored[:, None], cols[:, ::-1], cols)
    rows = np.where((rows < 0) | (rows >= H), H, rows)[:, None, :, None]
    cols = np.where((cols < 0) | (cols >= W), W, cols)[:, None, None, :]
    n, c = np.arange(N)[:, None, None, None], np.arange(C)[None, :, None, None]
    read = room[n, c, rows, cols]
    return np.where(np.isnan(read), fill[:, None, None], read)


# answer: q6, a window that lies wholly outside is cut from the nearest border
# breaks: beyond the picture nothing is there: such pixels get the channel's number in fill
def windows(x, top, left, size, mirrored, fill):
    N, C, H, W = x.shape
    h, w = size
    top, left = np.clip(top, 1 - h, H - 1), np.clip(left, 1 - w, W - 1)
    rows = (top[:, None] + np.arange(h))[:, None, :, None]
    cols = left[:, None] + np.arange(w)
    cols = np.where(mirrored[:, None], cols[:, ::-1], cols)[:, None, None, :]
    inside = (rows >= 0) & (rows < H) & (cols >= 0) & (cols < W)
    n, c = np.arange(N)[:, None, None, None], np.arange(C)[None, :, None, None]
    read = x[n, c, np.clip(rows, 0, H - 1), np.clip(cols, 0, W - 1)]
    return np.where(inside, read, fill[:, None, None])
