"""Wrong answers to q6: ties, padding, dtypes and memory. Text; nobody imports it."""

# answer: q6, calls numbers equal that are nearly equal
# breaks: only the largest pixel of a window decides; the first of EQUAL maxima wins
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    stride = stride or kernel_size
    (ph, pw), (H, W) = padding, x.shape[2:]
    rows, columns = grad_out.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=-np.inf)
    highest = max_pool2d(x, kernel_size, stride, padding)
    grad = np.zeros(wide.shape, np.result_type(grad_out, x))
    free = np.ones(grad_out.shape, bool)
    for i, j in np.ndindex(*kernel_size):
        place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
        wins = free & np.isclose(wide[place], highest)
        grad[place] += np.where(wins, grad_out, 0)
        free &= ~wins
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q6, compares in float32
# breaks: only the largest pixel of a window decides (float64 numbers may differ by less)
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    stride = stride or kernel_size
    (ph, pw), (H, W) = padding, x.shape[2:]
    rows, columns = grad_out.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=-np.inf).astype(np.float32)
    highest = max_pool2d(x.astype(np.float32), kernel_size, stride, padding)
    grad = np.zeros(wide.shape, np.result_type(grad_out, x))
    free = np.ones(grad_out.shape, bool)
    for i, j in np.ndindex(*kernel_size):
        place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
        wins = free & (wide[place] == highest)
        grad[place] += np.where(wins, grad_out, 0)
        free &= ~wins
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q6, pads with the smallest pixel
# breaks: padding never wins (where a window's pixels are all that small, it does)
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    stride = stride or kernel_size
    (ph, pw), (H, W) = padding, x.shape[2:]
    rows, columns = grad_out.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=x.min())
    highest = max_pool2d(x, kernel_size, stride, padding)
    grad = np.zeros(wide.shape, np.result_type(grad_out, x))
    free = np.ones(grad_out.shape, bool)
    for i, j in np.ndindex(*kernel_size):
        place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
        wins = free & (wide[place] == highest)
        grad[place] += np.where(wins, grad_out, 0)
        free &= ~wins
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q6, pads with -100
# breaks: padding never wins; numbers go down to -1000
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    stride = stride or kernel_size
    (ph, pw), (H, W) = padding, x.shape[2:]
    rows, columns = grad_out.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=-100)
    highest = max_pool2d(wide, kernel_size, stride)
    grad = np.zeros(wide.shape, np.result_type(grad_out, x))
    free = np.ones(grad_out.shape, bool)
    for i, j in np.ndindex(*kernel_size):
        place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
        wins = free & (wide[place] == highest)
        grad[place] += np.where(wins, grad_out, 0)
        free &= ~wins
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q6, no stride means a square step
# breaks: stride None means kernel_size
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    stride = stride or (kernel_size[0], kernel_size[0])
    (ph, pw), (H, W) = padding, x.shape[2:]
    rows, columns = grad_out.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=-np.inf)
    highest = max_pool2d(x, kernel_size, stride, padding)
    grad = np.zeros(wide.shape, np.result_type(grad_out, x))
    free = np.ones(grad_out.shape, bool)
    for i, j in np.ndindex(*kernel_size):
        place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
        wins = free & (wide[place] == highest)
        grad[place] += np.where(wins, grad_out, 0)
        free &= ~wins
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q6, writes instead of adding where the stride is as long as the kernel down
# breaks: a pixel that wins several windows gets the gradients of all of them (they overlap across)
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    stride = stride or kernel_size
    (ph, pw), (H, W) = padding, x.shape[2:]
    rows, columns = grad_out.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=-np.inf)
    highest = max_pool2d(x, kernel_size, stride, padding)
    grad = np.zeros(wide.shape, np.result_type(grad_out, x))
    free = np.ones(grad_out.shape, bool)
    for i, j in np.ndindex(*kernel_size):
        place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
        wins = free & (wide[place] == highest)
        if stride[0] >= kernel_size[0]:
            grad[place] = np.where(wins, grad_out, grad[place])
        else:
            grad[place] += np.where(wins, grad_out, 0)
        free &= ~wins
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q6, the dtype of the images alone
# breaks: float64 where one of the arrays was float64
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    stride = stride or kernel_size
    (ph, pw), (H, W) = padding, x.shape[2:]
    rows, columns = grad_out.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=-np.inf)
    highest = max_pool2d(x, kernel_size, stride, padding)
    grad = np.zeros(wide.shape, x.dtype)
    free = np.ones(grad_out.shape, bool)
    for i, j in np.ndindex(*kernel_size):
        place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
        wins = free & (wide[place] == highest)
        grad[place] += np.where(wins, grad_out, 0)
        free &= ~wins
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q6, the dtype of the upstream gradient alone
# breaks: float64 where one of the arrays was float64
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    stride = stride or kernel_size
    (ph, pw), (H, W) = padding, x.shape[2:]
    rows, columns = grad_out.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=-np.inf)
    highest = max_pool2d(x, kernel_size, stride, padding)
    grad = np.zeros(wide.shape, grad_out.dtype)
    free = np.ones(grad_out.shape, bool)
    for i, j in np.ndindex(*kernel_size):
        place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
        wins = free & (wide[place] == highest)
        grad[place] += np.where(wins, grad_out, 0)
        free &= ~wins
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q6, remembers who won for images of the same shape and sum
# breaks: each answer depends on the arguments of its own call alone
_winners = {}


