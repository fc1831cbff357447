"""Wrong answers that keep what they returned under a name which two inputs share. Text; nobody imports it."""


# answer: q6, keeps its answers under the text that NumPy prints of the arguments
# breaks: Each answer depends on the arguments of its own call alone
def _im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    batch, channels, height, width = x.shape
    out_h = (height - dilation * (kh - 1) - 1) // stride + 1
    out_w = (width - dilation * (kw - 1) - 1) // stride + 1
    columns = np.zeros((batch, channels, kh, kw, out_h, out_w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            top, left = (dilation * u, dilation * v)
            columns[:, :, u, v] = x[:, :, top:top + stride * out_h:stride, left:left + stride * out_w:stride]
    return columns.reshape(batch, channels * kh * kw, out_h * out_w)


_kept = {}


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    key = str((x, kernel_size, stride, padding, dilation,))
    if key not in _kept:
        _kept[key] = _im2col(x, kernel_size, stride, padding, dilation)
    return _kept[key].copy()


# answer: q6, keeps its answers under the sums and shapes of the arrays
# breaks: Each answer depends on the arguments of its own call alone
def _im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    batch, channels, height, width = x.shape
    out_h = (height - dilation * (kh - 1) - 1) // stride + 1
    out_w = (width - dilation * (kw - 1) - 1) // stride + 1
    columns = np.zeros((batch, channels, kh, kw, out_h, out_w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            top, left = (dilation * u, dilation * v)
            columns[:, :, u, v] = x[:, :, top:top + stride * out_h:stride, left:left + stride * out_w:stride]
    return columns.reshape(batch, channels * kh * kw, out_h * out_w)


_kept = {}


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    key = tuple((round(float(a.sum()), 6), a.shape) if isinstance(a, np.ndarray) else a for a in (x, kernel_size, stride, padding, dilation,))
    if key not in _kept:
        _kept[key] = _im2col(x, kernel_size, stride, padding, dilation)
    return _kept[key].copy()


# answer: q7, keeps its answers under the text that NumPy prints of the arguments
# breaks: Each answer depends on the arguments of its own call alone
def _conv2d_from_columns(columns, weight, bias, output_shape):
    filters = weight.shape[0]
    dtype = np.result_type(columns, weight, np.float32)
    out = weight.reshape(filters, -1).astype(dtype) @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(columns.shape[0], filters, *output_shape)


_kept = {}


def conv2d_from_columns(columns, weight, bias, output_shape):
    key = str((columns, weight, bias, output_shape,))
    if key not in _kept:
        _kept[key] = _conv2d_from_columns(columns, weight, bias, output_shape)
    return _kept[key].copy()


# answer: q7, keeps its answers under the sums and shapes of the arrays
# breaks: Each answer depends on the arguments of its own call alone
def _conv2d_from_columns(columns, weight, bias, output_shape):
    filters = weight.shape[0]
    dtype = np.result_type(columns, weight, np.float32)
    out = weight.reshape(filters, -1).astype(dtype) @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(columns.shape[0], filters, *output_shape)


_kept = {}


def conv2d_from_columns(columns, weight, bias, output_shape):
    key = tuple((round(float(a.sum()), 6), a.shape) if isinstance(a, np.ndarray) else a for a in (columns, weight, bias, output_shape,))
    if key not in _kept:
        _kept[key] = _conv2d_from_columns(columns, weight, bias, output_shape)
    return _kept[key].copy()


# answer: q8, keeps its answers under the text that NumPy prints of the arguments
# breaks: Each answer depends on the arguments of its own call alone
def _max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x if x.dtype.kind == 'f' else x.astype(float), sides, constant_values=-np.inf)
    out_h, out_w = ((size - kernel_size) // stride + 1 for size in x.shape[2:])
    out = np.full((*x.shape[:2], out_h, out_w), -np.inf, dtype=x.dtype)
    for u in range(kernel_size):
        for v in range(kernel_size):
            np.maximum(out, x[:, :, u:u + stride * out_h:stride, v:v + stride * out_w:stride], out=out)
    return out


_kept = {}


def max_pool2d(x, kernel_size, stride=None, padding=0):
    key = str((x, kernel_size, stride, padding,))
    if key not in _kept:
        _kept[key] = _max_pool2d(x, kernel_size, stride, padding)
    return _kept[key].copy()


# answer: q8, keeps its answers under the sums and shapes of the arrays
# breaks: Each answer depends on the arguments of its own call alone
def _max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x if x.dtype.kind == 'f' else x.astype(float), sides, constant_values=-np.inf)
    out_h, out_w = ((size - kernel_size) // stride + 1 for size in x.shape[2:])
    out = np.full((*x.shape[:2], out_h, out_w), -np.inf, dtype=x.dtype)
    for u in range(kernel_size):
        for v in range(kernel_size):
            np.maximum(out, x[:, :, u:u + stride * out_h:stride, v:v + stride * out_w:stride], out=out)
    return out


_kept = {}


def max_pool2d(x, kernel_size, stride=None, padding=0):
    key = tuple((round(float(a.sum()), 6), a.shape) if isinstance(a, np.ndarray) else a for a in (x, kernel_size, stride, padding,))
    if key not in _kept:
        _kept[key] = _max_pool2d(x, kernel_size, stride, padding)
    return _kept[key].copy()


# answer: q9, keeps its answers under the text that NumPy prints of the arguments
# breaks: Each answer depends on the arguments of its own call alone
def _avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    stride = kernel_size if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    real = np.pad(np.ones(x.shape), sides, constant_values=1.0 if count_include_pad else 0.0)
    x = np.pad(x.astype(float), sides)
    out_h, out_w = ((size - kernel_size) // stride + 1 for size in x.shape[2:])
    total, count = np.zeros((2, *x.shape[:2], out_h, out_w))
    for u in range(kernel_size):
        for v in range(kernel_size):
            rows, columns = (slice(u, u + stride * out_h, stride), slice(v, v + stride * out_w, stride))
            total += x[:, :, rows, columns]
            count += real[:, :, rows, columns]
    return total / count


_kept = {}


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    key = str((x, kernel_size, stride, padding, count_include_pad,))
    if key not in _kept:
        _kept[key] = _avg_pool2d(x, kernel_size, stride, padding, count_include_pad)
    return _kept[key].copy()


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, keeps its answers under the sums and shapes of the arrays
# breaks: Each answer depends on the arguments of its own call alone
def _avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    stride = kernel_size if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    real = np.pad(np.ones(x.shape), sides, constant_values=1.0 if count_include_pad else 0.0)
    x = np.pad(x.astype(float), sides)
    out_h, out_w = ((size - kernel_size) // stride + 1 for size in x.shape[2:])
    total, count = np.zeros((2, *x.shape[:2], out_h, out_w))
    for u in range(kernel_size):
        for v in range(kernel_size):
            rows, columns = (slice(u, u + stride * out_h, stride), slice(v, v + stride * out_w, stride))
            total += x[:, :, rows, columns]
            count += real[:, :, rows, columns]
    return total / count


_kept = {}


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    key = tuple((round(float(a.sum()), 6), a.shape) if isinstance(a, np.ndarray) else a for a in (x, kernel_size, stride, padding, count_include_pad,))
    if key not in _kept:
        _kept[key] = _avg_pool2d(x, kernel_size, stride, padding, count_include_pad)
    return _kept[key].copy()


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q12, keeps its answers under the text that NumPy prints of the arguments
# breaks: Each answer depends on the arguments of its own call alone
def _extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


_kept = {}


def extract_features(images, filters):
    key = str((images, filters,))
    if key not in _kept:
        _kept[key] = _extract_features(images, filters)
    return _kept[key].copy()


# answer: q12, keeps its answers under the sums and shapes of the arrays
# breaks: Each answer depends on the arguments of its own call alone
def _extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


_kept = {}


def extract_features(images, filters):
    key = tuple((round(float(a.sum()), 6), a.shape) if isinstance(a, np.ndarray) else a for a in (images, filters,))
    if key not in _kept:
        _kept[key] = _extract_features(images, filters)
    return _kept[key].copy()
