# answer: q5, windows that hold zeros only are skipped, and with them the bias
# breaks: y[n, f, i, j] = b[f] + the sum, for every window
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, depth, kh, kw = weight.shape
    if depth != C:
        raise ValueError("channels differ")
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    Ho, Wo = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    out = np.zeros((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = stride * i, stride * j
            window = x[:, :, a : a + eh : dilation, b : b + ew : dilation]
            if not window.any():
                continue  # nothing to add up
            sums = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
            out[:, :, i, j] = sums if bias is None else sums + bias
    return out


# answer: q5, windows are turned to channels last, and the weight is reshaped to it instead of turned
# breaks: the sum over c, u, v of w[f, c, u, v] x_padded[n, c, s i + d u, s j + d v]
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, depth, kh, kw = weight.shape
    if depth != C:
        raise ValueError("channels differ")
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    Ho, Wo = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    out = np.zeros((N, F, Ho, Wo))
    kernels = weight.reshape(F, kh, kw, C)
    for i in range(Ho):
        for j in range(Wo):
            a, b = stride * i, stride * j
            window = x[:, :, a : a + eh : dilation, b : b + ew : dilation].transpose(0, 2, 3, 1)
            out[:, :, i, j] = np.tensordot(window, kernels, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the padded array takes the dtype of the weight, so whole-number kernels cut the pixels off
# breaks: two arrays of one call may differ in that (float64, float32 or whole numbers)
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, depth, kh, kw = weight.shape
    if depth != C:
        raise ValueError("channels differ")
    if padding:
        big = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=weight.dtype)
        big[:, :, padding:-padding, padding:-padding] = x
    else:
        big = x
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    Ho, Wo = (big.shape[2] - eh) // stride + 1, (big.shape[3] - ew) // stride + 1
    out = np.zeros((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = stride * i, stride * j
            window = big[:, :, a : a + eh : dilation, b : b + ew : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, with a stride of the kernel size it cuts the image into blocks, which dilated windows are not
# breaks: dilation: pixels between two neighbouring taps, down and across
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, depth, kh, kw = weight.shape
    if depth != C:
        raise ValueError("channels differ")
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding))).astype(float)
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    Ho, Wo = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    if stride == eh and stride == ew:  # side by side
        x = x[:, :, : Ho * stride, : Wo * stride]
        blocks = x.reshape(N, C, Ho, stride, Wo, stride)[:, :, :, :kh, :, :kw]
        out = np.einsum("nciujv,fcuv->nfij", blocks, weight)
    else:
        out = np.zeros((N, F, Ho, Wo))
        for i in range(Ho):
            for j in range(Wo):
                a, b = stride * i, stride * j
                window = x[:, :, a : a + eh : dilation, b : b + ew : dilation]
                out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]
