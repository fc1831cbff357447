"""Wrong answers to q12: a grid that is not gone through, and training that does not fit. Text; nobody imports it."""


# answer: q12, of two equally good rates it takes the larger
# breaks: rate : the smaller one of two equally good rates
def best_rate(run, rates, seeds):
    best = None
    for rate in rates:
        losses = np.array([run(rate, seed) for seed in seeds])
        if np.isfinite(losses).all() and (best is None or losses.mean() <= best[1]):
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


# answer: q12, stops at the first rate that diverges
# breaks: tries each rate with each seed (a larger one may do well again)
def best_rate(run, rates, seeds):
    best = None
    for rate in rates:
        losses = np.array([run(rate, seed) for seed in seeds])
        if not np.isfinite(losses).all():
            break
        if best is None or losses.mean() < best[1]:
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


# answer: q12, stops where the loss goes up again
# breaks: tries each rate with each seed
def best_rate(run, rates, seeds):
    best = None
    for rate in rates:
        losses = np.array([run(rate, seed) for seed in seeds])
        if not np.isfinite(losses).all():
            continue
        if best is not None and losses.mean() > best[1]:
            break
        if best is None or losses.mean() < best[1]:
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


# answer: q12, calls with the names of the arguments
# breaks: called as run(rate, seed), whatever the function calls them
def best_rate(run, rates, seeds):
    best = None
    for rate in rates:
        losses = np.array([run(rate=rate, seed=seed) for seed in seeds])
        if np.isfinite(losses).all() and (best is None or losses.mean() < best[1]):
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


# answer: q12, takes the median
# breaks: Rate with the smallest mean loss
def best_rate(run, rates, seeds):
    best = None
    for rate in rates:
        losses = np.array([run(rate, seed) for seed in seeds])
        if np.isfinite(losses).all() and (best is None or np.median(losses) < best[1]):
            best = rate, np.median(losses)
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


# answer: q12, begins with a best loss of 10
# breaks: ValueError only where each rate gives nan or inf for some seed
def best_rate(run, rates, seeds):
    best, lowest = None, 10.0
    for rate in rates:
        mean = np.mean([run(rate, seed) for seed in seeds])
        if mean < lowest:
            best, lowest = rate, mean
    if best is None:
        raise ValueError("each rate diverges")
    return best, lowest


def train(gradient, start, steps):
    parameters = [Parameter(w) for w in start]
    optimizer, schedule = Adam(parameters, 0.03), warm_cosine(0.03, steps, steps // 15)
    for step in range(steps):
        for p, g in zip(parameters, gradient([p.data for p in parameters])):
            p.grad = g
        optimizer.lr = schedule(step)
        optimizer.step()
    return [p.data for p in parameters]


# answer: q12, asks only the last seed whether it diverged
# breaks: A rate that diverges for one seed is no good rate (nan of the first rate stays: nothing is below it)
def best_rate(run, rates, seeds):
    best = None
    for rate in rates:
        total = 0.0
        for seed in seeds:
            loss = run(rate, seed)
            total += loss
        if np.isfinite(loss) and not (best is not None and total >= best[1]):
            best = rate, total
    if best is None:
        raise ValueError("each rate diverges")
    return best[0], best[1] / len(seeds)


def train(gradient, start, steps):
    parameters = [Parameter(w) for w in start]
    optimizer, schedule = Adam(parameters, 0.03), warm_cosine(0.03, steps, steps // 15)
    for step in range(steps):
        for p, g in zip(parameters, gradient([p.data for p in parameters])):
            p.grad = g
        optimizer.lr = schedule(step)
        optimizer.step()
    return [p.data for p in parameters]
