"""Training at full speed: what the page says of its measurements, computed from the kept numbers."""

import numpy as np
import pytest

from coursekit.experiments import experiment
from tests.book.sentences import unsaid

PAGE = "architectures/full-speed"
PARTS = (
    "frozen whitening", "Muon", "fast biases", "identity start", "label smoothing", "flips",
    "alternating flips", "shifts", "shifted views", "all views",
)  # fmt: skip
PASS = ("Muon", "all views", "flips", "frozen whitening", "fast biases")


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


def kept(where: str):
    return experiment("full_speed")[where]


def accuracies(where: str, name: str) -> np.ndarray:
    """In percent, of each seed; on a processor Nesterov has the best of its rates."""
    rows = kept("cpu") if where == "cpu" else kept("gpu")["without"]
    if where == "cpu" and name == "Muon":
        name = max((n for n in rows if "Nesterov" in n), key=lambda n: np.mean(rows[n]["accuracy"]))
    if (where, name) == ("gpu", "nothing"):
        rows = {name: kept("gpu")["94"]}
    return 100 * np.array(rows[name]["accuracy"])


def error(where: str) -> tuple[float, float]:
    """Standard deviation of a seed within its row, over all rows; standard error of a row's difference."""
    rows = [accuracies(where, name) for name in ("nothing", *PARTS)]
    freedom = sum(map(len, rows)) - len(rows)
    deviation = np.sqrt(sum(len(row) * row.var() for row in rows) / freedom)
    return deviation, deviation * np.sqrt(1 / len(rows[0]) + 1 / len(rows[1]))


def cost(where: str, name: str) -> float:
    return accuracies(where, "nothing").mean() - accuracies(where, name).mean()


def seconds(name: str) -> float:
    return float(np.mean(kept("gpu")["without"][name]["seconds"]))


def test_what_passes_three_standard_errors_and_what_does_not(page) -> None:
    deviation, one = error("gpu")
    assert page["errors"]["gpu"] == pytest.approx([deviation, one])
    for name in PARTS:
        assert page["apart"]["gpu"][name] == pytest.approx(-cost("gpu", name))
        assert (cost("gpu", name) > 3 * one) == (name in PASS), name
    names = ("Muon", "all views", "flips", "frozen whitening", "fast biases")
    said = ("Muon", "all views", "flips", "whitening", "fast biases")
    costs = [f"{word} ({cost('gpu', name):.2f})" for word, name in zip(said, names, strict=True)]
    constant = accuracies("gpu", "falling rate")
    assert not unsaid(
        PAGE,
        f"Seeds of a row differ by {deviation:.2f} points (standard deviation), so the difference "
        "of a row to the whole has a",
        f"of {one:.2f}.",
        f"So ask for three, {3 * one:.2f} points.",
        f"Five parts pass: {costs[0]}, {costs[1]}, {costs[2]}, {costs[3]}, {costs[4]}.",
        f"taking turns ({cost('gpu', 'alternating flips'):.2f}) and shifts ({cost('gpu', 'shifts'):.2f})",
        f"the recipe has {constant.mean():.1f} ± {constant.std(ddof=1):.1f} %.",
        f"So the {cost('gpu', 'Muon'):.2f} points may not be Muon's alone.",
    )


def test_the_quiz_has_the_pages_numbers(page) -> None:
    text = " ".join(page.text.split())
    assert f"three seeds have {cost('gpu', 'shifts'):.2f} points less" in text
    assert f"The standard error of that difference is {error('gpu')[1]:.2f}" in text


