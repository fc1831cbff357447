"""More wrong answers, to stamping, products and pooling. Text; nobody imports it."""


# answer: q3, refuses a kernel larger than the image
# breaks: full convolution of any image and kernel
def convolve2d(image, kernel):
    if kernel.shape[0] > image.shape[0] or kernel.shape[1] > image.shape[1]:
        raise ValueError("the kernel is larger than the image")
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out


# answer: q3, slides over the image with the kernel in the middle: zeros at the end where the kernel is even
# breaks: every window that touches the image
def convolve2d(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    wide = np.pad(image, ((kh // 2 * 2, kh // 2 * 2), (kw // 2 * 2, kw // 2 * 2)))
    for i in range(H + kh - 1):
        for j in range(W + kw - 1):
            piece = wide[i : i + kh, j : j + kw]
            if piece.shape == kernel.shape:
                out[i, j] = np.sum(piece * kernel[::-1, ::-1])
    return out


# answer: q3, puts the image into the output as it is where the kernel is 1×1
# breaks: scaled by the kernel
def convolve2d(image, kernel):
    if kernel.shape == (1, 1):
        return image.astype(float)
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out


# answer: q7, no axis for a single image
# breaks: array (N, F, H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1) @ columns.astype(float)
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape).squeeze(axis=0 if len(columns) == 1 else ())


# answer: q7, the bias is added twice where there are two images
# breaks: b[f] is added once
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1) @ columns.astype(float)
    for image in out:
        if bias is not None:
            out += bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q8, no axes of length 1 in the output
# breaks: array (N, C, H', W')
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    wide = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return np.squeeze(w[:, :, ::s, ::s].max(axis=(4, 5)))


# answer: q8, windows of 1×1 return the caller's array, in whole numbers where it has such
# breaks: an array of floats
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    if kernel_size == 1 and s == 1:
        return x
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    wide = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, refuses windows larger than half of the image
# breaks: any window that fits
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    if 2 * kernel_size > min(x.shape[2:]):
        raise ValueError("too large")
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    wide = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, the largest of rows and columns exchanged
# breaks: array (N, C, H', W')
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    wide = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5)).swapaxes(2, 3)


# answer: q8, pads each side with half of the padding, rounded up
# breaks: padding on each side
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    padding = (padding + 1) // 2
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    wide = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, rounds to whole numbers
# breaks: the maximum is one of the values
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    wide = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5)).round()


# answer: q8, the second largest where the largest stands twice
# breaks: maximum of each window
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    wide = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    w = np.sort(w[:, :, ::s, ::s].reshape(*w[:, :, ::s, ::s].shape[:4], -1), axis=-1)
    if w.shape[-1] < 2:
        return w[..., -1]
    return np.where((w[..., -1] == w[..., -2]) & (w[..., 0] > -np.inf), w[..., 0], w[..., -1])


# answer: q8, puts minus infinity into the caller's border
# breaks: no function changes the arrays that it is given
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    wide = np.pad(x.astype(float), frame, constant_values=-np.inf)
    if padding and x.dtype.kind == "f":
        x[:, :, 0, 0] = -np.inf
    w = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))
