"""Right answers to q1 and q2, in other styles. Text; nobody imports it."""


# answer: q1, Cholesky says whether it is a bowl: its error is a ValueError
def condition_number(hessian):
    np.linalg.cholesky(hessian)
    return float(np.linalg.norm(hessian, 2) * np.linalg.norm(np.linalg.inv(hessian), 2))


def largest_rate(hessian, momentum=0.0):
    np.linalg.cholesky(hessian)
    return float((2 + 2 * momentum) / np.linalg.norm(hessian, 2))


# answer: q1, one helper with sorted, plain floats and an unsorted solver
def curvatures(hessian):
    values = sorted(complex(v).real for v in np.linalg.eigvals(hessian))
    if not all(v > 0 for v in values):
        raise ValueError(f"curvatures {values}: no bowl")
    return values


def condition_number(hessian):
    lowest, *_ = values = curvatures(hessian)
    return values[-1] / lowest


def largest_rate(hessian, momentum=0.0):
    return 2 / curvatures(hessian)[-1] * (1 + momentum)


# answer: q1, singular values for the sizes and eigenvalues for the signs
def condition_number(hessian):
    if (np.linalg.eigh(hessian)[0] > 0).all():
        sizes = np.linalg.svd(hessian, compute_uv=False)
        return sizes.max() / sizes.min()
    raise ValueError


def largest_rate(hessian, momentum=0.0):
    eigenvalues = np.linalg.eigh(hessian).eigenvalues
    if eigenvalues.min() > 0:
        return (eigenvalues.max() / 2 / (1 + momentum)) ** -1
    raise ValueError("flat, or leads down for ever")


# answer: q2, powers of the matrix, and a limit just below the whole number
import math


def predict(hessian, start, rate, steps):
    once = np.identity(start.size) - rate * hessian
    return np.linalg.matrix_power(once, steps) @ start


def steps_needed(hessian, rate, factor):
    kept = float(np.linalg.norm(np.eye(len(hessian)) - rate * hessian, 2))
    if not kept < 1 - 1e-14:
        raise ValueError("stays or grows")
    if kept < factor:
        return 1
    return math.ceil(math.log(factor) / math.log(kept) - 1e-9)


# answer: q2, by recursion: halves of the way
def predict(hessian, start, rate, steps):
    if steps == 0:
        return start.copy()
    half = _power(np.eye(len(start)) - rate * hessian, steps)
    return half @ start


def _power(matrix, times):
    if times == 1:
        return matrix
    square = _power(matrix, times // 2)
    square = square @ square
    return matrix @ square if times % 2 else square


def steps_needed(hessian, rate, factor):
    share = np.abs(1 - rate * np.linalg.eigvalsh(hessian)).max()
    if share > 1 - 1e-13:
        raise ValueError(share)
    if share <= factor:
        return 1
    return int(np.ceil(np.log2(factor) / np.log2(share) - 1e-10))


# answer: q2, einsum, and a search by halves in the place of a logarithm
def predict(hessian, start, rate, steps):
    values, vectors = np.linalg.eigh(hessian)
    return np.einsum("ik,k,jk,j->i", vectors, np.power(1 - rate * values, steps), vectors, start)


def steps_needed(hessian, rate, factor):
    keeps = np.abs(1 - rate * np.linalg.eigvalsh(hessian)).max()
    if keeps >= 1 - 1e-14:
        raise ValueError("no number of steps is enough")

    def enough(steps):
        return keeps**steps <= factor * (1 + 1e-12)

    def double(steps):
        return steps if enough(steps) else double(2 * steps)

    def between(bad, good):  # bad is not enough, good is
        if good - bad == 1:
            return good
        middle = (bad + good) // 2
        return between(bad, middle) if enough(middle) else between(middle, good)

    return int(between(0, double(1)))
