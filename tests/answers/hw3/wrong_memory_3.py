"""Wrong answers that keep what they returned under a name which two inputs share. Text; nobody imports it."""


# answer: q2, keeps its answers under the text that NumPy prints of the arguments
# breaks: Each answer depends on the arguments of its own call alone
def _correlate2d(image, kernels):
    height, width = image.shape
    count, kh, kw = kernels.shape
    out = np.zeros((count, height - kh + 1, width - kw + 1))
    for f in range(count):
        for i in range(out.shape[1]):
            for j in range(out.shape[2]):
                out[f, i, j] = np.sum(image[i:i + kh, j:j + kw] * kernels[f])
    return out


_kept = {}


def correlate2d(image, kernels):
    key = str((image, kernels,))
    if key not in _kept:
        _kept[key] = _correlate2d(image, kernels)
    return _kept[key].copy()


# answer: q2, keeps its answers under the sums and shapes of the arrays
# breaks: Each answer depends on the arguments of its own call alone
def _correlate2d(image, kernels):
    height, width = image.shape
    count, kh, kw = kernels.shape
    out = np.zeros((count, height - kh + 1, width - kw + 1))
    for f in range(count):
        for i in range(out.shape[1]):
            for j in range(out.shape[2]):
                out[f, i, j] = np.sum(image[i:i + kh, j:j + kw] * kernels[f])
    return out


_kept = {}


def correlate2d(image, kernels):
    key = tuple((round(float(a.sum()), 6), a.shape) if isinstance(a, np.ndarray) else a for a in (image, kernels))
    if key not in _kept:
        _kept[key] = _correlate2d(image, kernels)
    return _kept[key].copy()


# answer: q3, keeps its answers under the text that NumPy prints of the arguments
# breaks: Each answer depends on the arguments of its own call alone
def _convolve2d(image, kernel):
    height, width = image.shape
    kh, kw = kernel.shape
    out = np.zeros((height + kh - 1, width + kw - 1))
    for i in range(height):
        for j in range(width):
            out[i:i + kh, j:j + kw] += image[i, j] * kernel
    return out


_kept = {}


def convolve2d(image, kernel):
    key = str((image, kernel,))
    if key not in _kept:
        _kept[key] = _convolve2d(image, kernel)
    return _kept[key].copy()


# answer: q3, keeps its answers under the sums and shapes of the arrays
# breaks: Each answer depends on the arguments of its own call alone
def _convolve2d(image, kernel):
    height, width = image.shape
    kh, kw = kernel.shape
    out = np.zeros((height + kh - 1, width + kw - 1))
    for i in range(height):
        for j in range(width):
            out[i:i + kh, j:j + kw] += image[i, j] * kernel
    return out


_kept = {}


def convolve2d(image, kernel):
    key = tuple((round(float(a.sum()), 6), a.shape) if isinstance(a, np.ndarray) else a for a in (image, kernel))
    if key not in _kept:
        _kept[key] = _convolve2d(image, kernel)
    return _kept[key].copy()


# answer: q4, keeps its answers under the text that NumPy prints of the arguments
# breaks: Each answer depends on the arguments of its own call alone
def _pad2d(x, padding, mode='zeros'):
    if mode not in ('zeros', 'reflect'):
        raise ValueError(f"pad2d: mode must be 'zeros' or 'reflect', got {mode!r}")
    batch, channels, height, width = x.shape
    if mode == 'reflect':
        if padding >= min(height, width):
            raise ValueError(f'pad2d: cannot reflect {padding} pixels of an image of {height}x{width}')
        rows = [abs(i) if i < height else 2 * (height - 1) - i for i in range(-padding, height + padding)]
        columns = [abs(j) if j < width else 2 * (width - 1) - j for j in range(-padding, width + padding)]
        return x[:, :, rows][:, :, :, columns]
    out = np.zeros((batch, channels, height + 2 * padding, width + 2 * padding), dtype=x.dtype)
    out[:, :, padding:padding + height, padding:padding + width] = x
    return out


_kept = {}


def pad2d(x, padding, mode='zeros'):
    key = str((x, padding, mode,))
    if key not in _kept:
        _kept[key] = _pad2d(x, padding, mode)
    return _kept[key].copy()


# answer: q4, keeps its answers under the sums and shapes of the arrays
# breaks: Each answer depends on the arguments of its own call alone
def _pad2d(x, padding, mode='zeros'):
    if mode not in ('zeros', 'reflect'):
        raise ValueError(f"pad2d: mode must be 'zeros' or 'reflect', got {mode!r}")
    batch, channels, height, width = x.shape
    if mode == 'reflect':
        if padding >= min(height, width):
            raise ValueError(f'pad2d: cannot reflect {padding} pixels of an image of {height}x{width}')
        rows = [abs(i) if i < height else 2 * (height - 1) - i for i in range(-padding, height + padding)]
        columns = [abs(j) if j < width else 2 * (width - 1) - j for j in range(-padding, width + padding)]
        return x[:, :, rows][:, :, :, columns]
    out = np.zeros((batch, channels, height + 2 * padding, width + 2 * padding), dtype=x.dtype)
    out[:, :, padding:padding + height, padding:padding + width] = x
    return out


_kept = {}


def pad2d(x, padding, mode='zeros'):
    key = tuple((round(float(a.sum()), 6), a.shape) if isinstance(a, np.ndarray) else a for a in (x, padding, mode))
    if key not in _kept:
        _kept[key] = _pad2d(x, padding, mode)
    return _kept[key].copy()


# answer: q5, keeps its answers under the text that NumPy prints of the arguments
# breaks: Each answer depends on the arguments of its own call alone
def _conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError(f'conv2d: weight expects {weight.shape[1]} input channels, x has {x.shape[1]}')
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    batch, _, height, width = x.shape
    filters, _, kh, kw = weight.shape
    cover_h, cover_w = (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1)
    out = np.zeros((batch, filters, (height - cover_h) // stride + 1, (width - cover_w) // stride + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = (i * stride, j * stride)
            window = x[:, :, top:top + cover_h:dilation, left:left + cover_w:dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        out += bias[None, :, None, None]
    return out


_kept = {}


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    key = str((x, weight, bias, stride, padding, dilation,))
    if key not in _kept:
        _kept[key] = _conv2d(x, weight, bias, stride, padding, dilation)
    return _kept[key].copy()


# answer: q5, keeps its answers under the sums and shapes of the arrays
# breaks: Each answer depends on the arguments of its own call alone
def _conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError(f'conv2d: weight expects {weight.shape[1]} input channels, x has {x.shape[1]}')
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    batch, _, height, width = x.shape
    filters, _, kh, kw = weight.shape
    cover_h, cover_w = (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1)
    out = np.zeros((batch, filters, (height - cover_h) // stride + 1, (width - cover_w) // stride + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = (i * stride, j * stride)
            window = x[:, :, top:top + cover_h:dilation, left:left + cover_w:dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        out += bias[None, :, None, None]
    return out


_kept = {}


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    key = tuple((round(float(a.sum()), 6), a.shape) if isinstance(a, np.ndarray) else a for a in (x, weight, bias, stride, padding, dilation,))
    if key not in _kept:
        _kept[key] = _conv2d(x, weight, bias, stride, padding, dilation)
    return _kept[key].copy()
