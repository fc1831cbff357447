"""A recipe: the choice replayed, its sets apart, its steps by torch, and what the page says of the runs."""

import numpy as np
import pytest
import torch

from coursekit import data
from coursekit.experiments import experiment
from tests.book.chapter import chapter
from tests.book.sentences import WORDS, unsaid
from tests.coursekit.test_experiments import script

PAGE = "regularization/a-recipe"
HELPED = (
    "weight decay",
    "dropout",
    "augmentation",
    "dropout + weight decay",
    "1,500 pictures",
    "right labels",
)


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


@pytest.fixture(scope="module")
def runs():
    return {
        name: {what: 100 * np.array(values) for what, values in each.items()}
        for name, each in experiment("recipe")["runs"].items()
    }


def shown(name: str, scope: dict[str, object]):
    """A function that the page shows."""
    for cell in chapter(PAGE).cells:
        if cell.visible and cell.code.startswith(f"def {name}") and "..." not in cell.code:
            exec(cell.code.partition("\n\n\n")[0], scope)
    return scope[name]


def test_a_fifth_of_the_labels_is_spoiled_by_any_of_the_others() -> None:
    spoil, right = shown("spoil", {"np": np}), np.arange(50_000) % 10
    given = spoil(right, np.random.default_rng(1))
    np.testing.assert_array_equal(np.flatnonzero(given != right), np.arange(0, 50_000, 5))
    away = np.bincount((given - right)[::5] % 10, minlength=10)
    assert away[0] == 0
    assert np.abs(away[1:] - 10_000 / 9).max() < 5 * np.sqrt(10_000 / 9)


def test_the_choice_is_the_best_by_validation(page) -> None:
    """Each round begins with what the one before chose, and the last chose nothing."""
    made, kept = script("recipe"), experiment("recipe")
    assert not set(kept["seeds"]) & set(kept["tuning_seeds"])
    way, rounds = kept["way"], kept["rounds"]
    begun = np.mean(rounds[0]["nothing"][""])
    for place, tried in enumerate(rounds[1:]):
        assert set(tried) == set(made.INGREDIENTS) - set(way[place])
        assert all(set(offered) == set(made.INGREDIENTS[name]) for name, offered in tried.items())
        name, strength = made.highest(tried)
        highest = np.mean(tried[name][strength])
        if place + 1 < len(way):
            assert way[place + 1] == {**way[place], name: strength}
            assert highest > begun
            begun = highest
        else:
            assert highest <= begun
    assert made.recipe_of(way[-1]) == made.entries(way, rounds[1])[kept["recipe"]]
    for each, told in zip(rounds, page["rounds"], strict=True):
        means = sorted(100 * np.mean(seeds) for offered in each.values() for seeds in offered.values())
        assert sorted(told.values()) == pytest.approx(means)


def test_the_experiment_says_what_the_page_says(page, runs) -> None:
    kept = experiment("recipe")
    for name, each in runs.items():
        for told, what in (
            ("validated", "validated"),
            ("right_ones", "right ones"),
            ("wrong_ones", "wrong ones"),
        ):
            assert page[told][name] == pytest.approx(each[what].mean())
        for curve, what in zip(kept["curves"][name], ("right ones", "wrong ones", "validated"), strict=True):
            assert len(curve) == kept["steps"] / kept["every"]
            assert 100 * curve[-1] == pytest.approx(each[what].mean(), abs=0.01)
        assert (each["highest"] >= each["validated"]).all()
        apart = each["validated"] - runs["nothing"]["validated"]
        assert page["ahead"][name][:2] == pytest.approx(
            [apart.mean(), apart.std(ddof=1) / np.sqrt(5)], abs=1e-9
        )
        assert page["ahead"][name][2] == (apart > 0).sum()
    for (one, other), told in (
        (("dropout + weight decay", "dropout"), page["second"]),
        (("right labels, recipe", "right labels"), page["recipe_if_right"]),
    ):
        apart = runs[one]["validated"] - runs[other]["validated"]
        assert told[:2] == pytest.approx([apart.mean(), apart.std(ddof=1) / np.sqrt(5)], abs=1e-9)
    for name, label in (("nothing", "nothing"), (kept["recipe"], "the recipe")):
        for when, what in (("at the end", "validated"), ("stopped early", "highest")):
            tested = 100 * np.array(kept["tested"][name][when])
            assert page["tested"][f"{label}, {when}"] == pytest.approx([tested.mean(), tested.std(ddof=1)])
            assert page["drop"][f"{label}, {when}"] == pytest.approx(runs[name][what].mean() - tested.mean())


