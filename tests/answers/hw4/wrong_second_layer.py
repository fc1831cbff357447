"""Wrong answers to q3: padding, dtypes, views and caches. Text; nobody imports it."""

# answer: q3, pads down or across, never both
# breaks: with padding=(1, 2) one row stands above and below, and two columns on the left and on the right
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    wide = x
    if padding[0]:
        wide = np.pad(x, ((0, 0), (0, 0), (padding[0], padding[0]), (0, 0)))
    elif padding[1]:
        wide = np.pad(x, ((0, 0), (0, 0), (0, 0), (padding[1], padding[1])))
    rows, columns = grad_out.shape[2:]
    out = np.zeros((grad_out.shape[1], x.shape[1], *kernel_size), np.result_type(grad_out, x))
    for i, j in np.ndindex(*kernel_size):
        seen = wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])]
        out[:, :, i, j] = np.tensordot(grad_out, seen, axes=([0, 2, 3], [0, 2, 3]))
    return out


def conv2d_bias_gradient(grad_out):
    return grad_out.sum(axis=(0, 2, 3))


# answer: q3, counts the outputs as if padding were not divided by the stride
# breaks: with x padded, the windows start at r·s_h and c·s_w, with any stride and padding
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    wide = padded(x, padding)
    rows = (x.shape[2] - kernel_size[0]) // stride[0] + 1 + 2 * padding[0]
    columns = (x.shape[3] - kernel_size[1]) // stride[1] + 1 + 2 * padding[1]
    out = np.zeros((grad_out.shape[1], x.shape[1], *kernel_size), np.result_type(grad_out, x))
    for i, j in np.ndindex(*kernel_size):
        seen = wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])]
        out[:, :, i, j] = np.tensordot(grad_out, seen, axes=([0, 2, 3], [0, 2, 3]))
    return out


def conv2d_bias_gradient(grad_out):
    return grad_out.sum(axis=(0, 2, 3))


# answer: q3, counts kernels by the images
# breaks: returns array (F, C, kh, kw)
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    wide = padded(x, padding)
    rows, columns = grad_out.shape[2:]
    kernels = len(grad_out)
    out = np.zeros((kernels, x.shape[1], *kernel_size), np.result_type(grad_out, x))
    for f in range(kernels):
        for i, j in np.ndindex(*kernel_size):
            seen = wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])]
            out[f, :, i, j] = np.einsum("nrc,nmrc->m", grad_out[:, f], seen)
    return out


def conv2d_bias_gradient(grad_out):
    return grad_out.sum(axis=(0, 2, 3))


# answer: q3, the dtype of the images alone
# breaks: float64 where one of the arrays was float64
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    wide = padded(x, padding)
    rows, columns = grad_out.shape[2:]
    out = np.zeros((grad_out.shape[1], x.shape[1], *kernel_size), x.dtype)
    for i, j in np.ndindex(*kernel_size):
        seen = wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])]
        out[:, :, i, j] = np.tensordot(grad_out, seen, axes=([0, 2, 3], [0, 2, 3]))
    return out


def conv2d_bias_gradient(grad_out):
    return grad_out.sum(axis=(0, 2, 3))


# answer: q3, casts the images to the dtype of grad_out to be fast
# breaks: float64 where one of the arrays was float64 (grad_out float32, x float64)
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    wide = padded(x, padding).astype(grad_out.dtype)
    rows, columns = grad_out.shape[2:]
    out = np.empty((grad_out.shape[1], x.shape[1], *kernel_size), grad_out.dtype)
    for i, j in np.ndindex(*kernel_size):
        seen = wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])]
        out[:, :, i, j] = np.tensordot(grad_out, seen, axes=([0, 2, 3], [0, 2, 3]))
    return out


def conv2d_bias_gradient(grad_out):
    return grad_out.sum(axis=(0, 2, 3))


