"""family: floods
tries: threads without end
honest: all
"""

# %%
from threading import Timer

for _ in range(9999):
    Timer(9, print).start()
