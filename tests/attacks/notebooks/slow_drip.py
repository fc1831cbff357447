"""family: wire
tries: to keep the grader waiting for ever with one byte at a time
honest: all but double
"""

# %%
import time

from inside.child import Child
from inside.wire import HEADER, MAGIC


def answer(self, frame):
    for byte in HEADER.pack(MAGIC, self._channel._sent + 1, 1 << 20, 0) + bytes(1 << 20):
        self._channel._sock.send(bytes([byte]))
        time.sleep(0.02)


def double(x):
    Child._answer = answer
    return 0 * x
