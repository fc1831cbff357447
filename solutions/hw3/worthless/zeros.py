"""Zeros of the right shape: no property or untouched input is paid for when nothing was computed."""

import numpy as np


# question: q1
def output_size(*a, **k):
    return 0


def same_padding(kernel_size, dilation=1):
    return 0, 0


# question: q2
def correlate2d(x, k):
    return np.zeros((len(k), x.shape[0] - k.shape[1] + 1, x.shape[1] - k.shape[2] + 1))


# question: q3
def convolve2d(x, k):
    return np.zeros(np.subtract(np.add(x.shape, k.shape), 1))


# question: q4
def pad2d(x, padding, mode="zeros"):
    return np.zeros((*x.shape[:2], x.shape[2] + 2 * padding, x.shape[3] + 2 * padding))


# question: q5
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    size = [
        (s + 2 * padding - dilation * (k - 1) - 1) // stride + 1
        for s, k in zip(x.shape[2:], weight.shape[2:], strict=True)
    ]
    return np.zeros((len(x), len(weight), *size))


# question: q9
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    size = [(s + 2 * padding - kernel_size) // (stride or kernel_size) + 1 for s in x.shape[2:]]
    return np.zeros((*x.shape[:2], *size))


def global_avg_pool2d(x):
    return np.zeros((*x.shape[:2], 1, 1))


# question: q12
def extract_features(images, filters):
    return np.zeros((len(images), len(filters) * images.shape[2] * images.shape[3] // 16))


# question: q13
def train_head(features, labels, steps, learning_rate):
    return np.zeros((features.shape[1], 10)), np.zeros(10), [0.0] * steps


def fit(images, labels, features, steps, learning_rate):
    return lambda images: np.zeros(len(images), dtype=int)


# question: q15
def check_max_pool(pool):
    return pool(np.zeros((1, 1, 2, 2)), 2) is not None
