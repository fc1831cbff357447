"""Wrong answers to q4: strides, refusals, crops and dtypes. Text; nobody imports it."""

# answer: q4, the stride down is forgotten
# breaks: backward a tap writes to the very slice that it reads forward
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    rows, columns = grad_out.shape[2:]
    if outputs(size, weight.shape[2:], stride, padding) != (rows, columns):
        raise ValueError("grad_out has another size")
    shape = (len(grad_out), weight.shape[1], size[0] + 2 * padding[0], size[1] + 2 * padding[1])
    wide = np.zeros(shape, np.result_type(grad_out, weight))
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            part = np.tensordot(weight[:, :, i, j], grad_out, axes=(0, 1)).swapaxes(0, 1)
            wide[:, :, i : i + rows, read_by(j, columns, stride[1])] += part
    return wide[:, :, padding[0] : padding[0] + size[0], padding[1] : padding[1] + size[1]].copy()


# answer: q4, leaves it to NumPy to refuse what does not fit
# breaks: ValueError where such images do not give maps of grad_out's size (one row or column broadcasts)
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    rows, columns = outputs(size, weight.shape[2:], stride, padding)
    shape = (len(grad_out), weight.shape[1], size[0] + 2 * padding[0], size[1] + 2 * padding[1])
    wide = np.zeros(shape, np.result_type(grad_out, weight))
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            part = np.tensordot(weight[:, :, i, j], grad_out, axes=(0, 1)).swapaxes(0, 1)
            wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])] += part
    return wide[:, :, padding[0] : padding[0] + size[0], padding[1] : padding[1] + size[1]].copy()


# answer: q4, refuses too many columns, but not too many rows
# breaks: raises ValueError when images of this size give maps of another size than grad_out has
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    rows, columns = grad_out.shape[2:]
    kh, kw = weight.shape[2:]
    height, width = size[0] + 2 * padding[0], size[1] + 2 * padding[1]
    if (rows - 1) * stride[0] + kh > height or (width - kw) // stride[1] + 1 != columns:
        raise ValueError("grad_out has another size")
    wide = np.zeros((len(grad_out), weight.shape[1], height, width), np.result_type(grad_out, weight))
    for i in range(kh):
        for j in range(kw):
            part = np.tensordot(weight[:, :, i, j], grad_out, axes=(0, 1)).swapaxes(0, 1)
            wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])] += part
    return wide[:, :, padding[0] : padding[0] + size[0], padding[1] : padding[1] + size[1]].copy()


# answer: q4, refuses rows that are left over
# breaks: raises ValueError only when images of this size give maps of another size than grad_out has
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    rows, columns = grad_out.shape[2:]
    kh, kw = weight.shape[2:]
    height, width = size[0] + 2 * padding[0], size[1] + 2 * padding[1]
    if (rows - 1) * stride[0] + kh != height or (width - kw) // stride[1] + 1 != columns:
        raise ValueError("grad_out has another size")
    wide = np.zeros((len(grad_out), weight.shape[1], height, width), np.result_type(grad_out, weight))
    for i in range(kh):
        for j in range(kw):
            part = np.tensordot(weight[:, :, i, j], grad_out, axes=(0, 1)).swapaxes(0, 1)
            wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])] += part
    return wide[:, :, padding[0] : padding[0] + size[0], padding[1] : padding[1] + size[1]].copy()


# answer: q4, makes room for what the windows hold, crops the padding at both ends, and fills up with zeros
# breaks: returns the part that was the image (with padding and rows left over, real pixels are cropped)
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    rows, columns = grad_out.shape[2:]
    if outputs(size, weight.shape[2:], stride, padding) != (rows, columns):
        raise ValueError("grad_out has another size")
    (F, C, kh, kw), (ph, pw) = weight.shape, padding
    height, width = (rows - 1) * stride[0] + kh, (columns - 1) * stride[1] + kw
    held = np.zeros((len(grad_out), C, height, width), np.result_type(grad_out, weight))
    for i in range(kh):
        for j in range(kw):
            part = np.tensordot(weight[:, :, i, j], grad_out, axes=(0, 1)).swapaxes(0, 1)
            held[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])] += part
    held = held[:, :, ph : height - ph, pw : width - pw]
    return np.pad(held, ((0, 0), (0, 0), (0, size[0] - held.shape[2]), (0, size[1] - held.shape[3])))


