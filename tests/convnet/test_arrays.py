"""What `convnet` does with arrays beyond the standard."""

import numpy as np
import pytest

from convnet import functional as F
from convnet._array import BUFFER, short_buffers


def test_the_callers_buffer_is_left_alone() -> None:
    before, found = np.getbufsize(), []
    short_buffers(lambda: found.append(np.getbufsize()))()
    assert found == [BUFFER]
    with pytest.raises(ZeroDivisionError):
        short_buffers(lambda: 1 / 0)()
    F.max_pool2d_backward(np.ones((1, 1, 2, 2)), F.max_pool2d_forward(np.ones((1, 1, 4, 4)), 2)[1])
    assert np.getbufsize() == before


def test_how_the_caller_treats_overflow_holds_inside() -> None:
    large = np.full((1, 1, 4, 4), 3e38, dtype=np.float32)
    with np.errstate(over="raise"), pytest.raises(FloatingPointError, match="overflow"):
        F.avg_pool2d_forward(large, 2)
