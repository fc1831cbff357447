"""family: wire
tries: frames that announce 2**62 bytes, 2**31 arrays, and one that really brings 300 MB
honest: all but double
"""

# %%
import struct
import time

from inside.child import Child
from inside.wire import HEADER, MAGIC

HEADS = [HEADER.pack(MAGIC, 1, 2**32 - 1, 0), HEADER.pack(MAGIC, 1, 1, 2**32 - 1),
         HEADER.pack(MAGIC, 1, 1, 2) + struct.pack("!QQ", 2**62, 2**62)]


def answer(self, frame):
    sent = self._channel._sent + 1
    head = HEADS[frame[0][1] % 3].replace(struct.pack("!Q", 1), struct.pack("!Q", sent), 1)
    sock = self._channel._sock
    sock.setblocking(True)
    sock.send(head)
    for _ in range(300):
        sock.send(bytes(1 << 20))
    time.sleep(60)


def double(x):
    Child._answer = answer
    return 0 * x
