"""Train the two networks that the figure `coursekit.widgets.lenet_live` runs in a reader's browser.

    OPENBLAS_NUM_THREADS=1 python tools/train_lenet.py

LeNet-5 of `convnet.models` learns handwritten digits, and again clothes. The digits are scikit-learn's, of
8 × 8 pixels. What a reader draws is larger, sharper and anywhere, so each digit is enlarged, turned, slanted,
stretched, bent, moved, and made thicker or thinner at random, anew each time it is read. The clothes of
Fashion-MNIST are mirrored and moved by a pixel or two. The last 297 digits, whose writers wrote few of the
others, and the 1,000 test pictures of clothes are not learned from.

Adam; the rate rises and falls once. The weights of each unit are kept as whole numbers from −127 to 127 and
one scale, which is a quarter of the bytes. Every accuracy that is kept is that of the rounded network.

Takes about five minutes of one processor core. Writes ``lenet_live.safetensors`` and ``lenet_live.json``,
its record with checksum, into ``src/coursekit/_widgets``.
"""

from __future__ import annotations

import datetime
import hashlib
import json
import platform
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from convnet import functional as F
from convnet import nn, optim
from convnet.models import lenet5
from coursekit import data, safetensors

Images = NDArray[np.float32]
Labels = NDArray[np.int64]

KEPT = Path(__file__).resolve().parents[1] / "src/coursekit/_widgets"
SEEDS = (0, 1, 2)
"""The first network is the one that is kept; the others tell how much chance has to do with it."""
BATCH, RATE = 64, 2e-3
STEPS = {"digits": 6000, "garments": 2500}
HELD, FIRST = 297, 30
"""Digits that are not learned from; steps whose loss is kept, so that a part can be repeated."""
LARGE = 40
"""Side of an enlarged digit: five times that of the digits as they come."""


def digits(part: str) -> tuple[Images, Labels]:
    """Digits of 40 × 40 pixels, enlarged with cubic curves."""
    images, labels = data.digits()
    chosen = slice(-HELD) if part == "train" else slice(-HELD, None)
    large, _ = F.interpolate_forward(images[chosen], (LARGE, LARGE), mode="bicubic")
    return np.clip(large, 0, 1), labels[chosen]


def plainly(large: Images) -> Images:
    """Digits of 20 × 20 pixels in the middle of 28 × 28, as those of MNIST stand: nothing at random."""
    small, _ = F.avg_pool2d_forward(large, 2)
    return np.clip(1.6 * np.pad(small, ((0, 0), (0, 0), (4, 4), (4, 4))) - 0.2, 0, 1).astype(np.float32)


def uniform(rng: np.random.Generator, low: float, high: float, count: int) -> Images:
    """One number for each picture."""
    return rng.uniform(low, high, (count, 1, 1)).astype(np.float32)


def drawn_anew(large: Images, rng: np.random.Generator) -> Images:
    """Digits as other hands might have drawn them, shape (N, 1, 28, 28)."""
    count = len(large)
    rows, columns = np.meshgrid(np.arange(28.0), np.arange(28.0), indexing="ij")
    # Where each pixel comes from: moved back, turned, slanted, stretched, bent.
    v = rows.astype(np.float32) - 13.5 - uniform(rng, -3.5, 3.5, count)
    u = columns.astype(np.float32) - 13.5 - uniform(rng, -3.5, 3.5, count)
    angle, slant = uniform(rng, -0.25, 0.25, count), uniform(rng, -0.3, 0.3, count)
    height = uniform(rng, 14, 24, count)
    width = height * uniform(rng, 0.8, 1.5, count)
    turned_v = np.cos(angle) * v - np.sin(angle) * u
    turned_u = np.sin(angle) * v + np.cos(angle) * u + slant * v
    bends, _ = F.interpolate_forward(
        rng.normal(size=(count, 2, 4, 4)).astype(np.float32) * uniform(rng, 0, 1.3, count)[..., None],
        (28, 28),
        mode="bicubic",
    )
    middle = (LARGE - 1) / 2
    picked = bilinear(
        large[:, 0],
        middle + (turned_v + bends[:, 0]) * LARGE / height,
        middle + (turned_u + bends[:, 1]) * LARGE / width,
    )
    # What counts as ink, and how sharply it ends.
    edge, slope = uniform(rng, 0.25, 0.75, count), np.exp(uniform(rng, 0.2, 2.2, count))
    return np.clip((picked - edge) * slope + 0.5, 0, 1)[:, None] * (picked > 0.02)[:, None]


def bilinear(images: Images, v: Images, u: Images) -> Images:
    """Read images (N, S, S) between their pixels; outside they are 0."""
    count, side = len(images), images.shape[-1]
    wide = np.pad(images, ((0, 0), (1, 2), (1, 2)))
    v, u = (np.clip(place + 1, 0, side + 1) for place in (v, u))
    row, column = v.astype(np.intp), u.astype(np.intp)
    down, right = v - row, u - column
    flat = wide.reshape(count, -1)
    first = (row * (side + 3) + column).reshape(count, -1)

    def at(offset: int) -> Images:
        return np.take_along_axis(flat, first + offset, axis=1).reshape(v.shape)

    above = at(0) * (1 - right) + at(1) * right
    below = at(side + 3) * (1 - right) + at(side + 4) * right
    return (above * (1 - down) + below * down).astype(np.float32)


def clothes(part: str) -> tuple[Images, Labels]:
    """Clothes as they come."""
    return data.fashion_mnist("train" if part == "train" else "test")


