"""Wrong answers to q1 and q2: bounds and predictions on a bowl. Text; nobody imports it."""


# answer: q1, asks the determinant whether it is a bowl, and takes the ratio of singular values
# breaks: ValueError unless every eigenvalue is above 0 (two negative ones have a positive product)
def _require_bowl(hessian):
    if np.linalg.det(hessian) <= 0:
        raise ValueError("the surface is no bowl")


def condition_number(hessian):
    _require_bowl(hessian)
    return float(np.linalg.cond(hessian))


def largest_rate(hessian, momentum=0.0):
    _require_bowl(hessian)
    return float(2 * (1 + momentum) / np.linalg.eigvalsh(hessian)[-1])


# answer: q1, asks trace and determinant, as one does with two numbers
# breaks: ValueError unless every eigenvalue is above 0 (of three, two may be negative)
def _curvatures(hessian):
    if np.trace(hessian) <= 0 or np.linalg.det(hessian) <= 0:
        raise ValueError("the surface is no bowl")
    return np.sort(np.linalg.eigvalsh(hessian))


def condition_number(hessian):
    values = _curvatures(hessian)
    return float(values[-1] / values[0])


def largest_rate(hessian, momentum=0.0):
    return float(2 * (1 + momentum) / _curvatures(hessian)[-1])


# answer: q1, largest_rate refuses only flat directions
# breaks: Both raise ValueError where the surface is no bowl (largest_rate takes a saddle)
def condition_number(hessian):
    values = np.linalg.eigvalsh(hessian)
    if values[0] <= 0:
        raise ValueError("no bowl")
    return float(values[-1] / values[0])


def largest_rate(hessian, momentum=0.0):
    values = np.linalg.eigvalsh(hessian)
    if (values == 0).any():
        raise ValueError("flat direction")
    return float(2 * (1 + momentum) / values.max())


# answer: q1, takes the largest sum of a row for the largest eigenvalue
# breaks: largest_rate, the rate below which every coordinate shrinks (the row sum is only a bound)
def condition_number(hessian):
    values = np.linalg.eigvalsh(hessian)
    if np.any(values <= 0):
        raise ValueError("no bowl")
    return float(values.max() / values.min())


def largest_rate(hessian, momentum=0.0):
    if np.any(np.linalg.eigvalsh(hessian) <= 0):
        raise ValueError("no bowl")
    steepest = np.linalg.norm(hessian, np.inf)
    return float(2 * (1 + momentum) / steepest)


# answer: q1, the condition number is that of the 1-norm
# breaks: condition_number, the largest eigenvalue divided by the smallest
def condition_number(hessian):
    if np.linalg.eigvalsh(hessian).min() <= 0:
        raise ValueError("no bowl")
    return float(np.linalg.cond(hessian, 1))


def largest_rate(hessian, momentum=0.0):
    values = np.linalg.eigvalsh(hessian)
    if values.min() <= 0:
        raise ValueError("no bowl")
    return float(2 * (1 + momentum) / values.max())


# answer: q1, power iteration that begins with ones
# breaks: the largest eigenvalue (ones may be the eigenvector of another)
def _largest(hessian):
    v = np.ones(len(hessian))
    for _ in range(500):
        v = hessian @ v
        v = v / np.linalg.norm(v)
    return v @ hessian @ v


def condition_number(hessian):
    values = np.linalg.eigvalsh(hessian)
    if values[0] <= 0:
        raise ValueError("no bowl")
    return float(_largest(hessian) / values[0])


def largest_rate(hessian, momentum=0.0):
    if np.linalg.eigvalsh(hessian)[0] <= 0:
        raise ValueError("no bowl")
    return float(2 * (1 + momentum) / _largest(hessian))


# answer: q1, rounds the eigenvalues to take the dust off
# breaks: the largest eigenvalue divided by the smallest; ValueError only unless every one is above 0
def condition_number(hessian):
    values = np.round(np.linalg.eigvalsh(hessian), 3)
    if values[0] <= 0:
        raise ValueError("no bowl")
    return float(values[-1] / values[0])


def largest_rate(hessian, momentum=0.0):
    values = np.round(np.linalg.eigvalsh(hessian), 3)
    if values[0] <= 0:
        raise ValueError("no bowl")
    return float(2 * (1 + momentum) / values[-1])


# answer: q1, scales the given array before it looks at it
# breaks: no function changes an array that it is given
def condition_number(hessian):
    hessian /= np.abs(hessian).max()
    values = np.linalg.eigvalsh(hessian)
    if values[0] <= 0:
        raise ValueError("no bowl")
    return float(values[-1] / values[0])


def largest_rate(hessian, momentum=0.0):
    values = np.linalg.eigvalsh(hessian)
    if values[0] <= 0:
        raise ValueError("no bowl")
    return float(2 * (1 + momentum) / values[-1])


# answer: q1, the formula for two by two, with the corner of a larger one
# breaks: hessian is an array (n, n)
def _two(hessian):
    middle = (hessian[0, 0] + hessian[-1, -1]) / 2
    apart = np.hypot((hessian[0, 0] - hessian[-1, -1]) / 2, hessian[0, -1])
    if middle - apart <= 0:
        raise ValueError("no bowl")
    return middle - apart, middle + apart


def condition_number(hessian):
    small, large = _two(hessian)
    return float(large / small)


def largest_rate(hessian, momentum=0.0):
    return float(2 * (1 + momentum) / _two(hessian)[1])


# answer: q1, a tolerance far too wide calls a long valley flat
# breaks: ValueError only where an eigenvalue is not above 0 (a long valley is a bowl)
def condition_number(hessian):
    values = np.linalg.eigvalsh(hessian)
    if values[0] < 0.001 * values[-1]:
        raise ValueError("nearly flat, so no bowl")
    return float(values[-1] / values[0])


def largest_rate(hessian, momentum=0.0):
    values = np.linalg.eigvalsh(hessian)
    if values[0] < 0.001 * values[-1]:
        raise ValueError("nearly flat, so no bowl")
    return float(2 * (1 + momentum) / values[-1])
