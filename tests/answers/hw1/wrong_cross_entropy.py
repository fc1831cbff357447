"""Wrong answers to q5: cross-entropy, with its gradient. Text; nobody imports it."""

# answer: q5, the smoothed part of the loss is the mean of all examples, also of those that do not count
# breaks: L sums over the n that count, and M examples count
def cross_entropy(scores, labels, smoothing=0.0):
    counts = labels != -1
    if not counts.any():
        raise ValueError("no example counts")
    N, K = scores.shape
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    right = log_p[np.arange(N), labels][counts]
    loss = -(1 - smoothing) * right.mean() - smoothing * log_p.mean()
    q = np.full((N, K), smoothing / K)
    q[np.arange(N), labels] += 1 - smoothing
    grad = np.where(counts[:, None], np.exp(log_p) - q, 0) / counts.sum()
    return float(loss), grad


# answer: q5, rows that do not count are set to 0 before the smoothing comes in
# breaks: the gradient is (p - q) / M where an example counts, else 0
def cross_entropy(scores, labels, smoothing=0.0):
    counts = labels >= 0
    M = counts.sum()
    if M == 0:
        raise ValueError("no example counts")
    K = scores.shape[1]
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    one_hot = np.eye(K)[labels] * counts[:, None]
    q = (1 - smoothing) * one_hot + smoothing / K
    loss = -(q * log_p)[counts].sum() / M
    grad = np.exp(log_p) - one_hot
    grad[~counts] = 0
    grad += one_hot - q
    return loss, grad / M


# answer: q5, scores are cut off at five thousand
# breaks: scores : numbers as large as 1e6, of either sign
def cross_entropy(scores, labels, smoothing=0.0):
    counts = labels != -1
    if not counts.any():
        raise ValueError("no example counts")
    y = np.clip(scores, -5000, 5000)
    y = y - y.max(axis=1, keepdims=True)
    log_p = y - np.log(np.exp(y).sum(axis=1, keepdims=True))
    K = scores.shape[1]
    q = (1 - smoothing) * np.eye(K)[labels] + smoothing / K
    q[~counts] = 0
    loss = -(q * log_p).sum() / counts.sum()
    return loss, (np.exp(log_p) * counts[:, None] - q) / counts.sum()


# answer: q5, refuses a smoothing of 1
# breaks: smoothing : from 0 to 1; ValueError when no example counts, and for nothing else
def cross_entropy(scores, labels, smoothing=0.0):
    if not 0 <= smoothing < 1:
        raise ValueError("smoothing must be in [0, 1)")
    counts = labels != -1
    if not counts.any():
        raise ValueError("no example counts")
    y = scores - scores.max(axis=1, keepdims=True)
    log_p = y - np.log(np.exp(y).sum(axis=1, keepdims=True))
    K = scores.shape[1]
    q = (1 - smoothing) * np.eye(K)[labels] + smoothing / K
    q[~counts] = 0
    loss = -(q * log_p).sum() / counts.sum()
    return loss, (np.exp(log_p) * counts[:, None] - q) / counts.sum()


# answer: q5, the right class gets 1 - smoothing / 2, the others share the half
# breaks: the right one gets 1 - smoothing + smoothing / K
def cross_entropy(scores, labels, smoothing=0.0):
    counts = labels != -1
    if not counts.any():
        raise ValueError("no example counts")
    y = scores - scores.max(axis=1, keepdims=True)
    log_p = y - np.log(np.exp(y).sum(axis=1, keepdims=True))
    N, K = scores.shape
    q = np.full((N, K), smoothing / 2 / max(K - 1, 1))
    q[np.arange(N), labels] = 1 - smoothing / 2
    q[~counts] = 0
    loss = -(q * log_p).sum() / counts.sum()
    return loss, (np.exp(log_p) * counts[:, None] - q) / counts.sum()


# answer: q5, the share is spread over the number of examples
# breaks: a share is spread over all K classes, smoothing / K each
def cross_entropy(scores, labels, smoothing=0.0):
    counts = labels != -1
    if not counts.any():
        raise ValueError("no example counts")
    y = scores - scores.max(axis=1, keepdims=True)
    log_p = y - np.log(np.exp(y).sum(axis=1, keepdims=True))
    q = (1 - smoothing) * (labels[:, None] == np.arange(scores.shape[1])) + smoothing / len(scores)
    q = q * counts[:, None]
    loss = -(q * log_p).sum() / counts.sum()
    return loss, (np.exp(log_p) * counts[:, None] - q) / counts.sum()


