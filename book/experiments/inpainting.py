"""Do partial convolutions fill holes better than ordinary ones of the same size?

    OPENBLAS_NUM_THREADS=1 python book/experiments/inpainting.py [PROCESSES | --untrained]

Six layers of 3×3 kernels, 12 maps between them, ReLU after all but the last. Each network gets a grey picture
with holes, and is trained to say what was there; the loss is the mean square of its error inside holes. The
same network is built four times: of partial convolutions; of ordinary ones that find zeros in the holes; of
ordinary ones that get the picture minus the mean of its known pixels, with zeros in the holes, and add the
mean at the end; and of ordinary ones with zeros that get the mask as a second channel (its first layer has
nine more weights for each map). Networks of one seed see the same patches and holes. The first three start
from the same weights; those of the last are other ones, for more are drawn in its first layer.

They learn from patches of 32×32 cut out of three photographs, with four rectangular holes in each. Each kind
takes the better of two rates, by the mean error of its seeds on a fourth photograph, and what is told is the
error on a fifth. Four ways without training do it as well: the mean of all known pixels; partial
convolutions whose weights are all equal, six in a row, with the known pixels put back after each; the same
with nothing put back, as in the trained network; and averaging the four neighbours again and again until
hardly anything changes.

Takes about four minutes of one processor core, and writes ``src/coursekit/_experiments/inpainting.json``:
for each seed the mean squared error inside holes, all of them and by the distance from what is known, and
how much too bright they are on average. "pictures" holds a piece of the fifth photograph as it was, its
holes, and what each way made of them with the first seed. ``--untrained`` computes the ways without training
anew, in a second, and leaves the rest of the file as it is, with the date of the training.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import pairwise
from time import process_time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from convnet import functional as F
from convnet import nn, optim
from coursekit import data
from coursekit.experiments import experiment, keep, made_by

Images = NDArray[np.float32]
"""Shape (N, 1, H, W)."""

LEARNED, TUNED, TESTED = ("camera", "astronaut", "rocket"), "coffee", "cat"
SEEDS = (0, 1, 2, 3, 4)
RATES = (0.003, 0.01)
LAYERS, MAPS = 6, 12
PATCH, BATCH, STEPS = 32, 4, 600
HOLES, SIDES, POOL = 4, (3, 9), 200
"""Rectangles in a patch, or in as many pixels of a photograph; their shortest and longest side; and how many
masks the patches draw from."""
KINDS = ("partial", "zeros", "mean", "zeros and mask")
PIECE = (slice(60, 156), slice(90, 186))
"""Rows and columns of the photograph that are kept as a picture: an eye of the cat."""


class Filler(nn.Component):
    """A row of convolutions, partial or ordinary."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        first = 2 if kind == "zeros and mask" else 1
        widths = [first, *[MAPS] * (LAYERS - 1), 1]
        layer = nn.PartialConv2d if kind == "partial" else nn.Conv2d
        self.layers = nn.ModuleList([layer(into, out, 3, padding=1) for into, out in pairwise(widths)])
        self.bends = [nn.ReLU() for _ in range(LAYERS - 1)]

    def forward(self, x: Images, mask: Images) -> Images:
        """Fill the holes of images (N, 1, H, W), where the mask is 0."""
        middle = np.zeros((len(x), 1, 1, 1), np.float32)
        if self.kind == "mean":
            middle = (x * mask).sum((1, 2, 3), keepdims=True) / mask.sum((1, 2, 3), keepdims=True)
        z = (x - middle) * mask
        if self.kind == "zeros and mask":
            z = np.concatenate([z, mask], axis=1)
        for layer, bend in zip(self.layers, [*self.bends, None], strict=True):
            if self.kind == "partial":
                z = layer(z, mask)
                mask = layer.new_mask
            else:
                z = layer(z)
            z = bend(z) if bend else z
        return z + middle

    def backward(self, grad: Images) -> None:
        """Add to the gradients of all weights."""
        for layer, bend in zip(reversed(self.layers), [None, *reversed(self.bends)], strict=True):
            grad = layer.backward(bend.backward(grad) if bend else grad)


def grown(mask: Images) -> Images:
    """The mask after a partial convolution of 3×3 with padding 1."""
    high, wide = mask.shape[-2:]
    padded = np.pad(mask[0, 0], 1)
    rows = np.max([padded[down : down + high] for down in range(3)], axis=0)
    return np.max([rows[:, right : right + wide] for right in range(3)], axis=0)[None, None]


