"""Zeros of the right shape, and untouched inputs: nothing that was computed."""

import numpy as np


# question: q1
def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    return np.zeros(kernel_size)


# question: q2
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    return np.zeros(size)


# question: q3
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    return np.zeros((grad_out.shape[1], x.shape[1], *kernel_size))


def conv2d_bias_gradient(grad_out):
    return np.zeros(grad_out.shape[1])


# question: q4
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    room = [
        (n + 2 * p - k) // s + 1 for n, p, k, s in zip(size, padding, weight.shape[2:], stride, strict=True)
    ]
    if tuple(room) != grad_out.shape[2:]:
        raise ValueError("size")
    return np.zeros((len(grad_out), weight.shape[1], *size))


# question: q5
def layer_errors(layer, x, rng, places=20):
    return [0.0] * (1 + len(layer.parameters()))


# question: q6
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    return np.zeros(x.shape)


# question: q7
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    return np.zeros((*grad_out.shape[:2], *size))


# question: q8
def conv2d_backward(grad_out, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    if groups * weight.shape[1] != x.shape[1] or len(weight) % groups:
        raise ValueError("groups")
    return np.zeros(x.shape), np.zeros(weight.shape), np.zeros(len(weight))


# question: q11
def fit(images, labels, seed):
    return lambda images: np.full(len(images), labels[0])


# question: q12
def check_conv2d_backward(backward):
    grad_out, x, weight = np.zeros((1, 1, 1, 1)), np.zeros((1, 1, 2, 2)), np.zeros((1, 1, 2, 2))
    return backward(grad_out, x, weight, (1, 1), (0, 0)) is not None