# answer: q3, the bias's gradient is summed in float32
# breaks: no value further off than a billionth where float64 came in
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    wide = padded(x, padding)
    rows, columns = grad_out.shape[2:]
    out = np.zeros((grad_out.shape[1], x.shape[1], *kernel_size), np.result_type(grad_out, x))
    for i, j in np.ndindex(*kernel_size):
        seen = wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])]
        out[:, :, i, j] = np.tensordot(grad_out, seen, axes=([0, 2, 3], [0, 2, 3]))
    return out


def conv2d_bias_gradient(grad_out):
    return grad_out.astype(np.float32).sum(axis=(0, 2, 3)).astype(grad_out.dtype)


# answer: q3, with one image and one output for each kernel, the bias's gradient is a view of grad_out
# breaks: what you return is new: no input, no view of one
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    wide = padded(x, padding)
    rows, columns = grad_out.shape[2:]
    out = np.zeros((grad_out.shape[1], x.shape[1], *kernel_size), np.result_type(grad_out, x))
    for i, j in np.ndindex(*kernel_size):
        seen = wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])]
        out[:, :, i, j] = np.tensordot(grad_out, seen, axes=([0, 2, 3], [0, 2, 3]))
    return out


def conv2d_bias_gradient(grad_out):
    N, F, rows, columns = grad_out.shape
    places = [(n, r, c) for n in range(N) for r in range(rows) for c in range(columns)]
    n, r, c = places[0]
    total = grad_out[n, :, r, c]
    for n, r, c in places[1:]:
        total = total + grad_out[n, :, r, c]
    return total


# answer: q3, sets pixels that are left over to 0 in the images that were given
# breaks: what you were given stays as it was
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    rows, columns = grad_out.shape[2:]
    if padding == (0, 0):
        x[:, :, (rows - 1) * stride[0] + kernel_size[0] :] = 0
        x[:, :, :, (columns - 1) * stride[1] + kernel_size[1] :] = 0
    wide = padded(x, padding)
    out = np.zeros((grad_out.shape[1], x.shape[1], *kernel_size), np.result_type(grad_out, x))
    for i, j in np.ndindex(*kernel_size):
        seen = wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])]
        out[:, :, i, j] = np.tensordot(grad_out, seen, axes=([0, 2, 3], [0, 2, 3]))
    return out


def conv2d_bias_gradient(grad_out):
    return grad_out.sum(axis=(0, 2, 3))


# answer: q3, keeps the padded images, and looks them up by their shape and padding
# breaks: each answer depends on the arguments of its own call alone
_wide = {}


def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    if padding == (0, 0):
        wide = x
    else:
        key = (x.shape, padding)
        if key not in _wide:
            _wide[key] = padded(x, padding)
        wide = _wide[key]
    rows, columns = grad_out.shape[2:]
    out = np.zeros((grad_out.shape[1], x.shape[1], *kernel_size), np.result_type(grad_out, x))
    for i, j in np.ndindex(*kernel_size):
        seen = wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])]
        out[:, :, i, j] = np.tensordot(grad_out, seen, axes=([0, 2, 3], [0, 2, 3]))
    return out


def conv2d_bias_gradient(grad_out):
    return grad_out.sum(axis=(0, 2, 3))


# answer: q3, adds up the first and the last image alone
# breaks: the sum runs over all images n
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    wide = padded(x, padding)
    rows, columns = grad_out.shape[2:]
    out = np.zeros((grad_out.shape[1], x.shape[1], *kernel_size), np.result_type(grad_out, x))
    first, second = grad_out[0], grad_out[-1] if len(grad_out) > 1 else 0 * grad_out[0]
    for i, j in np.ndindex(*kernel_size):
        seen = wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])]
        out[:, :, i, j] = np.einsum("frc,mrc->fm", first, seen[0]) + np.einsum("frc,mrc->fm", second, seen[-1])
    return out


def conv2d_bias_gradient(grad_out):
    return grad_out.sum(axis=(0, 2, 3))
