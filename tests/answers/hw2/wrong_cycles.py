"""Wrong answers to q9: peaks, floors and ends. Text; nobody imports it."""


# answer: q9, the exponential has a floor
# breaks: multiplied by factor in every step
def step_decay(lr, factor, every):
    def rate(step):
        return lr * factor ** (step // every)

    return rate


def exponential(lr, factor):
    def rate(step):
        return max(lr * factor**step, 1e-4)

    return rate


def warm_cosine(lr, steps, warm_up=0):
    def rate(step):
        if step < warm_up:
            return lr * (step + 1) / warm_up
        if step >= steps:
            return 0.0
        return lr / 2 * (1 + np.cos(np.pi * (step - warm_up) / (steps - warm_up)))

    return rate


def cyclical(low, high, half, shrink=1.0):
    def rate(step):
        cycle, place = divmod(step, 2 * half)
        share = place / half if place <= half else 2 - place / half
        return low + (high - low) * share * shrink**cycle

    return rate


def one_cycle(lr, steps, rise):
    def rate(step):
        if step <= rise:
            a, b, u = lr / 25, lr, step / rise
        else:
            a, b, u = lr, lr / 250_000, (step - rise) / (steps - 1 - rise)
        return a + (b - a) * (1 - np.cos(np.pi * u)) / 2

    return rate



# answer: q9, the exponential only falls
# breaks: multiplied by factor in every step, whatever the factor is
def step_decay(lr, factor, every):
    def rate(step):
        return lr * factor ** (step // every)

    return rate


def exponential(lr, factor):
    return lambda step: lr * min(1.0, factor**step)


def warm_cosine(lr, steps, warm_up=0):
    def rate(step):
        if step < warm_up:
            return lr * (step + 1) / warm_up
        if step >= steps:
            return 0.0
        return lr / 2 * (1 + np.cos(np.pi * (step - warm_up) / (steps - warm_up)))

    return rate


def cyclical(low, high, half, shrink=1.0):
    def rate(step):
        cycle, place = divmod(step, 2 * half)
        share = place / half if place <= half else 2 - place / half
        return low + (high - low) * share * shrink**cycle

    return rate


def one_cycle(lr, steps, rise):
    def rate(step):
        if step <= rise:
            a, b, u = lr / 25, lr, step / rise
        else:
            a, b, u = lr, lr / 250_000, (step - rise) / (steps - 1 - rise)
        return a + (b - a) * (1 - np.cos(np.pi * u)) / 2

    return rate



# answer: q9, step_decay from a table that is a hundred falls long
# breaks: multiplied by factor every `every` steps, for steps from 0 on without end
def step_decay(lr, factor, every):
    table = np.repeat(lr * factor ** np.arange(100.0), every)

    def rate(step):
        return float(table[step])

    return rate


def exponential(lr, factor):
    return lambda step: lr * factor**step


def warm_cosine(lr, steps, warm_up=0):
    def rate(step):
        if step < warm_up:
            return lr * (step + 1) / warm_up
        if step >= steps:
            return 0.0
        return lr / 2 * (1 + np.cos(np.pi * (step - warm_up) / (steps - warm_up)))

    return rate


def cyclical(low, high, half, shrink=1.0):
    def rate(step):
        cycle, place = divmod(step, 2 * half)
        share = place / half if place <= half else 2 - place / half
        return low + (high - low) * share * shrink**cycle

    return rate


def one_cycle(lr, steps, rise):
    def rate(step):
        if step <= rise:
            a, b, u = lr / 25, lr, step / rise
        else:
            a, b, u = lr, lr / 250_000, (step - rise) / (steps - 1 - rise)
        return a + (b - a) * (1 - np.cos(np.pi * u)) / 2

    return rate



# answer: q9, cyclical gets a half cosine up and a line down
# breaks: it goes up from low to high along a line
def step_decay(lr, factor, every):
    def rate(step):
        return lr * factor ** (step // every)

    return rate


def exponential(lr, factor):
    return lambda step: lr * factor**step


def warm_cosine(lr, steps, warm_up=0):
    def rate(step):
        if step < warm_up:
            return lr * (step + 1) / warm_up
        if step >= steps:
            return 0.0
        return lr / 2 * (1 + np.cos(np.pi * (step - warm_up) / (steps - warm_up)))

    return rate


def cyclical(low, high, half, shrink=1.0):
    def rate(step):
        cycle, place = divmod(step, 2 * half)
        share = place / half if place <= half else 2 - place / half
        if place < half:
            share = (1 - np.cos(np.pi * share)) / 2
        return low + (high - low) * share * shrink**cycle

    return rate


def one_cycle(lr, steps, rise):
    def rate(step):
        if step <= rise:
            a, b, u = lr / 25, lr, step / rise
        else:
            a, b, u = lr, lr / 250_000, (step - rise) / (steps - 1 - rise)
        return a + (b - a) * (1 - np.cos(np.pi * u)) / 2

    return rate
