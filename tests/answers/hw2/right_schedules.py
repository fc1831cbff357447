"""Right answers to q9, in other styles. Text; nobody imports it."""


# answer: q9, one interpolation by cosine, classes with __call__
class _Schedule:
    def __init__(self, rate, *settings):
        self.rate, self.settings = rate, settings

    def __call__(self, step):
        return float(self.rate(step, *self.settings))


def _between(a, b, u):
    return b + (a - b) * (1 + np.cos(np.pi * u)) / 2


def step_decay(lr, factor, every):
    return _Schedule(lambda t, lr, factor, every: lr * factor ** (t // every), lr, factor, every)


def exponential(lr, factor):
    return step_decay(lr, factor, 1)


def _warm(t, lr, steps, warm_up):
    if t < warm_up:
        return (t + 1) / warm_up * lr
    return _between(lr, 0.0, min(1.0, (t - warm_up) / (steps - warm_up)))


def warm_cosine(lr, steps, warm_up=0):
    return _Schedule(_warm, lr, steps, warm_up)


def _triangle(t, low, high, half, shrink):
    height = (high - low) * shrink ** (t // (2 * half))
    return low + height * (1 - abs(t % (2 * half) - half) / half)


def cyclical(low, high, half, shrink=1.0):
    return _Schedule(_triangle, low, high, half, shrink)


def _peak(t, lr, steps, rise):
    if t < rise:
        return _between(lr / 25, lr, t / rise)
    return _between(lr, lr / 250_000, (t - rise) / (steps - 1 - rise))


def one_cycle(lr, steps, rise):
    return _Schedule(_peak, lr, steps, rise)



# answer: q9, tables and interpolation where there is an end, loops where there is none
import math


def step_decay(lr, factor, every):
    def rate(step):
        now = lr
        for _ in range(every, step + 1, every):
            now *= factor
        return now

    return rate


def exponential(lr, factor):
    return lambda step: math.prod([factor] * step, start=lr)


def warm_cosine(lr, steps, warm_up=0):
    up = [lr * k / warm_up for k in range(1, warm_up + 1)]
    down = lr * np.cos(np.linspace(0, np.pi / 2, steps - warm_up + 1)) ** 2
    table = np.concatenate([up, down[:-1], [0.0]])
    return lambda step: table[min(step, steps)]


def cyclical(low, high, half, shrink=1.0):
    def rate(step):
        height = high - low
        while step >= 2 * half:
            step, height = step - 2 * half, height * shrink
        return float(np.interp(step, [0, half, 2 * half], [low, low + height, low]))

    return rate


def one_cycle(lr, steps, rise):
    shares = np.interp(np.arange(steps), [0, rise, steps - 1], [0.0, 1.0, 2.0])
    waves = (1 - np.cos(np.pi * shares)) / 2
    floors = np.where(np.arange(steps) < rise, lr / 25, lr / 250_000)
    rates = floors + (lr - floors) * waves
    return lambda step: rates[step].item()



# answer: q9, functools.partial of functions that stand outside
from functools import partial


def _wave(u):
    return np.sin(np.pi / 2 * u) ** 2


def _powers(step, lr, factor, every):
    return lr * np.power(float(factor), step // every)


def step_decay(lr, factor, every):
    return partial(_powers, lr=lr, factor=factor, every=every)


def exponential(lr, factor):
    return partial(_powers, lr=lr, factor=factor, every=1)


def warm_cosine(lr, steps, warm_up=0):
    def rate(step):
        match step:
            case t if t < warm_up:
                return lr * (t + 1) / warm_up
            case t if t < steps:
                return lr * _wave(1 - (t - warm_up) / (steps - warm_up))
        return 0

    return rate


def cyclical(low, high, half, shrink=1.0):
    def rate(step):
        place = step % (2 * half)
        up = min(place, 2 * half - place) / half
        return low + up * (high - low) * shrink ** ((step - place) // (2 * half))

    return rate


def one_cycle(lr, steps, rise):
    start, end = lr / 25, lr / 250000
    ways = [(0, rise, start, lr), (rise, steps - 1, lr, end)]

    def rate(step):
        for first, last, a, b in ways:
            if first <= step <= last:
                u = _wave((step - first) / (last - first))
                return (1 - u) * a + u * b
        raise IndexError(step)

    return rate
