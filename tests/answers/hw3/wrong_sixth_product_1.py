# answer: q7, after the maps have their shape the bias is added down the rows
# breaks: y[n, f, i, j] = b[f] + ...: one bias for each kernel
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = len(weight)
    out = (weight.reshape(F, -1).astype(float) @ columns).reshape(-1, F, *output_shape)
    if bias is not None:
        out = out + bias[:, None]
    return out


# answer: q7, the maps are taken to be square
# breaks: output_shape : pair of int (H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = weight.shape[0]
    out = weight.reshape(F, K).astype(float) @ columns
    if bias is not None:
        out += bias[:, None]
    side = int(L**0.5)
    return out.reshape(N, F, side, L // side)


# answer: q7, lays the kernels out as columns by a reshape, which mixes them
# breaks: each kernel is a row: weight.reshape(F, C*kh*kw)
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = weight.shape[0]
    kernels = weight.reshape(K, F).astype(float)
    out = np.einsum("kf,nkl->nfl", kernels, columns)
    if bias is not None:
        out += bias.reshape(1, F, 1)
    return out.reshape(N, F, *output_shape)


# answer: q7, knows a call again by the sums of its arrays
# breaks: Each answer depends on the arguments of its own call alone
_known = {}


def conv2d_from_columns(columns, weight, bias, output_shape):
    key = (
        columns.shape,
        weight.shape,
        output_shape,
        float(columns.sum()),
        float(weight.sum()),
        None if bias is None else float(bias.sum()),
    )
    if key not in _known:
        out = weight.reshape(len(weight), -1).astype(float) @ columns
        if bias is not None:
            out = out + bias[:, None]
        _known[key] = out.reshape(len(columns), len(weight), *output_shape)
    return _known[key].copy()


# answer: q7, scales the columns to 1 for accuracy, where they lie, and back again
# breaks: What you were given stays as it was.
def conv2d_from_columns(columns, weight, bias, output_shape):
    if columns.dtype != np.float64 or not columns.flags.writeable:
        columns = columns.astype(np.float64)
    largest = np.abs(columns).max() or 1.0
    columns /= largest
    out = (weight.reshape(len(weight), -1) @ columns) * largest
    columns *= largest
    if bias is not None:
        out += bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, four loops of Python instead of one matrix product
# breaks: Time. One call of your function may run for 10 seconds.
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = weight.shape[0]
    rows = weight.reshape(F, K)
    out = np.zeros((N, F, L))
    for n in range(N):
        for f in range(F):
            for place in range(L):
                total = 0.0
                for k in range(K):
                    total += float(rows[f, k]) * float(columns[n, k, place])
                out[n, f, place] = total if bias is None else total + bias[f]
    return out.reshape(N, F, *output_shape)


# answer: q7, brings the images together with a reshape, so that their rows get mixed
# breaks: array (N, F, H', W'): each image stands alone
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = weight.shape[0]
    wide = columns.reshape(K, N * L).astype(float)
    out = weight.reshape(F, K) @ wide
    if bias is not None:
        out += bias[:, None]
    return out.reshape(F, N, *output_shape).swapaxes(0, 1)
