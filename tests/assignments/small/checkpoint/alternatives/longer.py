"""Learns longer, and hands in other weights and predictions."""

# ruff: noqa: F821

import numpy as np

# question: q2
weights = learn(points, labels, 2000)
save("weights.safetensors", {name: value.astype(np.float32) for name, value in weights.items()})
np.save("predictions.npy", predict(weights, queries).astype(np.int8))
