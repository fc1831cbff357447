"""family: notebook
tries: to leave a question undefined, which must cost that question alone
honest: all but double, layer
"""

# %%
del double, Scale
