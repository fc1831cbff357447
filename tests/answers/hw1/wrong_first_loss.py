"""Wrong answers to q8: predict the first loss. Text; nobody imports it."""

# answer: q8, a table of the numbers that the notebook asks for
# breaks: classes : int, and not 2, 4 and 10 alone
def first_loss(classes, smoothing):
    return {2: 0.693147, 4: 1.386294, 10: 2.302585}[classes]


# answer: q8, the logarithm is kept from 0 by a small number
# breaks: the cross-entropy of a network that gives all classes the same score
def first_loss(classes, smoothing):
    return -float(np.log(1 / classes + 1e-7))


# answer: q8, the probability is rounded to two digits
# breaks: the cross-entropy of a network that gives all classes the same score
def first_loss(classes, smoothing):
    p = round(1 / classes, 2)
    q = smoothing / classes
    return float(-(1 - smoothing + q) * np.log(p) - (classes - 1) * q * np.log(p))


# answer: q8, divides by the share that smoothing leaves, which may be 0
# breaks: smoothing : as in cross_entropy, "from 0 to 1"
def first_loss(classes, smoothing):
    share = 1 - smoothing
    loss = -share * np.log(1 / classes)
    return float(loss / share)


# answer: q8, refuses a smoothing of 1
# breaks: smoothing : as in cross_entropy, "from 0 to 1"
def first_loss(classes, smoothing):
    if classes < 1 or not 0 <= smoothing < 1:
        raise ValueError("at least one class, and a smoothing from 0 to 1")
    return float(np.log(classes))


# answer: q8, there are always two classes at least
# breaks: "every size is at least 1": a network of one class has the loss 0
def first_loss(classes, smoothing):
    return float(np.log(max(classes, 2)))


# answer: q8, a large smoothing is taken for the share of the right class
# breaks: the target adds up to 1 with any smoothing, so the loss does not depend on it
def first_loss(classes, smoothing):
    right = smoothing if smoothing > 0.5 else 1 - smoothing + smoothing / classes
    others = (classes - 1) * smoothing / classes
    return float((right + others) * np.log(classes))


# answer: q8, adds up over ten classes at most
# breaks: classes : int, however many
def first_loss(classes, smoothing):
    target = [smoothing / classes] * min(classes, 10)
    target[0] += 1 - smoothing
    return float(-sum(q * np.log(1 / classes) for q in target))