def closes(mask: Images) -> bool:
    """Whether as many partial convolutions as a network has leave no hole."""
    for _ in range(LAYERS):
        mask = grown(mask)
    return bool(mask.all())


def holes(height: int, width: int, rng: np.random.Generator) -> Images:
    """A mask (1, 1, H, W) with rectangles at random; drawn again where the layers do not close them."""
    mask = np.ones((1, 1, height, width), np.float32)
    for _ in range(round(HOLES * height * width / PATCH**2)):
        while True:
            high, wide = rng.integers(SIDES[0], SIDES[1] + 1, 2)
            row, column = rng.integers(0, height - high + 1), rng.integers(0, width - wide + 1)
            tried = mask.copy()
            tried[..., row : row + high, column : column + wide] = 0
            near = np.s_[..., max(0, row - 20) : row + high + 20, max(0, column - 20) : column + wide + 20]
            if closes(tried[near]):
                break
        mask = tried
    return mask


@cache
def patch_holes() -> Images:
    """Masks to draw from, the same for all seeds."""
    rng = np.random.default_rng(POOL)
    return np.concatenate([holes(PATCH, PATCH, rng) for _ in range(POOL)])


def batches(seed: int) -> tuple[Images, Images]:
    """Patches, half of them mirrored, and masks for all steps, (STEPS, BATCH, 1, PATCH, PATCH) each."""
    rng = np.random.default_rng([seed, 1])
    photographs = [data.photograph(name) for name in LEARNED]
    x = np.empty((STEPS * BATCH, 1, PATCH, PATCH), np.float32)
    masks = patch_holes()[rng.integers(0, POOL, len(x))]
    for patch in x:
        photograph = photographs[rng.integers(len(photographs))]
        row, column = (rng.integers(0, size - PATCH + 1) for size in photograph.shape)
        patch[0] = photograph[row : row + PATCH, column : column + PATCH]
        if rng.random() < 0.5:
            patch[0] = patch[0, :, ::-1]
    shape = (STEPS, BATCH, 1, PATCH, PATCH)
    return x.reshape(shape), masks.reshape(shape)


def train(kind: str, rate: float, seed: int) -> tuple[Filler, float]:
    """A trained network, and the seconds of its steps."""
    net = Filler(kind).initialize(seed)
    optimizer = optim.Adam(list(net.parameters()), lr=rate)
    schedule = optim.CosineAnnealingLR(optimizer, STEPS)
    x, masks = batches(seed)
    start = process_time()
    for some, mask in zip(x, masks, strict=True):
        hole = 1 - mask
        error = (net.forward(some, mask) - some) * hole
        optimizer.zero_grad()
        net.backward(2 * error / hole.sum())
        optimizer.step()
        schedule.step()
    return net, process_time() - start


def distances(mask: Images) -> NDArray[np.int64]:
    """For each pixel the number of 3×3 layers until it is known: 0 outside of holes, 1 at their edge."""
    found = np.zeros(mask.shape, np.int64)
    while not mask.all():
        found += mask == 0
        mask = grown(mask)
    return found


def averaged(x: Images, mask: Images) -> Images:
    """Fill holes by the mean of the four neighbours, again and again; the border repeats its pixels."""
    filled = np.where(mask > 0, x, (x * mask).sum() / mask.sum())
    for _ in range(2000):
        wide = np.pad(filled, ((0, 0), (0, 0), (1, 1), (1, 1)), mode="edge")
        mean = (wide[..., :-2, 1:-1] + wide[..., 2:, 1:-1] + wide[..., 1:-1, :-2] + wide[..., 1:-1, 2:]) / 4
        filled = np.where(mask > 0, x, mean)
    return filled


def boxes(x: Images, mask: Images, put_back: bool) -> Images:
    """Fill holes by partial convolutions with equal weights; what is known may be put back after each."""
    weight = np.full((1, 1, 3, 3), 1 / 9, np.float32)
    filled, known = x * mask, mask
    for _ in range(LAYERS):
        mean, cache = F.partial_conv2d_forward(filled, weight, None, known, padding=1)
        filled = np.where(known > 0, filled, mean) if put_back else mean
        known = cache.new_mask
    return filled


UNTRAINED = {
    "mean of all known pixels": lambda x, mask: np.full_like(x, (x * mask).sum() / mask.sum()),
    "equal weights": lambda x, mask: boxes(x, mask, put_back=True),
    "equal weights, nothing put back": lambda x, mask: boxes(x, mask, put_back=False),
    "averaged": averaged,
}


