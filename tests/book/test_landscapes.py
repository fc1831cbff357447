"""Landscapes: paths and Hessians against torch's, the noise of mini-batches against sums over all draws."""

import numpy as np
import pytest
import torch

from coursekit import data

PAGE = "optimization/landscapes"
PLACES = {
    "ill-conditioned bowl": (0, 0),
    "saddle": (0, 0),
    "saddle, below": (0, -1),
    "plateau": (0, 0),
    "local minima, top right": (2.746803, 2.746803),
    "local minima, middle": (0.156731, 0.156731),
    "local minima, between two": (0.156731, -2.903534),
    "Rosenbrock's valley": (1, 1),
}


def surface(name: str, w: torch.Tensor) -> torch.Tensor:
    """The five surfaces, written down again."""
    x, y = w
    if "bowl" in name:
        return (x**2 + 10 * y**2) / 2
    if name.startswith("saddle"):
        return x**2 / 2 + (y**2 - 1) ** 2 / 4
    if name == "plateau":
        return (x**2 + y**2) / (1 + x**2 + y**2)
    if name.startswith("local"):
        return ((w**4 - 16 * w**2 + 5 * w) / 2).sum()
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def walk(name: str, start: tuple[float, float], rate: float, steps: int) -> list[float]:
    """Losses on the way of torch's gradient descent."""
    w = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=rate)
    losses = []
    for _ in range(steps + 1):
        optimizer.zero_grad()
        loss = surface(name, w)
        losses.append(loss.item())
        loss.backward()
        optimizer.step()
    return losses


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def test_paths_are_torchs(page) -> None:
    np.testing.assert_allclose(page["bowl"], walk("bowl", (-2.5, 1.2), 0.18, 30), rtol=1e-9)
    np.testing.assert_allclose(page["saddle"], walk("saddle", (1.5, 0.001), 0.1, 150), rtol=1e-6, atol=1e-12)
    far, near = walk("plateau", (3, 2), 0.1, 100), walk("plateau", (1, 0.8), 0.1, 100)
    assert page["far"] == pytest.approx([far[0], far[-1]])
    assert page["near"] == pytest.approx([near[0], near[-1]], abs=1e-12)
    assert near[-1] < 1e-9 < far[0] - far[-1] < 0.02, "a plateau holds, nearby nothing does"
    valley = walk("valley", (-1.2, 1), 0.001, 5000)
    assert page["valley"] == pytest.approx([valley[step] for step in (0, 10, 100, 1000, 5000)])
    starts = {"A": (0.5, 1), "B": (-0.5, 1), "C": (-0.5, -1), "D": (1, -1)}
    assert page["ends"] == pytest.approx(
        {name: walk("local minima", start, 0.01, 200)[-1] for name, start in starts.items()}
    )
    assert sorted(round(end, 1) for end in page["ends"].values()) == [-78.3, -64.2, -64.2, -50.1]


def test_the_path_of_the_bowl_swings(page) -> None:
    side = np.array(page["bowl_side"])
    assert (side[1:] * side[:-1] < 0).all()


def test_the_path_of_the_saddle_nearly_stands_still_there(page) -> None:
    losses = np.array(page["saddle"])
    steps = -np.diff(losses)
    slowest = int(np.argmin(steps[:80]))
    assert 0.24 < losses[slowest] < 0.26, "at the saddle, whose loss is a quarter"
    assert steps[slowest] < steps[0] / 100
    assert losses[-1] < 1e-6


def test_eigenvalues_are_torchs(page) -> None:
    assert set(page["eigenvalues"]) == set(PLACES)
    for name, place in PLACES.items():
        w = torch.tensor(place, dtype=torch.float64)
        gradient = torch.autograd.functional.jacobian(lambda w, name=name: surface(name, w), w)
        assert gradient.abs().max() < 1e-4, name
        wanted = torch.linalg.eigvalsh(
            torch.autograd.functional.hessian(lambda w, name=name: surface(name, w), w)
        )
        np.testing.assert_allclose(page["eigenvalues"][name], wanted, rtol=1e-5, atol=1e-6, err_msg=name)
        kind = "minimum" if wanted[0] > 0 else "maximum" if wanted[1] < 0 else "saddle"
        assert page["kinds"][name] == kind


def test_all_eigenvalues_are_seldom_positive(page) -> None:
    """Shares that are known exactly for these matrices, for one to three directions."""
    exact = [1 / 2, (2 - np.sqrt(2)) / 4, (np.pi - 2 * np.sqrt(2)) / (4 * np.pi)]
    draws = page["matrices"]
    for share, wanted in zip(page["all_positive"], exact, strict=False):
        assert abs(share - wanted) < 4 * np.sqrt(wanted * (1 - wanted) / draws)
    assert len(page["all_positive"]) == 4
    assert 0 < page["all_positive"][3] < page["all_positive"][2] / 5
    assert [round(100 * share, 1) for share in page["all_positive"][2:]] == [2.5, 0.2]
    assert round(100 * page["all_positive"][1]) == 15


def test_a_zero_among_the_eigenvalues_decides_nothing(page) -> None:
    """w₁² + w₂⁴ and w₁² − w₂⁴ have the same; only the first has a minimum."""
    for sign in (1, -1):
        wanted = torch.linalg.eigvalsh(
            torch.autograd.functional.hessian(
                lambda w, sign=sign: w[0] ** 2 + sign * w[1] ** 4, torch.zeros(2, dtype=torch.float64)
            )
        )
        assert wanted.tolist() == [0, 2]
        np.testing.assert_allclose(page["flat_ways"][str(sign)], wanted, atol=1e-8)


