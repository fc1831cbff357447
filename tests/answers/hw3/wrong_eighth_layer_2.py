# answer: q5, the weight is laid out as in TensorFlow, channels last, and the windows are not
# breaks: the sum over c, u and v of w[f, c, u, v] times the pixel of channel c
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, channels, kh, kw = weight.shape
    if C != channels:
        raise ValueError("number of channels")
    filters = weight.transpose(0, 2, 3, 1).reshape(F, -1)
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    rows, cols = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    out = np.zeros((N, F, rows, cols))
    for i in range(rows):
        for j in range(cols):
            window = x[:, :, i * stride : i * stride + eh : dilation, j * stride : j * stride + ew : dilation]
            out[:, :, i, j] = window.reshape(N, -1) @ filters.T
    if bias is not None:
        out += bias.reshape(1, F, 1, 1)
    return out
