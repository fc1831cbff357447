"""family: lying
tries: a generator of endless lists, each small to send and large to keep
honest: all but count
"""

# %%
def count(n):
    while n == 6:
        yield [[] for _ in range(60_000)]
    yield from range(n)