def test_what_the_page_claims_of_the_seeds_holds(page, runs) -> None:
    bare = runs["nothing"]
    for name in HELPED:
        assert (runs[name]["validated"] > bare["validated"]).all(), name
    for name in ("weight decay", "dropout", "augmentation"):
        assert (runs[name]["wrong ones"] < 50).all()
    assert (runs["batch normalization"]["validated"] < bare["validated"]).all()
    assert (runs["batch normalization"]["wrong ones"] == 100).all()
    assert abs(page["second"][0]) < page["second"][1], "the second ingredient is within its standard error"
    assert abs(page["recipe_if_right"][0]) < page["recipe_if_right"][1]
    assert (runs["all four"]["right ones"] < 75).all()
    others = ("nothing", "weight decay", "dropout", "augmentation", "batch normalization", "16 units")
    assert all((runs["all four"]["right ones"] < runs[name]["right ones"]).all() for name in others)
    tested = {name: mean for name, (mean, _) in page["tested"].items()}
    free = tested["nothing, stopped early"] - tested["nothing, at the end"]
    assert free > 0.5 * (tested["the recipe, at the end"] - tested["nothing, at the end"])
    assert max(abs(page["drop"][f"{name}, at the end"]) for name in ("nothing", "the recipe")) < 0.5
    flattered = [page["drop"][f"{name}, stopped early"] for name in ("nothing", "the recipe")]
    assert flattered == pytest.approx([2, 2], abs=0.5)


def test_sentences_say_what_was_found(page, runs) -> None:
    """Each number that the page draws a conclusion from, computed from the kept runs."""
    kept = experiment("recipe")
    step, right, wrong, validated = page["peak"]
    looks = np.array(kept["curves"]["nothing"])
    assert (looks[2].max(), step) == (pytest.approx(validated / 100), kept["every"] * (looks[2].argmax() + 1))
    began, first, second, third = (dict(each) for each in page["rounds"])
    begin = began["nothing"]
    helped = sum(mean > begin + 1e-9 for mean in first.values())
    assert sum(mean > first["dropout 0.7"] for mean in second.values()) == 1
    assert first["shifts"] - begin == pytest.approx(6, abs=0.5)
    assert third["shifts"] - second["decay 0.01"] == pytest.approx(-6, abs=0.5)
    assert first["decay 0.03"] > first["decay 0.01"]
    assert second["decay 0.03"] < second["decay 0.01"]

    def apart(name: str, of: str = "nothing") -> str:
        ahead = runs[name]["validated"] - runs[of]["validated"]
        return f"${abs(ahead.mean()):.1f} \\pm {ahead.std(ddof=1) / np.sqrt(len(ahead)):.1f}$"

    def share(name: str, what: str) -> str:
        return f"{runs[name][what].mean():.1f} %"

    def tested(name: str, when: str) -> str:
        return f"{100 * np.mean(kept['tested'][name][when]):.1f} %"

    by_100 = {name: 100 * kept["curves"][name][1][3] for name in ("nothing", "batch normalization")}
    assert not unsaid(
        PAGE,
        f"At step {step} the network agrees with {right:.0f} % of the right labels and with {wrong:.0f} % "
        f"of the wrong ones, and on validation pictures it has {validated:.1f} %, the highest point",
        f"the network repeats {share('nothing', 'wrong ones')} of the wrong labels, "
        f"and validation has fallen to {share('nothing', 'validated')}.",
        f"The best look of each seed has {share('nothing', 'highest')} on average.",
        f"It is the highest of {looks.shape[1]},",
        f"It begins at {begin:.1f} %. In the first round {WORDS[helped]} of {WORDS[len(first)]} help",
        f"the highest of {WORDS[len(first)]} numbers, then of {WORDS[len(second)]}, from three seeds",
        f"Dropout is ahead of nothing by {apart('dropout')} points (with standard errors), "
        f"weight decay by {apart('weight decay')}, augmentation by {apart('augmentation')}, "
        "each in all five seeds.",
        f"the bare network repeats {share('nothing', 'wrong ones')} of them, "
        f"with dropout it is {share('dropout', 'wrong ones')}, "
        f"with weight decay {share('weight decay', 'wrong ones')}, "
        f"with augmentation {share('augmentation', 'wrong ones')}.",
        f"Weight decay on top of dropout is ahead by {apart('dropout + weight decay', 'dropout')}. "
        f"The three seeds that chose it had said {second['decay 0.01'] - first['dropout 0.7']:.1f}.",
        f"{by_100['batch normalization']:.0f} % of them by step 100, "
        f"where the bare network repeats {by_100['nothing']:.0f} %",
        f"have {share('all four', 'validated')}, less than the bare network. "
        f"They agree with only {share('all four', 'right ones')} of the right training labels.",
        f"16 of them still learn {share('16 units', 'wrong ones')} of the wrong labels.",
        f"{share('1,500 pictures', 'validated')} without any ingredient.",
        f"are worth as much: {share('right labels', 'validated')}. And on top of them the recipe gains "
        f"nothing, {apart('right labels, recipe', 'right labels')} points.",
        f"The recipe has {tested(kept['recipe'], 'at the end')} where the bare network has "
        f"{tested('nothing', 'at the end')}. "
        f"Early stopping alone reaches {tested('nothing', 'stopped early')}, more than half of the way",
    )


