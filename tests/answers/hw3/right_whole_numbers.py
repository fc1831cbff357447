"""Answers that multiply whole numbers as they come. Text for tools/try_answers.py; nobody imports it."""


# answer: q5, right for int64, which is what the notebook promises
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, Cw, kh, kw = weight.shape
    if Cw != C:
        raise ValueError("weight and x differ in channels")
    p, d, s = padding, dilation, stride
    xp = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=x.dtype)
    xp[:, :, p:p + H, p:p + W] = x
    h = (H + 2 * p - d * (kh - 1) - 1) // s + 1
    w = (W + 2 * p - d * (kw - 1) - 1) // s + 1
    y = np.zeros((N, F, h, w))
    for c in range(C):
        for u in range(kh):
            for v in range(kw):
                part = xp[:, c, u * d:u * d + s * (h - 1) + 1:s, v * d:v * d + s * (w - 1) + 1:s]
                y += part[:, None] * weight[None, :, c, u, v, None, None]
    if bias is not None:
        y += bias.reshape(1, F, 1, 1)
    return y


# answer: q7, right for int64, which is what the notebook promises
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    y = (weight.reshape(F, -1) @ columns).astype(float)
    if bias is not None:
        y = y + bias[:, None]
    return y.reshape(len(columns), F, *output_shape)


# answer: q2, right for int64, which is what the notebook promises
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    y = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                y[f, i, j] = np.sum(image[i:i + kh, j:j + kw] * kernels[f])
    return y


# answer: q3, right for int64, which is what the notebook promises
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    y = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            y[i:i + kh, j:j + kw] += image[i, j] * kernel
    return y
