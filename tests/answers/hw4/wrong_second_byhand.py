"""Wrong answers to q1 and q2: dtypes, memory order, strides and caches by hand. Text; nobody imports it."""

# answer: q1, the result has the dtype of the image alone
# breaks: float64 where one of the arrays was float64
def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    kh, kw = kernel_size
    out = np.zeros((kh, kw), x.dtype)
    for r in range(grad_out.shape[0]):
        for c in range(grad_out.shape[1]):
            top, left = r * stride[0], c * stride[1]
            out += grad_out[r, c] * x[top : top + kh, left : left + kw]
    return out


# answer: q1, makes the image of the dtype of grad_out first
# breaks: float64 where one of the arrays was float64 (grad_out float32, x float64)
def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    x = x.astype(grad_out.dtype)
    kh, kw = kernel_size
    rows, columns = grad_out.shape
    out = np.zeros((kh, kw), np.result_type(grad_out, x))
    for i in range(kh):
        for j in range(kw):
            for r in range(rows):
                for c in range(columns):
                    out[i, j] += grad_out[r, c] * x[r * stride[0] + i, c * stride[1] + j]
    return out


# answer: q1, adds up in float32 and turns the sum into float64 at the end
# breaks: no value may be further from the right one than a billionth
def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    kh, kw = kernel_size
    out = np.zeros((kh, kw), dtype=np.float32)
    for r in range(grad_out.shape[0]):
        for c in range(grad_out.shape[1]):
            for i in range(kh):
                for j in range(kw):
                    out[i, j] += grad_out[r, c] * x[r * stride[0] + i, c * stride[1] + j]
    return out.astype(np.result_type(grad_out, x))


# answer: q1, lays the pixels in a row as they lie in memory
# breaks: an array may be transposed, reversed, or a slice of a larger array
def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    kh, kw = kernel_size
    width = x.shape[1]
    pixels = x.ravel(order="K")
    out = np.zeros((kh, kw), np.result_type(grad_out, x))
    for i in range(kh):
        for j in range(kw):
            for r in range(grad_out.shape[0]):
                for c in range(grad_out.shape[1]):
                    place = (r * stride[0] + i) * width + c * stride[1] + j
                    out[i, j] += grad_out[r, c] * pixels[place]
    return out


# answer: q1, rounds to six digits
# breaks: no value may be further from the right one than a billionth
def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    kh, kw = kernel_size
    out = np.zeros((kh, kw), np.result_type(grad_out, x))
    for r, c in np.ndindex(*grad_out.shape):
        top, left = r * stride[0], c * stride[1]
        out += grad_out[r, c] * x[top : top + kh, left : left + kw]
    return np.round(out, 6)


# answer: q1, keeps one array for each size of kernel and hands out that very array
# breaks: what you return is new: nothing that a later call writes into
_room = {}


def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    kh, kw = kernel_size
    key = (kh, kw, np.result_type(grad_out, x))
    if key not in _room:
        _room[key] = np.zeros((kh, kw), key[2])
    out = _room[key]
    out[...] = 0
    for r, c in np.ndindex(*grad_out.shape):
        top, left = r * stride[0], c * stride[1]
        out += grad_out[r, c] * x[top : top + kh, left : left + kw]
    return out


# answer: q1, other names for the arguments
# breaks: arguments come by position or by name
def weight_gradient(g, image, kernel_size, stride=(1, 1)):
    kh, kw = kernel_size
    out = np.zeros((kh, kw), np.result_type(g, image))
    for r, c in np.ndindex(*g.shape):
        top, left = r * stride[0], c * stride[1]
        out += g[r, c] * image[top : top + kh, left : left + kw]
    return out


# answer: q1, a row of zeros in grad_out ends the loop
# breaks: the sum runs over all outputs r and c
def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    kh, kw = kernel_size
    out = np.zeros((kh, kw), np.result_type(grad_out, x))
    for r in range(grad_out.shape[0]):
        if not grad_out[r].any():
            break
        for c in range(grad_out.shape[1]):
            top, left = r * stride[0], c * stride[1]
            out += grad_out[r, c] * x[top : top + kh, left : left + kw]
    return out


# answer: q1, with a single output the kernel is taken to be as large as the image
# breaks: returns array (kh, kw); the image may be larger than the window
def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    if grad_out.size == 1:
        return grad_out[0, 0] * x
    kh, kw = kernel_size
    out = np.zeros((kh, kw), np.result_type(grad_out, x))
    for r, c in np.ndindex(*grad_out.shape):
        top, left = r * stride[0], c * stride[1]
        out += grad_out[r, c] * x[top : top + kh, left : left + kw]
    return out


# answer: q2, the stride down is forgotten
# breaks: the product is added to the pixel x[r·s_h + i, c·s_w + j]
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    kh, kw = kernel.shape
    grad = np.zeros(size, np.result_type(grad_out, kernel))
    for r in range(grad_out.shape[0]):
        for c in range(grad_out.shape[1]):
            left = c * stride[1]
            grad[r : r + kh, left : left + kw] += grad_out[r, c] * kernel
    return grad


