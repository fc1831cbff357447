"""Wrong answers that break the rules of the homework. Text; nobody imports it."""


# answer: q3, row by row with np.convolve
# breaks: do without np.convolve
def convolve2d(image, kernel):
    out = np.zeros((image.shape[0] + kernel.shape[0] - 1, image.shape[1] + kernel.shape[1] - 1))
    for i, row in enumerate(image.astype(float)):
        for a, weights in enumerate(kernel.astype(float)):
            out[i + a] += np.convolve(row, weights)
    return out


# answer: q3, np.convolve by another name
# breaks: do without np.convolve
from numpy import convolve as rows_together


def convolve2d(image, kernel):
    out = np.zeros((image.shape[0] + kernel.shape[0] - 1, image.shape[1] + kernel.shape[1] - 1))
    for i, row in enumerate(image.astype(float)):
        for a, weights in enumerate(kernel.astype(float)):
            out[i + a] += rows_together(row, weights)
    return out


# answer: q3, a module that is not allowed does the work
# breaks: you may import numpy, coursekit, matplotlib and the standard library
def convolve2d(image, kernel):
    from scipy.signal import convolve2d as convolution

    return convolution(image.astype(float), kernel.astype(float))


# answer: q2, np.correlate, row by row
# breaks: do without np.correlate
def correlate2d(image, kernels):
    (H, W), (F, kh, kw) = image.shape, kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for a in range(kh):
                out[f, i] += np.correlate(image[i + a].astype(float), kernels[f, a].astype(float), mode="valid")
    return out


# answer: q5, PyTorch does the work
# breaks: you may import numpy, coursekit, matplotlib and the standard library
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    import torch

    if x.shape[1] != weight.shape[1]:
        raise ValueError
    as_tensor = [None if a is None else torch.tensor(a, dtype=torch.float64) for a in (x, weight, bias)]
    return torch.nn.functional.conv2d(*as_tensor, stride=stride, padding=padding, dilation=dilation).numpy()


# answer: q5, the course's own library does the work
# breaks: you may import numpy, coursekit, matplotlib and the standard library
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    import convnet.functional as F

    if x.shape[1] != weight.shape[1]:
        raise ValueError
    return np.asarray(F.conv2d(x, weight, bias, stride=stride, padding=padding, dilation=dilation))
