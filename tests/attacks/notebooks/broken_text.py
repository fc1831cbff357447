"""family: texts
tries: half surrogates, nulls and a million combining marks in outputs, names and messages
honest: all but double, size
"""

# %%
print("\ud800\udfff\x00", "a" + "\u0301" * 10**6)
globals()["\udc80"] = "\udc80"
# %%
def double(x):
    raise KeyError("\ud800" * 5000)


def output_size(n, k):
    return "\udfff" * 100


1 / 0  # \ud800
