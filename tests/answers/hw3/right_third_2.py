"""Right answers to q3 and q4."""

# answer: q3, the convolution theorem
def convolve2d(image, kernel):
    shape = [n + k - 1 for n, k in zip(image.shape, kernel.shape)]
    product = np.fft.rfft2(image.astype(float), shape) * np.fft.rfft2(kernel.astype(float), shape)
    return np.fft.irfft2(product, shape)


# answer: q3, all products at once, gathered by the sum of their indices
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    i, j, a, b = np.ix_(range(H), range(W), range(kh), range(kw))
    products = np.multiply.outer(image.astype(float), kernel)
    place = (i + a) * (W + kw - 1) + (j + b)
    total = np.bincount(place.ravel(), weights=products.ravel(), minlength=(H + kh - 1) * (W + kw - 1))
    return total.reshape(H + kh - 1, W + kw - 1)


# answer: q3, shift matrices from the left and from the right
def convolve2d(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    result = np.zeros((H + kh - 1, W + kw - 1))
    for a in range(kh):
        down = np.eye(H + kh - 1, H, k=-a)
        across = sum(kernel[a, b] * np.eye(W, W + kw - 1, k=b) for b in range(kw))
        result += down @ image @ across
    return result


# answer: q4, an index for each row and column, with a wave that goes up and down
def pad2d(x, padding, mode="zeros"):
    if mode not in {"zeros", "reflect"}:
        raise ValueError(f"mode is 'zeros' or 'reflect', not {mode!r}")
    for axis in (2, 3):
        n = x.shape[axis]
        place = np.arange(-padding, n + padding)
        if mode == "reflect":
            if padding >= n:
                raise ValueError(f"{padding} pixels of padding for {n} pixels")
            period = max(2 * n - 2, 1)
            place = place % period
            place = np.where(place < n, place, period - place)
            x = np.take(x, place, axis=axis)
        else:
            shape = list(x.shape)
            shape[axis] = len(place)
            wide = np.zeros(shape, dtype=x.dtype)
            inside = [slice(None)] * 4
            inside[axis] = (place >= 0) & (place < n)
            wide[tuple(inside)] = x
            x = wide
    return x


# answer: q4, pieces side by side
def pad2d(x, padding, mode="zeros"):
    def sides(a, axis):
        a = np.moveaxis(a, axis, 0)
        if mode == "zeros":
            first = last = np.zeros((padding, *a.shape[1:]), dtype=a.dtype)
        else:
            first, last = a[padding:0:-1], a[-2 : -padding - 2 : -1]
        return np.moveaxis(np.concatenate([first, a, last]), 0, axis)

    if mode != "zeros" and mode != "reflect":
        raise ValueError("unknown mode")
    if mode == "reflect" and padding >= min(x.shape[-2:]):
        raise ValueError("the mirror is too small")
    return sides(sides(x, 2), 3)


# answer: q4, one function for each mode, in a dict
def _dark_frame(x, p):
    N, C, H, W = x.shape
    return np.block(
        [
            [np.zeros((N, C, p, W + 2 * p), x.dtype)],
            [np.zeros((N, C, H, p), x.dtype), x, np.zeros((N, C, H, p), x.dtype)],
            [np.zeros((N, C, p, W + 2 * p), x.dtype)],
        ]
    ) if p else x.copy()


def _mirror(x, p):
    if not (p < x.shape[2] and p < x.shape[3]):
        raise ValueError("padding must be smaller than height and width")
    return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="reflect")


def pad2d(x, padding, mode="zeros"):
    try:
        frame = {"zeros": _dark_frame, "reflect": _mirror}[mode]
    except KeyError as error:
        raise ValueError(f"unknown mode {mode}") from error
    return frame(x, padding)


# answer: q4, writes every row of the frame by hand, from the inside out
def pad2d(x, padding, mode="zeros"):
    n, c, h, w = x.shape
    match mode:
        case "zeros":
            mirrored = False
        case "reflect":
            mirrored = True
        case _:
            raise ValueError(mode)
    if mirrored and (padding >= h or padding >= w):
        raise ValueError("padding too large to mirror")
    top, left, bottom, right = padding, padding, padding + h - 1, padding + w - 1
    out = np.zeros((n, c, h + 2 * padding, w + 2 * padding), dtype=x.dtype)
    out[..., top : bottom + 1, left : right + 1] = x
    if mirrored:
        for away in range(1, padding + 1):
            out[..., left - away] = out[..., left + away]
            out[..., right + away] = out[..., right - away]
        for away in range(1, padding + 1):
            out[..., top - away, :] = out[..., top + away, :]
            out[..., bottom + away, :] = out[..., bottom - away, :]
    return out
