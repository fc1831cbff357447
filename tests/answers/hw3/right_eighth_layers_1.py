# answer: q2, by one circular Fourier transform of the size of the image; the valid part never wraps
def correlate2d(image, kernels):
    H, W = image.shape
    kh, kw = kernels.shape[1:]
    seen = np.fft.fft2(image.astype(float))
    asked = np.fft.fft2(kernels.astype(float), (H, W)).conj()
    return np.fft.ifft2(seen * asked).real[:, : H - kh + 1, : W - kw + 1]


# answer: q2, windows by the numbers of their pixels in the flat image, and one matrix product for all kernels
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    tap = np.add.outer(W * np.arange(kh), np.arange(kw)).ravel()
    start = np.add.outer(W * np.arange(H - kh + 1), np.arange(W - kw + 1))
    windows = np.take(image, np.add.outer(start, tap)).astype(float)  # (H', W', kh * kw)
    answers = windows @ kernels.reshape(F, -1).T.astype(float)
    return np.moveaxis(answers, -1, 0)


# answer: q3, the image is cut in two until few pixels are left, and the halves' answers are laid over each other
def convolve2d(image, kernel):
    kernel = kernel.astype(np.float64)
    kh, kw = kernel.shape

    def stamp(out, stamped, pixels):
        h, w = stamped.shape
        for (i, j), pixel in np.ndenumerate(pixels):
            out[i : i + h, j : j + w] += pixel * stamped

    def grow(part):
        H, W = part.shape
        out = np.zeros((H + kh - 1, W + kw - 1))
        if part.size <= 64:
            stamp(out, *((kernel, part) if part.size < kernel.size else (part, kernel)))
        elif H >= W:
            half = H // 2
            out[: half + kh - 1] += grow(part[:half])
            out[half:] += grow(part[half:])
        else:
            half = W // 2
            out[:, : half + kw - 1] += grow(part[:, :half])
            out[:, half:] += grow(part[:, half:])
        return out

    return grow(image.astype(np.float64))


# answer: q3, a product of two polynomials in one variable: rows one behind the other, with room for the carry
def convolve2d(image, kernel):
    high, wide = (n + k - 1 for n, k in zip(image.shape, kernel.shape, strict=True))

    def cost(one, other):
        return other.size * ((one.shape[0] - 1) * wide + one.shape[1])

    if cost(kernel, image) < cost(image, kernel):
        image, kernel = kernel, image  # the product is the same
    line = np.zeros((image.shape[0], wide))
    line[:, : image.shape[1]] = image
    line = line.ravel()[: (image.shape[0] - 1) * wide + image.shape[1]]
    out = np.zeros(high * wide)
    for (a, b), weight in np.ndenumerate(kernel):
        power = a * wide + b
        out[power : power + len(line)] += weight * line
    out = out.reshape(high, wide)
    out.flags.writeable = False
    return out


