"""family: wire
tries: NaN, infinities and signalling bit patterns wherever a number is compared
honest: all but double, size, accuracy, predict
"""

# %%
def double(x):
    odd = np.full(np.shape(x), 0x7FF0000000000001, np.uint64).view(np.float64)
    return odd if np.ndim(x) else float("nan")


def output_size(n, k):
    return float("inf")


def accuracy(guess, labels):
    return complex("nan")


def predict(x):
    return np.full(len(x), np.nan)
