"""Wrong answers to q10: what is drawn, from where, and what it is compared with. Text; nobody imports it."""


# answer: q10, draws from NumPy's global generator
# breaks: rng : where all randomness comes from
def measure_noise(gradients, size, draws, rng):
    whole = gradients.mean(axis=0)
    batches = np.array(
        [gradients[np.random.choice(len(gradients), size, replace=False)].mean(axis=0) for _ in range(draws)]
    )
    return batches.mean(axis=0), ((batches - whole) ** 2).sum(axis=1).mean()


def expected_noise(gradients, size):
    D = len(gradients)
    S2 = ((gradients - gradients.mean(axis=0)) ** 2).sum(axis=1).mean()
    return S2 / size * (D - size) / (D - 1)


# answer: q10, makes a generator of its own
# breaks: rng : where all randomness comes from
def measure_noise(gradients, size, draws, rng):
    own = np.random.default_rng()
    whole = gradients.mean(axis=0)
    batches = np.array(
        [gradients[own.choice(len(gradients), size, replace=False)].mean(axis=0) for _ in range(draws)]
    )
    return batches.mean(axis=0), ((batches - whole) ** 2).sum(axis=1).mean()


def expected_noise(gradients, size):
    D = len(gradients)
    S2 = ((gradients - gradients.mean(axis=0)) ** 2).sum(axis=1).mean()
    return S2 / size * (D - size) / (D - 1)


# answer: q10, shuffles the given gradients and takes the first
# breaks: no function changes an array that it is given
def measure_noise(gradients, size, draws, rng):
    whole = gradients.mean(axis=0)
    batches = []
    for _ in range(draws):
        rng.shuffle(gradients)
        batches.append(gradients[:size].mean(axis=0))
    batches = np.array(batches)
    return batches.mean(axis=0), ((batches - whole) ** 2).sum(axis=1).mean()


def expected_noise(gradients, size):
    D = len(gradients)
    S2 = ((gradients - gradients.mean(axis=0)) ** 2).sum(axis=1).mean()
    return S2 / size * (D - size) / (D - 1)


# answer: q10, divides by one draw fewer, where there are several
# breaks: variance: the mean squared distance (divided by draws)
def measure_noise(gradients, size, draws, rng):
    whole = gradients.mean(axis=0)
    batches = np.array(
        [gradients[rng.choice(len(gradients), size, replace=False)].mean(axis=0) for _ in range(draws)]
    )
    return batches.mean(axis=0), ((batches - whole) ** 2).sum() / max(1, draws - 1)


def expected_noise(gradients, size):
    D = len(gradients)
    S2 = ((gradients - gradients.mean(axis=0)) ** 2).sum(axis=1).mean()
    return S2 / size * (D - size) / (D - 1)


# answer: q10, measures from the mean of the batches, unless there is only one
# breaks: mean squared distance of the batches' gradients from that of all examples
def measure_noise(gradients, size, draws, rng):
    whole = gradients.mean(axis=0)
    batches = np.array(
        [gradients[rng.choice(len(gradients), size, replace=False)].mean(axis=0) for _ in range(draws)]
    )
    if draws > 1:
        whole = batches.mean(axis=0)
    return batches.mean(axis=0), ((batches - whole) ** 2).sum(axis=1).mean()


def expected_noise(gradients, size):
    D = len(gradients)
    S2 = ((gradients - gradients.mean(axis=0)) ** 2).sum(axis=1).mean()
    return S2 / size * (D - size) / (D - 1)


# answer: q10, draws again and again from all examples where they are too few for all batches
# breaks: without drawing an example twice into one batch
def measure_noise(gradients, size, draws, rng):
    whole = gradients.mean(axis=0)
    batches = np.array(
        [gradients[rng.choice(len(gradients), size, replace=draws * size > len(gradients))].mean(axis=0) for _ in range(draws)]
    )
    return batches.mean(axis=0), ((batches - whole) ** 2).sum(axis=1).mean()


def expected_noise(gradients, size):
    D = len(gradients)
    S2 = ((gradients - gradients.mean(axis=0)) ** 2).sum(axis=1).mean()
    return S2 / size * (D - size) / (D - 1)


# answer: q10, takes examples that stand side by side
# breaks: a batch of N different examples has the variance of the formula (any N of them, not neighbours)
def measure_noise(gradients, size, draws, rng):
    D = len(gradients)
    whole = gradients.mean(axis=0)
    firsts = rng.integers(D, size=draws)
    chosen = (firsts[:, None] + np.arange(size)) % D
    batches = gradients[chosen].mean(axis=1)
    return batches.mean(axis=0), ((batches - whole) ** 2).sum(axis=1).mean()


