"""What a homework says of an experiment is what the experiment found."""

import re

import numpy as np

from coursekit.experiments import experiment
from tests.support import ROOT

WAYS = {"pixels": "pixels", "edges pooled by 4×4": "edges, pooled 4×4"}


def test_hw3_quotes_the_experiment() -> None:
    text = (ROOT / "solutions/hw3/hw3.py").read_text(encoding="utf-8").replace("\n# ", " ")
    found = experiment("pixels_or_edges")
    (told,) = re.findall(r"\(book/experiments/pixels_or_edges\.py\)(.*?)</details>", text)
    for words, name in WAYS.items():
        scores = np.array(found["accuracy"][name])[:, [found["moves"].index(0), found["moves"].index(3)]]
        mean, spread = scores.mean(axis=0), scores.std(axis=0, ddof=1)
        said = [float(number) for number in re.findall(r"\d\.\d{3}", told.split(f"{words} ", 1)[1])[:4]]
        assert said == [round(float(v), 3) for pair in zip(mean, spread, strict=True) for v in pair], words
    assert f"STEPS, RATE = {found['steps']}, {found['rate']}" in text, "the notebook trains as the experiment"
