"""Plain correlation and convolution equal NumPy's and SciPy's; padding makes "full" and "same" of "valid"."""

import numpy as np
import scipy.signal

from convnet import functional as F
from convnet import plain
from tests.convnet.operations.configurations import each
from tests.convnet.plain.comparison import close, numbers, whole


def test_signals() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        k = whole(rng, 1, 4)
        signal, kernel = numbers(rng, k + whole(rng, 0, 5)), numbers(rng, k)
        close("correlate1d", plain.correlate1d(signal, kernel), np.correlate(signal, kernel, "valid"))
        close("convolve1d", plain.convolve1d(signal, kernel), np.convolve(signal, kernel, "valid"))
        close("fast", plain.correlate1d(signal, kernel), F.correlate1d(signal, kernel, "valid"))
        close("fast", plain.convolve1d(signal, kernel), F.convolve1d(signal, kernel, "valid"))
        padded = np.pad(signal, k - 1)
        close("full", plain.correlate1d(padded, kernel), F.correlate1d(signal, kernel, "full"))
        close("full", plain.convolve1d(padded, kernel), F.convolve1d(signal, kernel, "full"))

    each("plain signals", check, share=4)


def test_images() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        k_h, k_w = whole(rng, 1, 3), whole(rng, 1, 4)
        image, kernel = numbers(rng, k_h + whole(rng, 0, 4), k_w + whole(rng, 0, 5)), numbers(rng, k_h, k_w)
        padded = np.pad(image, ((k_h - 1, k_h - 1), (k_w - 1, k_w - 1)))
        both = ((k_h // 2, k_h - 1 - k_h // 2), (k_w // 2, k_w - 1 - k_w // 2))
        for name, mine in (("correlate2d", plain.correlate2d), ("convolve2d", plain.convolve2d)):
            theirs, fast = getattr(scipy.signal, name), getattr(F, name)
            close(name, mine(image, kernel), theirs(image, kernel, "valid"))
            close(f"{name}, fast", mine(image, kernel), fast(image, kernel, "valid"))
            close(f"{name}, full", mine(padded, kernel), fast(image, kernel, "full"))
            if k_h % 2 and k_w % 2:
                close(f"{name}, same", mine(np.pad(image, both), kernel), fast(image, kernel, "same"))

    each("plain images", check, share=4)
