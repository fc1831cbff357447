"""The numbers of the figure about deformable convolution once more, from `convnet`."""

from typing import Any

import numpy as np

from convnet import functional as F
from convnet import plain


def deformable_points(state: dict[str, Any]) -> dict[str, Any]:
    """The middle one of 3 × 3 outputs; the same offsets at all places, and a gradient in the middle alone."""
    x = np.asarray(state["image"], dtype=float)[None, None]
    w = np.asarray(state["kernel"], dtype=float)[None, None]
    offset = np.tile(np.asarray(state["offsets"], dtype=float).reshape(1, 18, 1, 1), (1, 1, 3, 3))
    mask = np.tile(np.asarray(state["masks"], dtype=float).reshape(1, 9, 1, 1), (1, 1, 3, 3))
    y, cache = F.deform_conv2d_forward(x, offset, w, mask=mask)
    delta = np.zeros(y.shape)
    delta[0, 0, 1, 1] = 1
    by_x, by_offset, by_w, _, by_mask = F.deform_conv2d_backward(delta, cache)
    assert by_mask is not None
    places = plain.tap_positions(offset, (3, 3))
    samples = plain.sample_at(x, places)[0, 0, :, :, 1, 1]
    below = places[0, :, :, :, 1, 1] % 1
    parts = np.stack([1 - below, below], axis=-1)
    return {
        "samples": samples,
        "shares": (parts[:, :, 0, :, None] * parts[:, :, 1, None, :]).reshape(3, 3, 4),
        "output": y[0, 0, 1, 1],
        "grad_offsets": by_offset[0, :, 1, 1].reshape(3, 3, 2),
        "grad_masks": by_mask[0, :, 1, 1].reshape(3, 3),
        "grad_kernel": by_w[0, 0],
        "grad_image": by_x[0, 0],
    }
