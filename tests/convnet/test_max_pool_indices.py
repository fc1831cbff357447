"""Which pixel won each window: torch's `return_indices`, and there and back again."""

import numpy as np
import pytest
import torch
import torch.nn.functional as torch_f

from convnet import functional as F
from tests.convnet.harness import Case, convert, to_numpy
from tests.convnet.operations.conditions import first, no_padding, ties
from tests.convnet.operations.configurations import each
from tests.convnet.operations.pooling import draw_max, with_odd_numbers
from tests.convnet.operations.registry import Predicate

KINDS: dict[str, Predicate] = {
    "any": lambda case: True,
    "ties": ties,
    "padding": lambda case: not no_padding(case),
    "dilation": lambda case: np.max(case.options.get("dilation", 1)) > 1,
    "last window cut off": lambda case: bool(case.options.get("ceil_mode")),
    "NaN and −∞": lambda case: bool(np.isnan(first(case)).any()),
}


@pytest.mark.parametrize("library", ["numpy", "torch", "strict"])
@pytest.mark.parametrize("kind", KINDS)
def test_indices_are_those_of_torch(kind: str, library: str) -> None:
    def draw(rng: np.random.Generator) -> Case:
        while True:
            case = (with_odd_numbers if "NaN" in kind else draw_max)(rng)
            if KINDS[kind](case):
                return case

    def check(rng: np.random.Generator, _: int) -> None:
        case = draw(rng)
        while True:
            try:
                _, wanted = torch_f.max_pool2d(torch.tensor(first(case)), **case.options, return_indices=True)
                break
            except RuntimeError:  # too much padding, which is drawn now and then
                case = draw(rng)
        out, cache = F.max_pool2d_forward(convert(first(case), library), **case.options)
        np.testing.assert_array_equal(to_numpy(cache.indices), wanted, err_msg=str(case))
        assert cache.indices.shape == out.shape

    each(f"indices: {kind}", check)


def test_unpooling_puts_the_largest_back() -> None:
    x = np.random.default_rng(0).standard_normal((2, 3, 6, 8))
    out, cache = F.max_pool2d_forward(x, 2)
    back, _ = F.max_unpool2d_forward(out, cache.indices, 2)
    np.testing.assert_array_equal(back, np.where(back == 0.0, 0.0, x))
    assert np.count_nonzero(back) == out.size
    np.testing.assert_array_equal(F.max_pool2d_forward(back, 2)[0], np.maximum(out, 0.0))
