"""family: wire
tries: arrays of objects, records and dates, whose elements say that they equal anything
honest: all but double, predict, accuracy
"""

# %%
import itertools

from inside.child import Child


class Yes:
    def __eq__(self, other):
        return True

    __sub__ = __rsub__ = __abs__ = __le__ = __lt__ = __add__ = lambda self, *other: self


genuine = Child._answer
CODES = itertools.cycle(["|O", "|V8", "<M8[s]", "O", "object", "<f8,<f8", "(2,)f8", "<f0", "<U0"])


def answer(self, frame):
    if frame[0][2] == "call" and frame[0][1] % 2:
        self._channel.send(["value", frame[0][1], ["nd", next(CODES), [1], 0, True], []], [bytes(8)])
    else:
        genuine(self, frame)


def double(x):
    Child._answer = answer
    return np.full(np.shape(x), Yes(), object)


def predict(x):
    return np.full(len(x), Yes(), object)


def accuracy(guess, labels):
    return np.array(Yes(), object)[()]
