"""Wrong answers to q9: shapes, and schedules that remember too much. Text; nobody imports it."""


# answer: q9, one_cycle rises along a line
# breaks: Both ways follow half a cosine
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
        return low + (high - low) * share * shrink**cycle

    return rate


def one_cycle(lr, steps, rise):
    def rate(step):
        if step <= rise:
            return lr / 25 + (lr - lr / 25) * step / rise
        u = (step - rise) / (steps - 1 - rise)
        return lr + (lr / 250_000 - lr) * (1 - np.cos(np.pi * u)) / 2

    return rate



# answer: q9, step_decay and exponential multiply in each call
# breaks: the schedule is a function of the step (asked again, or for a later step first, it is wrong)
def step_decay(lr, factor, every):
    now = lr

    def rate(step):
        nonlocal now
        if step > 0 and step % every == 0:
            now *= factor
        return now

    return rate


def exponential(lr, factor):
    now = lr / factor

    def rate(step):
        nonlocal now
        now *= factor
        return now

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



# answer: q9, the settings of warm_cosine and one_cycle are global
# breaks: returns another function, made inside, that remembers its settings (a second schedule changes the first)
def step_decay(lr, factor, every):
    def rate(step):
        return lr * factor ** (step // every)

    return rate


def exponential(lr, factor):
    return lambda step: lr * factor**step


def warm_cosine(lr, steps, warm_up=0):
    global PEAK, STEPS, UP
    PEAK, STEPS, UP = lr, steps, warm_up
    return _cosine


def _cosine(step):
    if step < UP:
        return PEAK * (step + 1) / UP
    return 0.0 if step >= STEPS else PEAK / 2 * (1 + np.cos(np.pi * (step - UP) / (STEPS - UP)))


def cyclical(low, high, half, shrink=1.0):
    def rate(step):
        cycle, place = divmod(step, 2 * half)
        share = place / half if place <= half else 2 - place / half
        return low + (high - low) * share * shrink**cycle

    return rate


def one_cycle(lr, steps, rise):
    global TOP, LENGTH, RISE
    TOP, LENGTH, RISE = lr, steps, rise
    return _cycle


def _cycle(step):
    if step <= RISE:
        return TOP / 25 + (TOP - TOP / 25) * (1 - np.cos(np.pi * step / RISE)) / 2
    u = (step - RISE) / (LENGTH - 1 - RISE)
    return TOP + (TOP / 250_000 - TOP) * (1 - np.cos(np.pi * u)) / 2



# answer: q9, all peaks of cyclical after the first have the same height
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
        return low + (high - low) * share * (shrink if cycle else 1)

    return rate


def one_cycle(lr, steps, rise):
    def rate(step):
        if step <= rise:
            a, b, u = lr / 25, lr, step / rise
        else:
            a, b, u = lr, lr / 250_000, (step - rise) / (steps - 1 - rise)
        return a + (b - a) * (1 - np.cos(np.pi * u)) / 2

    return rate
