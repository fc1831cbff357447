"""Wrong answers to weights, recalls, the focal loss and training. Text; nobody imports it."""

# answer: q8, a class that does not occur weighs as much as one with a single example
# breaks: a class without examples weighs 0
def class_weights(labels, classes, beta):
    counts = np.maximum(np.bincount(labels, minlength=classes), 1)
    weights = 1 / counts if beta == 1 else (1 - beta) / (1 - beta**counts)
    return weights / weights[labels].mean()


def recalls(labels, named, classes):
    return np.array([np.mean(named[labels == k] == k) for k in range(classes)])


# answer: q8, scaled so that the largest is 1
# breaks: the mean over the examples is 1
def class_weights(labels, classes, beta):
    counts = np.bincount(labels, minlength=classes)
    seen, weights = counts > 0, np.zeros(classes)
    weights[seen] = 1 / counts[seen] if beta == 1 else (1 - beta) / (1 - beta ** counts[seen])
    return weights / weights.max()


def recalls(labels, named, classes):
    return np.array([np.mean(named[labels == k] == k) for k in range(classes)])


# answer: q8, with beta 1 takes beta 0.999999
# breaks: with β = 1 the weights are 1 / n
def class_weights(labels, classes, beta):
    beta = min(beta, 0.999)
    counts = np.bincount(labels, minlength=classes)
    seen, weights = counts > 0, np.zeros(classes)
    weights[seen] = (1 - beta) / (1 - beta ** counts[seen])
    return weights / weights[labels].mean()


def recalls(labels, named, classes):
    return np.array([np.mean(named[labels == k] == k) for k in range(classes)])


# answer: q8, leaves out classes above the largest label
# breaks: array (classes,)
def class_weights(labels, classes, beta):
    counts = np.bincount(labels)
    seen, weights = counts > 0, np.zeros(len(counts))
    weights[seen] = 1 / counts[seen] if beta == 1 else (1 - beta) / (1 - beta ** counts[seen])
    return weights / weights[labels].mean()


def recalls(labels, named, classes):
    return np.array([np.mean(named[labels == k] == k) for k in range(classes)])


# answer: q8, the mean of precision and recall
# breaks: the share of its examples that were named right
def class_weights(labels, classes, beta):
    counts = np.bincount(labels, minlength=classes)
    seen, weights = counts > 0, np.zeros(classes)
    weights[seen] = 1 / counts[seen] if beta == 1 else (1 - beta) / (1 - beta ** counts[seen])
    return weights / weights[labels].mean()


def recalls(labels, named, classes):
    right = np.array([np.sum((labels == k) & (named == k)) for k in range(classes)])
    counts = np.array([(np.sum(labels == k) + np.sum(named == k)) / 2 for k in range(classes)])
    return right / counts


# answer: q8, accuracy of yes or no for each class
# breaks: the share of its examples that were named right
def class_weights(labels, classes, beta):
    counts = np.bincount(labels, minlength=classes)
    seen, weights = counts > 0, np.zeros(classes)
    weights[seen] = 1 / counts[seen] if beta == 1 else (1 - beta) / (1 - beta ** counts[seen])
    return weights / weights[labels].mean()


def recalls(labels, named, classes):
    return np.array([np.mean((named == k) == (labels == k)) for k in range(classes)])


# answer: q9, the logarithm of a probability that is kept above 1e-12
# breaks: scores may be as large as 1000
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma < 1:
        raise ValueError
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    log_p = np.log(np.maximum(p, 1e-12))
    pull = targets * weights / len(scores)
    slope = -((1 - p) ** gamma)
    if gamma:
        slope = slope + gamma * (1 - p) ** (gamma - 1) * p * log_p
    by_log = pull * slope
    return float(-(pull * (1 - p) ** gamma * log_p).sum()), by_log - p * by_log.sum(axis=1, keepdims=True)


# answer: q9, one factor for each picture, from the probability of the whole target
# breaks: each class has its own (1 - p) to the power of γ
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma < 1:
        raise ValueError
    below = scores - scores.max(axis=1, keepdims=True)
    log_p = below - np.log(np.exp(below).sum(axis=1, keepdims=True))
    p = np.exp(log_p)
    pull = targets * weights / len(scores)
    right = (p * targets).sum(axis=1, keepdims=True)
    focus = (1 - right) ** gamma
    loss = -(pull * focus * log_p).sum()
    by_log = -pull * focus
    if gamma:
        outer = gamma * (1 - right) ** (gamma - 1) * (pull * log_p).sum(axis=1, keepdims=True)
        by_log = by_log + outer * targets * p
    return float(loss), by_log - p * by_log.sum(axis=1, keepdims=True)


# answer: q9, never refuses
# breaks: ValueError unless gamma is 0 or at least 1
def focal_loss(scores, targets, weights, gamma=2.0):
    below = scores - scores.max(axis=1, keepdims=True)
    log_p = below - np.log(np.exp(below).sum(axis=1, keepdims=True))
    p = np.exp(log_p)
    pull = targets * weights / len(scores)
    slope = -((1 - p) ** gamma)
    if gamma:
        slope = slope + gamma * (1 - p) ** (gamma - 1) * p * log_p
    by_log = pull * slope
    return float(-(pull * (1 - p) ** gamma * log_p).sum()), by_log - p * by_log.sum(axis=1, keepdims=True)