# answer: q4, as many channels as kernels
# breaks: returns array (N, C, H, W)
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    rows, columns = grad_out.shape[2:]
    if outputs(size, weight.shape[2:], stride, padding) != (rows, columns):
        raise ValueError("grad_out has another size")
    shape = (*grad_out.shape[:2], size[0] + 2 * padding[0], size[1] + 2 * padding[1])
    wide = np.zeros(shape, np.result_type(grad_out, weight))
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            part = np.tensordot(weight[:, :, i, j], grad_out, axes=(0, 1)).swapaxes(0, 1)
            wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])] += part
    return wide[:, :, padding[0] : padding[0] + size[0], padding[1] : padding[1] + size[1]].copy()


# answer: q4, the dtype of the upstream gradient alone
# breaks: float64 where one of the arrays was float64
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    rows, columns = grad_out.shape[2:]
    if outputs(size, weight.shape[2:], stride, padding) != (rows, columns):
        raise ValueError("grad_out has another size")
    shape = (len(grad_out), weight.shape[1], size[0] + 2 * padding[0], size[1] + 2 * padding[1])
    wide = np.zeros(shape, grad_out.dtype)
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            part = np.tensordot(weight[:, :, i, j], grad_out, axes=(0, 1)).swapaxes(0, 1)
            wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])] += part
    return wide[:, :, padding[0] : padding[0] + size[0], padding[1] : padding[1] + size[1]].copy()


# answer: q4, adds up in the dtype of the weight
# breaks: float64 where one of the arrays was float64
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    rows, columns = grad_out.shape[2:]
    if outputs(size, weight.shape[2:], stride, padding) != (rows, columns):
        raise ValueError("grad_out has another size")
    shape = (len(grad_out), weight.shape[1], size[0] + 2 * padding[0], size[1] + 2 * padding[1])
    wide = np.zeros_like(weight, shape=shape)
    for i, j in np.ndindex(*weight.shape[2:]):
        part = np.einsum("nfrc,fm->nmrc", grad_out, weight[:, :, i, j])
        wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])] += part
    return wide[:, :, padding[0] : padding[0] + size[0], padding[1] : padding[1] + size[1]].copy()


# answer: q4, refuses a padding wider than the kernel
# breaks: kernels from 1 on, padding from 0 to 4; ValueError only where the sizes do not belong together
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    rows, columns = grad_out.shape[2:]
    if padding[0] > weight.shape[2] or padding[1] > weight.shape[3]:
        raise ValueError("the padding is wider than the kernel")
    if outputs(size, weight.shape[2:], stride, padding) != (rows, columns):
        raise ValueError("grad_out has another size")
    shape = (len(grad_out), weight.shape[1], size[0] + 2 * padding[0], size[1] + 2 * padding[1])
    wide = np.zeros(shape, np.result_type(grad_out, weight))
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            part = np.tensordot(weight[:, :, i, j], grad_out, axes=(0, 1)).swapaxes(0, 1)
            wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])] += part
    return wide[:, :, padding[0] : padding[0] + size[0], padding[1] : padding[1] + size[1]].copy()


# answer: q4, returns a part of an array that the next call of the same size writes into
# breaks: what you return is new: nothing that a later call writes into
_canvas = {}


def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    rows, columns = grad_out.shape[2:]
    if outputs(size, weight.shape[2:], stride, padding) != (rows, columns):
        raise ValueError("grad_out has another size")
    shape = (len(grad_out), weight.shape[1], size[0] + 2 * padding[0], size[1] + 2 * padding[1])
    dtype = np.result_type(grad_out, weight)
    if (shape, dtype) not in _canvas:
        _canvas[shape, dtype] = np.empty(shape, dtype)
    wide = _canvas[shape, dtype]
    wide[:] = 0
    for i in range(weight.shape[2]):
        for j in range(weight.shape[3]):
            part = np.tensordot(weight[:, :, i, j], grad_out, axes=(0, 1)).swapaxes(0, 1)
            wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])] += part
    return wide[:, :, padding[0] : padding[0] + size[0], padding[1] : padding[1] + size[1]]
