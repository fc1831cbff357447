"""Right answers to the layers, in unusual ways. Text for tools/try_answers.py; nobody imports it."""

# answer: q5, windows by stride tricks and einsum
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + np.asarray(bias)[:, None, None]


# answer: q5, the whole output of stride 1 by the Fourier transform, then every stride-th
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    if x.shape[1] != C:
        raise ValueError
    spread = np.zeros((F, C, dilation * (kh - 1) + 1, dilation * (kw - 1) + 1))
    spread[:, :, ::dilation, ::dilation] = weight
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    H, W = x.shape[2:]
    spectrum = np.einsum("nchw,fchw->nfhw", np.fft.rfft2(x), np.conj(np.fft.rfft2(spread, (H, W))))
    out = np.fft.irfft2(spectrum, (H, W))[:, :, : H - spread.shape[2] + 1, : W - spread.shape[3] + 1]
    out = out[:, :, ::stride, ::stride]
    return out if bias is None else out + bias.reshape(1, F, 1, 1)


# answer: q5, one image, one kernel and one channel at a time with correlate2d
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    (N, C, _, _), (F, D, kh, kw) = x.shape, weight.shape
    if C != D:
        raise ValueError(f"{C} channels, but the kernels have {D}")
    x = pad2d(x, padding)
    wide = np.zeros((F, D, dilation * (kh - 1) + 1, dilation * (kw - 1) + 1))
    wide[:, :, ::dilation, ::dilation] = weight
    bias = np.zeros(F) if bias is None else bias
    return np.array(
        [
            [
                sum(correlate2d(x[n, c], wide[f, c][None])[0] for c in range(C))[::stride, ::stride] + bias[f]
                for f in range(F)
            ]
            for n in range(N)
        ],
        dtype=float,
    )


# answer: q5, a matrix that holds the whole layer
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    (N, C, H, W), (F, D, kh, kw) = x.shape, weight.shape
    if C != D:
        raise ValueError("C")
    oh, ow = output_size(H, kh, stride, (padding, padding), dilation), output_size(W, kw, stride, (padding, padding), dilation)
    if F * oh * ow * C * H * W > 2_000_000:
        matrix = im2col(x, (kh, kw), stride, padding, dilation)
        out = weight.reshape(F, -1) @ matrix
    else:
        matrix = np.zeros((F, oh, ow, C, H, W))
        for i, j, u, v in np.ndindex(oh, ow, kh, kw):
            a, b = stride * i + dilation * u - padding, stride * j + dilation * v - padding
            if 0 <= a < H and 0 <= b < W:
                matrix[:, i, j, :, a, b] += weight[:, :, u, v]
        out = x.reshape(N, -1) @ matrix.reshape(F * oh * ow, -1).T
    out = out.reshape(N, F, oh, ow).astype(float)
    return out if bias is None else out + bias[None, :, None, None]


# answer: q5, an object that can be called
class Convolution:
    def __call__(self, x, weight, bias=None, stride=1, padding=0, dilation=1):
        F, C, kh, kw = weight.shape
        if x.shape[1] != C:
            raise ValueError("channels")
        columns = im2col(x, (kh, kw), stride, padding, dilation)
        shape = [output_size(n, k, stride, (padding, padding), dilation) for n, k in zip(x.shape[2:], (kh, kw))]
        out = np.matmul(weight.reshape(F, -1).astype(float), columns)
        return (out if bias is None else out + bias[:, None]).reshape(len(x), F, *shape)


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = pad2d(x, padding)
    view = np.lib.stride_tricks.sliding_window_view
    w = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    w = w[:, :, ::stride, ::stride, ::dilation, ::dilation].transpose(0, 1, 4, 5, 2, 3)
    return w.reshape(len(x), -1, w.shape[4] * w.shape[5])


conv2d = Convolution()


# answer: q6, fancy indices for all pixels of all windows
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = kernel_size
    i = np.arange(0, x.shape[2] - dilation * (kh - 1), stride)
    j = np.arange(0, x.shape[3] - dilation * (kw - 1), stride)
    rows = dilation * np.arange(kh)[:, None, None, None] + i[None, None, :, None]
    columns = dilation * np.arange(kw)[None, :, None, None] + j[None, None, None, :]
    return x[:, :, rows, columns].reshape(len(x), -1, len(i) * len(j))


# answer: q6, window after window, stacked and turned: a view that is not contiguous
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = [
        x[
            :, :, a : a + dilation * (kh - 1) + 1 : dilation, b : b + dilation * (kw - 1) + 1 : dilation
        ].reshape(len(x), -1)
        for a in range(0, x.shape[2] - dilation * (kh - 1), stride)
        for b in range(0, x.shape[3] - dilation * (kw - 1), stride)
    ]
    return np.array(windows).transpose(1, 2, 0)


# answer: q6, one tap at a time, stacked
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = kernel_size
    eh, ew = dilation * (kh - 1), dilation * (kw - 1)
    H, W = x.shape[2:]
    taps = [
        x[:, :, u * dilation : H - eh + u * dilation : stride, v * dilation : W - ew + v * dilation : stride]
        for u in range(kh)
        for v in range(kw)
    ]
    return np.stack(taps, axis=2).reshape(len(x), x.shape[1] * kh * kw, -1)


# answer: q7, einsum
def conv2d_from_columns(columns, weight, bias, output_shape):
    H, W = output_shape
    out = np.einsum("fk,nkl->nfl", weight.reshape(len(weight), -1), columns).astype(float)
    if bias is not None:
        out += np.asarray(bias)[None, :, None]
    return out.reshape(len(columns), len(weight), H, W)


# answer: q7, the bias as one more row of ones
def conv2d_from_columns(columns, weight, bias, output_shape):
    bias = np.zeros(len(weight)) if bias is None else bias
    flat = np.column_stack([weight.reshape(len(weight), -1), bias])
    columns = np.concatenate([columns, np.ones((len(columns), 1, columns.shape[2]))], axis=1)
    return (flat @ columns).reshape(len(columns), len(weight), *output_shape)


# answer: q7, one large product, axes moved back: not contiguous
def conv2d_from_columns(columns, weight, bias, output_shape):
    wide = np.concatenate(list(columns), axis=1)
    out = np.dot(weight.reshape(len(weight), -1).astype(float), wide)
    if bias is not None:
        out = (out.T + bias).T
    return out.reshape(len(weight), len(columns), *output_shape).swapaxes(0, 1)