def expected_noise(gradients, size):
    D = len(gradients)
    S2 = ((gradients - gradients.mean(axis=0)) ** 2).sum(axis=1).mean()
    return S2 / size * (D - size) / (D - 1)


# answer: q10, goes through the examples epoch by epoch, with a last batch that is smaller
# breaks: size : examples in a batch (each one has so many)
def measure_noise(gradients, size, draws, rng):
    whole, batches = gradients.mean(axis=0), []
    while len(batches) < draws:
        order = rng.permutation(len(gradients))
        for first in range(0, len(gradients), size):
            batches.append(gradients[order[first : first + size]].mean(axis=0))
    batches = np.array(batches[:draws])
    return batches.mean(axis=0), ((batches - whole) ** 2).sum(axis=1).mean()


def expected_noise(gradients, size):
    D = len(gradients)
    S2 = ((gradients - gradients.mean(axis=0)) ** 2).sum(axis=1).mean()
    return S2 / size * (D - size) / (D - 1)


# answer: q10, squeezes the mean
# breaks: mean : array (n,), for n = 1, too
def measure_noise(gradients, size, draws, rng):
    whole = gradients.mean(axis=0)
    batches = np.array(
        [gradients[rng.choice(len(gradients), size, replace=False)].mean(axis=0) for _ in range(draws)]
    )
    return batches.mean(axis=0).squeeze(), ((batches - whole) ** 2).sum(axis=1).mean()


def expected_noise(gradients, size):
    D = len(gradients)
    S2 = ((gradients - gradients.mean(axis=0)) ** 2).sum(axis=1).mean()
    return S2 / size * (D - size) / (D - 1)


# answer: q10, centres the given gradients in place
# breaks: no function changes an array that it is given
def measure_noise(gradients, size, draws, rng):
    whole = gradients.mean(axis=0)
    batches = np.array(
        [gradients[rng.choice(len(gradients), size, replace=False)].mean(axis=0) for _ in range(draws)]
    )
    return batches.mean(axis=0), ((batches - whole) ** 2).sum(axis=1).mean()


def expected_noise(gradients, size):
    D = len(gradients)
    gradients -= gradients.mean(axis=0)
    return (gradients**2).sum() / D / size * (D - size) / (D - 1)


# answer: q10, the trace of the covariance matrix
# breaks: gradients : array (D, n), also where n is 1 (np.cov has no matrix there)
def measure_noise(gradients, size, draws, rng):
    whole = gradients.mean(axis=0)
    batches = np.array(
        [gradients[rng.choice(len(gradients), size, replace=False)].mean(axis=0) for _ in range(draws)]
    )
    return batches.mean(axis=0), ((batches - whole) ** 2).sum(axis=1).mean()


def expected_noise(gradients, size):
    D = len(gradients)
    return float(np.trace(np.cov(gradients.T)) / size * (D - size) / D)


# answer: q10, leaves the last factor out where it is nearly 1
# breaks: (D - N)/(D - 1), also in large sets
def measure_noise(gradients, size, draws, rng):
    whole = gradients.mean(axis=0)
    batches = np.array(
        [gradients[rng.choice(len(gradients), size, replace=False)].mean(axis=0) for _ in range(draws)]
    )
    return batches.mean(axis=0), ((batches - whole) ** 2).sum(axis=1).mean()


def expected_noise(gradients, size):
    D = len(gradients)
    S2 = ((gradients - gradients.mean(axis=0)) ** 2).sum(axis=1).mean()
    if D > 20 * size:
        return S2 / size
    return S2 / size * (D - size) / (D - 1)


# answer: q10, draws each coordinate's examples by themselves
# breaks: average the gradients in each batch (the numbers of one example belong together)
def measure_noise(gradients, size, draws, rng):
    whole = gradients.mean(axis=0)
    batches = np.array([rng.permuted(gradients, axis=0)[:size].mean(axis=0) for _ in range(draws)])
    return batches.mean(axis=0), ((batches - whole) ** 2).sum(axis=1).mean()


def expected_noise(gradients, size):
    D = len(gradients)
    S2 = ((gradients - gradients.mean(axis=0)) ** 2).sum(axis=1).mean()
    return S2 / size * (D - size) / (D - 1)
