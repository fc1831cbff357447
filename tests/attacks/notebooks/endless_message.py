"""family: texts
tries: an exception whose message takes for ever, and one whose class has an endless history
honest: all but double, size
"""

# %%
class Slow(Exception):
    def __str__(self):
        while True:
            pass


def double(x):
    raise Slow


def output_size(n, k):
    kind = Exception
    for number in range(3000):
        kind = type("K" * 10_000, (kind,), {})
    raise kind("m" * (1 << 28))
