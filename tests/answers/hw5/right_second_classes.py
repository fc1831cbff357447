"""Right answers to q8 and q9, written in other ways. Text; nobody imports it."""

# answer: q8, adds the powers of beta up
def class_weights(labels, classes, beta):
    counts = [int((labels == k).sum()) for k in range(classes)]
    numbers = [sum(float(beta) ** i for i in range(n)) for n in counts]
    raw = [1 / e if e else 0.0 for e in numbers]
    mean = sum(w * n for w, n in zip(raw, counts)) / sum(counts)
    return np.array([w / mean for w in raw])


def recalls(labels, named, classes):
    right, total = [0] * classes, [0] * classes
    for k, guess in zip(labels.tolist(), named.tolist()):
        total[k] += 1
        right[k] += k == guess
    return np.array(right, dtype=float) / np.array(total)


# answer: q8, by the classes that occur and their counts
def class_weights(labels, classes, beta):
    present, counts = np.unique(labels, return_counts=True)
    effective = counts.astype(float) if beta == 1 else (1 - np.power(float(beta), counts)) / (1 - beta)
    weights = np.zeros(classes)
    weights[present] = len(labels) / (effective * (counts / effective).sum())
    return weights


def recalls(labels, named, classes):
    return np.bincount(labels, weights=labels == named, minlength=classes) / np.bincount(labels)


# answer: q8, by expm1 and log1p, where beta is neither 0 nor 1
def class_weights(labels, classes, beta):
    n = np.bincount(labels, minlength=classes).astype(np.float64)
    if beta == 0:
        inverse = np.ones(classes)
    elif beta == 1:
        inverse = 1 / np.maximum(n, 1)
    else:
        inverse = (1 - beta) / -np.expm1(np.maximum(n, 1) * np.log1p(beta - 1))
    inverse = np.where(n > 0, inverse, 0.0)
    return inverse * (n.sum() / (inverse @ n))


def recalls(labels, named, classes):
    of_class = labels == np.arange(classes)[:, None]
    return (of_class & (labels == named)).sum(axis=1) / of_class.sum(axis=1)


# answer: q9, row by row and class by class, as the text derives it
def focal_loss(scores, targets, weights, gamma=2.0):
    if not (gamma == 0 or gamma >= 1):
        raise ValueError("gamma must be 0 or at least 1")
    N, K = scores.shape
    grad, loss = np.zeros((N, K)), 0.0
    for n in range(N):
        s = scores[n].astype(float)
        s = s - s.max()
        logp = s - np.log(np.exp(s).sum())
        p = np.exp(logp)
        share = targets[n].astype(float) * weights
        loss += float((share * (1 - p) ** gamma * -logp).sum())
        slope = -((1 - p) ** gamma)
        if gamma > 0:
            slope = slope + gamma * (1 - p) ** (gamma - 1) * p * logp
        for k, value in enumerate(share * slope):
            grad[n] -= value * p
            grad[n, k] += value
    return loss / N, grad / N


# answer: q9, 1 - p as the sum of the other probabilities
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma < 0 or 0 < gamma < 1:
        raise ValueError("gamma must be 0 or at least 1")
    s = scores.astype(float)
    s -= s.max(axis=1, keepdims=True)
    e = np.exp(s)
    total = e.sum(axis=1, keepdims=True)
    p, logp = e / total, s - np.log(total)
    before = np.cumsum(e, axis=1) - e
    after = np.cumsum(e[:, ::-1], axis=1)[:, ::-1] - e
    others = np.maximum(before + after, 0) / total
    t = targets * weights
    if gamma == 0:
        loss, a = -t * logp, -t
    else:
        loss = -t * others**gamma * logp
        a = -t * (others**gamma - gamma * others ** (gamma - 1) * p * logp)
    N = scores.shape[0]
    return float(loss.sum() / N), (a * others - p * (a.sum(axis=1, keepdims=True) - a)) / N


# answer: q9, by logarithms of sums with logaddexp, and einsum
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma < 1:
        raise ValueError(f"gamma is {gamma}")
    scores = np.asarray(scores, dtype=np.float64)
    logp = scores - np.logaddexp.reduce(scores, axis=1)[:, None]
    p = np.exp(logp)
    rest = np.maximum(1 - p, 0)
    share = np.einsum("nk,k->nk", targets, weights) / len(scores)
    modulation = np.power(rest, gamma) if gamma else np.ones_like(p)
    slope = gamma * np.power(rest, gamma - 1) * p * logp if gamma else np.zeros_like(p)
    a = share * (slope - modulation)
    grad = a - np.einsum("nk,nj->nj", a, p)
    return -float(np.einsum("nk,nk,nk->", share, modulation, logp)), grad


# answer: q9, the derivative by log p from a step in the imaginary direction
def focal_loss(scores, targets, weights, gamma=2.0):
    if not (gamma == 0 or gamma >= 1):
        raise ValueError("gamma must be 0 or at least 1")

    def each(logp):
        return -logp * (1 - np.exp(logp)) ** gamma

    s = scores.astype(float) - scores.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    share = targets.astype(float) * weights / len(scores)
    a = share * each(logp + 1e-30j).imag / 1e-30
    return float((share * each(logp)).sum()), a - np.exp(logp) * a.sum(axis=1, keepdims=True)
