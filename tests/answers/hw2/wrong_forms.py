"""Wrong answers to q4: three forms of momentum under a schedule. Text; nobody imports it."""


# answer: q4, forgets one of the nine pairs of forms
# breaks: form and other are any of "sum", "average" and "velocity" (from average to velocity the rate changes)
def same_path(rate, momentum, form, other):
    if other == "average" and form != "average":
        return rate / (1 - momentum)
    if form == "average" and other == "sum":
        return rate * (1 - momentum)
    return rate


def shares(rates, momentum, form):
    T = len(rates)
    A = np.zeros((T, T))
    for t in range(T):
        for s in range(t + 1):
            A[t, s] = (rates[s] if form == "velocity" else rates[t]) * momentum ** (t - s)
    return A * (1 - momentum) if form == "average" else A


# answer: q4, from average to average it divides, too
# breaks: Rate with which `other` walks the path of `form` (the same form has the same rate)
def same_path(rate, momentum, form, other):
    if other == "average":
        return rate / (1 - momentum)
    if form == "average":
        return rate * (1 - momentum)
    return rate


def shares(rates, momentum, form):
    ages = np.subtract.outer(np.arange(len(rates)), np.arange(len(rates)))
    kept = np.tril(momentum ** np.maximum(ages, 0.0))
    if form == "velocity":
        return kept * rates
    return kept * rates[:, None] * ((1 - momentum) if form == "average" else 1)


# answer: q4, the rate of the velocity form is the one of the step
# breaks: v = β v - η g (with the rate of the step that the gradient comes from)
def same_path(rate, momentum, form, other):
    unit = {"sum": 1.0, "average": 1 - momentum, "velocity": 1.0}
    return rate * unit[form] / unit[other]


def shares(rates, momentum, form):
    T = len(rates)
    scale = 1 - momentum if form == "average" else 1.0
    A = np.array([[scale * momentum ** (t - s) if s <= t else 0.0 for s in range(T)] for t in range(T)])
    return rates.reshape(-1, 1) * A


# answer: q4, in the velocity form old speed is scaled when the rate changes
# breaks: v = β v - η g; A's entries are η_s β^(t-s) there
def same_path(rate, momentum, form, other):
    unit = {"sum": 1.0, "average": 1 - momentum, "velocity": 1.0}
    return rate * unit[form] / unit[other]


def shares(rates, momentum, form):
    T = len(rates)
    A, v = np.zeros((T, T)), np.zeros(T)
    for t in range(T):
        v = momentum * v
        v[t] = {"sum": 1.0, "average": 1 - momentum, "velocity": rates[t]}[form]
        if form == "velocity" and t > 1:
            v[:t] *= rates[t] / rates[t - 1]
        A[t] = v if form == "velocity" else rates[t] * v
    return A


# answer: q4, divides a running product by its start, to spare the powers
# breaks: β from 0: 0 divided by 0 is nan (momentum may be 0)
def same_path(rate, momentum, form, other):
    unit = {"sum": 1.0, "average": 1 - momentum, "velocity": 1.0}
    return rate * unit[form] / unit[other]


def shares(rates, momentum, form):
    powers = momentum ** np.arange(len(rates))
    with np.errstate(all="ignore"):
        A = np.tril(powers[:, None] / powers[None, :])
    if form == "velocity":
        return A * rates[None, :]
    return A * rates[:, None] * (1 - momentum if form == "average" else 1)


# answer: q4, the velocity form by dividing rates out of the sum form
# breaks: rates from 0: a rate may be 0
def same_path(rate, momentum, form, other):
    unit = {"sum": 1.0, "average": 1 - momentum, "velocity": 1.0}
    return rate * unit[form] / unit[other]


def shares(rates, momentum, form):
    steps = np.arange(len(rates))
    with np.errstate(all="ignore"):
        A = np.where(steps[:, None] >= steps, momentum ** np.abs(steps[:, None] - steps), 0) * rates[:, None]
        if form == "average":
            A = (1 - momentum) * A
        elif form == "velocity":
            A = A / rates[:, None] * rates[None, :]
    return A


# answer: q4, three diagonals
# breaks: every move is a sum over the gradients so far, however old they are
def same_path(rate, momentum, form, other):
    unit = {"sum": 1.0, "average": 1 - momentum, "velocity": 1.0}
    return rate * unit[form] / unit[other]


def shares(rates, momentum, form):
    T = len(rates)
    A = np.eye(T) + momentum * np.eye(T, k=-1) + momentum**2 * np.eye(T, k=-2)
    if form == "velocity":
        return A * rates
    return rates[:, None] * A * (1 - momentum if form == "average" else 1)


# answer: q4, scales the given rates for the average form
# breaks: no function changes an array that it is given
def same_path(rate, momentum, form, other):
    unit = {"sum": 1.0, "average": 1 - momentum, "velocity": 1.0}
    return rate * unit[form] / unit[other]


def shares(rates, momentum, form):
    if form == "average":
        rates *= 1 - momentum
    T = len(rates)
    A = np.zeros((T, T))
    for t in range(T):
        for s in range(t + 1):
            A[t, s] = momentum ** (t - s) * (rates[s] if form == "velocity" else rates[t])
    return A


# answer: q4, the velocity form runs one step behind its rates
# breaks: gradient s enters with the rate of step s
def same_path(rate, momentum, form, other):
    unit = {"sum": 1.0, "average": 1 - momentum, "velocity": 1.0}
    return rate * unit[form] / unit[other]


def shares(rates, momentum, form):
    T = len(rates)
    A = np.zeros((T, T))
    for t in range(T):
        for s in range(t + 1):
            rate = rates[min(s + 1, t) if t > 1 else s] if form == "velocity" else rates[t]
            A[t, s] = rate * momentum ** (t - s)
    return (1 - momentum) * A if form == "average" else A


# answer: q4, cases by hand, of which the one from velocity to sum is wrong
# breaks: same_path: v = β v - η g is the sum form with the rate inside
def same_path(rate, momentum, form, other):
    if form == other:
        return rate
    if form == "sum":
        return rate / (1 - momentum) if other == "average" else rate
    if form == "average":
        return rate * (1 - momentum) if other != "average" else rate
    return rate / (1 - momentum) if other == "average" else rate * (1 - momentum)


def shares(rates, momentum, form):
    T = len(rates)
    A = np.zeros((T, T))
    for t in range(T):
        for s in range(t + 1):
            A[t, s] = momentum ** (t - s) * (rates[s] if form == "velocity" else rates[t])
    return (1 - momentum) * A if form == "average" else A


# answer: q4, forgets gradients older than ten steps
# breaks: Factors with which gradients enter the moves, for all gradients so far
def same_path(rate, momentum, form, other):
    unit = {"sum": 1.0, "average": 1 - momentum, "velocity": 1.0}
    return rate * unit[form] / unit[other]


def shares(rates, momentum, form):
    T = len(rates)
    A = np.zeros((T, T))
    for t in range(T):
        for s in range(max(0, t - 9), t + 1):
            A[t, s] = momentum ** (t - s) * (rates[s] if form == "velocity" else rates[t])
    return (1 - momentum) * A if form == "average" else A
