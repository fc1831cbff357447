"""Right answers to q10, in other styles. Text; nobody imports it."""


# answer: q10, adds up in a loop, batch by batch
def measure_noise(gradients, size, draws, rng):
    D, n = gradients.shape
    middle = sum(gradients) / D
    total, squares = np.zeros(n), 0.0
    for _ in range(draws):
        batch = np.zeros(n)
        for k in rng.permutation(D)[:size]:
            batch += gradients[k]
        batch /= size
        total += batch
        squares += float(np.dot(batch - middle, batch - middle))
    return total / draws, squares / draws


def expected_noise(gradients, size):
    D = gradients.shape[0]
    if size == D:
        return 0.0
    middle = sum(gradients) / D
    spread = sum(float(np.dot(g - middle, g - middle)) for g in gradients) / D
    return spread * (D - size) / (size * (D - 1))


# answer: q10, all batches as a matrix of weights
def measure_noise(gradients, size, draws, rng):
    weights = np.zeros((draws, len(gradients)))
    for row in weights:
        row[rng.choice(len(gradients), size, replace=False, shuffle=False)] = 1 / size
    means = weights @ gradients
    away = means - np.full(len(gradients), 1 / len(gradients)) @ gradients
    return np.average(means, axis=0), np.einsum("ij,ij->", away, away) / draws


def expected_noise(gradients, size):
    D = len(gradients)
    return gradients.var(axis=0, ddof=1).sum() * (1 / size - 1 / D)


# answer: q10, keys at random, of which the smallest are drawn
def measure_noise(gradients, size, draws, rng):
    chosen = np.argsort(rng.random((draws, len(gradients))), axis=1)[:, :size]
    means = np.stack([gradients[row].mean(axis=0) for row in chosen])
    distances = np.linalg.norm(means - gradients.mean(axis=0), axis=1)
    return means.mean(axis=0), float(np.mean(distances**2))


def expected_noise(gradients, size):
    D = len(gradients)
    single = np.linalg.norm(gradients - gradients.mean(axis=0, keepdims=True), axis=1) ** 2
    return float(single.mean() / size * ((D - size) / (D - 1)))


# answer: q10, the generator draws rows itself, and everything is counted from the middle
def measure_noise(gradients, size, draws, rng):
    middle = gradients.mean(axis=0)
    around = gradients - middle
    away = [rng.choice(around, size, replace=False).mean(axis=0) for _ in range(draws)]
    return middle + np.mean(away, axis=0), np.mean([np.sum(a**2) for a in away])


def expected_noise(gradients, size):
    D = len(gradients)
    S2 = np.var(gradients, axis=0).sum()
    return S2 * (D - size) / size / (D - 1)
