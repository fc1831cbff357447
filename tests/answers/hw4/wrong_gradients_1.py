"""Wrong answers to the gradients of homework 4 that students might write: q1 to q4, q6 and q7."""

# answer: q1, a rectangular kernel gets square loops
# breaks: array (kh, kw) of floats
def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    grad = np.zeros(kernel_size)
    for i in range(kernel_size[0]):
        for j in range(min(kernel_size)):
            for r, c in np.ndindex(*grad_out.shape):
                grad[i, j] += grad_out[r, c] * x[r * stride[0] + i, c * stride[1] + j]
    return grad


# answer: q1, always float32
# breaks: floats at least as precise as what came in
def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    grad = np.zeros(kernel_size, np.float32)
    for i, j in np.ndindex(*kernel_size):
        for r, c in np.ndindex(*grad_out.shape):
            grad[i, j] += grad_out[r, c] * x[r * stride[0] + i, c * stride[1] + j]
    return grad


# answer: q1, the last output is left out where the stride is larger than the kernel
# breaks: in every output
def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    rows, columns = grad_out.shape
    if stride[0] > kernel_size[0] and rows > 1:
        rows -= 1
    grad = np.zeros(kernel_size)
    for i, j in np.ndindex(*kernel_size):
        for r, c in np.ndindex(rows, columns):
            grad[i, j] += grad_out[r, c] * x[r * stride[0] + i, c * stride[1] + j]
    return grad


# answer: q1, accumulates in an array that stays between calls
# breaks: each answer depends on the arguments of its own call alone
_sums = {}


def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    grad = _sums.setdefault(kernel_size, np.zeros(kernel_size))
    for i, j in np.ndindex(*kernel_size):
        grad[i, j] = 0
        for r, c in np.ndindex(*grad_out.shape):
            grad[i, j] += grad_out[r, c] * x[r * stride[0] + i, c * stride[1] + j]
    return grad


# answer: q2, the image has the smallest size that gives these outputs
# breaks: array (H, W) of floats
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    shape = [(n - 1) * s + k for n, s, k in zip(grad_out.shape, stride, kernel.shape)]
    grad = np.zeros(shape)
    for r, c in np.ndindex(*grad_out.shape):
        top, left = r * stride[0], c * stride[1]
        grad[top : top + kernel.shape[0], left : left + kernel.shape[1]] += grad_out[r, c] * kernel
    return grad


# answer: q2, a full correlation that knows no stride
# breaks: stride : pair of int
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    grad = np.zeros(size)
    for r, c in np.ndindex(*grad_out.shape):
        part = grad[r : r + kernel.shape[0], c : c + kernel.shape[1]]
        part += grad_out[r, c] * kernel
    return grad


# answer: q2, the pixels left over get the mean of the others
# breaks: A pixel that no window holds gets 0
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    grad = np.zeros(size)
    for r, c in np.ndindex(*grad_out.shape):
        top, left = r * stride[0], c * stride[1]
        grad[top : top + kernel.shape[0], left : left + kernel.shape[1]] += grad_out[r, c] * kernel
    bottom = (grad_out.shape[0] - 1) * stride[0] + kernel.shape[0]
    grad[bottom:] = grad[:bottom].mean()
    return grad


# answer: q3, one number for the padding of both sides
# breaks: padding : pair of int
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    p = padding[0]
    wide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, max(p, 2 * padding[1]))))
    rows, columns = grad_out.shape[2:]
    grad = np.zeros((grad_out.shape[1], x.shape[1], *kernel_size))
    for i, j in np.ndindex(*kernel_size):
        seen = wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])]
        grad[:, :, i, j] = np.einsum("nfrc,nmrc->fm", grad_out, seen)
    return grad


def conv2d_bias_gradient(grad_out):
    return grad_out.sum(axis=(0, 2, 3))


# answer: q3, kernels and channels exchanged in the result
# breaks: array (F, C, kh, kw) of floats
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    wide = padded(x, padding)
    rows, columns = grad_out.shape[2:]
    grad = np.zeros((x.shape[1], grad_out.shape[1], *kernel_size))
    for i, j in np.ndindex(*kernel_size):
        seen = wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])]
        grad[:, :, i, j] = np.einsum("nfrc,nmrc->mf", grad_out, seen)
    return grad


def conv2d_bias_gradient(grad_out):
    return grad_out.sum(axis=(0, 2, 3))


# answer: q3, the bias is a row
# breaks: array (F,) of floats
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    wide = padded(x, padding)
    rows, columns = grad_out.shape[2:]
    grad = np.zeros((grad_out.shape[1], x.shape[1], *kernel_size))
    for i, j in np.ndindex(*kernel_size):
        seen = wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])]
        grad[:, :, i, j] = np.einsum("nfrc,nmrc->fm", grad_out, seen)
    return grad


def conv2d_bias_gradient(grad_out):
    return grad_out.sum(axis=(0, 2, 3))[None]


# answer: q4, channels see the sum over the kernels of all channels
# breaks: the sum over f of g times w at this channel
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    rows, columns = grad_out.shape[2:]
    if outputs(size, weight.shape[2:], stride, padding) != (rows, columns):
        raise ValueError("size")
    weight = weight.mean(axis=1, keepdims=True) + 0 * weight
    grad = np.zeros((len(grad_out), weight.shape[1], size[0] + 2 * padding[0], size[1] + 2 * padding[1]))
    for i, j in np.ndindex(*weight.shape[2:]):
        place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
        grad[place] += np.einsum("nfrc,fm->nmrc", grad_out, weight[:, :, i, j])
    return grad[:, :, padding[0] : padding[0] + size[0], padding[1] : padding[1] + size[1]]


