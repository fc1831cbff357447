"""Wrong answers to q6, written from the notebook of a student alone."""

# answer: q6, all images in one matrix, as in cs231n
# breaks: (N, C * kh * kw, H' * W')
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    N, C, H, W = x.shape
    kh, kw = kernel_size
    ys = range(0, H - dilation * (kh - 1), stride)
    xs = range(0, W - dilation * (kw - 1), stride)
    columns = [x[:, :, i:i + dilation * kh:dilation, j:j + dilation * kw:dilation].reshape(N, -1) for i in ys for j in xs]
    return np.stack(columns).transpose(2, 0, 1).reshape(C * kh * kw, -1)


# answer: q6, the stride is taken from the list of places, the slice is not dilated with it
# breaks: s i + d u, both at once
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    N, C, H, W = x.shape
    kh, kw = kernel_size
    d = dilation if stride == 1 else 1
    ys = range(0, H - dilation * (kh - 1), stride)
    xs = range(0, W - dilation * (kw - 1), stride)
    windows = [x[:, :, i:i + d * (kh - 1) + 1:d, j:j + d * (kw - 1) + 1:d].reshape(N, -1) for i in ys for j in xs]
    return np.stack(windows, axis=2)


# answer: q6, the border takes float zeros
# breaks: dtype as x
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    if padding:
        wide = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
        wide[:, :, padding:-padding, padding:-padding] = x
        x = wide
    reach = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    view = np.lib.stride_tricks.sliding_window_view(x, reach, axis=(2, 3))
    view = view[:, :, ::stride, ::stride, ::dilation, ::dilation]
    return view.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, -1)
