"""family: wire
tries: answers nested thousands of lists deep, in the message and in the value
honest: all but double, size, layer, each, count, accuracy, predict
"""

# %%
import itertools

from inside.child import Child
from inside.wire import HEADER, MAGIC

DEPTHS = itertools.cycle([31, 33, 400, 1000, 100_000, 10_000_000])


def answer(self, frame):
    depth, number = next(DEPTHS), frame[0][1]
    value = b"\x92\xa4list" * depth + b"\x06"
    body = b"\x94\xa5value" + bytes([number]) + value + b"\x90"
    body = body[: 15 << 20]
    self._channel._sent += 1
    sock = self._channel._sock
    sock.setblocking(True)
    sock.sendall(HEADER.pack(MAGIC, self._channel._sent, len(body), 0) + body)
    sock.setblocking(False)


Child._answer = answer
