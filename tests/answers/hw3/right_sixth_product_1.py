# answer: q7, a row of ones carries the bias through the product, in float64, in Fortran order
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = len(weight)
    rows = np.zeros((F, K + 1))
    rows[:, :K] = weight.reshape(F, K)
    rows[:, K] = 0 if bias is None else bias
    wide = np.ones((K + 1, N, L))
    wide[:K] = columns.transpose(1, 0, 2)
    out = (rows @ wide.reshape(K + 1, N * L)).reshape(F, N, *output_shape)
    return np.asfortranarray(out.swapaxes(0, 1))


# answer: q7, adds one row of the columns after the other, float32 where nothing finer came in
def conv2d_from_columns(columns, weight, bias, output_shape):
    given = [columns, weight] + ([] if bias is None else [bias])
    single = all(a.dtype == np.float32 for a in given)
    N, K, L = columns.shape
    total = np.zeros((len(weight), N, L))
    taps = weight.reshape(-1, K).T.astype(float)
    for k in range(K):
        total += taps[k][:, None, None] * columns[:, k]
    if bias is not None:
        total += bias.reshape(-1, 1, 1)
    total = np.moveaxis(total, 0, 1).reshape((N, -1) + tuple(output_shape))
    return total.astype(np.float32) if single else total
