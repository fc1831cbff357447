"""Wrong answers that remember, write back or count on how an array lies in memory. Text; nobody imports it."""


# answer: q5, windows by strides that hold for arrays in one piece alone
# breaks: x is any array (N, C, H, W)
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    (N, C, H, W), (F, _, kh, kw) = x.shape, weight.shape
    oh, ow = (H - dilation * (kh - 1) - 1) // stride + 1, (W - dilation * (kw - 1) - 1) // stride + 1
    b = x.itemsize
    steps = (C * H * W * b, H * W * b, W * b * stride, b * stride, W * b * dilation, b * dilation)
    windows = np.lib.stride_tricks.as_strided(x, (N, C, oh, ow, kh, kw), steps)
    out = np.einsum("nchwuv,fcuv->nfhw", windows.astype(float), weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, lays the kernels out in the order of memory, not of their axes
# breaks: weight is any array (F, C, kh, kw)
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    view = np.lib.stride_tricks.sliding_window_view
    windows = view(wide, (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    weight = weight.ravel(order="K").reshape(weight.shape)
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight)
    return out if bias is None else out + bias[:, None, None]


# answer: q7, sets tiny weights of the caller to 0
# breaks: no function changes the arrays that it is given
def conv2d_from_columns(columns, weight, bias, output_shape):
    flat = weight.reshape(len(weight), -1)
    flat[np.abs(flat) < 0.5] *= 1 + 1e-9
    out = flat @ columns.astype(float)
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q9, keeps the sums of the first image of a shape
# breaks: each call looks at its own x
sums_of = {}


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    key = (x.shape, kernel_size, s, padding, count_include_pad, str(x.dtype))
    if key not in sums_of:
        frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
        wide = np.pad(x.astype(float), frame, constant_values=0 if count_include_pad else np.nan)
        w = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
        sums_of[key] = np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))
    return sums_of[key]


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q8, remembers the first answer for a shape
# breaks: each call looks at its own x
pooled_before = {}


def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    key = (x.shape, kernel_size, s, padding)
    if key not in pooled_before:
        frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
        wide = np.pad(x.astype(float), frame, constant_values=-np.inf)
        w = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
        pooled_before[key] = w[:, :, ::s, ::s].max(axis=(4, 5))
    return pooled_before[key]


# answer: q8, sorts the windows of a small image in place
# breaks: no function changes the arrays that it is given
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    N, C, H, W = x.shape
    if padding == 0 and s == kernel_size and H % s == 0 and W % s == 0 and x.dtype == float:
        blocks = x.reshape(N, C, H // s, s, W // s, s)
        for shift in range(1, s):
            np.maximum(blocks[:, :, :, 0], blocks[:, :, :, shift], out=blocks[:, :, :, 0])
        return blocks[:, :, :, 0].max(axis=-1)
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    wide = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q10, parameters in 32 bits
# breaks: the number, for a large layer
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = np.int32(in_channels) * np.int32(out_channels) * np.prod(kernel_size, dtype=np.int32)
    return weights + np.int32(out_channels if bias else 0)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return in_channels * out_channels * kernel_size[0] * kernel_size[1] * output_shape[0] * output_shape[1]


# answer: q10, the work by logarithms, rounded: wrong by a few for large layers
# breaks: int, exactly
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return (in_channels * kernel_size[0] * kernel_size[1] + int(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return round(float(np.exp(np.sum(np.log([in_channels, out_channels, *kernel_size, *output_shape])))))


# answer: q12, sets the features that an earlier call returned to 0
# breaks: each call has its own answer
rows_before = []


def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    rows = max_pool2d(maps, 4).reshape(len(images), -1)
    for old in rows_before:
        old *= 0
    rows_before.append(rows)
    return rows


# answer: q12, keeps the filters of the first call with as many
# breaks: filters
filters_before = {}


def extract_features(images, filters):
    filters = filters_before.setdefault(len(filters), filters.copy())
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)
