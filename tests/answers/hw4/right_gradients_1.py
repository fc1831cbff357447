"""Right answers to the gradients of homework 4 that nobody would expect."""

# answer: q1, windows by the places of the outputs, multiplied as one product
def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel_size)[:: stride[0], :: stride[1]]
    rows, columns = grad_out.shape
    return np.einsum("rc,rcij->ij", grad_out, windows[:rows, :columns])


# answer: q2, zeros between the outputs, then padded and correlated with the kernel rotated
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    kh, kw = kernel.shape
    far = np.zeros((size[0] + kh - 1, size[1] + kw - 1), np.result_type(grad_out, kernel))
    rows, columns = grad_out.shape
    far[kh - 1 :: stride[0], kw - 1 :: stride[1]][:rows, :columns] = grad_out
    windows = np.lib.stride_tricks.sliding_window_view(far, kernel.shape)
    return np.einsum("rcij,ij->rc", windows, kernel[::-1, ::-1])


# answer: q3, image by image
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    wide = padded(x, padding)
    rows, columns = grad_out.shape[2:]
    grad = np.zeros((grad_out.shape[1], x.shape[1], *kernel_size))
    for g, image in zip(grad_out, wide):
        for i, j in np.ndindex(*kernel_size):
            seen = image[:, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])]
            grad[:, :, i, j] += np.einsum("frc,mrc->fm", g.astype(float), seen)
    return grad


def conv2d_bias_gradient(grad_out):
    return np.einsum("nfrc->f", grad_out.astype(float))


# answer: q6, window by window, with argmax
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    stride = kernel_size if stride is None else stride
    down, across = padding
    wide = np.pad(x, ((0, 0), (0, 0), (down, down), (across, across)), constant_values=-np.inf)
    grad = np.zeros(wide.shape)
    for n, c, row, column in np.ndindex(*grad_out.shape):
        top, left = row * stride[0], column * stride[1]
        window = wide[n, c, top : top + kernel_size[0], left : left + kernel_size[1]]
        i, j = divmod(int(window.argmax()), window.shape[1])
        grad[n, c, top + i, left + j] += grad_out[n, c, row, column]
    return grad[:, :, down : down + x.shape[2], across : across + x.shape[3]]
