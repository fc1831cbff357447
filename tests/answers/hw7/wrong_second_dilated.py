"""Wrong answers to dilated convolution, as students write them. Text; nobody imports it."""

# answer: q1, rows' padding for columns on the way back
# breaks: p_w = d (kw - 1) / 2
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
    p = q = d * (kh - 1) // 2
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (q, max(q, d * (kw - 1) - q))))[:, :, :, : W + d * (kw - 1)]
    gx, gw = conv2d_backward(grad_out, padded, large)
    return gx[:, :, p : p + H, q : q + W], gw[:, :, ::d, ::d]


# answer: q1, the mean over the images for the weights
# breaks: derivative of the loss: images add up
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
    return gx[:, :, p : p + H, q : q + W], gw[:, :, ::d, ::d] / len(x)


# answer: q1, repeats the edge of the image
# breaks: put zeros around
def dilated_conv2d(x, weight, dilation):
    d, (kh, kw) = dilation, weight.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    return conv2d(np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)), mode="edge"), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    d, (kh, kw), (H, W) = dilation, weight.shape[2:], x.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))
    gx, gw = conv2d_backward(grad_out, padded, large)
    return gx[:, :, p : p + H, q : q + W], gw[:, :, ::d, ::d]


# answer: q1, mirrors the image where it is large enough
# breaks: put zeros around
def dilated_conv2d(x, weight, dilation):
    d, (kh, kw) = dilation, weight.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    mode = "reflect" if p < x.shape[2] and q < x.shape[3] else "constant"
    return conv2d(np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)), mode=mode), large)


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    d, (kh, kw), (H, W) = dilation, weight.shape[2:], x.shape[2:]
    large = np.zeros((*weight.shape[:2], d * (kh - 1) + 1, d * (kw - 1) + 1), weight.dtype)
    large[:, :, ::d, ::d] = weight
    p, q = d * (kh - 1) // 2, d * (kw - 1) // 2
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (q, q)))
    gx, gw = conv2d_backward(grad_out, padded, large)
    return gx[:, :, p : p + H, q : q + W], gw[:, :, ::d, ::d]


# answer: q1, no dilation where the kernel would be larger than the image
# breaks: a kernel may reach beyond
def dilated_conv2d(x, weight, dilation):
    d, (kh, kw) = dilation, weight.shape[2:]
    if d * (kh - 1) + 1 > x.shape[2]:
        d = 1
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
    return gx[:, :, p : p + H, q : q + W], gw[:, :, ::d, ::d]
