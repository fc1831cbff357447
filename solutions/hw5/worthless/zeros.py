"""Zeros, ones and untouched inputs of the right shape: nothing that was computed."""

import numpy as np


# question: q1
def dropout(x, p, rng, training=True, shared=()):
    return x.copy(), np.ones(x.shape)


def dropout_backward(grad_out, factor):
    return np.zeros(grad_out.shape)


# question: q2
def score_variance(x, weight, p, shared=()):
    return np.zeros((len(x), len(weight)))


# question: q3
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    if training and x.size == x.shape[1]:
        raise ValueError("a single number")
    return 1.0 * x, mean.copy(), var.copy()


# question: q4
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    return 1.0 * grad_out, np.zeros(weight.shape), np.zeros(weight.shape)


# question: q5
def group_norm(x, groups, weight, bias, eps=1e-5):
    if x.shape[1] % groups:
        raise ValueError("groups of unequal size")
    return 1.0 * x


# question: q6
def windows(x, top, left, size, mirrored, fill):
    return np.zeros((*x.shape[:2], *size), x.dtype)


# question: q7
def cutmix(x, labels, partner, top, left, size, classes):
    return x.copy(), np.eye(classes)[labels]


# question: q8
def class_weights(labels, classes, beta):
    return np.ones(classes)


def recalls(labels, named, classes):
    return np.zeros(classes)


# question: q9
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma < 1:
        raise ValueError("gamma")
    return 0.0, np.zeros(scores.shape)


# question: q10
def fit(x, labels, seed):
    return lambda x: np.full(len(x), np.bincount(labels).argmax())


# question: q11
def check_batch_norm(norm):
    try:
        return norm(*np.ones((5, 1, 1, 1, 1)), True, 0.1, 1e-5) is not None
    except Exception:
        return False
