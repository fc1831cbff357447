"""family: wire
tries: half a frame, and then silence
honest: all but double
"""

# %%
import time

from inside.child import Child
from inside.wire import HEADER, MAGIC


def answer(self, frame):
    self._channel._sock.send(HEADER.pack(MAGIC, self._channel._sent + 1, 1000, 0)[:11])
    time.sleep(600)


def double(x):
    Child._answer = answer
    return 0 * x
