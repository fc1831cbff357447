"""Wrong answers to q1: dilated convolution and its backward pass. Text; nobody imports it."""

# answer: q1, dilates the columns of the kernel alone, and pads the rows to fit
# breaks: w_fmij meets x at row r + i d - p_h: rows stand d apart, too
def dilated_conv2d(x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    return conv2d(np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    H, W = x.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    grad_wide, grad_large = conv2d_backward(grad_out, wide, large)
    grad_x = grad_wide[:, :, ph : ph + H, pw : pw + W].copy()
    return grad_x, grad_large[:, :, :, ::dilation].copy()


def _large(weight, d):
    F, C, kh, kw = weight.shape
    large = np.zeros((F, C, kh, d * (kw - 1) + 1), weight.dtype)
    large[:, :, :, ::d] = weight
    return large, (kh - 1) // 2, d * (kw - 1) // 2


# answer: q1, the large kernel is an array of whole numbers, so weights lose what stands behind the point
# breaks: weight is an array of floats
def dilated_conv2d(x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    return conv2d(np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    H, W = x.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    grad_wide, grad_large = conv2d_backward(grad_out, wide, large)
    grad_x = grad_wide[:, :, ph : ph + H, pw : pw + W].copy()
    return grad_x, grad_large[:, :, ::dilation, ::dilation].astype(float)


def _large(weight, d):
    F, C, kh, kw = weight.shape
    large = np.zeros((F, C, d * (kh - 1) + 1, d * (kw - 1) + 1), dtype=int)
    large[:, :, ::d, ::d] = weight
    return large, d * (kh - 1) // 2, d * (kw - 1) // 2


# answer: q1, the large kernel is float32 whatever came in
# breaks: float64 where float64 came in; a billionth
def dilated_conv2d(x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    return conv2d(np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    H, W = x.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    grad_wide, grad_large = conv2d_backward(grad_out, wide, large)
    grad_x = grad_wide[:, :, ph : ph + H, pw : pw + W].copy()
    return grad_x, grad_large[:, :, ::dilation, ::dilation].astype(weight.dtype)


def _large(weight, d):
    F, C, kh, kw = weight.shape
    large = np.zeros((F, C, d * (kh - 1) + 1, d * (kw - 1) + 1), np.float32)
    large[:, :, ::d, ::d] = weight
    return large, d * (kh - 1) // 2, d * (kw - 1) // 2


# answer: q1, puts zeros between the taps d - 1 times over, so that they stand 2 ** (d - 1) apart
# breaks: with a dilation d the taps stand d pixels apart
def dilated_conv2d(x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    return conv2d(np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    H, W = x.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    grad_wide, grad_large = conv2d_backward(grad_out, wide, large)
    grad_x = grad_wide[:, :, ph : ph + H, pw : pw + W].copy()
    return grad_x, grad_large[:, :, :: 2 ** (dilation - 1), :: 2 ** (dilation - 1)].copy()


def _large(weight, d):
    F, C, kh, kw = weight.shape
    large = weight.copy()
    for _ in range(d - 1):
        for axis in (2, 3):
            places = np.arange(1, large.shape[axis])
            large = np.insert(large, places, 0, axis=axis)
    return large, large.shape[2] // 2, large.shape[3] // 2


# answer: q1, pads by d wherever the kernel has more than one tap, which is right for three taps alone
# breaks: p_h = d (k_h - 1) / 2; the maps are as large as the images
def dilated_conv2d(x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    return conv2d(np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    H, W = x.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    grad_wide, grad_large = conv2d_backward(grad_out, wide, large)
    grad_x = grad_wide[:, :, ph : ph + H, pw : pw + W].copy()
    return grad_x, grad_large[:, :, ::dilation, ::dilation].copy()


def _large(weight, d):
    F, C, kh, kw = weight.shape
    large = np.zeros((F, C, d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    return large, d if kh > 1 else 0, d if kw > 1 else 0


# answer: q1, remembers the large kernel by shape and dilation
# breaks: each answer depends on the arguments of its own call alone
def dilated_conv2d(x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    return conv2d(np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    H, W = x.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    grad_wide, grad_large = conv2d_backward(grad_out, wide, large)
    grad_x = grad_wide[:, :, ph : ph + H, pw : pw + W].copy()
    return grad_x, grad_large[:, :, ::dilation, ::dilation].copy()


_kernels = {}


def _large(weight, d):
    if (weight.shape, d) not in _kernels:
        _kernels[weight.shape, d] = _make(weight, d)
    return _kernels[weight.shape, d]


def _make(weight, d):
    F, C, kh, kw = weight.shape
    large = np.zeros((F, C, d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    return large, d * (kh - 1) // 2, d * (kw - 1) // 2


# answer: q1, reads the gradient by weight from the first kh rows of the large one
# breaks: grad_weight: only the places of the taps had weights, and they stand d rows apart
def dilated_conv2d(x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    return conv2d(np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    H, W = x.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    grad_wide, grad_large = conv2d_backward(grad_out, wide, large)
    grad_x = grad_wide[:, :, ph : ph + H, pw : pw + W].copy()
    return grad_x, grad_large[:, :, : weight.shape[2], ::dilation].copy()


def _large(weight, d):
    F, C, kh, kw = weight.shape
    large = np.zeros((F, C, d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    return large, d * (kh - 1) // 2, d * (kw - 1) // 2


# answer: q1, the gradient by weight has the rows of its taps upside down when the dilation is more than 1
# breaks: grad_weight has the shape of weight, tap by tap
def dilated_conv2d(x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    return conv2d(np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    H, W = x.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    grad_wide, grad_large = conv2d_backward(grad_out, wide, large)
    grad_x = grad_wide[:, :, ph : ph + H, pw : pw + W].copy()
    return grad_x, grad_large[:, :, ::-dilation, ::dilation][:, :, :: 1 if dilation > 1 else -1].copy()


def _large(weight, d):
    F, C, kh, kw = weight.shape
    large = np.zeros((F, C, d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    return large, d * (kh - 1) // 2, d * (kw - 1) // 2


# answer: q1, shifts the image tap by tap; a tap that reaches past the whole image stops it or wraps round
# breaks: zeros are put around: a tap that lies outside everywhere adds 0
def _cut(n, o):
    return slice(max(0, -o), n - max(0, o)), slice(max(0, o), n + min(0, o))


def dilated_conv2d(x, weight, dilation):
    N, _, H, W = x.shape
    F, _, kh, kw = weight.shape
    out = np.zeros((N, F, H, W), np.result_type(x, weight))
    for i in range(kh):
        for j in range(kw):
            to_r, from_r = _cut(H, dilation * (i - kh // 2))
            to_c, from_c = _cut(W, dilation * (j - kw // 2))
            out[:, :, to_r, to_c] += np.einsum("fm,nmrc->nfrc", weight[:, :, i, j], x[:, :, from_r, from_c])
    return out


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    H, W = x.shape[2:]
    _, _, kh, kw = weight.shape
    grad_x, grad_weight = np.zeros_like(x), np.zeros_like(weight)
    for i in range(kh):
        for j in range(kw):
            to_r, from_r = _cut(H, dilation * (i - kh // 2))
            to_c, from_c = _cut(W, dilation * (j - kw // 2))
            g, seen = grad_out[:, :, to_r, to_c], x[:, :, from_r, from_c]
            grad_x[:, :, from_r, from_c] += np.einsum("fm,nfrc->nmrc", weight[:, :, i, j], g)
            grad_weight[:, :, i, j] = np.einsum("nfrc,nmrc->fm", g, seen)
    return grad_x, grad_weight


# answer: q1, gradient by x as a convolution with the flipped kernel whose channel axes are exchanged only where F and C differ
# breaks: grad_x sums over f: w_fmij with f and m in their own places, also where F = C
def dilated_conv2d(x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    return conv2d(np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    _, grad_large = conv2d_backward(grad_out, wide, large)
    turned = weight[:, :, ::-1, ::-1]
    if len(weight) != x.shape[1]:
        turned = turned.swapaxes(0, 1)
    grad_x = dilated_conv2d(grad_out, turned, dilation)
    return grad_x, grad_large[:, :, ::dilation, ::dilation].copy()


def _large(weight, d):
    F, C, kh, kw = weight.shape
    large = np.zeros((F, C, d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    return large, d * (kh - 1) // 2, d * (kw - 1) // 2


# answer: q1, kernels of one tap are taken to mix nothing: channel by channel
# breaks: y sums over all m, also for a kernel of 1 × 1
def dilated_conv2d(x, weight, dilation):
    if weight.shape[2:] == (1, 1):
        return x.sum(axis=1, keepdims=True) * weight.sum(axis=1)[None]
    large, ph, pw = _large(weight, dilation)
    return conv2d(np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    large, ph, pw = _large(weight, dilation)
    H, W = x.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    grad_wide, grad_large = conv2d_backward(grad_out, wide, large)
    grad_x = grad_wide[:, :, ph : ph + H, pw : pw + W].copy()
    return grad_x, grad_large[:, :, ::dilation, ::dilation].copy()


def _large(weight, d):
    F, C, kh, kw = weight.shape
    large = np.zeros((F, C, d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    return large, d * (kh - 1) // 2, d * (kw - 1) // 2
