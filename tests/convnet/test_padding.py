"""Padding against torch."""

from typing import Any

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_f

from convnet import functional as F
from tests.convnet.harness import to_numpy


@pytest.mark.parametrize("mode", ["constant", "reflect", "replicate", "circular"])
def test_no_border_gives_a_copy_as_in_torch(mode: str) -> None:
    x, tensor = np.ones((2, 3)), torch.ones((2, 3), requires_grad=True)
    wanted = torch_f.pad(tensor, (0, 0), mode)
    assert wanted.data_ptr() != tensor.data_ptr()
    out, cache = F.pad_forward(x, (0, 0), mode)
    grad_out = np.full((2, 3), 2.0)
    grad_x = F.pad_backward(grad_out, cache)
    assert not np.shares_memory(to_numpy(out), x)
    assert not np.shares_memory(to_numpy(grad_x), grad_out)
    np.testing.assert_array_equal(out, x)
    np.testing.assert_array_equal(grad_x, grad_out)


@pytest.mark.parametrize(
    ("pad", "mode", "message"),
    [
        (
            (1,),
            "constant",
            r"pad: pad must hold two integers for each padded axis, 4 at most \(x: \(2, 3\), pad: \(1,\)",
        ),
        ((1,) * 6, "constant", r"pad: pad must hold two integers for each padded axis, 4 at most"),
        (
            (1, 1),
            "mirror",
            r"pad: mode must be one of 'constant', 'reflect', 'replicate', 'circular', got 'mirror'",
        ),
        ((3, 0), "reflect", r"pad: reflect padding of axis 1 can be 2 wide at most"),
        ((0, 4), "circular", r"pad: circular padding of axis 1 can be 3 wide at most"),
        ((-1, 0), "reflect", r"pad: pad must be an integer of at least 0, got -1"),
        ((-2, -2), "constant", r"pad: pad crops more of axis 1 than there is"),
        ((1.5, 0), "constant", r"pad: pad must be an integer of at least -3, got 1.5"),
    ],
)
def test_bad_arguments(pad: Any, mode: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        F.pad_forward(np.ones((2, 3)), pad, mode=mode)
