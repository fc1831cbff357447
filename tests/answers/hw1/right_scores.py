"""Right answers to q4, q5 and q8: scores and losses, each in another style. Text; nobody imports it."""

# answer: q4, by logarithms of sums
def softmax(scores, axis=-1, temperature=1.0):
    if not temperature > 0:
        raise ValueError("the temperature must be above 0")
    y = scores / temperature
    return np.exp(y - np.logaddexp.reduce(y, axis=axis, keepdims=True))


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    return (p * grad_out - p * np.sum(p * grad_out, axis=axis, keepdims=True)) / temperature


# answer: q4, the axis is brought to the end, and back
def softmax(scores, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError(f"temperature must be > 0, got {temperature}")
    y = np.moveaxis(scores, axis, -1)
    y = (y - np.max(y, axis=-1)[..., None]) / temperature
    e = np.exp(y)
    e /= e.sum(axis=-1)[..., None]
    return np.moveaxis(e, -1, axis)


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    g, q = np.moveaxis(grad_out, axis, -1), np.moveaxis(p, axis, -1)
    inner = np.einsum("...k,...k->...", q, g)
    return np.moveaxis(q * (g - inner[..., None]) / temperature, -1, axis)


# answer: q4, lane by lane, backward with the whole Jacobian
def softmax(scores, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("the temperature must be above 0")

    def lane(y):
        e = np.exp((y - max(y)) / temperature)
        return e / sum(e)

    return np.apply_along_axis(lane, axis, scores)


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    g, q = np.swapaxes(grad_out, axis, -1), np.swapaxes(p, axis, -1)
    jacobian = q[..., :, None] * np.eye(q.shape[-1]) - q[..., :, None] * q[..., None, :]
    grad = (jacobian @ g[..., None])[..., 0] / temperature
    return np.swapaxes(grad, axis, -1)


# answer: q4, one over the sum of all ratios, in blocks of doubles
def softmax(scores, axis=-1, temperature=1.0):
    if temperature <= 0:
        raise ValueError("temperature")
    y = scores - np.amax(scores, axis=axis, keepdims=True)
    e = np.exp(np.divide(y, temperature), dtype=np.float64)
    return e * (1.0 / np.add.reduce(e, axis=axis, keepdims=True))


def softmax_backward(grad_out, p, axis=-1, temperature=1.0):
    grad = grad_out.copy()
    grad -= np.multiply(grad_out, p).sum(axis=axis, keepdims=True)
    grad *= p
    grad /= temperature
    return grad


# answer: q5, number by number
import math


def cross_entropy(scores, labels, smoothing=0.0):
    N, K = scores.shape
    M = sum(1 for label in labels if label != -1)
    if M == 0:
        raise ValueError("no example counts")
    loss, grad = 0.0, np.zeros((N, K))
    for n in range(N):
        if labels[n] == -1:
            continue
        m = max(scores[n])
        log_sum = math.log(math.fsum(math.exp(y - m) for y in scores[n]))
        for k in range(K):
            log_p = float(scores[n, k] - m - log_sum)
            q = (1 - smoothing) * (k == labels[n]) + smoothing / K
            loss -= q * log_p
            grad[n, k] = (math.exp(log_p) - q) / M
    return loss / M, grad


# answer: q5, only the rows that count
def cross_entropy(scores, labels, smoothing=0.0):
    rows = np.flatnonzero(labels >= 0)
    if rows.size == 0:
        raise ValueError("all labels are -1")
    y = scores[rows]
    log_p = y - y.max(axis=1)[:, None]
    log_p -= np.log(np.exp(log_p).sum(axis=1))[:, None]
    target = np.full(y.shape, smoothing / y.shape[1])
    target[np.arange(len(rows)), labels[rows]] += 1 - smoothing
    grad = np.zeros_like(scores)
    grad[rows] = (np.exp(log_p) - target) / len(rows)
    return -np.mean(np.sum(target * log_p, axis=1)), grad


# answer: q5, a mixture of two losses: of the right class, and of all
def cross_entropy(scores, labels, smoothing=0.0):
    known = labels != -1
    if not known.any():
        raise ValueError("no example counts")
    K = scores.shape[1]
    shifted = scores - np.max(scores, axis=1, keepdims=True)
    lse = np.logaddexp.reduce(shifted, axis=1)
    right = np.take_along_axis(shifted, np.where(known, labels, 0)[:, None], axis=1)[:, 0]
    per_row = lse - (1 - smoothing) * right - smoothing * shifted.mean(axis=1)
    loss = np.average(per_row, weights=known)
    p = np.exp(shifted - lse[:, None])
    grad = p - smoothing / K
    grad[np.flatnonzero(known), labels[known]] -= 1 - smoothing
    return float(loss), np.where(known[:, None], grad / known.sum(), 0.0)


# answer: q5, a sparse target, and masks in the place of branches
def cross_entropy(scores, labels, smoothing=0.0):
    weights = (labels != -1).astype(float)
    if weights.sum() == 0:
        raise ValueError("no example counts")
    weights /= weights.sum()
    K = scores.shape[1]
    q = (1 - smoothing) * (labels[:, None] == np.arange(K)[None, :]) + smoothing / K
    m = scores.max(axis=-1, keepdims=True)
    log_sum = np.log(np.exp(scores - m).sum(axis=-1, keepdims=True))
    log_p = scores - m - log_sum
    loss = -np.einsum("n,nk,nk->", weights, q, log_p)
    return float(loss), weights[:, None] * (np.exp(log_p) - q)


# answer: q8, the logarithm of the number
def first_loss(classes, smoothing):
    return float(np.log(classes))


# answer: q8, the sum written out
import math


def first_loss(classes, smoothing):
    p = 1 / classes
    target = [smoothing / classes for _ in range(classes)]
    target[-1] += 1 - smoothing
    return -sum(q * math.log(p) for q in target)


# answer: q8, asks its own cross_entropy
def first_loss(classes, smoothing):
    loss, _ = cross_entropy(np.full((1, classes), 3.0), np.array([0]), smoothing)
    return float(loss)


# answer: q8, bits times log 2
def first_loss(classes, smoothing=0.0):
    del smoothing  # the target adds up to 1
    return np.log2(classes) * np.log(2.0)