# answer: q9, refuses γ = 1
# breaks: γ is 0 or from 1 to 5
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma <= 1:
        raise ValueError
    below = scores - scores.max(axis=1, keepdims=True)
    log_p = below - np.log(np.exp(below).sum(axis=1, keepdims=True))
    p = np.exp(log_p)
    pull = targets * weights / len(scores)
    slope = -((1 - p) ** gamma)
    if gamma:
        slope = slope + gamma * (1 - p) ** (gamma - 1) * p * log_p
    by_log = pull * slope
    return float(-(pull * (1 - p) ** gamma * log_p).sum()), by_log - p * by_log.sum(axis=1, keepdims=True)


# answer: q9, the weight of the label with the largest share for the whole picture
# breaks: each class has the weight w_k
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma < 1:
        raise ValueError
    below = scores - scores.max(axis=1, keepdims=True)
    log_p = below - np.log(np.exp(below).sum(axis=1, keepdims=True))
    p = np.exp(log_p)
    pull = targets * weights[targets.argmax(axis=1)][:, None] / len(scores)
    slope = -((1 - p) ** gamma)
    if gamma:
        slope = slope + gamma * (1 - p) ** (gamma - 1) * p * log_p
    by_log = pull * slope
    return float(-(pull * (1 - p) ** gamma * log_p).sum()), by_log - p * by_log.sum(axis=1, keepdims=True)


# answer: q9, the gradient by differences
# breaks: no value may be further from the right one than a billionth
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma < 1:
        raise ValueError

    def loss(scores):
        below = scores - scores.max(axis=1, keepdims=True)
        log_p = below - np.log(np.exp(below).sum(axis=1, keepdims=True))
        return float(-(targets * weights * (1 - np.exp(log_p)) ** gamma * log_p).sum() / len(scores))

    scores = scores.astype(float)
    grad = np.zeros(scores.shape)
    for place in np.ndindex(*scores.shape):
        step = np.zeros(scores.shape)
        step[place] = 1e-5
        grad[place] = (loss(scores + step) - loss(scores - step)) / 2e-5
    return loss(scores), grad


# answer: q9, the gradient of cross-entropy times (1 - p) to the power of γ
# breaks: the gradient of the focal loss by the scores
def focal_loss(scores, targets, weights, gamma=2.0):
    if gamma != 0 and gamma < 1:
        raise ValueError
    below = scores - scores.max(axis=1, keepdims=True)
    log_p = below - np.log(np.exp(below).sum(axis=1, keepdims=True))
    p = np.exp(log_p)
    pull = targets * weights * (1 - p) ** gamma / len(scores)
    return float(-(pull * log_p).sum()), p * pull.sum(axis=1, keepdims=True) - pull


# answer: q10, names the training set of the course, whatever it is given
# breaks: train on the set that is given
def fit(x, labels, seed):
    x, labels = coarse(all_images), all_labels
    scores = train(x, labels, seed, any_rows(labels), cross_entropy_gradient)
    return lambda x: scores(x).argmax(axis=1)


# answer: q10, draws common classes more often
# breaks: judged by the mean of the recalls
def fit(x, labels, seed):
    likely = np.bincount(labels, minlength=10)[labels] / 1.0
    likely = likely / likely.sum()
    scores = train(x, labels, seed, lambda rng: rng.choice(len(labels), 50, p=likely), cross_entropy_gradient)
    return lambda x: scores(x).argmax(axis=1)


# answer: q10, the focal loss alone
# breaks: judged by the mean of the recalls
def fit(x, labels, seed):
    def gradient_of(scores, labels):
        return focal_loss(scores, np.eye(10)[labels], np.ones(10), 2.0)[1]

    scores = train(x, labels, seed, any_rows(labels), gradient_of)
    return lambda x: scores(x).argmax(axis=1)


# answer: q10, the function returns scores
# breaks: returns the classes, array (M,) of int
def fit(x, labels, seed):
    likely = 1 / np.bincount(labels, minlength=10)[labels]
    likely = likely / likely.sum()
    return train(x, labels, seed, lambda rng: rng.choice(len(labels), 50, p=likely), cross_entropy_gradient)


# answer: q10, draws from NumPy's global generator
# breaks: the same seed gives the same network
def fit(x, labels, seed):
    likely = 1 / np.bincount(labels, minlength=10)[labels]
    likely = likely / likely.sum()
    scores = train(x, labels, seed, lambda rng: np.random.choice(len(labels), 50, p=likely), cross_entropy_gradient)
    return lambda x: scores(x).argmax(axis=1)


# answer: q10, centres new pictures by their own mean
# breaks: its function must name pictures one alone
def fit(x, labels, seed):
    likely = 1 / np.bincount(labels, minlength=10)[labels]
    likely = likely / likely.sum()
    scores = train(x - x.mean(axis=0), labels, seed, lambda rng: rng.choice(len(labels), 50, p=likely), cross_entropy_gradient)
    return lambda new: scores(new - new.mean(axis=0)).argmax(axis=1)
