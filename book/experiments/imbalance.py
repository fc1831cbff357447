"""A class that is rare: what do class weights, oversampling and the focal loss do for it?

    OPENBLAS_NUM_THREADS=1 python book/experiments/imbalance.py [PROCESSES]

Pictures of clothes in ten classes. Nine have 100 training pictures each, the rare one 10. Twice: once the
rare class is the shirt, which looks like four others, once the sandal, which looks like few. A network with
one hidden layer learns in seven ways: by cross-entropy; with class weights; with oversampling, where each
class comes equally often; by the focal loss with γ = 2 and 5; with γ = 2 and class weights; and by
cross-entropy on 100 pictures of the rare class too, which is what one would have without the problem. All
take the same number of steps and start from the same weights.

Each gets the better of two rates, by balanced accuracy on 50 validation pictures of each class, the mean of
two seeds. Then five other seeds, each with its own draw of the training pictures, are tested: on the 1,000
test pictures, and on 50 more of the rare class that nothing was trained with. The last control takes no
training: cross-entropy, whose scores are shifted by the logarithm of how often each class came.

Takes about two minutes of one processor core, and writes ``src/coursekit/_experiments/imbalance.json``.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convnet import functional as F
from convnet import nn, optim
from coursekit import data
from coursekit.experiments import keep, made_by

Images = NDArray[np.float32]
Labels = NDArray[np.int64]
Indices = NDArray[np.intp]

SEEDS, TUNING = (0, 1, 2, 3, 4), (100, 101)
RATES = (0.03, 0.1)
COMMON, RARE, HELD, SPARE = 100, 10, 50, 50
"""Pictures to train with, of a common class and of the rare one; to validate with; rare ones to test with."""
UNITS, BATCH, STEPS, MOMENTUM = 64, 50, 500, 0.9
RARE_CLASSES = {"shirt": 6, "sandal": 5}
METHODS = (
    "cross-entropy", "class weights", "oversampling", "focal loss, γ = 2", "focal loss, γ = 5",
    "focal loss, γ = 2, class weights", "nothing rare",
)  # fmt: skip


class Drawn:
    """The pictures of one seed: to train with, to validate with, and to test with."""

    def __init__(self, rare: int, seed: int, method: str) -> None:
        images, labels = data.fashion_mnist("train")
        rng = np.random.default_rng(seed)
        of_class = [rng.permutation(np.flatnonzero(labels == k)) for k in range(10)]
        few = COMMON if method == "nothing rare" else RARE
        train = [each[: few if k == rare else COMMON] for k, each in enumerate(of_class)]
        chosen = np.concatenate(train)
        held = np.concatenate([each[COMMON : COMMON + HELD] for each in of_class])
        self.x, self.labels = images[chosen], labels[chosen]
        self.counts = np.bincount(self.labels, minlength=10)
        self.validation = images[held], labels[held]
        tests, right = data.fashion_mnist("test")
        spare = of_class[rare][COMMON + HELD : COMMON + HELD + SPARE]
        self.test = np.concatenate([tests, images[spare]]), np.concatenate([right, labels[spare]])


def network(seed: int) -> nn.Sequential:
    net = nn.Sequential(nn.Flatten(), nn.Linear(784, UNITS), nn.ReLU(), nn.Linear(UNITS, 10))
    net.initialize(seed=seed)
    return net


def inverse_counts(counts: Labels) -> NDArray[np.float32]:
    """Weights that give each class the same share of the loss; they sum to the number of classes."""
    return (len(counts) / counts / (1 / counts).sum()).astype(np.float32)


def train(
    x: Images, labels: Labels, counts: Labels, method: str, rate: float, seed: int, stop: int | None = None
) -> tuple[nn.Sequential, list[float]]:
    """Train one network, and give it with the loss of each step; ``stop`` ends early, at the same rates."""
    rng, net = np.random.default_rng([seed, 1]), network(seed)
    optimizer = optim.SGD(net.parameters(), lr=rate, momentum=MOMENTUM)
    schedule = optim.CosineAnnealingLR(optimizer, STEPS)
    weights = inverse_counts(counts) if "class weights" in method else None
    gamma = float(method.partition("γ = ")[2][:1] or 0)
    equally = 1 / counts[labels] / (1 / counts[labels]).sum()
    order: Indices = np.empty(0, int)
    losses: list[float] = []
    while len(losses) < (stop or STEPS):
        if method == "oversampling":
            some = rng.choice(len(x), BATCH, p=equally)
        else:
            if len(order) < BATCH:
                order = rng.permutation(len(x))
            some, order = order[:BATCH], order[BATCH:]
        # With γ = 0 this is cross-entropy.
        loss, cache = F.focal_loss_forward(net(x[some]), labels[some], weights, gamma)
        losses.append(float(loss))
        optimizer.zero_grad()
        net.backward(F.focal_loss_backward(np.ones_like(loss), cache))
        optimizer.step()
        schedule.step()
    return net.eval(), losses


def judge(scores: NDArray[Any], labels: Labels, rare: int) -> dict[str, float]:
    """Recall of the rare class and mean recall of all; accuracy; average precision of the rare class.

    Accuracy, precision and average precision are those of the 1,000 test pictures, where each class has 100.
    """
    answers = scores.argmax(axis=1)
    recalls = np.array([(answers[labels == k] == k).mean() for k in range(10)])
    first = slice(0, len(labels) - SPARE)
    said, truly = answers[first] == rare, labels[first] == rare
    log_p = scores[first] - scores[first].max(axis=1, keepdims=True)
    p = np.exp(log_p) / np.exp(log_p).sum(axis=1, keepdims=True)
    hits = truly[np.argsort(-p[:, rare], kind="stable")]
    ranks = np.flatnonzero(hits) + 1
    return {
        "recall": float(recalls[rare]),
        "balanced": float(recalls.mean()),
        "accuracy": float((answers[first] == labels[first]).mean()),
        "precision": float(truly[said].mean()) if said.any() else 0.0,
        "average precision": float((np.arange(1, len(ranks) + 1) / ranks).mean()),
    }


def tried(rare: int, method: str, rate: float, seed: int) -> float:
    drawn = Drawn(rare, seed, method)
    net, _ = train(drawn.x, drawn.labels, drawn.counts, method, rate, seed)
    answers, right = net(drawn.validation[0]).argmax(axis=1), drawn.validation[1]
    return round(float((answers == right).mean()), 4)  # as many of each class: this is balanced accuracy


def run(rare: int, method: str, rate: float, seed: int) -> dict[str, dict[str, float]]:
    """Train, and test; cross-entropy also with its scores shifted."""
    drawn = Drawn(rare, seed, method)
    net, _ = train(drawn.x, drawn.labels, drawn.counts, method, rate, seed)
    scores = np.asarray(net(drawn.test[0]), float)
    found = {method: judge(scores, drawn.test[1], rare)}
    if method == "cross-entropy":
        found["shifted scores"] = judge(scores - np.log(drawn.counts), drawn.test[1], rare)
    return found


def entry(job: tuple[str, str]) -> tuple[float, list[list[float]], dict[str, dict[str, list[float]]]]:
    """Tune one method for one rare class, and run it: its rate, what was tried, and what the seeds found."""
    name, method = job
    rare = RARE_CLASSES[name]
    scores = [[tried(rare, method, rate, seed) for seed in TUNING] for rate in RATES]
    best = RATES[int(np.argmax(np.mean(scores, axis=1)))]
    runs = [run(rare, method, best, seed) for seed in SEEDS]
    kept = {
        what: {key: [round(each[what][key], 4) for each in runs] for key in first}
        for what, first in runs[0].items()
    }
    for what, values in kept.items():
        print(f"{name} {what} {best:g}", {key: f"{np.mean(v):.3f}" for key, v in values.items()}, flush=True)
    return best, scores, kept


def main() -> None:
    """Tune every method, run it, and keep what was found."""
    found: dict[str, Any] = {
        **made_by(__file__, "numpy"),
        "seeds": list(SEEDS),
        "tuning_seeds": list(TUNING),
        "rates": list(RATES),
        "common": COMMON,
        "rare": RARE,
        "steps": STEPS,
        "batch": BATCH,
        "units": UNITS,
        "classes": {name: {"rate": {}, "tried": {}, "runs": {}} for name in RARE_CLASSES},
    }
    jobs = list(product(RARE_CLASSES, METHODS))
    with ProcessPoolExecutor(int(sys.argv[1]) if len(sys.argv) > 1 else 1) as pool:
        for (name, method), (best, scores, runs) in zip(jobs, pool.map(entry, jobs), strict=True):
            kept = found["classes"][name]
            kept["rate"][method], kept["tried"][method] = best, scores
            kept["runs"].update(runs)
    keep(found)


if __name__ == "__main__":
    main()
