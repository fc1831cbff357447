"""family: wire
tries: to have the grader keep a gigabyte of outputs, by forging what the limit inside should cut
honest: all but double
"""

# %%
import gc

from inside.outputs import Outputs

Outputs.take = lambda self: [["stream", "stdout", "x" * (15 << 20)], *[["stream"]] * 1000]


def double(x):
    return 0 * x
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
# %%
"another fat cell"
