"""Convolution as a product of spectra: exact up to rounding; a stride keeps some of the outputs."""

import numpy as np


# question: q2
def correlate2d(image, kernels):
    height, width = image.shape
    kh, kw = kernels.shape[1:]
    spectra = np.fft.rfft2(image) * np.conj(np.fft.rfft2(kernels, image.shape))
    return np.fft.irfft2(spectra, image.shape)[:, : height - kh + 1, : width - kw + 1]


# question: q3
def convolve2d(image, kernel):
    shape = (image.shape[0] + kernel.shape[0] - 1, image.shape[1] + kernel.shape[1] - 1)
    return np.fft.irfft2(np.fft.rfft2(image, shape) * np.fft.rfft2(kernel, shape), shape)


# question: q5
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    spread = np.zeros((*weight.shape[:2], dilation * (kh - 1) + 1, dilation * (kw - 1) + 1))
    spread[:, :, ::dilation, ::dilation] = weight
    shape = x.shape[2:]
    spectrum = np.einsum("nchw,fchw->nfhw", np.fft.rfft2(x), np.conj(np.fft.rfft2(spread, shape)))
    valid_h, valid_w = shape[0] - spread.shape[2] + 1, shape[1] - spread.shape[3] + 1
    out = np.fft.irfft2(spectrum, shape)[:, :, :valid_h:stride, :valid_w:stride]
    return out if bias is None else out + bias[None, :, None, None]