def moved(images: Images, rng: np.random.Generator) -> Images:
    """Move clothes by up to two pixels, and mirror half of them."""
    wide = np.pad(images[:, 0], ((0, 0), (2, 2), (2, 2)))
    starts = rng.integers(0, 5, size=(len(images), 2))
    cut = np.stack([one[i : i + 28, j : j + 28] for one, (i, j) in zip(wide, starts, strict=True)])
    mirrored = rng.random(len(cut)) < 0.5
    cut[mirrored] = cut[mirrored, :, ::-1]
    return cut[:, None]


Read = Callable[[str], tuple[Images, Labels]]
Draw = Callable[[Images, np.random.Generator], Images]
SETS: dict[str, tuple[Read, Draw, Callable[[Images], Images]]] = {
    "digits": (digits, drawn_anew, plainly),
    "garments": (clothes, moved, lambda images: images),
}


def batches(count: int, rng: np.random.Generator) -> Iterator[NDArray[np.intp]]:
    """Places of 64 pictures, in an order drawn anew for each round."""
    while True:
        yield from np.split(rng.permutation(count), range(BATCH, count, BATCH))


def train(name: str, seed: int, steps: int | None = None) -> tuple[nn.Sequential, list[float]]:
    """Train a network, and give it with the loss of each step; ``steps`` ends early, at the same rates."""
    read, draw, _ = SETS[name]
    images, labels = read("train")
    rng, net = np.random.default_rng([seed, 1]), lenet5()
    net.initialize(seed=seed)
    optimizer = optim.AdamW(net.parameters(), lr=RATE)
    schedule = optim.OneCycleLR(optimizer, RATE, STEPS[name])
    losses: list[float] = []
    for chosen in batches(len(images), rng):
        loss, cache = F.cross_entropy_forward(net(draw(images[chosen], rng)), labels[chosen])
        losses.append(float(loss))
        optimizer.zero_grad()
        net.backward(F.cross_entropy_backward(np.ones_like(loss), cache))
        optimizer.step()
        if len(losses) == (steps or STEPS[name]):
            break
        schedule.step()
    return net.eval(), losses


def rounded(net: nn.Sequential) -> dict[str, NDArray[np.generic]]:
    """Weights as whole numbers from −127 to 127, and for each unit the scale they are multiplied with."""
    kept: dict[str, NDArray[np.generic]] = {}
    for name, values in net.state_dict().items():
        if name.endswith("bias"):
            kept[name] = values.astype(np.float32)
            continue
        rows = values.reshape(len(values), -1)
        scale = (np.abs(rows).max(axis=1) / 127).astype(np.float32)
        kept[name] = np.rint(rows / scale[:, None]).astype(np.int8).reshape(values.shape)
        kept[name.replace("weight", "scale")] = scale
    return kept


def restored(kept: dict[str, NDArray[np.generic]]) -> nn.Sequential:
    """Give the network with the rounded weights."""
    net = lenet5()
    net.initialize(seed=0)
    values = {}
    for name, array in kept.items():
        layer, _, what = name.partition(".")
        if what == "bias":
            values[name] = array.astype(np.float32)
        elif what == "weight":
            scale = kept[f"{layer}.scale"].astype(np.float32)
            values[name] = array.astype(np.float32) * scale.reshape(-1, *[1] * (array.ndim - 1))
    net.load_state_dict(values)
    return net.eval()


def accuracy(net: nn.Sequential, images: Images, labels: Labels) -> float:
    """Share of the pictures whose class has the highest score."""
    return round(float((net(images).argmax(axis=1) == labels).mean()), 4)


def judged(name: str, net: nn.Sequential) -> dict[str, float]:
    """Accuracy on pictures that were not learned from: as they are, and drawn anew three times."""
    read, draw, plain = SETS[name]
    images, labels = read("held out")
    rng = np.random.default_rng(1000)
    again = np.concatenate([draw(images, rng) for _ in range(3)])
    return {
        "plain": accuracy(net, plain(images), labels),
        "drawn anew": accuracy(net, again, np.tile(labels, 3)),
    }


def pictures(name: str) -> NDArray[np.uint8]:
    """Take the first held-out picture of each class, ink in hundredths, shape (10, 28, 28)."""
    read, _, plain = SETS[name]
    images, labels = read("held out")
    first = [int(np.flatnonzero(labels == k)[0]) for k in range(10)]
    return np.rint(100 * plain(images[first])[:, 0]).astype(np.uint8)


def main() -> None:
    """Train both networks from three seeds each, keep the first ones, and write down how good they are."""
    arrays: dict[str, NDArray[np.generic]] = {}
    record, first = {}, {}
    for name in SETS:
        runs = []
        for seed in SEEDS:
            net, losses = train(name, seed)
            kept = rounded(net)
            runs.append(judged(name, restored(kept)))
            print(name, seed, runs[-1], flush=True)
            if seed == SEEDS[0]:
                arrays |= {f"{name}.{key}": values for key, values in kept.items()}
                first[name] = [round(loss, 4) for loss in losses[:FIRST]]
        record[name] = {key: [run[key] for run in runs] for key in runs[0]}
        arrays[f"{name}.pictures"] = pictures(name)
    write(arrays, record, first)


def write(
    arrays: dict[str, NDArray[np.generic]],
    accuracies: dict[str, dict[str, list[float]]],
    losses: dict[str, list[float]],
) -> None:
    """Keep weights and pictures, and beside them how they came about."""
    content = safetensors.dumps(arrays)
    (KEPT / "lenet_live.safetensors").write_bytes(content)
    told = {
        "script": "tools/train_lenet.py",
        "date": datetime.date.today().isoformat(),
        "machine": f"{platform.system()}, {platform.machine()}",
        "versions": {"python": platform.python_version(), "numpy": version("numpy")},
        "seeds": list(SEEDS),
        "steps": STEPS,
        "sha256": hashlib.sha256(content).hexdigest(),
        "accuracies": accuracies,
        "first_losses": losses,
    }
    (KEPT / "lenet_live.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
