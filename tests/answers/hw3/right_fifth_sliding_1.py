# answer: q2, a matrix with every kernel at every place of a strip, times all strips of the image
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    down, across = H - kh + 1, W - kw + 1
    matrix = np.zeros((F, across, kh, W))
    for j in range(across):
        matrix[:, j, :, j : j + kw] = kernels
    strips = np.stack([image[i : i + kh].ravel() for i in range(down)]).astype(float)
    out = strips @ matrix.reshape(F * across, kh * W).T
    return out.reshape(down, F, across).swapaxes(0, 1)


# answer: q2, halves the kernels until one tap is left; float32 wherever no float64 came in; memory turned round
def correlate2d(image, kernels):
    double = np.float64 in (image.dtype, kernels.dtype)

    def slide(picture, taps):
        F, kh, kw = taps.shape
        if kh == kw == 1:
            return picture * taps
        if kh > 1:
            half = kh // 2
            upper = slide(picture[: len(picture) - (kh - half)], taps[:, :half])
            return upper + slide(picture[half:], taps[:, half:])
        half = kw // 2
        left = slide(picture[:, : picture.shape[1] - (kw - half)], taps[:, :, :half])
        return left + slide(picture[:, half:], taps[:, :, half:])

    out = slide(image.astype(np.float64), kernels.astype(np.float64))
    return np.asfortranarray(out.astype(np.float64 if double else np.float32))


# answer: q2, exact sums of Python's floats, pixel by pixel, and an array that cannot be written
import math


def correlate2d(image, kernels):
    H, W = image.shape
    pixels = image.tolist()
    maps = []
    for taps in kernels.tolist():
        kh, kw = len(taps), len(taps[0])
        rows = []
        for i in range(H - kh + 1):
            rows.append(
                [
                    math.fsum(
                        float(t) * float(p)
                        for a, tap_row in enumerate(taps)
                        for t, p in zip(tap_row, pixels[i + a][j : j + kw], strict=True)
                    )
                    for j in range(W - kw + 1)
                ]
            )
        maps.append(rows)
    out = np.array(maps, dtype=np.float64)
    out.flags.writeable = False
    return out
