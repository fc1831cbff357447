# answer: q5, the channel test is an assert
# breaks: ValueError when weight and x differ in the number of channels
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    assert x.shape[1] == weight.shape[1], "channels differ"
    return _layer(x, weight, bias, stride, padding, dilation)


def _layer(x, weight, bias, s, p, d):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    kh, kw = weight.shape[2:]
    eh, ew = d * (kh - 1) + 1, d * (kw - 1) + 1
    h, w = (x.shape[2] - eh) // s + 1, (x.shape[3] - ew) // s + 1
    out = np.zeros((len(x), len(weight), h, w))
    for i in range(h):
        for j in range(w):
            window = x[:, :, i * s : i * s + eh : d, j * s : j * s + ew : d]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, sums over taps, channels last in memory, single precision, also with a float64 bias
# breaks: float32 only where no float64 came in
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    (N, C, H, W), (F, _, kh, kw) = x.shape, weight.shape
    oh, ow = output_size(H, kh, stride, (padding, padding), dilation), output_size(W, kw, stride, (padding, padding), dilation)
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kind = np.result_type(x, weight, np.float32)
    out = np.zeros((N, oh, ow, F), dtype=kind)
    for u in range(kh):
        for v in range(kw):
            piece = x[:, :, dilation * u :, dilation * v :][:, :, ::stride, ::stride][:, :, :oh, :ow]
            out += np.moveaxis(piece, 1, 3) @ weight[:, :, u, v].T
    if bias is not None:
        out += bias
    return out.transpose(0, 3, 1, 2)
