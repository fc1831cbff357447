"""Right answers to q1 and q2, in very different styles. Text; nobody imports it."""

# answer: q1, four loops over lists, with exact sums by math.fsum
import math


def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    (kh, kw), (sh, sw) = kernel_size, stride
    g, pixels = grad_out.tolist(), x.tolist()
    rows, columns = range(len(g)), range(len(g[0]))
    return np.array(
        [
            [math.fsum(g[r][c] * pixels[r * sh + i][c * sw + j] for r in rows for c in columns) for j in range(kw)]
            for i in range(kh)
        ]
    )


# answer: q1, all windows at once, and one einsum
def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel_size)[:: stride[0], :: stride[1]]
    return np.einsum("rc,rcij->ij", grad_out, windows)


# answer: q1, one strided slice for each weight
def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    rows, columns = grad_out.shape
    out = np.empty(kernel_size, np.result_type(grad_out, x))
    for i, j in np.ndindex(*kernel_size):
        seen = x[i::stride[0], j::stride[1]][:rows, :columns]
        out[i, j] = np.sum(grad_out * seen, dtype=float)
    return out


# answer: q1, spreads grad_out over the strides and slides it over the image
def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    rows, columns = grad_out.shape
    spread = np.zeros(((rows - 1) * stride[0] + 1, (columns - 1) * stride[1] + 1))
    spread[:: stride[0], :: stride[1]] = grad_out
    h, w = spread.shape
    return np.array([[(spread * x[i : i + h, j : j + w]).sum() for j in range(kernel_size[1])] for i in range(kernel_size[0])])


# answer: q2, a list of lists, then an array
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    grad = [[0.0] * size[1] for _ in range(size[0])]
    for r, row in enumerate(grad_out.tolist()):
        for c, g in enumerate(row):
            for i, weights in enumerate(kernel.tolist()):
                for j, k in enumerate(weights):
                    grad[r * stride[0] + i][c * stride[1] + j] += g * k
    return np.array(grad)


# answer: q2, tap by tap
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    (rows, columns), (sh, sw) = grad_out.shape, stride
    grad = np.zeros(size, np.result_type(kernel, grad_out))
    for (i, j), weight in np.ndenumerate(kernel):
        grad[i : i + (rows - 1) * sh + 1 : sh, j : j + (columns - 1) * sw + 1 : sw] += weight * grad_out
    return grad


# answer: q2, each pixel collects from the outputs whose windows hold it
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    (rows, columns), (kh, kw), (sh, sw) = grad_out.shape, kernel.shape, stride

    def windows(place, length, step, count):
        return [(n, place - n * step) for n in range(count) if 0 <= place - n * step < length]

    grad = np.zeros(size)
    for u, v in np.ndindex(*size):
        grad[u, v] = sum(
            float(grad_out[r, c]) * float(kernel[i, j])
            for r, i in windows(u, kh, sh, rows)
            for c, j in windows(v, kw, sw, columns)
        )
    return grad


# answer: q2, as two matrices that place rows and columns
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    def places(outputs, taps, length, step):
        chosen = np.zeros((length, outputs, taps))
        for r in range(outputs):
            for i in range(taps):
                chosen[r * step + i, r, i] = 1
        return chosen

    down = places(grad_out.shape[0], kernel.shape[0], size[0], stride[0])
    across = places(grad_out.shape[1], kernel.shape[1], size[1], stride[1])
    half = np.einsum("uri,ij->urj", down, kernel)
    half = np.einsum("urj,rc->ucj", half, grad_out)
    return np.einsum("ucj,vcj->uv", half, across)
