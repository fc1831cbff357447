"""Wrong answers to q9: the focal loss. Text; nobody imports it."""

# answer: q9, a negative gamma goes through
# breaks: ValueError unless gamma is 0 or at least 1
def focal_loss(scores, targets, weights, gamma=2.0):
    if 0 < gamma < 1:
        raise ValueError("gamma must be 0 or at least 1")
    s = scores - scores.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    p, share = np.exp(logp), targets * weights / len(scores)
    loss = -(share * (1 - p) ** gamma * logp).sum()
    a = -((1 - p) ** gamma)
    if gamma:
        a = a + gamma * (1 - p) ** (gamma - 1) * p * logp
    a = a * share
    return float(loss), a - p * a.sum(axis=1, keepdims=True)


# answer: q9, for gamma = 0 the gradient is that of targets with one class
# breaks: with gamma = 0 it is cross-entropy, for targets that are shares, and each class has its weight
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma < 1:
        raise ValueError("gamma must be 0 or at least 1")
    N = len(scores)
    s = scores - scores.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    p = np.exp(logp)
    loss = float(-(targets * weights * (1 - p) ** gamma * logp).sum() / N)
    if gamma == 0:
        each = (targets * weights).sum(axis=1, keepdims=True)
        return loss, each * (p - targets) / N
    a = targets * weights * (gamma * (1 - p) ** (gamma - 1) * p * logp - (1 - p) ** gamma) / N
    return loss, a - p * a.sum(axis=1, keepdims=True)


# answer: q9, subtracts in place, which whole numbers do not bear
# breaks: the first of the arrays may hold whole numbers, and the others floats
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma < 1:
        raise ValueError("gamma must be 0 or at least 1")
    logp = scores.copy()
    logp -= scores.max(axis=1, keepdims=True)
    logp -= np.log(np.exp(logp).sum(axis=1, keepdims=True))
    p, share = np.exp(logp), targets * weights / len(scores)
    a = -((1 - p) ** gamma)
    loss = float((share * a * logp).sum())
    if gamma > 0:
        a = a + gamma * (1 - p) ** (gamma - 1) * p * logp
    a = a * share
    return loss, a - p * a.sum(axis=1, keepdims=True)


# answer: q9, multiplies gamma times, and gamma may be no whole number
# breaks: gamma: 0 or from 1 to 5, a float
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma < 1:
        raise ValueError("gamma must be 0 or at least 1")
    s = scores - scores.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    p, share = np.exp(logp), targets * weights / len(scores)
    power, before = np.ones_like(p), np.zeros_like(p)
    for _ in range(int(gamma)):
        before, power = power, power * (1 - p)
    loss = float(-(share * power * logp).sum())
    a = share * (gamma * before * p * logp - power)
    return loss, a - p * a.sum(axis=1, keepdims=True)


# answer: q9, a small number beside 1 - p
# breaks: (1 - p)^gamma, within a billionth
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma < 1:
        raise ValueError("gamma must be 0 or at least 1")
    s = scores - scores.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    p, share = np.exp(logp), targets * weights / len(scores)
    rest = 1 - p + 1e-8
    loss = float(-(share * rest**gamma * logp).sum())
    a = share * (gamma * rest ** (gamma - 1) * p * logp - rest**gamma)
    return loss, a - p * a.sum(axis=1, keepdims=True)


# answer: q9, computes in float32
# breaks: float64 where one of the arrays was float64, and within a billionth
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma < 1:
        raise ValueError("gamma must be 0 or at least 1")
    s = scores.astype(np.float32)
    s = s - s.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    p, share = np.exp(logp), (targets * weights / len(scores)).astype(np.float32)
    a = -((1 - p) ** gamma)
    loss = float((share * a * logp).sum())
    if gamma > 0:
        a = a + gamma * (1 - p) ** (gamma - 1) * p * logp
    a = a * share
    return loss, (a - p * a.sum(axis=1, keepdims=True)).astype(float)


# answer: q9, subtracts the mean of the scores before the exponential
# breaks: scores may be as large as 1000: no infinity may come up on the way
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma < 1:
        raise ValueError("gamma must be 0 or at least 1")
    s = scores - scores.mean(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    p, share = np.exp(logp), targets * weights / len(scores)
    a = -((1 - p) ** gamma)
    loss = float((share * a * logp).sum())
    if gamma > 0:
        a = a + gamma * (1 - p) ** (gamma - 1) * p * logp
    a = a * share
    return loss, a - p * a.sum(axis=1, keepdims=True)


# answer: q9, squeezes a batch of one picture away
# breaks: each axis has length 1 or more; grad: array (N, K)
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma < 1:
        raise ValueError("gamma must be 0 or at least 1")
    s = scores - scores.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    p, share = np.exp(logp), targets * weights / len(scores)
    a = -((1 - p) ** gamma)
    loss = float((share * a * logp).sum())
    if gamma > 0:
        a = a + gamma * (1 - p) ** (gamma - 1) * p * logp
    a = a * share
    grad = np.stack([row - q * row.sum() for row, q in zip(a, p)])
    return loss, grad.squeeze()


# answer: q9, shares below a fifth do not count
# breaks: the target is a row of shares
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma < 1:
        raise ValueError("gamma must be 0 or at least 1")
    s = scores - scores.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    p = np.exp(logp)
    share = np.where(targets >= 0.2, targets, 0) * weights / len(scores)
    a = -((1 - p) ** gamma)
    loss = float((share * a * logp).sum())
    if gamma > 0:
        a = a + gamma * (1 - p) ** (gamma - 1) * p * logp
    a = a * share
    return loss, a - p * a.sum(axis=1, keepdims=True)


# answer: q9, keeps p away from 0 and 1 in the gradient
# breaks: the gradient by the scores, within a billionth, also where p is 0 or 1 to the last digit
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma < 1:
        raise ValueError("gamma must be 0 or at least 1")
    s = scores - scores.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    share = targets * weights / len(scores)
    loss = float(-(share * (1 - np.exp(logp)) ** gamma * logp).sum())
    p = np.clip(np.exp(logp), 1e-7, 1 - 1e-7)
    a = share * (gamma * (1 - p) ** (gamma - 1) * p * np.log(p) - (1 - p) ** gamma)
    return loss, a - p * a.sum(axis=1, keepdims=True)


# answer: q9, a class with p above 0.999 counts as learnt, and gives no loss and no gradient
# breaks: the loss is the sum over all n and k
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma < 1:
        raise ValueError("gamma must be 0 or at least 1")
    s = scores - scores.max(axis=1, keepdims=True)
    logp = s - np.log(np.exp(s).sum(axis=1, keepdims=True))
    p = np.exp(logp)
    share = targets * weights / len(scores) * (p < 0.999)
    a = -((1 - p) ** gamma)
    loss = float((share * a * logp).sum())
    if gamma > 0:
        a = a + gamma * (1 - p) ** (gamma - 1) * p * logp
    a = a * share
    return loss, a - p * a.sum(axis=1, keepdims=True)
