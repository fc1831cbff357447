# answer: q7, the maps of all images lie kernel first and are only reshaped, not transposed
# breaks: array (N, F, H', W'): the maps of image n stand under n
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = weight.shape[0]
    out = np.tensordot(weight.reshape(F, K).astype(float), columns, axes=(1, 1))
    if bias is not None:
        out = out + bias.reshape(F, 1, 1)
    return out.reshape(N, F, *output_shape)


# answer: q7, puts the images side by side by a reshape alone, without moving N to the end
# breaks: Row times column is a window's sum: a column is one window of one image
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = len(weight)
    one = columns.reshape(K, N * L)
    out = weight.reshape(F, K).astype(float) @ one
    if bias is not None:
        out = out + bias[:, None]
    h, w = output_shape
    return out.reshape(F, N, h, w).swapaxes(0, 1)


# answer: q7, lays the kernel out with the channel last
# breaks: weight.reshape(F, C*kh*kw): columns have channel first, then kernel row, then kernel column
def conv2d_from_columns(columns, weight, bias, output_shape):
    F, C, kh, kw = weight.shape
    rows = weight.transpose(0, 2, 3, 1).reshape(F, -1).astype(float)
    out = rows @ columns
    if bias is not None:
        out += bias[:, None]
    return out.reshape(len(columns), F, *output_shape)


# answer: q7, asks "bias != None", which NumPy answers place by place
# breaks: bias : array (F,) of floats, or None
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    W = weight.reshape(F, -1)
    out = np.matmul(W, columns).astype(float)
    if bias != None:
        out += bias.reshape(F, 1)
    return out.reshape(columns.shape[0], F, output_shape[0], output_shape[1])


# answer: q7, the bias is brought to the dtype of the product, and whole numbers cut its digits off
# breaks: columns, weight and bias are arrays of floats, and arrays of one call may differ in dtype
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = columns.shape[0], weight.shape[0]
    out = np.stack([weight.reshape(F, -1) @ c for c in columns])
    if bias is not None:
        out += bias.astype(out.dtype)[None, :, None]
    return out.reshape((N, F) + tuple(output_shape)).astype(float)


# answer: q7, the weight is brought to the dtype of the columns
# breaks: weight : array (F, C, kh, kw) of floats, and arrays of one call may differ in dtype
def conv2d_from_columns(columns, weight, bias, output_shape):
    F, L = weight.shape[0], columns.shape[2]
    kernels = weight.reshape(F, -1).astype(columns.dtype)
    total = np.zeros((len(columns), F, L))
    total += kernels @ columns
    if bias is not None:
        total += bias[:, np.newaxis]
    return total.reshape(-1, F, *output_shape)


# answer: q7, whole numbers without a bias come out as whole numbers
# breaks: Floats: float64 where an array of float64 came in; otherwise float32 or float64
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    out = np.einsum("fk,nkl->nfl", weight.reshape(F, -1), columns, optimize=True)
    if bias is not None:
        out = out + bias[None, :, None].astype(float)
    return out.reshape(out.shape[:2] + tuple(output_shape))


# answer: q7, gives the weight another shape where it lies, and the caller's array with it
# breaks: What you were given stays as it was
def conv2d_from_columns(columns, weight, bias, output_shape):
    F, C, kh, kw = weight.shape
    try:
        weight.shape = (F, C * kh * kw)
    except AttributeError:  # not in one piece
        weight = weight.reshape(F, -1)
    out = weight.astype(float) @ columns
    if bias is not None:
        out = out + bias.reshape(-1, 1)
    return out.reshape(len(columns), F, *output_shape)


# answer: q7, takes the image for a square and never reads output_shape
# breaks: output_shape : pair of int (H', W'), which may differ
def conv2d_from_columns(columns, weight, bias, output_shape=None):
    N, K, L = columns.shape
    F = weight.shape[0]
    side = int(round(L**0.5))
    out = (columns.transpose(0, 2, 1).astype(float) @ weight.reshape(F, -1).T).transpose(0, 2, 1)
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(N, F, side, -1)


# answer: q7, keeps the flat kernels of a weight for the next call, found by its identity
# breaks: the next call may bring the same array with other numbers in it
_FLAT = {}


def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    kept = _FLAT.get(id(weight))
    if kept is None or kept.shape != (F, columns.shape[1]):
        kept = _FLAT[id(weight)] = weight.reshape(F, -1).astype(np.float64)
    out = kept @ columns
    if bias is not None:
        out += bias[:, None]
    return out.reshape(len(columns), F, *output_shape)


# answer: q7, the matrix product in float32 with the bias added in float64
# breaks: Rounding may put them off by a billionth of the largest number in the answer where float64 came in
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = weight.reshape(F, -1).astype("f4") @ columns.astype("f4")
    out = out.astype("f8").reshape(N, F, *output_shape)
    return out if bias is None else out + bias.reshape(1, F, 1, 1)
