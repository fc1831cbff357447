"""An overfitted network, and what each ingredient against overfitting does for it.

    OPENBLAS_NUM_THREADS=1 python book/experiments/recipe.py [PROCESSES]

Each seed draws 500 pictures of clothes to train with and 500 others to validate with. Every fifth label of
the former is wrong. A network with one hidden layer of 128 units learns them by heart, the wrong ones too.

Then ingredients are added one at a time: weight decay, dropout, augmentation, batch normalization, in several
strengths. Three seeds try all that are left; the one with the highest accuracy on the validation pictures
stays, and so on until none of those left raises it. Five other seeds repeat what this found: nothing, each
ingredient alone, each step of the way, and all four together. Whatever is compared has the same first
weights, pictures, rate and number of steps. Controls: 16 hidden units; 1,500 different pictures, every fifth
label wrong, for as many steps; and the first 500 with labels that are all right. Early stopping takes no run
of its own: each run keeps its weights where its validation accuracy was highest.

The 1,000 test pictures are looked at once, when all is chosen.

Takes about six minutes of one processor core, and writes ``src/coursekit/_experiments/recipe.json``.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from convnet import nn, optim, plain
from coursekit import data
from coursekit.experiments import keep, made_by

Images = NDArray[np.float32]
Labels = NDArray[np.int64]
Weights = dict[str, Any]

SEEDS, TUNING = (0, 1, 2, 3, 4), (100, 101, 102)
FEW, MANY, HELD, WRONG = 500, 1500, 500, 5
"""Pictures to train with, few and many; to validate with; and every how many-th label is wrong."""
UNITS, SMALL, BATCH, STEPS, RATE, MOMENTUM = 128, 16, 50, 1000, 0.03, 0.9
EVERY = 25
"""Steps from one look at the accuracies to the next."""


def moved(x: Images, rng: np.random.Generator) -> Images:
    """Shifts by at most two pixels."""
    return plain.shift(x, *rng.integers(-2, 3, size=(2, len(x))))


def changed(x: Images, rng: np.random.Generator) -> Images:
    """Small rotations, shifts, brightness and cutout, one after the other."""
    x = plain.rotate(x, rng.uniform(-10, 10, len(x))).astype(np.float32)
    x = plain.brighten(moved(x, rng), rng.uniform(0.7, 1.3, len(x))).astype(np.float32)
    row, column = rng.integers(0, 21, size=(2, len(x)))
    return plain.cutout(x, row, column, 8)


class Recipe(NamedTuple):
    """What a run is made of."""

    decay: float = 0.0
    p: float = 0.0
    augment: Callable[[Images, np.random.Generator], Images] | None = None
    normalize: bool = False
    units: int = UNITS
    pictures: int = FEW
    all_right: bool = False


Words = dict[str, Any]
"""Arguments of a `Recipe`."""
Chosen = dict[str, str]
"""The strength of each ingredient that is in."""
INGREDIENTS: dict[str, dict[str, Words]] = {
    "weight decay": {f"{decay:g}": {"decay": decay} for decay in (0.01, 0.03, 0.1)},
    "dropout": {f"{p:g}": {"p": p} for p in (0.3, 0.5, 0.7, 0.9)},
    "augmentation": {"shifts": {"augment": moved}, "four kinds": {"augment": changed}},
    "batch normalization": {"on": {"normalize": True}},
}


def recipe_of(chosen: Chosen, **more: Any) -> Recipe:
    words = {
        key: value for name, strength in chosen.items() for key, value in INGREDIENTS[name][strength].items()
    }
    return Recipe(**words, **more)


def network(recipe: Recipe, seed: int) -> nn.Sequential:
    norm = [nn.BatchNorm1d(recipe.units)] if recipe.normalize else []
    drop = [nn.Dropout(recipe.p)] if recipe.p else []
    hidden = [nn.Linear(784, recipe.units), *norm, nn.ReLU(), *drop]
    net = nn.Sequential(nn.Flatten(), *hidden, nn.Linear(recipe.units, 10))
    net.initialize(seed=seed)
    return net


class Drawn(NamedTuple):
    """Pictures and labels to train with, which of these labels are wrong, and pictures to validate with."""

    x: Images
    labels: Labels
    wrong: NDArray[np.bool_]
    held: tuple[Images, Labels]


def draw(seed: int, pictures: int = FEW, all_right: bool = False) -> Drawn:
    """The same pictures to validate with, and the same first ones to train with, whatever else is asked."""
    images, labels = data.fashion_mnist("train")
    order = np.random.default_rng(seed).permutation(len(labels))
    held, chosen = order[:HELD], order[HELD : HELD + pictures]
    wrong = (np.arange(pictures) % WRONG == 0) & (not all_right)
    away = np.random.default_rng([seed, 2]).integers(1, 10, size=MANY)[:pictures]
    given = np.where(wrong, (labels[chosen] + away) % 10, labels[chosen])
    return Drawn(images[chosen], given, wrong, (images[held], labels[held]))


def accuracies(net: nn.Sequential, *sets: tuple[Images, Labels]) -> list[float]:
    """Share of right answers in each set, in evaluation mode."""
    net.eval()
    found = [float((np.asarray(net(x)).argmax(axis=1) == labels).mean()) for x, labels in sets]
    net.train()
    return found


def kept(net: nn.Sequential) -> Weights:
    return {name: np.array(value) for name, value in net.state_dict().items()}


class Run(NamedTuple):
    """At each look accuracy on rightly and wrongly labelled training pictures and on validation pictures."""

    looks: NDArray[np.float64]
    at_best: Weights
    at_end: Weights


def run(job: tuple[Recipe, int], steps: int = STEPS) -> Run:
    """Train as the recipe says, and look as it goes; no test picture is seen."""
    recipe, seed = job
    rng, drawn = np.random.default_rng([seed, 1]), draw(seed, recipe.pictures, recipe.all_right)
    net, loss = network(recipe, seed).train(), nn.CrossEntropyLoss()
    optimizer = optim.SGD(net.parameters(), lr=RATE, momentum=MOMENTUM, weight_decay=recipe.decay)
    schedule = optim.CosineAnnealingLR(optimizer, STEPS)
    right, wrong = ((drawn.x[which], drawn.labels[which]) for which in (~drawn.wrong, drawn.wrong))
    looks: list[list[float]] = []
    queue, best, at_best = np.empty(0, int), -1.0, kept(net)
    for step in range(1, steps + 1):
        if len(queue) < BATCH:
            queue = rng.permutation(len(drawn.x))
        some, queue = queue[:BATCH], queue[BATCH:]
        batch = drawn.x[some] if recipe.augment is None else recipe.augment(drawn.x[some], rng)
        loss(net(batch), drawn.labels[some])
        optimizer.zero_grad()
        net.backward(loss.backward())
        optimizer.step()
        schedule.step()
        if step % EVERY == 0:
            sets = (right, right if recipe.all_right else wrong, drawn.held)
            looks.append(accuracies(net, *sets))
            if looks[-1][-1] > best:
                best, at_best = looks[-1][-1], kept(net)
    return Run(np.array(looks), at_best, kept(net))


def tested(recipe: Recipe, weights: Weights) -> float:
    """Accuracy on the test pictures."""
    net = network(recipe, 0)
    net.load_state_dict(weights)
    return accuracies(net, data.fashion_mnist("test"))[0]


Runs = Callable[[Recipe, tuple[int, ...]], list[Run]]


def climb(runs: Runs) -> tuple[list[Chosen], list[dict[str, dict[str, list[float]]]]]:
    """Add the best ingredient until none helps; give each step of the way, and what was tried."""

    def validated(chosen: Chosen) -> list[float]:
        return [float(each.looks[-1, -1]) for each in runs(recipe_of(chosen), TUNING)]

    way: list[Chosen] = [{}]
    rounds = [{"nothing": {"": validated({})}}]
    best = float(np.mean(rounds[0]["nothing"][""]))
    while left := [name for name in INGREDIENTS if name not in way[-1]]:
        tried = {
            name: {strength: validated({**way[-1], name: strength}) for strength in INGREDIENTS[name]}
            for name in left
        }
        rounds.append(tried)
        print(
            way[-1],
            {n: {s: round(float(np.mean(v)), 4) for s, v in t.items()} for n, t in tried.items()},
            flush=True,
        )
        name, strength = highest(tried)
        if np.mean(tried[name][strength]) <= best:
            break
        best = float(np.mean(tried[name][strength]))
        way.append({**way[-1], name: strength})
    return way, rounds


def highest(tried: dict[str, dict[str, list[float]]]) -> tuple[str, str]:
    """Ingredient and strength with the highest mean; the first of equal ones."""
    every = [(name, strength) for name, offered in tried.items() for strength in offered]
    return max(every, key=lambda both: np.mean(tried[both[0]][both[1]]))


def entries(way: list[Chosen], first: dict[str, dict[str, list[float]]]) -> dict[str, Recipe]:
    """What the other seeds run, by name."""
    alone = {name: highest({name: first[name]})[1] for name in INGREDIENTS}
    steps = {" + ".join(chosen): recipe_of(chosen) for chosen in way[2:]}
    return {
        "nothing": Recipe(),
        **{name: recipe_of({name: strength}) for name, strength in alone.items()},
        **steps,
        "all four": recipe_of(alone),
        "16 units": Recipe(units=SMALL),
        "1,500 pictures": Recipe(pictures=MANY),
        "right labels": Recipe(all_right=True),
        "right labels, recipe": recipe_of(way[-1], all_right=True),
    }


def main() -> None:
    """Choose the recipe, run it and what it is compared with, and only then look at the test pictures."""
    with ProcessPoolExecutor(int(sys.argv[1]) if len(sys.argv) > 1 else 1) as pool:

        def every_run(recipe: Recipe, seeds: tuple[int, ...]) -> list[Run]:
            return list(pool.map(run, [(recipe, seed) for seed in seeds]))

        way, rounds = climb(every_run)
        offered = entries(way, rounds[1])
        runs = {}
        for name, recipe in offered.items():
            runs[name] = every_run(recipe, SEEDS)
            lasts = 100 * np.array([each.looks[-1] for each in runs[name]])
            print(
                f"{name:40s}",
                *(f"{part.mean():.1f} ± {part.std(ddof=1):.1f}" for part in lasts.T),
                flush=True,
            )
    chosen = next(name for name, recipe in offered.items() if recipe == recipe_of(way[-1]))
    found = {
        **made_by(__file__, "numpy"),
        "seeds": list(SEEDS), "tuning_seeds": list(TUNING),
        "every": EVERY, "steps": STEPS, "batch": BATCH, "rate": RATE, "units": UNITS, "small": SMALL,
        "pictures": FEW, "many": MANY, "held": HELD, "wrong": WRONG,
        "way": way,
        "rounds": rounds,
        "recipe": chosen,
        "curves": {
            name: np.mean([each.looks for each in own], axis=0).T.round(4).tolist()
            for name, own in runs.items()
        },
        "runs": {
            name: {
                **{
                    what: [round(float(each.looks[-1, k]), 4) for each in own]
                    for k, what in enumerate(("right ones", "wrong ones", "validated"))
                },
                "highest": [round(float(each.looks[:, -1].max()), 4) for each in own],
                "highest at": [int(EVERY * (1 + each.looks[:, -1].argmax())) for each in own],
            }
            for name, own in runs.items()
        },
    }  # fmt: skip
    # All is chosen. Now, and only now, the test pictures.
    found["tested"] = {
        name: {
            "at the end": [round(tested(offered[name], each.at_end), 4) for each in runs[name]],
            "stopped early": [round(tested(offered[name], each.at_best), 4) for each in runs[name]],
        }
        for name in dict.fromkeys(("nothing", chosen))
    }
    print(chosen, found["tested"])
    keep(found)


if __name__ == "__main__":
    main()
