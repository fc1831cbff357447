"""family: wire
tries: to report cells that did not run, in any order, before the notebook is through
honest: all
"""

# %%
import gc

from inside.wire import Channel

channel = next(o for o in gc.get_objects() if type(o) is Channel)
for index in (8, 9, 3, 0):
    channel.send(["cell", index])
    channel.send(["done", index, "\x1b[2J<script>alert(1)</script>", [["stream", "stdout", "x"], ["result", "y"]]])
channel.send(["ready"])
# %%
1 / 0