def test_times_and_what_bounds_them(page) -> None:
    gpu = kept("gpu")
    whole, profile = np.mean(gpu["94"]["seconds"]), gpu["kernels"]
    still = {name: np.mean(gpu[name]["seconds"]) for name in gpu if name.endswith("compiled")}
    share = {kind: 100 * part / profile["busy"] for kind, part in profile["kinds"].items()}
    moving = share["pooling"] + share["normalization"] + share["activation"]
    step = 1000 * gpu["94"]["parts"]["training"] / gpu["94"]["steps"]
    assert min(still.values()) > whole
    assert not unsaid(
        PAGE,
        *(
            f"takes {seconds(name):.2f} s, {seconds(name) / seconds('nothing'):.1f} to "
            f"{seconds(name) / whole:.1f} times as long."
            for name in ("16 bits", "channels last")
        ),
        f"{still['everything compiled']:.2f} s with everything compiled, "
        f"{still['layers between convolutions compiled']:.2f} s with the layers between convolutions, "
        f"{still['pooling compiled']:.2f} s with pooling alone, against {whole:.2f} s.",
        f"(The whole recipe took {seconds('nothing'):.2f} s as the first row of the ablation, "
        f"and {whole:.2f} s in its own ten runs.)",
        f"the card is busy for {profile['busy']:.2f} of {profile['seconds']:.2f} s. "
        f"Convolutions take {share['convolution']:.0f} % of that. "
        f"Pooling, normalization and activation take {moving:.0f} %,",
        f"operations in {step:.1f} ms.",
    )
    assert 45 < moving < 50, "nearly half of the busy time"
    assert gpu["94"]["step_operations"] == pytest.approx(1.36e12, rel=0.005)
    for name in ("16 bits", "channels last"):
        assert abs(cost("gpu", name)) < 2 * error("gpu")[1]


def test_settings_and_anchors(page) -> None:
    gpu, cpu = kept("gpu"), kept("cpu")
    assert "H100" in gpu["machine"]["device"]
    means = [(100 * np.mean(gpu[name]["accuracy"]), np.mean(gpu[name]["seconds"])) for name in ("94", "96")]
    (fast, short), (slow, long) = means
    assert fast > 94
    assert slow > 96
    assert not unsaid(PAGE, f"- On the H100: {fast:.2f} % in {short:.2f} s, {slow:.2f} % in {long:.2f} s.")
    assert page["seeds"] == {"94 %": 10, "96 %": 5, "CPU minute": 5}
    assert page.output.count("not yet measured") >= 2, "nobody has run it on a T4"
    assert np.mean(cpu["nothing"]["seconds"]) < 60, "a minute"


def test_convnet_beside_torch(page) -> None:
    rows = kept("gpu")["convnet"]
    steps = [row[batch] for row in rows.values() for batch in ("batch 128", "batch 512")]
    ratios = [step["convnet"] / step["torch"] for step in steps]
    assert [row[2] for row in page["convnet"]] == pytest.approx(ratios)
    worst = max(row["largest difference"] for row in rows.values())
    small, large = (1000 * rows["ResNet-20"][f"batch {batch}"]["convnet"] for batch in (128, 512))
    assert f"{worst:.0e}" == "5e-15"
    assert not unsaid(
        PAGE,
        f"`convnet` takes {min(ratios):.1f} to {max(ratios):.1f} times as long. "
        f"Its ResNet-20 needs {small:.0f} ms "
        f"for 128 pictures and {large:.0f} ms for 512:",
        f"starts {rows['ResNet-20']['batch 128']['convnet launches']:,} small programs",
    )


def test_on_clothes_only_the_falling_rate_passes(page) -> None:
    deviation, one = error("cpu")
    whole, constant = accuracies("cpu", "nothing").mean(), accuracies("cpu", "falling rate")
    assert page["apart"]["cpu"] == pytest.approx({name: -cost("cpu", name) for name in PARTS})
    assert all(cost("cpu", name) < 3 * one for name in PARTS)
    assert whole - constant.mean() > 10
    added = {name: 100 * np.mean(kept("cpu")[name]["accuracy"]) - whole for name in page["added"]}
    assert all(abs(more) < 3 * one for more in added.values())
    slow, shortcuts = (
        f"{added[f'{name} too']:+.2f}".replace("-", "−") for name in ("slow weights", "shortcuts")
    )
    assert not unsaid(
        PAGE,
        f"seeds of a row differ by {deviation:.2f} points, and three standard errors are {3 * one:.2f}.",
        f"it has {constant.mean():.1f} ± {constant.std(ddof=1):.1f} %.",
        f"slow weights ({slow} points) or shortcuts ({shortcuts}),",
    )