# answer: q2, rows that are left over are not returned
# breaks: a pixel that no window holds gets 0; returns array (H, W)
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    rows, columns = grad_out.shape
    kh, kw = kernel.shape
    height = (rows - 1) * stride[0] + kh
    grad = np.zeros((height, size[1]), np.result_type(grad_out, kernel))
    for r in range(rows):
        for c in range(columns):
            top, left = r * stride[0], c * stride[1]
            grad[top : top + kh, left : left + kw] += grad_out[r, c] * kernel
    return grad


# answer: q2, the result has the dtype of the kernel alone
# breaks: float64 where one of the arrays was float64
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    kh, kw = kernel.shape
    grad = np.zeros(size, dtype=kernel.dtype)
    for r, c in np.ndindex(*grad_out.shape):
        top, left = r * stride[0], c * stride[1]
        grad[top : top + kh, left : left + kw] += grad_out[r, c] * kernel
    return grad


# answer: q2, the result has the dtype of grad_out alone
# breaks: float64 where one of the arrays was float64
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    grad = np.zeros_like(grad_out, shape=size)
    for r, c in np.ndindex(*grad_out.shape):
        for i, j in np.ndindex(*kernel.shape):
            grad[r * stride[0] + i, c * stride[1] + j] += grad_out[r, c] * kernel[i, j]
    return grad


# answer: q2, with a stride down as long as the kernel, windows are written and not added
# breaks: for every r, c, i and j the product is added (windows still overlap across)
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    kh, kw = kernel.shape
    overlap = stride[0] < kh
    grad = np.zeros(size, np.result_type(grad_out, kernel))
    for r, c in np.ndindex(*grad_out.shape):
        top, left = r * stride[0], c * stride[1]
        if overlap:
            grad[top : top + kh, left : left + kw] += grad_out[r, c] * kernel
        else:
            grad[top : top + kh, left : left + kw] = grad_out[r, c] * kernel
    return grad


# answer: q2, asks each pixel for its windows, and forgets that rows must divide by the stride, too
# breaks: a pixel has a part only in the outputs whose windows hold it
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    rows, columns = grad_out.shape
    grad = np.zeros(size, np.result_type(grad_out, kernel))
    for u in range(size[0]):
        for v in range(size[1]):
            for i in range(kernel.shape[0]):
                for j in range(kernel.shape[1]):
                    r = (u - i) // stride[0]
                    c, rest = divmod(v - j, stride[1])
                    if rest == 0 and 0 <= r < rows and 0 <= c < columns:
                        grad[u, v] += grad_out[r, c] * kernel[i, j]
    return grad


# answer: q2, leaves out upstream gradients that are nearly 0
# breaks: for every r and c the product is added; no value further off than a billionth
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    kh, kw = kernel.shape
    grad = np.zeros(size, np.result_type(grad_out, kernel))
    for r, c in np.ndindex(*grad_out.shape):
        if abs(grad_out[r, c]) < 1e-3:
            continue
        top, left = r * stride[0], c * stride[1]
        grad[top : top + kh, left : left + kw] += grad_out[r, c] * kernel
    return grad


# answer: q2, the array for the result is a default argument, made once for each size
# breaks: what you return is new: nothing that a later call writes into
def input_gradient(grad_out, kernel, size, stride=(1, 1), _made={}):
    kh, kw = kernel.shape
    dtype = np.result_type(grad_out, kernel)
    grad = _made.setdefault((*size, dtype), np.zeros(size, dtype))
    grad.fill(0)
    for r, c in np.ndindex(*grad_out.shape):
        top, left = r * stride[0], c * stride[1]
        grad[top : top + kh, left : left + kw] += grad_out[r, c] * kernel
    return grad


# answer: q2, lists of Python's floats, and float32 on the way to the right dtype
# breaks: no value further off than a billionth where float64 came in
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    grad = [[0.0] * size[1] for _ in range(size[0])]
    for r, row in enumerate(grad_out.tolist()):
        for c, g in enumerate(row):
            for i, weights in enumerate(kernel.tolist()):
                for j, k in enumerate(weights):
                    grad[r * stride[0] + i][c * stride[1] + j] += g * k
    return np.array(grad, dtype=np.float32).astype(np.result_type(grad_out, kernel))


# answer: q2, other names for the arguments
# breaks: arguments come by position or by name
def input_gradient(upstream, weights, image_size, stride=(1, 1)):
    kh, kw = weights.shape
    grad = np.zeros(image_size, np.result_type(upstream, weights))
    for r, c in np.ndindex(*upstream.shape):
        top, left = r * stride[0], c * stride[1]
        grad[top : top + kh, left : left + kw] += upstream[r, c] * weights
    return grad
