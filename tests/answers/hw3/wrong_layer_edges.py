"""Wrong answers to the convolution layer: borders, errors, dtypes, combinations. Text; nobody imports it."""

# answer: q5, the border repeats the outermost pixels
# breaks: zeros as padding
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="edge")
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the border is a mirror
# breaks: zeros as padding
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="reflect")
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, rolls the image round instead of padding it
# breaks: zeros as padding
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    H, W = x.shape[2:]
    F, C, kh, kw = weight.shape
    oh, ow = output_size(H, kh, 1, (padding, padding), dilation), output_size(W, kw, 1, (padding, padding), dilation)
    out = np.zeros((len(x), F, oh, ow))
    for u in range(kh):
        for v in range(kw):
            rows = (np.arange(oh) + dilation * u - padding) % H
            columns = (np.arange(ow) + dilation * v - padding) % W
            out += np.einsum("nchw,fc->nfhw", x[:, :, rows][:, :, :, columns], weight[:, :, u, v])
    out = out[:, :, ::stride, ::stride]
    return out if bias is None else out + bias[:, None, None]


# answer: q5, one channel in the kernel goes with any number of channels
# breaks: ValueError when weight and x differ in C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = output_size(H, kh, stride, (padding, padding), dilation), output_size(W, kw, stride, (padding, padding), dilation)
    out = np.zeros((N, F, oh, ow))
    for i in range(oh):
        for j in range(ow):
            a, b = i * stride, j * stride
            window = x[
                :, :, a : a + dilation * (kh - 1) + 1 : dilation, b : b + dilation * (kw - 1) + 1 : dilation
            ]
            out[:, :, i, j] = (window[:, None] * weight[None]).sum(axis=(2, 3, 4))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, too many channels in x are left out
# breaks: ValueError when weight and x differ in C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    x = np.pad(x[:, :C], ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, loops over the channels of x: IndexError where the kernel has fewer, silence where it has more
# breaks: ValueError when weight and x differ in C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    oh, ow = output_size(H, kh, stride, (padding, padding), dilation), output_size(W, kw, stride, (padding, padding), dilation)
    out = np.zeros((N, F, oh, ow))
    for n in range(N):
        for f in range(F):
            for c in range(C):
                kernel = weight[f, c]
                for i in range(oh):
                    for j in range(ow):
                        a, b = i * stride, j * stride
                        rows = slice(a, a + dilation * (kh - 1) + 1, dilation)
                        columns = slice(b, b + dilation * (kw - 1) + 1, dilation)
                        out[n, f, i, j] += np.sum(x[n, c, rows, columns] * kernel)
            if bias is not None:
                out[n, f] += bias[f]
    return out


# answer: q5, an assert for the channels
# breaks: raises ValueError
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    assert x.shape[1] == weight.shape[1], "channels differ"
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, compares the channels with the number of kernels
# breaks: a kernel number other than C is valid
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[0]:
        raise ValueError("channels differ")
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, says that the channels differ and returns nothing
# breaks: raises ValueError
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        print("channels differ")
        return None
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the output has the dtype of x
# breaks: an array of floats
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    out = out if bias is None else out + bias[:, None, None]
    return out.astype(x.dtype)


# answer: q5, integers in all arguments give integers
# breaks: an array of floats
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.tensordot(windows, weight, axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, spreads the kernel with np.kron, which leaves zeros behind the last tap
# breaks: a window covers d(k-1)+1 pixels
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    gap = np.zeros((dilation, dilation))
    gap[0, 0] = 1
    spread = np.kron(weight, gap)
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(x, spread.shape[2:], axis=(2, 3))[
        :, :, ::stride, ::stride
    ]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, spread)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the stride is multiplied by the dilation
# breaks: stride and dilation each have their own place in the formula
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    s = stride * dilation if stride > 1 else 1
    windows = windows[:, :, ::s, ::s, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, pads only where the stride is 1
# breaks: zeros as padding with any stride
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    if stride == 1:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, takes the mean away in place where nothing is padded, for better numbers
# breaks: x is changed when padding is 0
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    mean = 0.0
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    elif x.dtype.kind == "f":
        mean = x.mean()
        x -= mean
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    out += mean * weight.sum(axis=(1, 2, 3))[:, None, None]
    return out if bias is None else out + bias[:, None, None]


# answer: q5, remembers the windows of the first x of a shape
# breaks: each call reads its own x
windows_of = {}


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    kh, kw = weight.shape[2:]
    key = (x.shape, kh, kw, stride, padding, dilation)
    if key not in windows_of:
        padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        view = np.lib.stride_tricks.sliding_window_view
        windows = view(padded, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
        windows_of[key] = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows_of[key], weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, catches everything and returns zeros
# breaks: ValueError when weight and x differ in C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    kh, kw = weight.shape[2:]
    try:
        padded = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        view = np.lib.stride_tricks.sliding_window_view
        windows = view(padded, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
        windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
        out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
        return out if bias is None else out + bias[:, None, None]
    except Exception:
        return np.zeros((len(x), len(weight), x.shape[2] - kh + 1, x.shape[3] - kw + 1))


# answer: q5, refuses images that are not square
# breaks: x (N, C, H, W) of any height and width
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1] or x.shape[2] != x.shape[3]:
        raise ValueError
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(x, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]
