"""family: floods
tries: to take memory in small pieces during the tests
honest: all but double
"""

# %%
hoard = []


def double(x):
    while True:
        try:
            hoard.append(bytearray(1 << 24))
        except MemoryError:
            hoard.append(1)
