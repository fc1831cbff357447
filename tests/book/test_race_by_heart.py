"""The race: the problem that every optimizer learns by heart, and what its weights say of new examples."""

import numpy as np
import pytest
import torch

from tests.book.test_race import NAMES, OPTIMIZERS, PAGE

ADAPTIVE = NAMES[2:]


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def learned_by_heart(name: str, seed: int, own: bool) -> tuple[float, float]:
    """Training error, and share of right answers on new examples, by torch."""
    rng = np.random.default_rng(seed)
    label = np.where(rng.random(50) < 0.6, 1.0, -1.0)
    x = np.zeros((50, 253))
    x[:, 0], x[:, 1:3] = label, 1
    for n in range(50 if own else 0):
        x[n, 3 + 5 * n : 3 + 5 * n + (1 if label[n] > 0 else 5)] = 1
    x, label = torch.tensor(x), torch.tensor(label)
    w = torch.zeros(253, dtype=torch.float64, requires_grad=True)
    rate = {"gradient descent": 0.1, "RMSProp": 0.001}.get(name, 0.01)
    optimizer = OPTIMIZERS[name](w, rate)
    for _ in range(2000):
        optimizer.zero_grad()
        (0.5 * ((x @ w - label) ** 2).mean()).backward()
        optimizer.step()
    new = np.where(rng.random(1000) < 0.6, 1.0, -1.0)
    kept = w.detach().numpy()
    answers = kept[0] * new + kept[1] + kept[2]
    return float(((x.numpy() @ kept - label.numpy()) ** 2).mean()), float((np.sign(answers) == new).mean())


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMES)
def test_learned_by_heart_by_torch(page, name: str) -> None:
    for own in (True, False):
        _, right = learned_by_heart(name, 2, own)
        assert page["right"][str(own)][name][2] == right
    assert max(page["errors"]["True"][name]) < 1e-4, "all have learned the training examples"


def test_what_the_text_says_of_learning_by_heart(page) -> None:
    for name in NAMES:
        own, control = np.array(page["right"]["True"][name]), np.array(page["right"]["False"][name])
        assert (control == 1).all()
        assert (own == 1).all() if name not in ADAPTIVE else (abs(own - 0.6) < 0.05).all()
    for name in ADAPTIVE:
        np.testing.assert_allclose(page["first_weights"][name], 1 / 4, atol=0.002)
    np.testing.assert_allclose(page["first_weights"]["momentum"][0], 0.94, atol=0.01)
