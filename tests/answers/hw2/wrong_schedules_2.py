"""More wrong answers to q9: shapes, and schedules that remember too much. Text; nobody imports it."""


# answer: q9, peaks shrink by the same amount each time
# breaks: Each peak stands shrink times as high above low as the one before
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
        return low + (high - low) * share * max(0.0, 1 - (1 - shrink) * cycle)

    return rate


def one_cycle(lr, steps, rise):
    def rate(step):
        if step <= rise:
            a, b, u = lr / 25, lr, step / rise
        else:
            a, b, u = lr, lr / 250_000, (step - rise) / (steps - 1 - rise)
        return a + (b - a) * (1 - np.cos(np.pi * u)) / 2

    return rate



# answer: q9, a shrink below 1 halves the peaks, as triangular2 does
# breaks: Each peak stands shrink times as high above low as the one before
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
        return low + (high - low) * share * (0.5**cycle if shrink < 1 else 1)

    return rate


def one_cycle(lr, steps, rise):
    def rate(step):
        if step <= rise:
            a, b, u = lr / 25, lr, step / rise
        else:
            a, b, u = lr, lr / 250_000, (step - rise) / (steps - 1 - rise)
        return a + (b - a) * (1 - np.cos(np.pi * u)) / 2

    return rate



# answer: q9, peaks never grow
# breaks: shrink times as high, also where shrink is above 1
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
        return low + (high - low) * share * min(shrink, 1.0) ** cycle

    return rate


def one_cycle(lr, steps, rise):
    def rate(step):
        if step <= rise:
            a, b, u = lr / 25, lr, step / rise
        else:
            a, b, u = lr, lr / 250_000, (step - rise) / (steps - 1 - rise)
        return a + (b - a) * (1 - np.cos(np.pi * u)) / 2

    return rate
