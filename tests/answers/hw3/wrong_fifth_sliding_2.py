# answer: q2, turns the kernels upside down, which nobody sees on the kernel of the picture
# breaks: y[f, i, j] is the sum of k_f[a, b] x[i + a, j + b]
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for a in range(kh):
            for b in range(kw):
                out[f] += kernels[f, kh - 1 - a, b] * image[a : a + H - kh + 1, b : b + W - kw + 1]
    return out


# answer: q2, squeezes axes of length 1 away
# breaks: array (F, H - kh + 1, W - kw + 1) of floats
def correlate2d(image, kernels):
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[1:])
    out = np.tensordot(kernels.astype(float), windows.astype(float), axes=([1, 2], [2, 3]))
    return np.squeeze(out)


# answer: q2, rounds to ten places against the noise of floats
# breaks: You return floats as precise as what came in
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                total = 0.0
                for a in range(kh):
                    for b in range(kw):
                        total += kernels[f, a, b] * image[i + a, j + b]
                out[f, i, j] = round(total, 10)
    return out


# answer: q2, works in float32 and only calls the result float64
# breaks: You return floats as precise as what came in: float64, or float32 where no float64 came in.
def correlate2d(image, kernels):
    picture, taps = np.asarray(image, np.float32), np.asarray(kernels, np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(picture, taps.shape[1:])
    return np.einsum("ijab,fab->fij", windows, taps).astype(np.float64)


# answer: q2, pads to the size of the image and cuts half a kernel off each side, which fits odd kernels only
# breaks: array (F, H - kh + 1, W - kw + 1) of floats
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    top, left = kh // 2, kw // 2
    wide = np.zeros((H + kh - 1, W + kw - 1))
    wide[top : top + H, left : left + W] = image
    same = np.zeros((F, H, W))
    for f in range(F):
        for i in range(H):
            for j in range(W):
                same[f, i, j] = (wide[i : i + kh, j : j + kw] * kernels[f]).sum()
    return same[:, top : H - top, left : W - left].copy()


# answer: q2, clips the answers to the range of a picture, as an image library does
# breaks: Multiply each weight by the pixel below it and add the products: that is one output.
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = min(255.0, max(0.0, np.sum(image[i : i + kh, j : j + kw] * kernels[f])))
    return out


# answer: q2, sums go on from one kernel to the next
# breaks: Here several kernels of one size look at the same image, and each makes a map of its own
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            total = 0.0
            for f in range(F):
                total += np.sum(image[i : i + kh, j : j + kw] * kernels[f])
                out[f, i, j] = total
    return out


# answer: q2, goes as far across as down, so a wide image stays empty on the right
# breaks: Height and width each have their own size.
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    steps = H - kh + 1
    out = np.zeros((F, steps, W - kw + 1))
    for f in range(F):
        for i in range(steps):
            for j in range(min(steps, W - kw + 1)):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out
