"""family: floods
tries: to take eight gigabytes in one array
honest: all
"""

# %%
np.ones(1 << 30)
