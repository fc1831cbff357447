"""family: lying
tries: arrays that are tiny here and fill the grader's memory when copied
honest: all but double, predict
"""

# %%
def double(x):
    return np.broadcast_to(0.0, (1 << 17, 1 << 17))


def predict(x):
    return np.lib.stride_tricks.as_strided(np.zeros(1), (0, 1 << 60, 1 << 60), (0, 0, 0))
