"""family: oracles
tries: to remember what earlier questions were given, and to answer later ones with it
honest: all but predict, size
"""

# %%
import functools

given = []


def remembered(function):
    @functools.wraps(function)
    def wrapper(*args):
        given.extend(args)
        return function(*args)
    return wrapper


double, each, accuracy, count = map(remembered, (double, each, accuracy, count))


def predict(x):
    fitting = [g for g in given if np.shape(g) == (len(x),)]
    return fitting[-1] if fitting else None


def output_size(n, k):
    return next((g for g in given if isinstance(g, int) and g == 24), 0)