def test_leaving_the_saddle(page) -> None:
    """Each step multiplies the distance by 1 + η − η q², at first by 1.1."""
    for found, predicted, distance in zip(
        page["left"], page["predicted"], (1e-2, 1e-4, 1e-8, 0), strict=True
    ):
        q, steps = distance, 0
        while abs(q) <= 0.5 and steps < page["most"]:
            q, steps = q - 0.1 * (q**3 - q), steps + 1
        assert found == (steps if distance else None)
        if distance:
            assert abs(found - predicted) <= 3
    assert len(page["noisy"]) == 5
    assert page["noisy_mean"] == round(np.mean(page["noisy"]))
    assert all(found is not None for found in page["noisy"])


def per_picture(seed: int) -> tuple[torch.Tensor, np.ndarray]:
    """Gradients of all pictures of the page's network before training, by torch; and the labels."""
    images, labels = data.digits()
    training = np.random.default_rng(0).permutation(len(images))[:1500]
    rng = np.random.default_rng(seed)
    drawn = rng.normal(size=(20, 65)) * np.sqrt(2 / 64), rng.normal(size=(10, 21)) * np.sqrt(1 / 20)
    weights = [torch.tensor(weight) for weight in drawn]
    for weight in weights:
        weight[:, 0] = 0

    def loss(first, second, x, label):
        hidden = torch.relu(first[:, 1:] @ x + first[:, 0])
        scores = second[:, 1:] @ hidden + second[:, 0]
        return torch.nn.functional.cross_entropy(scores[None], label[None])

    x = torch.tensor(images[training].reshape(1500, -1).astype(float))
    grads = torch.func.vmap(torch.func.grad(loss, (0, 1)), (None, None, 0, 0))(
        *weights, x, torch.tensor(labels[training])
    )
    return torch.cat([grad.reshape(1500, -1) for grad in grads], dim=1), labels[training]


@pytest.mark.parametrize("seed", range(3))
def test_the_noise_of_random_batches_is_the_formulas(page, seed: int) -> None:
    """Within four standard errors, as measured beside it, for each size, before training and after."""
    for runs in page["measured"].values():
        for size in page["batch_sizes"]:
            for way, wanted in (("with replacement", 1.0), ("without", (1500 - size) / 1499)):
                mean, error, _ = runs[seed][f"{way} {size}"]
                assert error < 0.3 * wanted
                assert abs(mean - wanted) < 4 * error, (way, size)
                assert size < 16 or abs(mean - wanted) < 0.1, (way, size)
    low, high = page["singles"]
    assert low < 0.8, "single pictures of trained networks: 400 draws are too few"
    assert high > 1.5


def test_the_noise_of_sorted_batches_is_that_of_all_places(page) -> None:
    """Over all 1,500 first places, with torch's gradients: unbiased, and far above the formula."""
    grads, labels = per_picture(0)
    centered = (grads - grads.mean(dim=0))[np.argsort(labels, kind="stable")]
    spread = (centered**2).sum(dim=1).mean()
    sums = torch.cat([torch.zeros(1, centered.shape[1]), torch.cat([centered, centered]).cumsum(dim=0)])
    for size in page["batch_sizes"]:
        off = (sums[size : size + 1500] - sums[:1500]) / size
        assert off.mean(dim=0).abs().max() < 1e-9, "unbiased"
        wanted = float((off**2).sum(dim=1).mean() * size / spread)
        mean, error, _ = page["measured"]["0"][0][f"sorted by class {size}"]
        assert abs(mean - wanted) < 4 * error, size
    for run in page["measured"]["0"]:
        assert run["sorted by class 64"][0] / 64 > run["sorted by class 1"][0] / 2, "not even to half"
        assert 64 / run["sorted by class 64"][0] < 2, "worth less than two independent pictures"
    trained = np.array([run["sorted by class 64"][0] for run in page["measured"]["200"]])
    assert (64 / trained < 10).all(), "worth less than ten"
    assert round(1 / (trained / 64).mean()) == 8, "an eighth"


def test_no_batch_is_biased_over_all_draws(page) -> None:
    """The mean of 400 draws is off by as much as 400 draws explain: a ratio near 1, and not near 400."""
    for runs in page["measured"].values():
        for run in runs:
            for name, (mean, _, bias) in run.items():
                assert bias / mean < 8, name


def test_the_visible_numbers(page) -> None:
    grads, _ = per_picture(0)
    spread = float(((grads - grads.mean(dim=0)) ** 2).sum(dim=1).mean())
    assert f"{spread / 16:.3f}" in page.output
    assert page["derivatives"] == grads.shape[1] == 20 * 65 + 10 * 21


def test_sorted_pictures_break_training(page) -> None:
    shuffled, by_class = page["trained"]["shuffled"], page["trained"]["sorted"]
    assert len(shuffled) == len(by_class) == 3
    assert min(shuffled) > 0.85
    assert max(by_class) < 0.3
    assert page["by_digit"][9] == 1
    assert [digit for digit, right in enumerate(page["by_digit"]) if right == 0] == [1, 2, 3, 5]
    assert max(page["cosines"]) < 0.5, "the gradient of the zeros points elsewhere"


def test_exercises(page) -> None:
    assert page["mixed"] == pytest.approx(np.array([[2, -4], [-4, 2]]))
    assert page["mixed_eigenvalues"] == pytest.approx([-2, 6])
    for rate, (measured, formula) in page["floors"].items():
        assert formula == pytest.approx(float(rate) / (2 * (2 - 2 * float(rate))))
        assert measured == pytest.approx(formula, rel=0.02)
    assert page["solved"] == "right"
