"""Zeros, ones and untouched inputs of the right shape: nothing that was computed."""

import numpy as np


# question: q1
def dilated_conv2d(x, weight, dilation):
    return np.zeros((len(x), len(weight), *x.shape[2:]))


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    return x.copy(), weight.copy()


# question: q2
def transposed(x, weight, size, stride=1, padding=0):
    wide = [n + 2 * padding for n in size]
    if any((n - k) // stride + 1 != m for n, k, m in zip(wide, weight.shape[2:], x.shape[2:], strict=True)):
        raise ValueError("size")
    return np.zeros((len(x), weight.shape[1], *size))


# question: q3
def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    return x.copy(), np.zeros(weight.shape)


# question: q4
def phase_sums(kernel, stride):
    return np.ones((stride, stride))


def evened(kernel, stride):
    if min(kernel.shape) < stride:
        raise ValueError("no tap")
    return kernel.copy()


# question: q5
def spread_groups(weight, groups):
    if len(weight) % groups:
        raise ValueError("groups")
    return np.tile(weight, (1, groups, 1, 1))


def gather_groups(grad_full, groups):
    if len(grad_full) % groups or grad_full.shape[1] % groups:
        raise ValueError("groups")
    return np.zeros((len(grad_full), grad_full.shape[1] // groups, *grad_full.shape[2:]))


# question: q6
def separable(x, depth, point, stride=1):
    _, k_h, k_w = depth.shape
    return np.ones((len(x), len(point), (x.shape[2] - k_h) // stride + 1, (x.shape[3] - k_w) // stride + 1))


def separable_backward(grad_out, x, depth, point, stride=1):
    return x.copy(), depth.copy(), point.copy()


# question: q7
def sample(image, points):
    return np.full((len(image), len(points)), image.mean())


def sample_backward(grad_out, image, points):
    return np.zeros(image.shape), np.zeros(points.shape)


# question: q8
def deformable(x, offset, weight):
    return np.zeros((len(x), len(weight), *offset.shape[2:]))


def deformable_backward(grad_out, x, offset, weight):
    return x.copy(), np.zeros(offset.shape), np.zeros(weight.shape)


# question: q9
def partial(x, mask, weight, bias):
    return np.zeros((len(x), len(weight), *x.shape[2:])), mask.copy()


def partial_backward(grad_out, x, mask, weight):
    return x * mask, np.zeros(weight.shape), np.zeros(len(weight))


# question: q10
def neighbours(sites, kernel_size):
    table = np.full((len(sites), *kernel_size), -1)
    table[:, kernel_size[0] // 2, kernel_size[1] // 2] = np.arange(len(sites))
    return table


def submanifold(features, table, weight):
    return np.ones((len(features), len(weight)))


def submanifold_backward(grad_out, features, table, weight):
    return features.copy(), np.zeros(weight.shape)


# question: q11
def check_transposed(up):
    try:
        return up(np.ones((1, 1, 2, 2)), np.ones((1, 1, 2, 2)), (3, 3), 1, 0) is not None
    except Exception:
        return False
