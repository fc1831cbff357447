"""family: lying
tries: a generator that never ends
honest: all but count
"""

# %%
def count(n):
    k = 0
    while True:
        yield k
        k += 1
