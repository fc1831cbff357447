"""family: lying
tries: dicts and sets whose keys all collide, which makes their rebuilding take hours
honest: all but double, size
"""

# %%
PRIME = 2**61 - 1


def double(x):
    return [{k * PRIME for k in range(1, 1000)}, *[dict.fromkeys([k * PRIME for k in range(1, 4000)])] * 50]


def output_size(n, k):
    keys = [key * PRIME for key in range(1, 2000)]
    return [frozenset(keys) for _ in range(100)]