def test_no_picture_is_in_two_sets() -> None:
    made, tests = script("recipe"), {x.tobytes() for x in data.fashion_mnist("test")[0]}
    for seed in (0, 3, 100):
        few, many, right = (
            made.draw(seed),
            made.draw(seed, made.MANY),
            made.draw(seed, made.FEW, all_right=True),
        )
        own, held = ({x.tobytes() for x in part} for part in (many.x, many.held[0]))
        assert (len(own), len(held)) == (made.MANY, made.HELD)
        assert not own & held
        assert not (own | held) & tests
        np.testing.assert_array_equal(few.x, many.x[: made.FEW])
        np.testing.assert_array_equal(few.labels, many.labels[: made.FEW])
        np.testing.assert_array_equal(few.held[1], many.held[1])
        np.testing.assert_array_equal(few.labels != right.labels, few.wrong)
        assert (few.wrong.sum(), many.wrong.sum(), right.wrong.sum()) == (100, 300, 0)


def test_ingredients_change_no_first_weight_but_their_own() -> None:
    made = script("recipe")
    bare, full = (
        made.kept(made.network(recipe, 4)) for recipe in (made.Recipe(), made.Recipe(p=0.5, normalize=True))
    )
    linear = [value for value in full.values() if value.shape in {(128, 784), (10, 128)}]
    assert len(linear) == 2
    for one, other in zip((v for v in bare.values() if v.ndim == 2), linear, strict=True):
        np.testing.assert_array_equal(one, other)


def test_steps_of_the_experiment_are_torchs() -> None:
    """Ten steps with weight decay, momentum and the falling rate, on spoiled labels."""
    made, seed, steps = script("recipe"), 2, 10
    recipe = made.Recipe(decay=0.01)
    found = made.run((recipe, seed), steps)
    weights = [
        torch.tensor(value, requires_grad=True) for value in made.kept(made.network(recipe, seed)).values()
    ]
    optimizer = torch.optim.SGD(weights, lr=made.RATE, momentum=made.MOMENTUM, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, made.STEPS)
    drawn, rng = made.draw(seed), np.random.default_rng([seed, 1])
    order = rng.permutation(made.FEW)
    for some in np.split(order[: steps * made.BATCH], steps):
        z = torch.tensor(drawn.x[some]).flatten(1)
        z = torch.relu(torch.nn.functional.linear(z, *weights[:2]))
        z = torch.nn.functional.linear(z, *weights[2:])
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(z, torch.tensor(drawn.labels[some])).backward()
        optimizer.step()
        schedule.step()
    for mine, theirs in zip(found.at_end.values(), weights, strict=True):
        np.testing.assert_allclose(mine, theirs.detach(), atol=1e-5)


def test_exercises(page) -> None:
    assert page["luck"] == pytest.approx([1.936, 1.369], abs=1e-3)
    assert page["shows"] == pytest.approx(page["drawn"], abs=0.5), "the formula, and labels drawn"
    assert page["solved"] == "right"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["dropout + weight decay", "all four"])
def test_a_run_of_the_experiment_again(name: str) -> None:
    made, kept = script("recipe"), experiment("recipe")
    recipe = made.entries(kept["way"], kept["rounds"][1])[name]
    found = made.run((recipe, 0))
    for place, what in enumerate(("right ones", "wrong ones", "validated")):
        assert found.looks[-1, place] == pytest.approx(kept["runs"][name][what][0], abs=0.03), what
