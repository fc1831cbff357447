"""The same kind for every point."""

import numpy as np


# question: q1
def predict(weights, points):
    return np.zeros(len(points), int)
