"""More wrong answers to q9: peaks, floors and ends. Text; nobody imports it."""


# answer: q9, a warm-up of one step counts as none
# breaks: η (t + 1)/K in the first K steps, and the cosine begins at step K
def step_decay(lr, factor, every):
    def rate(step):
        return lr * factor ** (step // every)

    return rate


def exponential(lr, factor):
    return lambda step: lr * factor**step


def warm_cosine(lr, steps, warm_up=0):
    warm_up = warm_up if warm_up > 1 else 0

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



# answer: q9, rates are rounded to six places
# breaks: multiplied by factor (small rates become 0)
def step_decay(lr, factor, every):
    def rate(step):
        return round(lr * factor ** (step // every), 6)

    return rate


def exponential(lr, factor):
    return lambda step: round(lr * factor**step, 6)


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



# answer: q9, cyclical goes by repeated addition in each call
# breaks: the schedule is a function of the step (asked twice for one step it goes on)
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
    def heights():
        height = high - low
        while True:
            for place in range(half):
                yield low + height * place / half
            for place in range(half):
                yield low + height * (1 - place / half)
            height *= shrink

    rates = heights()
    return lambda step: next(rates)


def one_cycle(lr, steps, rise):
    def rate(step):
        if step <= rise:
            a, b, u = lr / 25, lr, step / rise
        else:
            a, b, u = lr, lr / 250_000, (step - rise) / (steps - 1 - rise)
        return a + (b - a) * (1 - np.cos(np.pi * u)) / 2

    return rate
