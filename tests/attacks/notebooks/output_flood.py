"""family: floods
tries: gigabytes of output, through Python and past it
honest: all
"""

# %%
import os

for _ in range(300):
    print("x" * (1 << 20))
    os.write(1, b"x" * (1 << 20))
# %%
from IPython.display import display

for number in range(200_000):
    display({"text/plain": str(number)}, raw=True)
# %%
display({"image/png": "A" * (50 << 20)}, raw=True)
"x" * (100 << 20)
