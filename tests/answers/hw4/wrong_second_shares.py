"""Wrong answers to q7: counts, defaults and memory. Text; nobody imports it."""

# answer: q7, no stride means a square step
# breaks: stride None means kernel_size
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    stride = stride or (kernel_size[0],) * 2
    (H, W), (kh, kw), (ph, pw) = size, kernel_size, padding
    rows, columns = grad_out.shape[2:]
    real = np.zeros((H + 2 * ph, W + 2 * pw))
    real[ph : ph + H, pw : pw + W] = 1
    taps = [(read_by(i, rows, stride[0]), read_by(j, columns, stride[1])) for i in range(kh) for j in range(kw)]
    counts = np.full((rows, columns), float(kh * kw))
    if not count_include_pad:
        counts = sum(real[tap] for tap in taps)
    share = grad_out / counts
    grad = np.zeros((*grad_out.shape[:2], *real.shape), share.dtype)
    for tap in taps:
        grad[(..., *tap)] += share
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q7, takes the parts of real pixels in float32
# breaks: no value may be further from the right one than a billionth
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    stride = stride or kernel_size
    (H, W), (kh, kw), (ph, pw) = size, kernel_size, padding
    rows, columns = grad_out.shape[2:]
    real = np.zeros((H + 2 * ph, W + 2 * pw))
    real[ph : ph + H, pw : pw + W] = 1
    taps = [(read_by(i, rows, stride[0]), read_by(j, columns, stride[1])) for i in range(kh) for j in range(kw)]
    counts = np.full((rows, columns), float(kh * kw))
    if not count_include_pad:
        counts = sum(real[tap] for tap in taps)
        grad_out = grad_out * (1 / counts.astype(np.float32))
        counts = 1.0
    share = grad_out / counts
    grad = np.zeros((*grad_out.shape[:2], *real.shape), share.dtype)
    for tap in taps:
        grad[(..., *tap)] += share
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q7, looks at the padding across alone to see whether there is any
# breaks: without count_include_pad: the number of real pixels in that window
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    stride = stride or kernel_size
    (H, W), (kh, kw), (ph, pw) = size, kernel_size, padding
    rows, columns = grad_out.shape[2:]
    real = np.zeros((H + 2 * ph, W + 2 * pw))
    real[ph : ph + H, pw : pw + W] = 1
    taps = [(read_by(i, rows, stride[0]), read_by(j, columns, stride[1])) for i in range(kh) for j in range(kw)]
    counts = np.full((rows, columns), float(kh * kw))
    if padding[1] and not count_include_pad:
        counts = sum(real[tap] for tap in taps)
    share = grad_out / counts
    grad = np.zeros((*grad_out.shape[:2], *real.shape), share.dtype)
    for tap in taps:
        grad[(..., *tap)] += share
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q7, writes instead of adding where the stride is as long as the kernel across
# breaks: each pixel of the window gets its share; where windows overlap, shares add up
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    stride = stride or kernel_size
    (H, W), (kh, kw), (ph, pw) = size, kernel_size, padding
    rows, columns = grad_out.shape[2:]
    real = np.zeros((H + 2 * ph, W + 2 * pw))
    real[ph : ph + H, pw : pw + W] = 1
    taps = [(read_by(i, rows, stride[0]), read_by(j, columns, stride[1])) for i in range(kh) for j in range(kw)]
    counts = np.full((rows, columns), float(kh * kw))
    if not count_include_pad:
        counts = sum(real[tap] for tap in taps)
    share = grad_out / counts
    grad = np.zeros((*grad_out.shape[:2], *real.shape), share.dtype)
    for tap in taps:
        if stride[1] >= kw:
            grad[(..., *tap)] = share
        else:
            grad[(..., *tap)] += share
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q7, real pixels are counted short in the first and the last window alone
# breaks: the number of real pixels in that window (with padding 2 and stride 1, the second is short, too)
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    stride = stride or kernel_size
    (H, W), (kh, kw), (ph, pw) = size, kernel_size, padding
    rows, columns = grad_out.shape[2:]
    real = np.zeros((H + 2 * ph, W + 2 * pw))
    real[ph : ph + H, pw : pw + W] = 1
    taps = [(read_by(i, rows, stride[0]), read_by(j, columns, stride[1])) for i in range(kh) for j in range(kw)]
    counts = np.full((rows, columns), float(kh * kw))
    if not count_include_pad:
        down, across = np.full(rows, float(kh)), np.full(columns, float(kw))
        down[0] -= ph
        across[0] -= pw
        down[-1] -= max((rows - 1) * stride[0] + kh - H - ph, 0)
        across[-1] -= max((columns - 1) * stride[1] + kw - W - pw, 0)
        counts = down[:, None] * across
    share = grad_out / counts
    grad = np.zeros((*grad_out.shape[:2], *real.shape), share.dtype)
    for tap in taps:
        grad[(..., *tap)] += share
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q7, divides the upstream gradient in place where padding does not count
# breaks: what you were given stays as it was
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    stride = stride or kernel_size
    (H, W), (kh, kw), (ph, pw) = size, kernel_size, padding
    rows, columns = grad_out.shape[2:]
    real = np.zeros((H + 2 * ph, W + 2 * pw))
    real[ph : ph + H, pw : pw + W] = 1
    taps = [(read_by(i, rows, stride[0]), read_by(j, columns, stride[1])) for i in range(kh) for j in range(kw)]
    counts = np.full((rows, columns), float(kh * kw))
    if not count_include_pad:
        counts = sum(real[tap] for tap in taps)
    if count_include_pad:
        share = grad_out / counts
    else:
        grad_out /= counts
        share = grad_out
    grad = np.zeros((*grad_out.shape[:2], *real.shape), share.dtype)
    for tap in taps:
        grad[(..., *tap)] += share
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q7, remembers the counts by size, kernel and stride, not by padding
# breaks: each answer depends on the arguments of its own call alone
_counts = {}


