"""More wrong answers to q12: a grid that is not gone through, and training that does not fit. Text; nobody imports it."""


# answer: q12, compares rounded means
# breaks: Rate with the smallest mean loss
def best_rate(run, rates, seeds):
    best = None
    for rate in rates:
        losses = np.array([run(rate, seed) for seed in seeds])
        if np.isfinite(losses).all() and (best is None or round(losses.mean(), 3) < round(best[1], 3)):
            best = rate, losses.mean()
    if best is None:
        raise ValueError("each rate diverges")
    return best


def train(gradient, start, steps):
    parameters = [Parameter(w) for w in start]
    optimizer, schedule = Adam(parameters, 0.03), warm_cosine(0.03, steps, steps // 15)
    for step in range(steps):
        for p, g in zip(parameters, gradient([p.data for p in parameters])):
            p.grad = g
        optimizer.lr = schedule(step)
        optimizer.step()
    return [p.data for p in parameters]


# answer: q12, a loss of 0 counts as none
# breaks: Rate with the smallest mean loss (0 is one, and one below 0, too)
def best_rate(run, rates, seeds):
    best = None
    for rate in rates:
        losses = np.array([run(rate, seed) for seed in seeds])
        if np.isfinite(losses).all() and losses.mean() > 0 and (best is None or losses.mean() < best[1]):
            best = rate, losses.mean()
    if best is None:
        raise ValueError("each rate diverges")
    return best


def train(gradient, start, steps):
    parameters = [Parameter(w) for w in start]
    optimizer, schedule = Adam(parameters, 0.03), warm_cosine(0.03, steps, steps // 15)
    for step in range(steps):
        for p, g in zip(parameters, gradient([p.data for p in parameters])):
            p.grad = g
        optimizer.lr = schedule(step)
        optimizer.step()
    return [p.data for p in parameters]


# answer: q12, trains 150 steps, whatever is asked
# breaks: steps : gradient may be called `steps` times
def best_rate(run, rates, seeds):
    best = None
    for rate in rates:
        losses = np.array([run(rate, seed) for seed in seeds])
        if np.isfinite(losses).all() and (best is None or losses.mean() < best[1]):
            best = rate, losses.mean()
    if best is None:
        raise ValueError("each rate diverges")
    return best


def train(gradient, start, steps):
    steps = 150
    parameters = [Parameter(w) for w in start]
    optimizer, schedule = Adam(parameters, 0.03), warm_cosine(0.03, steps, steps // 15)
    for step in range(steps):
        for p, g in zip(parameters, gradient([p.data for p in parameters])):
            p.grad = g
        optimizer.lr = schedule(step)
        optimizer.step()
    return [p.data for p in parameters]


# answer: q12, momentum with a warm-up, hardly better than the baseline
# breaks: from 1.15, 1.4 and 1.6 on (about 1)
def best_rate(run, rates, seeds):
    best = None
    for rate in rates:
        losses = np.array([run(rate, seed) for seed in seeds])
        if np.isfinite(losses).all() and (best is None or losses.mean() < best[1]):
            best = rate, losses.mean()
    if best is None:
        raise ValueError("each rate diverges")
    return best


def train(gradient, start, steps):
    parameters = [Parameter(w) for w in start]
    optimizer, schedule = SGD(parameters, 0.04, momentum=0.9), warm_cosine(0.04, steps, 10)
    for step in range(steps):
        for p, g in zip(parameters, gradient([p.data for p in parameters])):
            p.grad = g
        optimizer.lr = schedule(step)
        optimizer.step()
    return [p.data for p in parameters]


# answer: q12, Adam with a rate far too small for 150 steps
# breaks: from 1.15, 1.4 and 1.6 on (1.2, and no more)
def best_rate(run, rates, seeds):
    best = None
    for rate in rates:
        losses = np.array([run(rate, seed) for seed in seeds])
        if np.isfinite(losses).all() and (best is None or losses.mean() < best[1]):
            best = rate, losses.mean()
    if best is None:
        raise ValueError("each rate diverges")
    return best


def train(gradient, start, steps):
    parameters = [Parameter(w) for w in start]
    optimizer, schedule = Adam(parameters, 0.008), warm_cosine(0.008, steps)
    for step in range(steps):
        for p, g in zip(parameters, gradient([p.data for p in parameters])):
            p.grad = g
        optimizer.lr = schedule(step)
        optimizer.step()
    return [p.data for p in parameters]


# answer: q12, ends after a quarter of the steps
# breaks: does better with the same 150 mini-batches, by 1.6 (it takes 37 of them)
def best_rate(run, rates, seeds):
    best = None
    for rate in rates:
        losses = np.array([run(rate, seed) for seed in seeds])
        if np.isfinite(losses).all() and (best is None or losses.mean() < best[1]):
            best = rate, losses.mean()
    if best is None:
        raise ValueError("each rate diverges")
    return best


def train(gradient, start, steps):
    parameters = [Parameter(w) for w in start]
    optimizer, schedule = Adam(parameters, 0.03), warm_cosine(0.03, steps)
    for step in range(steps // 4):
        for p, g in zip(parameters, gradient([p.data for p in parameters])):
            p.grad = g
        optimizer.lr = schedule(step)
        optimizer.step()
    return [p.data for p in parameters]
