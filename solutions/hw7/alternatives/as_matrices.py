"""Each layer as one matrix: built from what it does to single ones, and turned round for the way back."""

import numpy as np


# question: q1
def matrix_of(size, kernel, dilation):
    places = np.arange(size[0] * size[1]).reshape(size)
    down, across = [dilation * (k // 2) for k in kernel]
    wide = np.pad(places, ((down, down), (across, across)), constant_values=-1)
    found = []
    for i in range(kernel[0]):
        for j in range(kernel[1]):
            seen = wide[i * dilation :, j * dilation :][: size[0], : size[1]].reshape(-1, 1)
            found.append(seen == np.arange(places.size))
    return np.array(found).astype(float)  # taps, outputs, pixels


def dilated_conv2d(x, weight, dilation):
    read = matrix_of(x.shape[2:], weight.shape[2:], dilation)
    taps = weight.reshape(*weight.shape[:2], -1)
    out = np.einsum("fmt,top,nmp->nfo", taps, read, x.reshape(*x.shape[:2], -1), optimize=True)
    return out.reshape(len(x), len(weight), *x.shape[2:])


def dilated_conv2d_backward(grad_out, x, weight, dilation):
    read = matrix_of(x.shape[2:], weight.shape[2:], dilation)
    taps, flat = weight.reshape(*weight.shape[:2], -1), x.reshape(*x.shape[:2], -1)
    g = grad_out.reshape(*grad_out.shape[:2], -1)
    grad_x = np.einsum("fmt,top,nfo->nmp", taps, read, g, optimize=True)
    grad_weight = np.einsum("nfo,top,nmp->fmt", g, read, flat, optimize=True)
    return grad_x.reshape(x.shape), grad_weight.reshape(weight.shape)


# question: q2
def painter(size, small, kernel, stride, padding):
    """One axis: from taps and pixels to places of the canvas."""
    where = np.arange(kernel)[:, None] + stride * np.arange(small) - padding
    return (where[..., None] == np.arange(size)).astype(float)


def transposed(x, weight, size, stride=1, padding=0):
    smaller = [
        int(np.floor((n + 2 * padding - k) / stride)) + 1 for n, k in zip(size, weight.shape[2:], strict=True)
    ]
    if tuple(smaller) != x.shape[2:]:
        raise ValueError(f"{size} gives {smaller}")
    down, across = [
        painter(n, m, k, stride, padding) for n, m, k in zip(size, x.shape[2:], weight.shape[2:], strict=True)
    ]
    return np.einsum("mfij,nmrc,iru,jcv->nfuv", weight, x, down, across, optimize=True)


# question: q3
def reader(size, small, kernel, stride, padding):
    where = np.arange(kernel)[:, None] + stride * np.arange(small) - padding
    return (where[..., None] == np.arange(size)).astype(float)


def transposed_backward(grad_out, x, weight, stride=1, padding=0):
    down, across = [
        reader(n, m, k, stride, padding)
        for n, m, k in zip(grad_out.shape[2:], x.shape[2:], weight.shape[2:], strict=True)
    ]
    seen = np.einsum("nfuv,iru,jcv->nfijrc", grad_out, down, across, optimize=True)
    return np.einsum("mfij,nfijrc->nmrc", weight, seen), np.einsum("nmrc,nfijrc->mfij", x, seen)


# question: q4
def kinds(length, stride):
    return (np.arange(length) % stride == np.arange(stride)[:, None]).astype(float)


def phase_sums(kernel, stride):
    return kinds(kernel.shape[0], stride) @ kernel @ kinds(kernel.shape[1], stride).T


def evened(kernel, stride):
    rows, columns = [kinds(n, stride) for n in kernel.shape]
    sums = rows @ kernel @ columns.T
    if not np.all(sums):
        raise ValueError("a kind has the sum 0")
    return kernel * (rows.T @ (1 / sums) @ columns)


# question: q5
def seen_by(kernels, channels, groups):
    which = np.repeat(np.arange(groups), kernels // groups)
    return which[:, None] == np.repeat(np.arange(groups), channels // groups)


def spread_groups(weight, groups):
    if len(weight) % groups:
        raise ValueError("groups")
    allowed = seen_by(len(weight), groups * weight.shape[1], groups)
    return np.tile(weight, (1, groups, 1, 1)) * allowed[:, :, None, None].astype(weight.dtype)


def gather_groups(grad_full, groups):
    if any(n % groups for n in grad_full.shape[:2]):
        raise ValueError("groups")
    allowed = seen_by(*grad_full.shape[:2], groups)
    return grad_full[allowed].reshape(len(grad_full), -1, *grad_full.shape[2:])


# question: q6
def merged(depth, point):
    return point[:, :, None, None] * depth


def separable(x, depth, point, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(x, depth.shape[1:], axis=(2, 3))
    return np.einsum("fmij,nmrcij->nfrc", merged(depth, point), windows[:, :, ::stride, ::stride])


def separable_backward(grad_out, x, depth, point, stride=1):
    windows = np.lib.stride_tricks.sliding_window_view(x, depth.shape[1:], axis=(2, 3))
    by_weight = np.einsum("nfrc,nmrcij->fmij", grad_out, windows[:, :, ::stride, ::stride])
    spread = np.einsum("nfrc,fmij->nmrcij", grad_out, merged(depth, point))
    grad_x = np.zeros(x.shape)
    rows, columns = grad_out.shape[2:]
    for i in range(depth.shape[1]):
        for j in range(depth.shape[2]):
            there = np.ix_(stride * np.arange(rows) + i, stride * np.arange(columns) + j)
            grad_x[(slice(None), slice(None), *there)] += spread[..., i, j]
    by_depth = np.einsum("fmij,fm->mij", by_weight, point)
    return grad_x, by_depth, np.einsum("fmij,mij->fm", by_weight, depth)


# question: q9
def look(x, kernel):
    down, across = [k // 2 for k in kernel]
    wide = np.pad(x, ((0, 0), (0, 0), (down, down), (across, across)))
    return np.lib.stride_tricks.sliding_window_view(wide, kernel, axis=(2, 3))


def partial(x, mask, weight, bias):
    seen = np.einsum("nmrcij,fmij->nfrc", look(x * mask, weight.shape[2:]), weight)
    share = look(mask, weight.shape[2:]).mean(axis=(4, 5))
    new_mask = np.where(share > 0, 1.0, 0.0)
    safe = np.where(share > 0, share, 1)
    return np.where(share > 0, seen / safe + bias[:, None, None], 0), new_mask


def partial_backward(grad_out, x, mask, weight):
    kernel = weight.shape[2:]
    share = look(mask, kernel).mean(axis=(4, 5))
    g = np.where(share > 0, grad_out / np.where(share > 0, share, 1), 0)
    grad_weight = np.einsum("nmrcij,nfrc->fmij", look(x * mask, kernel), g)
    grad_x = np.einsum("nfrcij,fmij->nmrc", look(g, kernel), weight[:, :, ::-1, ::-1]) * mask
    return grad_x, grad_weight, np.where(share > 0, grad_out, 0).sum(axis=(0, 2, 3))


# question: q10
def neighbours(sites, kernel_size):
    taps = np.indices(kernel_size).reshape(2, -1).T - np.array(kernel_size) // 2
    same = (sites[:, None, None] + taps[None, :, None] == sites[None, None]).all(axis=-1)
    return np.where(same.any(axis=2), same.argmax(axis=2), -1).reshape(len(sites), *kernel_size)


def hears(table):
    return (table[..., None] == np.arange(len(table))).astype(float)  # (M, kh, kw, M)


def submanifold(features, table, weight):
    return np.einsum("pijq,qm,fmij->pf", hears(table), features, weight, optimize=True)


def submanifold_backward(grad_out, features, table, weight):
    matrix = hears(table)
    grad_features = np.einsum("pijq,pf,fmij->qm", matrix, grad_out, weight, optimize=True)
    return grad_features, np.einsum("pijq,pf,qm->fmij", matrix, grad_out, features, optimize=True)
