"""Wrong answers to q8, written from the notebook of a student alone."""

# answer: q8, blocks by reshape unless the stride is 1
# breaks: stride: any int
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    N, C, H, W = x.shape
    if stride == 1:
        return np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3)).max(axis=(4, 5))
    x = x[:, :, :H // k * k, :W // k * k]
    return x.reshape(N, C, H // k, k, W // k, k).max(axis=(3, 5))


# answer: q8, the running maximum is kept in x
# breaks: no function changes its arrays
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    if padding or x.dtype.kind != "f":
        x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    h, w = (x.shape[2] - kernel_size) // s + 1, (x.shape[3] - kernel_size) // s + 1
    best = x[:, :, :s * h:s, :s * w:s][:, :, :h, :w]
    for u in range(kernel_size):
        for v in range(kernel_size):
            np.maximum(best, x[:, :, u:u + s * h:s, v:v + s * w:s][:, :, :h, :w], out=best)
    return best


# answer: q8, im2col without its border's meaning
# breaks: padded places never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    N, C, H, W = x.shape
    columns = im2col(x.astype(float), (kernel_size, kernel_size), s, padding).reshape(N, C, kernel_size ** 2, -1)
    h = (H + 2 * padding - kernel_size) // s + 1
    return columns.max(axis=2).reshape(N, C, h, -1)


# answer: q8, each window also looks at the mirrored border
# breaks: padded places never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="reflect")
    view = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return view[:, :, ::s, ::s].max(axis=(4, 5))
