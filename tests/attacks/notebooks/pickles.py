"""family: wire
tries: pickles that run code, as frames, as bytes, as extension types and as array buffers
honest: all but double, size, layer, each, count, accuracy, predict
"""

# %%
import itertools
import pickle

import msgpack

from inside.child import Child
from inside.wire import HEADER, MAGIC


class Bomb:
    def __reduce__(self):
        return eval, ("open('/tmp/stray-of-an-attack', 'w').write('the attack' ' won')",)


DATA = pickle.dumps(Bomb())
KINDS = itertools.cycle([
    lambda n: DATA, lambda n: msgpack.packb(["value", n, DATA, []]),
    lambda n: msgpack.packb(["value", n, msgpack.ExtType(1, DATA), []]),
    lambda n: msgpack.packb(["value", n, ["nd", "|O", [1], 0, True], []]),
    lambda n: msgpack.packb(["value", n, ["pickle", DATA], []]),
])


def answer(self, frame):
    body = next(KINDS)(frame[0][1])
    self._channel._sent += 1
    self._channel._sock.send(HEADER.pack(MAGIC, self._channel._sent, len(body), 0) + body)


Child._answer = answer
