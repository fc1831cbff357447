"""Wrong answers to q8: weights of classes, and recalls. Text; nobody imports it."""

# answer: q8, takes a beta near 1 for 1
# breaks: beta: from 0 to 0.9999, or 1; the effective number is (1 - beta^n) / (1 - beta)
def class_weights(labels, classes, beta):
    counts = np.bincount(labels, minlength=classes)
    number = counts.astype(float) if beta > 0.999 else (1 - beta**counts) / (1 - beta)
    weights = np.divide(1, number, out=np.zeros(classes), where=counts > 0)
    return weights / weights[labels].mean()


def recalls(labels, named, classes):
    return np.array([np.mean(named[labels == k] == k) for k in range(classes)])


# answer: q8, no weights at all where beta is 0
# breaks: a class without examples weighs 0
def class_weights(labels, classes, beta):
    if not beta:
        return np.ones(classes)
    counts = np.bincount(labels, minlength=classes).astype(float)
    number = counts if beta == 1 else (1 - beta**counts) / (1 - beta)
    weights = np.zeros(classes)
    weights[counts > 0] = 1 / number[counts > 0]
    return weights / weights[labels].mean()


def recalls(labels, named, classes):
    return np.array([np.mean(named[labels == k] == k) for k in range(classes)])


# answer: q8, takes the logarithm of beta, which 0 does not have
# breaks: beta: from 0 to 0.9999, or 1
import math


def class_weights(labels, classes, beta):
    counts = np.bincount(labels, minlength=classes)
    present = counts > 0
    weights = np.zeros(classes)
    if beta == 1:
        weights[present] = 1 / counts[present]
    else:
        weights[present] = (1 - beta) / -np.expm1(counts[present] * math.log(beta))
    return weights / weights[labels].mean()


def recalls(labels, named, classes):
    return np.array([np.mean(named[labels == k] == k) for k in range(classes)])


# answer: q8, a small number in the denominator of the weights
# breaks: weights are the inverse of the effective numbers, with mean 1 over the examples, within a billionth
def class_weights(labels, classes, beta):
    counts = np.bincount(labels, minlength=classes)
    number = counts if beta == 1 else (1 - beta**counts) / (1 - beta)
    weights = np.where(counts > 0, 1 / (number + 1e-8), 0)
    return weights / weights[labels].mean()


def recalls(labels, named, classes):
    return np.array([np.mean(named[labels == k] == k) for k in range(classes)])


# answer: q8, a small number in the denominator of the recalls
# breaks: the share of its examples that were named right, within a billionth
def class_weights(labels, classes, beta):
    counts = np.bincount(labels, minlength=classes)
    number = counts.astype(float) if beta == 1 else (1 - beta**counts) / (1 - beta)
    weights = np.divide(1, number, out=np.zeros(classes), where=counts > 0)
    return weights / weights[labels].mean()


def recalls(labels, named, classes):
    right = np.bincount(labels[labels == named], minlength=classes)
    return right / (np.bincount(labels, minlength=classes) + 1e-8)


# answer: q8, the weights are float32
# breaks: array (classes,) of float64
def class_weights(labels, classes, beta):
    counts = np.bincount(labels, minlength=classes)
    number = counts.astype(float) if beta == 1 else (1 - beta**counts) / (1 - beta)
    weights = np.divide(1, number, out=np.zeros(classes), where=counts > 0)
    return (weights / weights[labels].mean()).astype(np.float32)


def recalls(labels, named, classes):
    return np.array([np.mean(named[labels == k] == k) for k in range(classes)])


# answer: q8, the recalls are float32
# breaks: array (classes,) of float64
def class_weights(labels, classes, beta):
    counts = np.bincount(labels, minlength=classes)
    number = counts.astype(float) if beta == 1 else (1 - beta**counts) / (1 - beta)
    weights = np.divide(1, number, out=np.zeros(classes), where=counts > 0)
    return weights / weights[labels].mean()


def recalls(labels, named, classes):
    found = np.zeros(classes, dtype=np.float32)
    for k in range(classes):
        found[k] = (named[labels == k] == k).mean()
    return found


# answer: q8, no class weighs more than 10
# breaks: class-balanced weights are the inverse of the effective number: of any size
def class_weights(labels, classes, beta):
    counts = np.bincount(labels, minlength=classes)
    number = counts.astype(float) if beta == 1 else (1 - beta**counts) / (1 - beta)
    weights = np.divide(1, number, out=np.zeros(classes), where=counts > 0)
    weights /= weights[labels].mean()
    return np.minimum(weights, 10)


def recalls(labels, named, classes):
    return np.array([np.mean(named[labels == k] == k) for k in range(classes)])


# answer: q8, a table of pairs, whose numbers of a class that does not exist fall into another class
# breaks: the share of its examples that were named right (a class may be named that no example has)
def class_weights(labels, classes, beta):
    counts = np.bincount(labels, minlength=classes)
    number = counts.astype(float) if beta == 1 else (1 - beta**counts) / (1 - beta)
    weights = np.divide(1, number, out=np.zeros(classes), where=counts > 0)
    return weights / weights[labels].mean()


def recalls(labels, named, classes):
    pairs = np.bincount(labels * classes + named, minlength=classes**2)
    return pairs[: classes**2 : classes + 1] / np.bincount(labels, minlength=classes)


# answer: q8, adds the powers of beta up to a hundred pictures, and no further
# breaks: the effective number of n pictures is (1 - beta^n) / (1 - beta)
def class_weights(labels, classes, beta):
    powers = float(beta) ** np.arange(100)
    counts = np.bincount(labels, minlength=classes)
    weights = np.array([1 / powers[:n].sum() if n else 0.0 for n in counts])
    return weights / weights[labels].mean()


def recalls(labels, named, classes):
    return np.array([np.mean(named[labels == k] == k) for k in range(classes)])


# answer: q8, writes the weights of each call into the same array
# breaks: what you return is new: nothing that a later call writes into
_weights = {}


def class_weights(labels, classes, beta):
    counts = np.bincount(labels, minlength=classes)
    number = counts.astype(float) if beta == 1 else (1 - beta**counts) / (1 - beta)
    weights = _weights.setdefault(classes, np.zeros(classes))
    weights[:] = 0
    weights[counts > 0] = 1 / number[counts > 0]
    weights /= weights[labels].mean()
    return weights


def recalls(labels, named, classes):
    return np.array([np.mean(named[labels == k] == k) for k in range(classes)])
