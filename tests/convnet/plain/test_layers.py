"""Plain linear layers, activations, normalization and dropout equal torch's and the fast ones."""

from typing import Any

import numpy as np
import pytest
import torch.nn.functional as T

from convnet import functional as F
from convnet import plain
from tests.convnet.operations.configurations import each
from tests.convnet.plain.comparison import close, like_fast, like_torch, numbers


def images(rng: np.random.Generator, ties: bool = False) -> Any:
    return numbers(rng, *rng.integers(1, 4, 2), *rng.integers(2, 6, 2), ties=ties)


def test_linear() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        batch, inputs, outputs = rng.integers(1, 6, 3)
        arrays = [numbers(rng, batch, inputs), numbers(rng, outputs, inputs), numbers(rng, outputs)]
        backward = lambda g, x, w, _: plain.linear_backward(g, x, w)  # noqa: E731
        grad_out = like_torch(rng, arrays, plain.linear, backward, T.linear)
        like_fast(grad_out, arrays, plain.linear, backward, F.linear_forward, F.linear_backward)

    each("plain linear", check, share=3)


@pytest.mark.parametrize("name", ["relu", "sigmoid", "tanh"])
def test_activation(name: str) -> None:
    """With zeros among the inputs, where the slope of a rectifier is a matter of agreement."""

    def check(rng: np.random.Generator, number: int) -> None:
        x = images(rng, ties=number % 2 == 0)
        functions = getattr(plain, name), getattr(plain, f"{name}_backward")
        grad_out = like_torch(rng, [x], *functions, getattr(T, name))
        fast = getattr(F, f"{name}_forward"), getattr(F, f"{name}_backward")
        like_fast(grad_out, [x], *functions, *fast)

    each(f"plain {name}", check, share=3)


def test_prelu() -> None:
    def check(rng: np.random.Generator, number: int) -> None:
        x = images(rng, ties=number % 2 == 0)
        arrays = [x, numbers(rng, x.shape[1])]
        grad_out = like_torch(rng, arrays, plain.prelu, plain.prelu_backward, T.prelu)
        like_fast(
            *(grad_out, arrays, plain.prelu, plain.prelu_backward), *(F.prelu_forward, F.prelu_backward)
        )

    each("plain prelu", check, share=3)


def test_batch_norm_in_training() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        x = images(rng)
        arrays = [x, numbers(rng, x.shape[1]), numbers(rng, x.shape[1])]
        backward = lambda g, x, w, _: plain.batch_norm_backward(g, x, w)  # noqa: E731
        grad_out = like_torch(
            *(rng, arrays, plain.batch_norm, backward),
            lambda x, w, b: T.batch_norm(x, None, None, w, b, training=True),
        )
        like_fast(
            *(grad_out, arrays, plain.batch_norm, backward),
            lambda x, w, b: F.batch_norm_forward(x, None, None, w, b, training=True),
            F.batch_norm_backward,
        )

    each("plain batch norm", check, share=3)


def test_batch_norm_in_evaluation() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        x = images(rng)
        mean, weight, bias = numbers(rng, 3, x.shape[1])
        var = np.exp(numbers(rng, x.shape[1]))
        forward = lambda x, w, b: plain.batch_norm_eval(x, mean, var, w, b)  # noqa: E731
        backward = lambda g, x, w, _: plain.batch_norm_eval_backward(g, x, mean, var, w)  # noqa: E731
        arrays = [x, weight, bias]
        theirs = [np.array(mean), np.array(var)]
        grad_out = like_torch(
            *(rng, arrays, forward, backward),
            lambda x, w, b: T.batch_norm(x, *(x.new_tensor(value) for value in theirs), w, b),
        )
        like_fast(
            *(grad_out, arrays, forward, backward),
            *(lambda x, w, b: F.batch_norm_forward(x, mean, var, w, b), F.batch_norm_backward),
        )

    each("plain batch norm, evaluation", check, share=3)


def test_running_statistics() -> None:
    def check(rng: np.random.Generator, _: int) -> None:
        x, momentum = images(rng), float(rng.random())
        mean, var = numbers(rng, 2, x.shape[1])
        _, cache = F.batch_norm_forward(x, mean, var, training=True, momentum=momentum)
        new_mean, new_var = plain.update_running(mean, var, x, momentum)
        close("mean", new_mean, cache.running_mean)
        close("variance", new_var, cache.running_var)

    each("plain running statistics", check, share=2)


def test_layer_norm() -> None:
    def check(rng: np.random.Generator, number: int) -> None:
        x = images(rng)
        shape = x.shape[1 + number % 3 :]
        arrays = [x, numbers(rng, *shape), numbers(rng, *shape)]
        backward = lambda g, x, w, _: plain.layer_norm_backward(g, x, w)  # noqa: E731
        grad_out = like_torch(
            *(rng, arrays, plain.layer_norm, backward), lambda x, w, b: T.layer_norm(x, shape, w, b)
        )
        like_fast(
            *(grad_out, arrays, plain.layer_norm, backward),
            *(lambda x, w, b: F.layer_norm_forward(x, shape, w, b), F.layer_norm_backward),
        )

    each("plain layer norm", check, share=3)


def test_dropout() -> None:
    """The mask that the fast one drew gives its values and gradients; torch offers no mask."""

    def check(rng: np.random.Generator, number: int) -> None:
        x, p, seed = np.abs(images(rng)) + 0.1, 0.9 * float(rng.random()), number
        out, cache = F.dropout_forward(x, p, generator=np.random.default_rng(seed))
        mask, g = (out != 0).astype(float), numbers(rng, *x.shape)
        close("value", plain.dropout(x, mask, p), out)
        close("gradient", plain.dropout_backward(g, mask, p), F.dropout_backward(g, cache))

        out, cache = F.dropout2d_forward(x, p, generator=np.random.default_rng(seed))
        mask = (out[:, :, 0, 0] != 0).astype(float)
        close("value, maps", plain.dropout2d(x, mask, p), out)
        close("gradient, maps", plain.dropout2d_backward(g, mask, p), F.dropout2d_backward(g, cache))

    each("plain dropout", check, share=3)


def test_a_dropout_mask_drops_as_often_as_it_should() -> None:
    mask = plain.dropout_mask((200, 100), 0.3, np.random.default_rng(0))
    assert set(np.unique(mask)) == {0.0, 1.0}
    assert mask.shape == (200, 100)
    assert abs(mask.mean() - 0.7) < 5 * np.sqrt(0.3 * 0.7 / mask.size)
    kept = np.ones(mask.shape)
    assert abs(plain.dropout(kept, mask, 0.3).mean() - 1.0) < 0.03