# answer: q4, cropped with a negative slice, which is empty without padding
# breaks: padding=(0, 0)
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    rows, columns = grad_out.shape[2:]
    if outputs(size, weight.shape[2:], stride, padding) != (rows, columns):
        raise ValueError("size")
    grad = np.zeros((len(grad_out), weight.shape[1], size[0] + 2 * padding[0], size[1] + 2 * padding[1]))
    for i, j in np.ndindex(*weight.shape[2:]):
        place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
        grad[place] += np.einsum("nfrc,fm->nmrc", grad_out, weight[:, :, i, j])
    return grad[:, :, padding[0] : -padding[0], padding[1] : -padding[1]]


# answer: q4, refuses leftover pixels as well
# breaks: when images of this size give maps of another size than grad_out has
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    rows, columns = grad_out.shape[2:]
    if (rows - 1) * stride[0] + weight.shape[2] != size[0] + 2 * padding[0]:
        raise ValueError("size")
    if (columns - 1) * stride[1] + weight.shape[3] != size[1] + 2 * padding[1]:
        raise ValueError("size")
    grad = np.zeros((len(grad_out), weight.shape[1], size[0] + 2 * padding[0], size[1] + 2 * padding[1]))
    for i, j in np.ndindex(*weight.shape[2:]):
        place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
        grad[place] += np.einsum("nfrc,fm->nmrc", grad_out, weight[:, :, i, j])
    return grad[:, :, padding[0] : padding[0] + size[0], padding[1] : padding[1] + size[1]]


# answer: q6, equal maxima share the gradient
# breaks: the first in reading order wins and gets everything
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    stride = stride or kernel_size
    (down, across), (rows, columns) = padding, grad_out.shape[2:]
    wide = np.pad(x, ((0, 0), (0, 0), (down, down), (across, across)), constant_values=-np.inf)
    grad = np.zeros(wide.shape)
    for r, c in np.ndindex(rows, columns):
        place = (..., slice(r * stride[0], r * stride[0] + kernel_size[0]),
                 slice(c * stride[1], c * stride[1] + kernel_size[1]))
        best = wide[place] == wide[place].max(axis=(2, 3), keepdims=True)
        grad[place] += best / best.sum(axis=(2, 3), keepdims=True) * grad_out[:, :, r, c][:, :, None, None]
    return grad[:, :, down : down + x.shape[2], across : across + x.shape[3]]


# answer: q6, the first in the order of columns wins
# breaks: the first in reading order (row by row, from left to right)
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    stride = stride or kernel_size
    (down, across) = padding
    wide = np.pad(x, ((0, 0), (0, 0), (down, down), (across, across)), constant_values=-np.inf)
    grad = np.zeros(wide.shape)
    for n, c, row, column in np.ndindex(*grad_out.shape):
        top, left = row * stride[0], column * stride[1]
        window = wide[n, c, top : top + kernel_size[0], left : left + kernel_size[1]]
        j, i = divmod(int(window.T.argmax()), window.shape[0])
        grad[n, c, top + i, left + j] += grad_out[n, c, row, column]
    return grad[:, :, down : down + x.shape[2], across : across + x.shape[3]]


# answer: q7, the padding counts in any case
# breaks: count_include_pad
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    stride = stride or kernel_size
    (down, across), (rows, columns) = padding, grad_out.shape[2:]
    grad = np.zeros((*grad_out.shape[:2], size[0] + 2 * down, size[1] + 2 * across))
    for i, j in np.ndindex(*kernel_size):
        place = (..., read_by(i, rows, stride[0]), read_by(j, columns, stride[1]))
        grad[place] += grad_out / (kernel_size[0] * kernel_size[1])
    return grad[:, :, down : down + size[0], across : across + size[1]]


# answer: q7, divides by the larger side squared
# breaks: pair of int (kh, kw)
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    stride = stride or kernel_size
    grad = np.zeros((*grad_out.shape[:2], *size))
    for r, c in np.ndindex(*grad_out.shape[2:]):
        top, left = r * stride[0] - padding[0], c * stride[1] - padding[1]
        window = grad[:, :, max(top, 0) : top + kernel_size[0], max(left, 0) : left + kernel_size[1]]
        count = max(kernel_size) ** 2 if count_include_pad else window[0, 0].size
        window += (grad_out[:, :, r, c] / count)[:, :, None, None]
    return grad


# answer: q11, remembers the class of each image by its bytes
# breaks: of a thousand clothes that no notebook has
def fit(images, labels, seed):
    known = {image.tobytes(): label for image, label in zip(images, labels)}
    return lambda others: np.array([known.get(image.tobytes(), 0) for image in others])


# answer: q11, the batch has fifty images in any case
# breaks: The data may have fewer images than your batch
def fit(images, labels, seed):
    rng = np.random.default_rng(seed)
    net = LeNet(images.shape[2:], rng)
    for step in range(60):
        batch = rng.choice(len(images), 50, replace=False)
        net.backward(cross_entropy(net.forward(images[batch]), labels[batch])[1])
        for parameter, gradient in zip(net.parameters(), net.gradients()):
            parameter -= np.float32(0.1) * gradient
    return lambda others: net.forward(others).argmax(axis=1)