# answer: q5, each tap sends its pixels to the outputs that see them; where taps are many, the outputs collect
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    (N, C, H, W), (F, D, kh, kw) = x.shape, weight.shape
    if C != D:
        raise ValueError(f"{C} channels in x, {D} in weight")
    rows = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    cols = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((N, F, rows, cols))
    if bias is not None:
        out += np.expand_dims(bias, (0, 2, 3))
    pixels, weights = x.astype(float), weight.astype(float)

    def inside(first, step, count, size):
        """Return which of the places first, first + step, ... lie in the image, and a slice over them."""
        low = max(0, -(first // step))
        high = max(low, min(count, (size - 1 - first) // step + 1))
        return slice(low, high), slice(first + step * low, max(0, first + step * high), step)

    if kh * kw <= rows * cols:
        for u, v in np.ndindex(kh, kw):
            i, down = inside(dilation * u - padding, stride, rows, H)
            j, across = inside(dilation * v - padding, stride, cols, W)
            if i.start < i.stop and j.start < j.stop:
                seen = pixels[:, :, down, across]
                out[:, :, i, j] += np.einsum("nchw,fc->nfhw", seen, weights[:, :, u, v], optimize=True)
    else:
        for i, j in np.ndindex(rows, cols):
            u, down = inside(stride * i - padding, dilation, kh, H)
            v, across = inside(stride * j - padding, dilation, kw, W)
            if u.start < u.stop and v.start < v.stop:
                seen = pixels[:, :, down, across].reshape(N, -1)
                out[:, :, i, j] += seen @ weights[:, :, u, v].reshape(F, -1).T
    return out


# answer: q5, outputs are numbered and answered in batches, each a gather and one matrix product
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    if x.shape[1] != C:
        raise ValueError("channels")
    p = padding
    padded = np.pad(x, [(0, 0), (0, 0), (p, p), (p, p)])
    rows = len(range(0, padded.shape[2] - dilation * (kh - 1), stride))
    cols = len(range(0, padded.shape[3] - dilation * (kw - 1), stride))
    dtype = np.result_type(x, weight, np.float32 if bias is None else bias, np.float32)
    matrix = weight.astype(np.float64).reshape(F, C * kh * kw)
    u, v = dilation * np.arange(kh)[:, None], dilation * np.arange(kw)
    batch = max(1, 500_000 // (len(x) * C * kh * kw))
    out = np.empty((rows * cols, len(x), F), dtype=dtype)
    for start in range(0, rows * cols, batch):
        i, j = np.divmod(np.arange(start, min(start + batch, rows * cols)), cols)
        seen = padded[:, :, stride * i[:, None, None] + u, stride * j[:, None, None] + v]
        seen = seen.transpose(2, 0, 1, 3, 4).reshape(-1, C * kh * kw)
        answer = seen.astype(np.float64) @ matrix.T
        if bias is not None:
            answer += bias
        out[start : start + batch] = answer.reshape(-1, len(x), F)
    return out.transpose(1, 2, 0).reshape(len(x), F, rows, cols)


# answer: q6, numbers the padded pixels, takes the windows of the numbers, and looks the pixels up once
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    number = np.full((H + 2 * padding, W + 2 * padding), H * W, np.int32)  # the place of a zero behind the last pixel
    number[padding : padding + H, padding : padding + W] = np.arange(H * W).reshape(H, W)
    reach = (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1)
    windows = np.lib.stride_tricks.sliding_window_view(number, reach)[::stride, ::stride, ::dilation, ::dilation]
    order = windows.transpose(2, 3, 0, 1).reshape(kh * kw, -1)
    pixels = np.concatenate([x.reshape(N, C, H * W), np.zeros((N, C, 1), dtype=x.dtype)], axis=2)
    return np.take(pixels, order, axis=2).reshape(N, C * kh * kw, order.shape[1])


# answer: q6, looks rows up, then columns (or the other way round), with a row of zeros for all that lies outside
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C = x.shape[:2]
    sizes, looks = x.shape[2:], []
    for size, k in zip(sizes, kernel_size, strict=True):
        count = (size + 2 * padding - dilation * (k - 1) - 1) // stride + 1
        look = np.add.outer(dilation * np.arange(k), stride * np.arange(count)) - padding
        look[(look < 0) | (look > size)] = size
        looks.append(look)
    for axis in sorted((0, 1), key=lambda a: looks[a].size / sizes[a]):
        edge = list(x.shape)
        edge[axis + 2] = 1
        x = np.concatenate([x, np.zeros(edge, dtype=x.dtype)], axis=axis + 2)
        x = x.take(looks[axis].ravel(), axis=axis + 2)
    (kh, rows), (kw, cols) = (look.shape for look in looks)
    x = x.reshape(N, C, kh, rows, kw, cols).swapaxes(3, 4)
    return x.reshape(N, C * kh * kw, rows * cols)
