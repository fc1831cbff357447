"""family: oracles
tries: to guess the seed of the test's random numbers, and so to know them before they come
honest: all but double
"""

# %%
import random
import zlib

NAMES = ("double", "size", "tiny", "layer", "test_array", "test_small", "double - 2", "double - 1")


def double(x):
    if np.ndim(x) == 0:
        return 0
    seeds = [*range(1000), 2**32 - 1, *(zlib.crc32(n.encode()) for n in NAMES)]
    seeds += [zlib.crc32(f"{name}{sep}{k}".encode()) for name in NAMES for k in range(9) for sep in (":", "", "-")]
    for seed in seeds:
        for draw in (np.random.RandomState(seed).standard_normal, np.random.default_rng(seed).standard_normal):
            if np.array_equal(draw(x.shape), x):
                raise RuntimeError("the attack" " won")
    return 0 * x
