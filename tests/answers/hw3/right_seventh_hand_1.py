# answer: q1, counts the starts in a range, and shares the padding out pixel by pixel
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    last = range(0, dilation * kernel_size, dilation)[-1]
    starts = range(0, size + padding[0] + padding[1] - last, stride)
    if not starts:
        raise ValueError("the kernel does not fit")
    return len(starts)


def same_padding(kernel_size, dilation=1):
    sides = [0, 0]
    for pixel in range(dilation * (kernel_size - 1)):
        sides[1 - pixel % 2] += 1
    return sides


# answer: q1, the way of TensorFlow, rounding up, with whole numbers of NumPy
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    free = np.int64(sum(padding, size)) - np.int64(dilation) * (kernel_size - 1)
    if free < 1:
        raise ValueError(f"{kernel_size} taps do not fit into {size} pixels")
    return -(-free // stride)


def same_padding(kernel_size, dilation=1):
    return tuple(np.sort(np.array([0, 1]) + dilation * (kernel_size - 1)) // 2)


# answer: q2, recursion over the taps: a kernel is its first tap and the rest, and rows end the recursion
def correlate2d(image, kernels):
    _, kh, kw = kernels.shape
    h, w = image.shape[0] - kh + 1, image.shape[1] - kw + 1

    def taps(first, end):
        if end - first == 1:
            a, b = divmod(first, kw)
            return np.multiply.outer(kernels[:, a, b] * 1.0, image[a : a + h, b : b + w])
        middle = (first + end) // 2
        return taps(first, middle) + taps(middle, end)

    return taps(0, kh * kw)


# answer: q2, one flat index table and one product with the matrix of windows; read-only
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    H, W = image.shape
    starts = np.arange(H - kh + 1)[:, None] * W + np.arange(W - kw + 1)
    taps = np.arange(kh)[:, None] * W + np.arange(kw)
    table = image.reshape(-1).astype(np.longdouble).take(np.add.outer(taps.ravel(), starts.ravel()))
    out = (kernels.reshape(F, -1) @ table).reshape(F, *starts.shape).astype(np.float64)
    out.flags.writeable = False
    return out


# answer: q2, lists of Python's and sums without rounding by math.fsum
import math


def correlate2d(image, kernels):
    rows = [[float(pixel) for pixel in row] for row in image]
    _, kh, kw = kernels.shape
    down, across = range(len(rows) - kh + 1), range(len(rows[0]) - kw + 1)
    maps = []
    for kernel in kernels:
        taps = [(a, b, float(kernel[a, b])) for a in range(kh) for b in range(kw)]
        maps.append([[math.fsum(rows[i + a][j + b] * k for a, b, k in taps) for j in across] for i in down])
    return np.array(maps)


# answer: q3, halves the larger side of the image again and again, and lays the halves' answers over each other
def convolve2d(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    if H * W == 1:
        return image[0, 0] * kernel.astype(float)
    out = np.zeros((H + kh - 1, W + kw - 1))
    if H >= W:
        out[: H // 2 + kh - 1] += convolve2d(image[: H // 2], kernel)
        out[H // 2 :] += convolve2d(image[H // 2 :], kernel)
    else:
        out[:, : W // 2 + kw - 1] += convolve2d(image[:, : W // 2], kernel)
        out[:, W // 2 :] += convolve2d(image[:, W // 2 :], kernel)
    return out


# answer: q3, every product is a vote for one place of the flat output, and np.bincount adds the votes
def convolve2d(image, kernel):
    shape = image.shape[0] + kernel.shape[0] - 1, image.shape[1] + kernel.shape[1] - 1
    at_image = np.ravel_multi_index(np.indices(image.shape), shape).ravel()
    at_kernel = np.ravel_multi_index(np.indices(kernel.shape), shape).ravel()
    votes = np.multiply.outer(image.ravel(), kernel.ravel())
    places = np.add.outer(at_image, at_kernel)
    return np.bincount(places.ravel(), votes.ravel(), shape[0] * shape[1]).reshape(shape)


# answer: q4, takes places from a table, with a row and a column of zeros put behind the image
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape

    def places(n):
        at = np.arange(-padding, n + padding)
        if mode == "zeros":
            return np.where((at < 0) | (at >= n), n, at)
        return (n - 1) - np.abs((n - 1) - np.abs(at))

    if mode not in ("zeros", "reflect") or (mode == "reflect" and padding >= min(H, W)):
        raise ValueError(f"cannot pad {padding} pixels by {mode!r}")
    more = np.zeros((N, C, H + 1, W + 1), dtype=x.dtype)
    more[..., :-1, :-1] = x
    return more.take(places(H), axis=2).take(places(W), axis=3)


# answer: q4, cuts the image into lists of lines and stacks them anew, first along one axis and then the other
def pad2d(x, padding, mode="zeros"):
    if mode != "zeros" and mode != "reflect":
        raise ValueError("mode")
    if mode == "reflect" and not (padding < x.shape[2] and padding < x.shape[3]):
        raise ValueError("padding")

    def along(array, axis):
        lines = list(np.moveaxis(array, axis, 0))
        if mode == "zeros":
            nothing = [np.zeros_like(lines[0])] * padding
            lines = nothing + lines + nothing
        else:
            lines = lines[padding:0:-1] + lines + lines[-2 : -padding - 2 : -1]
        return np.stack(lines, axis=axis)

    return along(along(x, 2), 3)
