"""Wrong answers to q2: where descent will be, and how many steps it needs. Text; nobody imports it."""


# answer: q2, predict refuses what is no bowl
# breaks: It works on every surface, bowl or not
def predict(hessian, start, rate, steps):
    values, vectors = np.linalg.eigh(hessian)
    if values.min() <= 0:
        raise ValueError("no bowl")
    return vectors @ ((1 - rate * values) ** steps * (vectors.T @ start))


def steps_needed(hessian, rate, factor):
    keeps = np.abs(1 - rate * np.linalg.eigvalsh(hessian)).max()
    if keeps >= 1:
        raise ValueError("no number of steps is enough")
    return 1 if keeps == 0 else max(1, int(np.ceil(np.log(factor) / np.log(keeps))))


# answer: q2, predict takes negative curvature for rounding and makes it 0
# breaks: It works on every surface, bowl or not
def predict(hessian, start, rate, steps):
    values, vectors = np.linalg.eigh(hessian)
    values = np.maximum(values, 0)
    return vectors @ ((1 - rate * values) ** steps * (vectors.T @ start))


def steps_needed(hessian, rate, factor):
    keeps = np.abs(1 - rate * np.linalg.eigvalsh(hessian)).max()
    if keeps >= 1:
        raise ValueError("no number of steps is enough")
    return 1 if keeps == 0 else max(1, int(np.ceil(np.log(factor) / np.log(keeps))))


# answer: q2, eig in the place of eigh, and the transpose in the place of the inverse
# breaks: Then write the result in the old axes again (of a repeated eigenvalue eig's vectors stand askew)
def predict(hessian, start, rate, steps):
    values, vectors = np.linalg.eig(hessian)
    return vectors @ ((1 - rate * values) ** steps * (vectors.T @ start))


def steps_needed(hessian, rate, factor):
    values, _ = np.linalg.eig(hessian)
    keeps = np.abs(1 - rate * values).max()
    if keeps >= 1:
        raise ValueError("no number of steps is enough")
    return 1 if keeps == 0 else max(1, int(np.ceil(np.log(factor) / np.log(keeps))))


# answer: q2, squeezes what predict returns
# breaks: array (n,), for n = 1, too
def predict(hessian, start, rate, steps):
    values, vectors = np.linalg.eigh(hessian)
    coordinates = vectors.T @ start.reshape(-1, 1)
    return (vectors @ ((1 - rate * values[:, None]) ** steps * coordinates)).squeeze()


def steps_needed(hessian, rate, factor):
    keeps = np.abs(1 - rate * np.linalg.eigvalsh(hessian)).max()
    if keeps >= 1:
        raise ValueError("no number of steps is enough")
    return 1 if keeps == 0 else max(1, int(np.ceil(np.log(factor) / np.log(keeps))))


# answer: q2, powers by logarithms, with a sign in front
# breaks: steps from 0 (where η λ is 1, zero steps give 0 times infinity)
def predict(hessian, start, rate, steps):
    values, vectors = np.linalg.eigh(hessian)
    factors = 1 - rate * values
    with np.errstate(all="ignore"):
        powers = np.sign(factors) ** steps * np.exp(steps * np.log(np.abs(factors)))
    return vectors @ (powers * (vectors.T @ start))


def steps_needed(hessian, rate, factor):
    keeps = np.abs(1 - rate * np.linalg.eigvalsh(hessian)).max()
    if keeps >= 1:
        raise ValueError("no number of steps is enough")
    return 1 if keeps == 0 else max(1, int(np.ceil(np.log(factor) / np.log(keeps))))


# answer: q2, the logarithm of 0 raises by itself
# breaks: ValueError where no number of steps is enough (where each coordinate is at 0 at once, one is)
import math


def predict(hessian, start, rate, steps):
    step = np.eye(len(start)) - rate * hessian
    return np.linalg.matrix_power(step, steps) @ start


def steps_needed(hessian, rate, factor):
    keeps = float(np.max(np.abs(1 - rate * np.linalg.eigvalsh(hessian))))
    if keeps >= 1:
        raise ValueError("it never comes near")
    return math.ceil(math.log(factor) / math.log(keeps))


# answer: q2, no step is needed where one step leaves nothing
# breaks: Fewest steps after which each start has at most factor times its distance left (0 leave all of it)
def predict(hessian, start, rate, steps):
    values, vectors = np.linalg.eigh(hessian)
    return vectors @ ((1 - rate * values) ** steps * (vectors.T @ start))


def steps_needed(hessian, rate, factor):
    keeps = np.abs(1 - rate * np.linalg.eigvalsh(hessian)).max()
    if keeps >= 1:
        raise ValueError("no number of steps is enough")
    with np.errstate(divide="ignore"):
        return int(np.ceil(np.log(factor) / np.log(keeps)))


# answer: q2, refuses above 1 and forgets that 1 is no shrinking
# breaks: ValueError where no number of steps is enough (here OverflowError, where a coordinate stays)
def predict(hessian, start, rate, steps):
    values, vectors = np.linalg.eigh(hessian)
    return vectors @ ((1 - rate * values) ** steps * (vectors.T @ start))


