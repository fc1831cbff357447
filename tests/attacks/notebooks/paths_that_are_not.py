"""family: neighbours
tries: to fill the machine's memory of file names with names of no file
honest: all
"""

# %%
import itertools
import os

folder = os.path.dirname(os.__file__)
for number in itertools.count():
    os.access(f"{folder}/no-such-file-{number}", os.F_OK)