def errors(filled: Images, x: Images, mask: Images) -> dict[str, Any]:
    """Mean squared errors inside holes: of all pixels, and by the distance from what is known."""
    square, far = (filled - x) ** 2, distances(mask)
    by = [float(square[far == step].mean()) for step in range(1, 5)]
    signed = [float((filled - x)[far == step].mean()) for step in range(1, 5)]
    return {
        "all": round(float(square[far > 0].mean()), 6),
        "by distance": [round(each, 6) for each in by],
        "too bright": [round(each, 6) for each in signed],
    }


@cache
def task(name: str, seed: int) -> tuple[Images, Images]:
    """A photograph and its holes."""
    x = data.photograph(name)[None, None]
    return x, holes(*x.shape[2:], np.random.default_rng([seed, 2]))


def run(job: tuple[str, float, int]) -> tuple[float, dict[str, Any], list[list[int]]]:
    """Train: the error by which rates are chosen, those on the photograph of the end, and a piece of it."""
    net, seconds = train(*job)
    seed = job[2]
    fillings = {name: net.forward(*task(name, seed)) for name in (TUNED, TESTED)}
    tuned = errors(fillings[TUNED], *task(TUNED, seed))["all"]
    tested = errors(fillings[TESTED], *task(TESTED, seed)) | {"seconds": round(seconds, 1)}
    print(job, tuned, tested, flush=True)
    return tuned, tested, composed(fillings[TESTED], seed)


def composed(filled: Images, seed: int) -> list[list[int]]:
    """What is kept of a filled photograph: all that was known stays."""
    x, mask = task(TESTED, seed)
    return kept(np.where(mask > 0, x, filled))


def kept(filled: Images) -> list[list[int]]:
    """A piece of a picture, in 256 greys."""
    return np.clip(np.rint(255 * filled[0, 0][PIECE]), 0, 255).astype(int).tolist()


def untrained(found: dict[str, Any]) -> None:
    """What the ways without training find."""
    tests = [task(TESTED, seed) for seed in SEEDS]
    for name, fill in UNTRAINED.items():
        runs = [errors(fill(*each), *each) for each in tests]
        found["runs"][name] = {key: [each[key] for each in runs] for key in runs[0]}
        found["pictures"][name] = composed(fill(*tests[0]), SEEDS[0])
        print(name, found["runs"][name]["all"], flush=True)


def main() -> None:
    """Choose rates, train, fill, and keep what was found."""
    if sys.argv[1:] == ["--untrained"]:
        found = experiment("inpainting")
        untrained(found)
        keep(found)
        return
    found = {
        **made_by(__file__, "numpy"),
        "seeds": list(SEEDS), "rates": list(RATES), "steps": STEPS, "batch": BATCH, "patch": PATCH,
        "layers": LAYERS, "maps": MAPS, "runs": {}}  # fmt: skip
    pictures = dict(zip(("original", "holes"), map(kept, task(TESTED, SEEDS[0])), strict=True))
    with ProcessPoolExecutor(int(sys.argv[1]) if len(sys.argv) > 1 else 1) as pool:
        asked = [(kind, rate, seed) for seed in SEEDS for kind in KINDS for rate in RATES]
        done = dict(zip(asked, pool.map(run, asked), strict=True))
    for kind in KINDS:
        scores = {rate: [done[kind, rate, seed][0] for seed in SEEDS] for rate in RATES}
        best = min(RATES, key=lambda rate: sum(scores[rate]))
        runs = [done[kind, best, seed] for seed in SEEDS]
        found["runs"][kind] = {
            "rate": best,
            "tried": list(scores.values()),
            "other rate": [done[kind, r, seed][1]["all"] for r in RATES if r != best for seed in SEEDS],
            "parameters": sum(int(np.prod(array.shape)) for array in Filler(kind).parameters()),
            **{key: [each[1][key] for each in runs] for key in runs[0][1]},
        }
        pictures[kind] = runs[0][2]
        print(kind, best, found["runs"][kind]["all"], found["runs"][kind]["seconds"], flush=True)
    found["pictures"] = pictures
    untrained(found)
    masks = [distances(task(TESTED, seed)[1]) for seed in SEEDS]
    found["holes"] = {
        "share": [round(float((far > 0).mean()), 4) for far in masks],
        "pixels by distance": [[int((far == step).sum()) for step in range(1, 9)] for far in masks],
    }
    keep(found)


if __name__ == "__main__":
    main()