def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    stride = stride or kernel_size
    (H, W), (kh, kw), (ph, pw) = size, kernel_size, padding
    rows, columns = grad_out.shape[2:]
    real = np.zeros((H + 2 * ph, W + 2 * pw))
    real[ph : ph + H, pw : pw + W] = 1
    taps = [(read_by(i, rows, stride[0]), read_by(j, columns, stride[1])) for i in range(kh) for j in range(kw)]
    counts = np.full((rows, columns), float(kh * kw))
    if not count_include_pad:
        key = (size, kernel_size, stride)
        if key not in _counts:
            _counts[key] = sum(real[tap] for tap in taps)
        counts = _counts[key]
    share = grad_out / counts
    grad = np.zeros((*grad_out.shape[:2], *real.shape), share.dtype)
    for tap in taps:
        grad[(..., *tap)] += share
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q7, arguments by position only
# breaks: arguments come by position or by name
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True, /):
    stride = stride or kernel_size
    (H, W), (kh, kw), (ph, pw) = size, kernel_size, padding
    rows, columns = grad_out.shape[2:]
    real = np.zeros((H + 2 * ph, W + 2 * pw))
    real[ph : ph + H, pw : pw + W] = 1
    taps = [(read_by(i, rows, stride[0]), read_by(j, columns, stride[1])) for i in range(kh) for j in range(kw)]
    counts = np.full((rows, columns), float(kh * kw))
    if not count_include_pad:
        counts = sum(real[tap] for tap in taps)
    share = grad_out / counts
    grad = np.zeros((*grad_out.shape[:2], *real.shape), share.dtype)
    for tap in taps:
        grad[(..., *tap)] += share
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q7, another name for the last argument
# breaks: arguments come by position or by name
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), include_padding=True):
    stride = stride or kernel_size
    (H, W), (kh, kw), (ph, pw) = size, kernel_size, padding
    rows, columns = grad_out.shape[2:]
    real = np.zeros((H + 2 * ph, W + 2 * pw))
    real[ph : ph + H, pw : pw + W] = 1
    taps = [(read_by(i, rows, stride[0]), read_by(j, columns, stride[1])) for i in range(kh) for j in range(kw)]
    counts = np.full((rows, columns), float(kh * kw))
    if not include_padding:
        counts = sum(real[tap] for tap in taps)
    share = grad_out / counts
    grad = np.zeros((*grad_out.shape[:2], *real.shape), share.dtype)
    for tap in taps:
        grad[(..., *tap)] += share
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q7, with windows of 1×1 it returns grad_out itself
# breaks: what you return is new: no input, no view of one
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    stride = stride or kernel_size
    if kernel_size == (1, 1) and stride == (1, 1):
        return grad_out
    (H, W), (kh, kw), (ph, pw) = size, kernel_size, padding
    rows, columns = grad_out.shape[2:]
    real = np.zeros((H + 2 * ph, W + 2 * pw))
    real[ph : ph + H, pw : pw + W] = 1
    taps = [(read_by(i, rows, stride[0]), read_by(j, columns, stride[1])) for i in range(kh) for j in range(kw)]
    counts = np.full((rows, columns), float(kh * kw))
    if not count_include_pad:
        counts = sum(real[tap] for tap in taps)
    share = grad_out / counts
    grad = np.zeros((*grad_out.shape[:2], *real.shape), share.dtype)
    for tap in taps:
        grad[(..., *tap)] += share
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q7, rows of windows inside are taken to hold as many real pixels as the second row
# breaks: the number of real pixels in that window (padding 2 and stride 1: the second row is short)
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    stride = stride or kernel_size
    (H, W), (kh, kw), (ph, pw) = size, kernel_size, padding
    rows, columns = grad_out.shape[2:]
    real = np.zeros((H + 2 * ph, W + 2 * pw))
    real[ph : ph + H, pw : pw + W] = 1
    taps = [(read_by(i, rows, stride[0]), read_by(j, columns, stride[1])) for i in range(kh) for j in range(kw)]
    counts = np.full((rows, columns), float(kh * kw))
    if not count_include_pad:
        counts = sum(real[tap] for tap in taps)
        if rows > 3:
            counts[1:-1] = counts[1]  # all windows inside are alike
    share = grad_out / counts
    grad = np.zeros((*grad_out.shape[:2], *real.shape), share.dtype)
    for tap in taps:
        grad[(..., *tap)] += share
    return grad[:, :, ph : ph + H, pw : pw + W].copy()


# answer: q7, returns an array that the next call of the same size writes into
# breaks: what you return is new: nothing that a later call writes into
_room = {}


def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    stride = stride or kernel_size
    (H, W), (kh, kw), (ph, pw) = size, kernel_size, padding
    rows, columns = grad_out.shape[2:]
    real = np.zeros((H + 2 * ph, W + 2 * pw))
    real[ph : ph + H, pw : pw + W] = 1
    taps = [(read_by(i, rows, stride[0]), read_by(j, columns, stride[1])) for i in range(kh) for j in range(kw)]
    counts = np.full((rows, columns), float(kh * kw))
    if not count_include_pad:
        counts = sum(real[tap] for tap in taps)
    share = grad_out / counts
    key = (*grad_out.shape[:2], *real.shape)
    grad = _room.setdefault((key, share.dtype), np.zeros(key, share.dtype))
    grad[...] = 0
    for tap in taps:
        grad[(..., *tap)] += share
    return grad[:, :, ph : ph + H, pw : pw + W]