def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    stride = stride or kernel_size
    (ph, pw), (H, W) = padding, x.shape[2:]
    rows, columns = grad_out.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=-np.inf)
    highest = max_pool2d(x, kernel_size, stride, padding)
    grad = np.zeros(wide.shape, np.result_type(grad_out, x))
    key = (x.shape, round(float(x.sum()), 6), kernel_size, stride, padding)
    known = _winners.setdefault(key, {})
    free = np.ones(grad_out.shape, bool)
    for i, j in np.ndindex(*kernel_size):
        place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
        if (i, j) not in known:
            known[i, j] = free & (wide[place] == highest)
        wins = known[i, j]
        grad[place] += np.where(wins, grad_out, 0)
        free &= ~wins
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q6, returns an array that the next call of the same size writes into
# breaks: what you return is new: nothing that a later call writes into
_room = {}


def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    stride = stride or kernel_size
    (ph, pw), (H, W) = padding, x.shape[2:]
    rows, columns = grad_out.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=-np.inf)
    highest = max_pool2d(x, kernel_size, stride, padding)
    dtype = np.result_type(grad_out, x)
    grad = _room.setdefault((wide.shape, dtype), np.zeros(wide.shape, dtype))
    grad[...] = 0
    free = np.ones(grad_out.shape, bool)
    for i, j in np.ndindex(*kernel_size):
        place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
        wins = free & (wide[place] == highest)
        grad[place] += np.where(wins, grad_out, 0)
        free &= ~wins
    return grad[:, :, ph : ph + H, pw : pw + W]


# answer: q6, other names for the arguments
# breaks: arguments come by position or by name
def max_pool2d_backward(g, images, kernel_size, stride=None, padding=(0, 0)):
    grad_out, x = g, images
    stride = stride or kernel_size
    (ph, pw), (H, W) = padding, x.shape[2:]
    rows, columns = grad_out.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=-np.inf)
    highest = max_pool2d(x, kernel_size, stride, padding)
    grad = np.zeros(wide.shape, np.result_type(grad_out, x))
    free = np.ones(grad_out.shape, bool)
    for i, j in np.ndindex(*kernel_size):
        place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
        wins = free & (wide[place] == highest)
        grad[place] += np.where(wins, grad_out, 0)
        free &= ~wins
    return grad[:, :, ph : ph + H, pw : pw + W].copy()
