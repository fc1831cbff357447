"""Wrong answers to dilated convolution, as students write them. Text; nobody imports it."""

# answer: q1, pads rows and columns alike
# breaks: p_w = d (kw - 1) / 2 columns left and right, maps as large as the images
def dilated_conv2d(x, weight, dilation):
    d, (kh, kw) = dilation, weight.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p = q = d * (max(kh, kw) - 1) // 2
    out = conv2d(np.pad(x, ((0, 0), (0, 0), (p, p), (q, q))), large)
    return out[:, :, : x.shape[2], : x.shape[3]]
    return conv2d(np.pad(x, ((0, 0), (0, 0), (p, p), (q, q))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    d, (kh, kw), (H, W) = dilation, weight.shape[2:], x.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))
    gx, gw = conv2d_backward(grad_out, padded, large)
    return gx[:, :, p : p + H, q : q + W], gw[:, :, ::d, ::d]


# answer: q1, d zeros between taps instead of d - 1
# breaks: distance of two taps that follow each other is d
def dilated_conv2d(x, weight, dilation):
    d, (kh, kw) = dilation + 1, weight.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    return conv2d(np.pad(x, ((0, 0), (0, 0), (p, p), (q, q))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    d, (kh, kw), (H, W) = dilation + 1, weight.shape[2:], x.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))
    gx, gw = conv2d_backward(grad_out, padded, large)
    return gx[:, :, p : p + H, q : q + W], gw[:, :, ::d, ::d]


# answer: q1, keeps the first kh by kw numbers of the large kernel's gradient
# breaks: gradient by the taps, which stand d apart
def dilated_conv2d(x, weight, dilation):
    d, (kh, kw) = dilation, weight.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    return conv2d(np.pad(x, ((0, 0), (0, 0), (p, p), (q, q))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    d, (kh, kw), (H, W) = dilation, weight.shape[2:], x.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))
    gx, gw = conv2d_backward(grad_out, padded, large)
    return gx[:, :, p : p + H, q : q + W], gw[:, :, :kh, :kw]


# answer: q1, cuts the padding off by negative places
# breaks: grad_x has the shape of x, also where p is 0
def dilated_conv2d(x, weight, dilation):
    d, (kh, kw) = dilation, weight.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    return conv2d(np.pad(x, ((0, 0), (0, 0), (p, p), (q, q))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    d, (kh, kw), (H, W) = dilation, weight.shape[2:], x.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))
    gx, gw = conv2d_backward(grad_out, padded, large)
    return gx[:, :, p:-p, q:-q], gw[:, :, ::d, ::d]


# answer: q1, cuts the padding off at the end alone
# breaks: grad_x is the gradient by x
def dilated_conv2d(x, weight, dilation):
    d, (kh, kw) = dilation, weight.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    return conv2d(np.pad(x, ((0, 0), (0, 0), (p, p), (q, q))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    d, (kh, kw), (H, W) = dilation, weight.shape[2:], x.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))
    gx, gw = conv2d_backward(grad_out, padded, large)
    return gx[:, :, :H, :W], gw[:, :, ::d, ::d]


# answer: q1, goes back by a forward pass with the channels exchanged
# breaks: the kernel is turned on the way back
def dilated_conv2d(x, weight, dilation):
    d, (kh, kw) = dilation, weight.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    return conv2d(np.pad(x, ((0, 0), (0, 0), (p, p), (q, q))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    d, (kh, kw), (H, W) = dilation, weight.shape[2:], x.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))
    gx, gw = conv2d_backward(grad_out, padded, large)
    gx = dilated_conv2d(grad_out, weight.swapaxes(0, 1), dilation)
    return gx, gw[:, :, ::d, ::d]


# answer: q1, computes in single precision
# breaks: float64 where float64 came in
def dilated_conv2d(x, weight, dilation):
    d, (kh, kw) = dilation, weight.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), np.float32)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    return conv2d(np.pad(x.astype(np.float32), ((0, 0), (0, 0), (p, p), (q, q))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    d, (kh, kw), (H, W) = dilation, weight.shape[2:], x.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), np.float32)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))
    gx, gw = conv2d_backward(grad_out, padded, large)
    return gx[:, :, p : p + H, q : q + W], gw[:, :, ::d, ::d]


# answer: q1, dilates the rows alone
# breaks: taps stand d apart along both axes
def dilated_conv2d(x, weight, dilation):
    d, (kh, kw) = dilation, weight.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, kw), weight.dtype)
    large[:, :, ::d] = weight
    p, q = d * (kh - 1) // 2, (kw - 1) // 2
    return conv2d(np.pad(x, ((0, 0), (0, 0), (p, p), (q, q))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    d, (kh, kw), (H, W) = dilation, weight.shape[2:], x.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, kw), weight.dtype)
    large[:, :, ::d] = weight
    p, q = d * (kh - 1) // 2, (kw - 1) // 2
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))
    gx, gw = conv2d_backward(grad_out, padded, large)
    return gx[:, :, p : p + H, q : q + W], gw[:, :, ::d]


# answer: q1, gives the gradients in the other order
# breaks: returns grad_x, grad_weight
def dilated_conv2d(x, weight, dilation):
    d, (kh, kw) = dilation, weight.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    return conv2d(np.pad(x, ((0, 0), (0, 0), (p, p), (q, q))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    d, (kh, kw), (H, W) = dilation, weight.shape[2:], x.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))
    gx, gw = conv2d_backward(grad_out, padded, large)
    return gw[:, :, ::d, ::d], gx[:, :, p : p + H, q : q + W]


# answer: q1, turns the kernel
# breaks: w_ij meets x at r + i d - p
def dilated_conv2d(x, weight, dilation):
    d, (kh, kw) = dilation, weight.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight[:, :, ::-1, ::-1]
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    return conv2d(np.pad(x, ((0, 0), (0, 0), (p, p), (q, q))), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    d, (kh, kw), (H, W) = dilation, weight.shape[2:], x.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))
    gx, gw = conv2d_backward(grad_out, padded, large)
    return gx[:, :, p : p + H, q : q + W], gw[:, :, ::d, ::d]
