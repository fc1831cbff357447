# answer: q7, output_shape is unpacked as width and height
# breaks: output_shape : pair of int (H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    w_out, h_out = output_shape
    F = weight.shape[0]
    out = weight.reshape(F, -1) @ columns
    if bias is not None:
        out = out + bias.reshape(F, 1)
    return np.asarray(out, dtype=float).reshape(len(columns), F, h_out, w_out)


# answer: q7, np.dot puts the kernels first and a reshape does not bring the images back to the front
# breaks: Returns array (N, F, H', W') of floats
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = columns.shape[0], weight.shape[0]
    matrix = weight.reshape(F, -1).astype(float)
    out = np.dot(matrix, columns).reshape(N, F, *output_shape)
    if bias is not None:
        out = out + bias[None, :, None, None]
    return out


# answer: q7, the bias is added along the axis of the outputs
# breaks: bias : array (F,) of floats, one for each kernel
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    out = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None:
        out = out + bias
    return out.reshape(columns.shape[0], F, output_shape[0], output_shape[1])


# answer: q7, casts the bias to the dtype of the product and adds it in place
# breaks: float64 where an array of float64 came in
def conv2d_from_columns(columns, weight, bias, output_shape):
    rows = weight.reshape(weight.shape[0], -1)
    if rows.dtype.kind == "i" and columns.dtype.kind == "i":
        rows = rows.astype(float)
    out = np.matmul(rows, columns)
    if bias is not None:
        out += bias[:, None].astype(out.dtype)
    return out.reshape(out.shape[:2] + tuple(output_shape))


# answer: q7, whole numbers in, whole numbers out
# breaks: Returns array (N, F, H', W') of floats
def conv2d_from_columns(columns, weight, bias, output_shape):
    f = len(weight)
    out = np.einsum("fk,nkl->nfl", weight.reshape(f, -1), columns, optimize=True)
    if bias is not None:
        out = out + bias.reshape(1, f, 1)
    return out.reshape(len(columns), f, *output_shape)


# answer: q7, takes the result dtype from the columns alone
# breaks: an array of floats holds float64, float32 or int64, and two arrays of one call may differ in that
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = weight.shape[0]
    out = np.zeros((N, F, L), dtype=columns.dtype)
    flat = weight.reshape(F, K)
    for n in range(N):
        out[n] = flat @ columns[n]
        if bias is not None:
            out[n] = out[n] + bias[:, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, flattens the kernels in the layout height, width, channel
# breaks: columns hold the channel first, then kernel row, then kernel column
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    matrix = weight.transpose(0, 2, 3, 1).reshape(F, -1) * 1.0
    out = np.stack([matrix @ c for c in columns])
    if bias is not None:
        out = out + np.reshape(bias, (1, F, 1))
    return out.reshape(-1, F, *output_shape)


# answer: q7, reads the kernel size from one axis only and takes kernels as square
# breaks: weight : array (F, C, kh, kw)
def conv2d_from_columns(columns, weight, bias, output_shape):
    F, C, k = weight.shape[:3]
    N = columns.shape[0]
    out = weight.reshape(F, C * k * k).astype(float) @ columns
    out = out.reshape(N, F, *output_shape)
    if bias is None:
        return out
    return out + bias.reshape(1, F, 1, 1)


# answer: q7, flattens the weight in the order in which it lies in memory
# breaks: In memory it may lie in any way: transposed, reversed, a slice with gaps
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    rows = weight.ravel(order="K").reshape(F, -1).astype(np.float64)
    maps = rows @ columns
    if bias is not None:
        maps += bias[:, np.newaxis]
    return maps.reshape(maps.shape[0], F, output_shape[0], output_shape[1])


# answer: q7, gives the bias a new shape in place
# breaks: What you were given stays as it was
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    out = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None:
        bias.shape = (F, 1)
        out = out + bias
    return out.reshape(columns.shape[0], F, *output_shape)


# answer: q7, puts the images side by side by a reshape that mixes images and rows
# breaks: the result of image n comes from columns[n]
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = len(weight)
    wide = columns.reshape(K, N * L).astype(float)
    out = weight.reshape(F, K) @ wide
    if bias is not None:
        out = out + bias.reshape(F, 1)
    return out.reshape(F, N, *output_shape).transpose(1, 0, 2, 3)


# answer: q7, the axes of images and outputs change places in the wide matrix and are not told apart afterwards
# breaks: Returns array (N, F, H', W'), each map in the order of the outputs
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = len(weight)
    side_by_side = np.moveaxis(columns, 0, 2).reshape(K, L * N)
    product = weight.reshape(F, K).astype(float) @ side_by_side
    out = product.reshape(F, N, L).swapaxes(0, 1)
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, takes a map as square wherever the number of outputs is a square number
# breaks: output_shape : pair of int (H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, _, L = columns.shape
    F = weight.shape[0]
    side = int(round(np.sqrt(L)))
    if side * side != L:
        h, w = output_shape
    else:
        h = w = side
    out = np.empty((N, F, h, w))
    for n in range(N):
        out[n] = (weight.reshape(F, -1) @ columns[n]).reshape(F, h, w)
    if bias is not None:
        out += bias.reshape(1, F, 1, 1)
    return out


# answer: q7, keeps the flattened kernels of the first call with this array
# breaks: the next call may bring the same array with other numbers in it
_rows = {}


def conv2d_from_columns(columns, weight, bias, output_shape):
    key = (id(weight), weight.shape)
    if key not in _rows:
        _rows[key] = (weight, np.array(weight.reshape(len(weight), -1), dtype=float))
    out = _rows[key][1] @ columns
    if bias is not None:
        out = out + bias.reshape(1, -1, 1)
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, adds the bias once for each tap
# breaks: y = b[f] plus the sum of the products: the bias counts once
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = weight.shape[0]
    flat = weight.reshape(F, K)
    out = np.zeros((N, F, L))
    for k in range(K):
        out += flat[None, :, k, None] * columns[:, None, k, :]
        if bias is not None:
            out += bias[None, :, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, drops axes of length 1 at the end
# breaks: Returns array (N, F, H', W') of floats, each axis has at least 1 place
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    maps = []
    for image in columns:
        m = np.dot(weight.reshape(F, -1) * 1.0, image)
        if bias is not None:
            m = m + bias[:, None]
        maps.append(m.reshape(F, *output_shape))
    return np.squeeze(np.array(maps))


# answer: q7, writes every result into one array that it keeps for this shape
# breaks: What you return is new: nothing that a later call writes into
def conv2d_from_columns(columns, weight, bias, output_shape, _memory={}):
    shape = (columns.shape[0], weight.shape[0], columns.shape[2])
    if shape not in _memory:
        _memory[shape] = np.empty(shape)
    out = _memory[shape]
    np.matmul(weight.reshape(shape[1], -1).astype(float), columns, out=out)
    if bias is not None:
        out += bias[:, None]
    return out.reshape(shape[0], shape[1], *output_shape)
