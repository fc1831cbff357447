"""Wrong answers to transposed convolution, forward and backward, as students write them. Text; nobody imports it."""

# answer: q3, turns the kernel on the way back
# breaks: g at r s + i - p meets w_ij
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    p = padding
    g = np.pad(grad_out, ((0, 0), (0, 0), (p, p), (p, p)))
    grad_x = conv2d(g, weight[:, :, ::-1, ::-1], stride)
    _, grad_weight = conv2d_backward(x, g, weight, stride)
    return grad_x, grad_weight


# answer: q3, averages the weight's gradient over the images
# breaks: sum over n
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    p = padding
    g = np.pad(grad_out, ((0, 0), (0, 0), (p, p), (p, p)))
    grad_x = conv2d(g, weight, stride)
    _, grad_weight = conv2d_backward(x, g, weight, stride)
    return grad_x, grad_weight / len(x)


# answer: q3, forgets the stride for the weights
# breaks: g at r s + i - p
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    p, (kh, kw), (h, w) = padding, weight.shape[2:], x.shape[2:]
    g = np.pad(grad_out, ((0, 0), (0, 0), (p, p), (p, p)))
    grad_weight = np.zeros_like(weight)
    for i in range(kh):
        for j in range(kw):
            part = g[:, :, i : i + h, j : j + w]
            grad_weight[:, :, i, j] = np.einsum("nmrc,nfrc->mf", x[:, :, : part.shape[2], : part.shape[3]], part)
    return conv2d(g, weight, stride), grad_weight


# answer: q3, the weight's gradient has the channels exchanged
# breaks: grad_weight: array (C, F, kh, kw)
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    p = padding
    g = np.pad(grad_out, ((0, 0), (0, 0), (p, p), (p, p)))
    grad_x = conv2d(g, weight, stride)
    _, grad_weight = conv2d_backward(x, g, weight, stride)
    return grad_x, grad_weight.swapaxes(0, 1)


# answer: q3, pads at the start alone, and cuts what does not fit
# breaks: padding is cut off at each side
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    p, (h, w) = padding, x.shape[2:]
    g = np.pad(grad_out, ((0, 0), (0, 0), (p, 2 * p), (p, 2 * p)))[:, :, p:, p:]
    _, grad_weight = conv2d_backward(x, g, weight, stride)
    return conv2d(g, weight, stride)[:, :, :h, :w], grad_weight


# answer: q3, computes in single precision
# breaks: float64 where float64 came in
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    p = padding
    g = np.pad(grad_out.astype(np.float32), ((0, 0), (0, 0), (p, p), (p, p)))
    grad_x = conv2d(g, weight.astype(np.float32), stride)
    _, grad_weight = conv2d_backward(x, g, weight, stride)
    return grad_x, grad_weight


# answer: q3, leaves out the last row of windows
# breaks: every pixel collects
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    p = padding
    g = np.pad(grad_out, ((0, 0), (0, 0), (p, p), (p, p)))
    grad_x = conv2d(g, weight, stride)
    _, grad_weight = conv2d_backward(x, g, weight, stride)
    if x.shape[2] > 2:
        grad_weight = conv2d_backward(x[:, :, :-1], g, weight, stride)[1]
    return grad_x, grad_weight