# answer: q5, the losses are squeezed, so that a batch of one has no axis left
# breaks: scores : array (N, K), where N may be 1
def cross_entropy(scores, labels, smoothing=0.0):
    counts = labels != -1
    if not counts.any():
        raise ValueError("no example counts")
    M, K = counts.sum(), scores.shape[1]
    y = scores - scores.max(axis=1, keepdims=True)
    log_p = y - np.log(np.exp(y).sum(axis=1, keepdims=True))
    right = np.squeeze(np.take_along_axis(log_p, np.where(counts, labels, 0)[:, None], axis=1))
    losses = -(1 - smoothing) * right - smoothing * np.squeeze(log_p.mean(axis=1, keepdims=True))
    q = (1 - smoothing) * np.eye(K)[labels] + smoothing / K
    return losses[counts].sum() / M, (np.exp(log_p) - q) * counts[:, None] / M


# answer: q5, takes the logarithm of softmax, and mends it with the score where it was rounded to 0
# breaks: log p is the score minus m minus the logarithm of the sum, in every case
def cross_entropy(scores, labels, smoothing=0.0):
    counts = labels != -1
    if not counts.any():
        raise ValueError("no example counts")
    y = scores - scores.max(axis=1, keepdims=True)
    p = np.exp(y) / np.exp(y).sum(axis=1, keepdims=True)
    log_p = np.where(p > 0, np.log(np.where(p > 0, p, 1)), y)
    K = scores.shape[1]
    q = ((1 - smoothing) * np.eye(K)[labels] + smoothing / K) * counts[:, None]
    loss = -(q * log_p).sum() / counts.sum()
    return loss, (p * counts[:, None] - q) / counts.sum()


# answer: q5, computes with float32
# breaks: scores : array of float64, numbers as large as 1e6
def cross_entropy(scores, labels, smoothing=0.0):
    counts = labels != -1
    if not counts.any():
        raise ValueError("no example counts")
    y = scores.astype(np.float32)
    y = (y - y.max(axis=1, keepdims=True)).astype(float)
    log_p = y - np.log(np.exp(y).sum(axis=1, keepdims=True))
    K = scores.shape[1]
    q = ((1 - smoothing) * np.eye(K)[labels] + smoothing / K) * counts[:, None]
    loss = -(q * log_p).sum() / counts.sum()
    return loss, (np.exp(log_p) * counts[:, None] - q) / counts.sum()


# answer: q5, the branch with smoothing forgets labels of -1, and takes them for the last class
# breaks: label -1: does not count, with smoothing as without
def cross_entropy(scores, labels, smoothing=0.0):
    N, K = scores.shape
    y = scores - scores.max(axis=1, keepdims=True)
    log_p = y - np.log(np.exp(y).sum(axis=1, keepdims=True))
    if smoothing > 0:
        q = (1 - smoothing) * np.eye(K)[labels] + smoothing / K
        return -(q * log_p).sum(axis=1).mean(), (np.exp(log_p) - q) / N
    counts = labels != -1
    if not counts.any():
        raise ValueError("no example counts")
    grad = np.exp(log_p)
    grad[np.arange(N), labels] -= 1
    grad[~counts] = 0
    return -log_p[np.arange(N), labels][counts].mean(), grad / counts.sum()


# answer: q5, the gradient with smoothing is divided by all examples
# breaks: the gradient is (p - q) / M, where M examples count
def cross_entropy(scores, labels, smoothing=0.0):
    keep = np.flatnonzero(labels >= 0)
    if len(keep) == 0:
        raise ValueError("no example counts")
    K = scores.shape[1]
    y = scores[keep] - scores[keep].max(axis=1, keepdims=True)
    log_p = y - np.log(np.exp(y).sum(axis=1, keepdims=True))
    one_hot = np.eye(K)[labels[keep]]
    loss = -(1 - smoothing) * (one_hot * log_p).sum(axis=1).mean() - smoothing * log_p.mean()
    grad = np.zeros(scores.shape)
    grad[keep] = (np.exp(log_p) - one_hot) / len(keep) + smoothing * (one_hot - 1 / K) / len(scores)
    return loss, grad
