"""family: wire
tries: to answer every question many times over, so that later questions find answers waiting
honest: all but double, size, each, count, accuracy, predict
"""

# %%
from inside.child import Child

genuine = Child._answer


def answer(self, frame):
    genuine(self, frame)
    number = frame[0][1]
    for later in range(number, number + 50):
        self._channel.send(["value", later, 6, []])


Child._answer = answer
