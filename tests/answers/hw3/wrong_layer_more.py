"""More wrong answers, to the convolution layer. Text; nobody imports it."""


# answer: q5, taps beyond the third are left out
# breaks: the sum over all taps u and v
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows[..., :3, :3], weight[..., :3, :3])
    return out if bias is None else out + bias[:, None, None]


# answer: q5, no axes of length 1 in the output
# breaks: array (N, F, H', W')
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    out = out if bias is None else out + bias[:, None, None]
    return np.squeeze(out)


# answer: q5, half precision
# breaks: values of the formula, which half precision does not hold
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    out = out if bias is None else out + bias[:, None, None]
    return out.astype(np.float16)


# answer: q5, the bias is cut to whole numbers
# breaks: b[f] is added
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias.astype(int)[:, None, None]


# answer: q5, pads above and left only, twice as much
# breaks: zeros added on each of the four sides
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (2 * padding, 0), (2 * padding, 0)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, each kernel looks at its own channel where there are as many kernels as channels
# breaks: the sum over all channels
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    if len(weight) == x.shape[1]:
        mine = np.arange(len(weight))
        weight = np.stack([w * (mine == f)[:, None, None] for f, w in enumerate(weight)])
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, refuses even kernels
# breaks: any kernel that fits
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1] or weight.shape[2] % 2 == 0:
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, refuses a single kernel or a single channel
# breaks: F and C may be 1
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1] or 1 in weight.shape[:2]:
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, scales each kernel to sum 1
# breaks: the formula scales nothing
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight / (np.abs(weight).sum(axis=(1, 2, 3), keepdims=True) + 1e-12))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, writes zeros into the border of x where something is padded
# breaks: no function changes the arrays that it is given
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    if padding:
        x[:, :, 0] = 0
    return out if bias is None else out + bias[:, None, None]


# answer: q5, turns the caller's kernels over after use
# breaks: no function changes the arrays that it is given
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    weight[...] = weight[:, :, ::-1, ::-1].copy()
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the bias is doubled in the caller's array
# breaks: no function changes the arrays that it is given
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    if bias is not None:
        out += bias[:, None, None]
        bias *= 2
    return out


# answer: q5, the bias goes through the kernel too: it is multiplied by the sum of the weights
# breaks: b[f] is added to the output
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + (bias * weight.sum(axis=(1, 2, 3)))[:, None, None]


# answer: q5, the stride begins at the second pixel
# breaks: the first window lies at the corner
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, stride - 1 :: stride, stride - 1 :: stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, ReLU at the end
# breaks: the output may be negative
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return np.maximum(out if bias is None else out + bias[:, None, None], 0)


# answer: q5, another order of channels
# breaks: channel c of the kernel belongs to channel c of x
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight[:, ::-1])
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the largest of the channels instead of the sum
# breaks: the sum over the channels
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfchw", windows, weight).max(axis=2)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, an error also where the bias has not as many numbers as there are channels
# breaks: bias (F,)
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1] or (bias is not None and len(bias) != x.shape[1]):
        raise ValueError("channels differ")
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]