def steps_needed(hessian, rate, factor):
    keeps = np.abs(1 - rate * np.linalg.eigvalsh(hessian)).max()
    if keeps > 1:
        raise ValueError("no number of steps is enough")
    if keeps == 0:
        return 1
    with np.errstate(all="ignore"):
        return max(1, int(np.ceil(np.log(factor) / np.log(keeps))))


# answer: q2, counts the sizes of the eigenvalues, so that a saddle is a bowl
# breaks: ValueError where no number of steps is enough (down a saddle it goes for ever)
def predict(hessian, start, rate, steps):
    values, vectors = np.linalg.eigh(hessian)
    return vectors @ ((1 - rate * values) ** steps * (vectors.T @ start))


def steps_needed(hessian, rate, factor):
    curvatures = np.linalg.svd(hessian, compute_uv=False)
    keeps = np.abs(1 - rate * curvatures).max()
    if keeps >= 1:
        raise ValueError("no number of steps is enough")
    return 1 if keeps == 0 else max(1, int(np.ceil(np.log(factor) / np.log(keeps))))


# answer: q2, looks the number of steps up among the first ten thousand
# breaks: Fewest steps after which each start has at most factor times its distance left (there may be more)
def predict(hessian, start, rate, steps):
    values, vectors = np.linalg.eigh(hessian)
    return vectors @ ((1 - rate * values) ** steps * (vectors.T @ start))


def steps_needed(hessian, rate, factor):
    keeps = np.abs(1 - rate * np.linalg.eigvalsh(hessian)).max()
    if keeps >= 1:
        raise ValueError("no number of steps is enough")
    return int(np.argmax(keeps ** np.arange(10_000) <= factor))


# answer: q2, knows only the upper limit of the rate
# breaks: ValueError where no number of steps is enough (a rate of 0 or below never comes near)
def predict(hessian, start, rate, steps):
    values, vectors = np.linalg.eigh(hessian)
    return vectors @ ((1 - rate * values) ** steps * (vectors.T @ start))


def steps_needed(hessian, rate, factor):
    values = np.linalg.eigvalsh(hessian)
    if values[0] <= 0 or rate * values[-1] >= 2:
        raise ValueError("no number of steps is enough")
    keeps = max(abs(1 - rate * values[0]), abs(1 - rate * values[-1]))
    if keeps in (0, 1):
        return 1
    return int(np.ceil(np.log(factor) / np.log(keeps)))


# answer: q2, takes the first of three or more steps in the given array
# breaks: no function changes an array that it is given
def predict(hessian, start, rate, steps):
    if steps > 2:
        start -= rate * (hessian @ start)
        steps -= 1
    values, vectors = np.linalg.eigh(hessian)
    return vectors @ ((1 - rate * values) ** steps * (vectors.T @ start))


def steps_needed(hessian, rate, factor):
    keeps = np.abs(1 - rate * np.linalg.eigvalsh(hessian)).max()
    if keeps >= 1:
        raise ValueError("no number of steps is enough")
    return 1 if keeps == 0 else max(1, int(np.ceil(np.log(factor) / np.log(keeps))))


# answer: q2, counts in a while
# breaks: Do without any loop
def predict(hessian, start, rate, steps):
    return np.linalg.matrix_power(np.eye(len(start)) - rate * hessian, steps) @ start


def steps_needed(hessian, rate, factor):
    keeps = np.abs(1 - rate * np.linalg.eigvalsh(hessian)).max()
    if keeps >= 1:
        raise ValueError("no number of steps is enough")
    left, count = 1.0, 0
    while left > factor:
        left, count = left * keeps, count + 1
    return count


# answer: q2, a product with one item for each step
# breaks: Do without any loop (a comprehension is one)
import math


def predict(hessian, start, rate, steps):
    values, vectors = np.linalg.eigh(hessian)
    powers = np.array([math.pow(1 - rate * value, steps) for value in values])
    return vectors @ (powers * (vectors.T @ start))


def steps_needed(hessian, rate, factor):
    keeps = np.abs(1 - rate * np.linalg.eigvalsh(hessian)).max()
    if keeps >= 1:
        raise ValueError("no number of steps is enough")
    return 1 if keeps == 0 else max(1, int(np.ceil(np.log(factor) / np.log(keeps))))


# answer: q2, an eigenvector a row, a solve to come into the axes, Python's own power
# breaks: map counts as a loop, too
def predict(hessian, start, rate, steps):
    values, vectors = np.linalg.eigh(np.asarray(hessian, dtype=float))
    coordinates = np.linalg.solve(vectors, start)
    shrunk = list(map(lambda value, z: np.float64(1.0 - rate * value) ** steps * z, values, coordinates))
    return vectors.dot(np.array(shrunk))


def steps_needed(hessian, rate, factor):
    low, *_, high = sorted(np.concatenate([np.linalg.eigvalsh(hessian)] * 2))
    slow = max(abs(1 - rate * low), abs(1 - rate * high))
    if slow >= 1:
        raise ValueError("never")
    return -int(np.floor(np.log(1 / factor) / np.log(slow) + 1e-12)) if slow > factor else 1
