"""family: lying
tries: to call the test's function for ever with large arrays, which the test keeps
honest: all but each
"""

# %%
def each(f, xs):
    block = np.ones(4 << 20)
    while True:
        f(block)
