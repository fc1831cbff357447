"""Class imbalance: measures by counting, the focal loss against torch, and the experiment."""

import numpy as np
import pytest
import torch

from convnet import functional as F
from convnet import plain
from coursekit import widgets
from coursekit.experiments import experiment
from tests.book.chapter import chapter
from tests.book.sentences import unsaid
from tests.coursekit.test_experiments import script

PAGE = "regularization/imbalance"


@pytest.fixture(scope="module")
def page(saved):
    return saved(PAGE)


@pytest.fixture(scope="module")
def shown():
    """The functions that the page shows."""
    scope = {"np": np}
    for cell in chapter(PAGE).cells:
        if cell.visible and cell.code.startswith("def ") and "..." not in cell.code:
            exec(cell.code, scope)
    return scope


def by_autograd(p: float, gamma: float) -> tuple[float, float]:
    """Torch's focal loss, written with its own log-softmax, and its gradient by the right class's score."""
    scores = torch.log(torch.tensor([p, (1 - p) * 0.7, (1 - p) * 0.3], dtype=torch.float64)).requires_grad_()
    log_p = torch.log_softmax(scores, 0)[0]
    loss = -((1 - log_p.exp()) ** gamma) * log_p
    loss.backward()
    return loss.item(), scores.grad[0].item()


@pytest.mark.parametrize("gamma", [0, 0.5, 1, 2, 5])
def test_the_shown_focal_loss_is_torchs_in_value_and_gradient(shown, gamma: float) -> None:
    for p in (0.02, 0.1, 0.5, 0.9, 0.99):
        value, slope = by_autograd(p, gamma)
        assert shown["focal"](p, gamma) == pytest.approx(value, rel=1e-10)
        assert shown["focal_slope"](p, gamma) == pytest.approx(slope, rel=1e-10)
        # And the functions of the package, for two classes and for many.
        score, yes = np.array([np.log(p / (1 - p))]), np.array([1])
        twice = plain.sigmoid_focal_loss_backward(np.ones(1), score, yes, alpha=1.0, gamma=gamma)
        assert twice[0] == pytest.approx(slope, rel=1e-9)
        three = np.log([[p, (1 - p) * 0.7, (1 - p) * 0.3]])
        loss, cache = F.focal_loss_forward(three, np.array([0]), gamma=float(gamma))
        assert float(loss) == pytest.approx(value, rel=1e-9)
        assert F.focal_loss_backward(np.ones_like(loss), cache)[0, 0] == pytest.approx(slope, rel=1e-9)


def test_gamma_0_is_cross_entropy(shown) -> None:
    p = np.linspace(0.01, 0.99, 50)
    np.testing.assert_allclose(shown["focal"](p, 0), -np.log(p))
    np.testing.assert_allclose(shown["focal_slope"](p, 0), p - 1)


def test_the_loss_is_never_larger_and_the_gradient_is(page, shown) -> None:
    p = np.linspace(1e-4, 1 - 1e-4, 20_001)
    for gamma in (0.1, 0.5, 1, 2, 5):
        assert (shown["focal"](p, gamma) <= -np.log(p)).all()
        assert (np.abs(shown["focal_slope"](p, gamma)) > 1 - p).any()
    ratio = np.abs(shown["focal_slope"](p, 2)) / (1 - p)
    assert page["until"] == pytest.approx(p[ratio > 1].max(), abs=1e-3)
    assert page["until"] == pytest.approx(0.298, abs=5e-4)
    assert page["peak"][1] == pytest.approx(ratio.max(), abs=1e-4)
    assert ratio.max() == pytest.approx(1.225, abs=5e-4)
    assert page["over"][0] == pytest.approx(1 / np.e, abs=1e-3)
    assert (page["hundredth"], page["quarter"]) == (pytest.approx(0.01), pytest.approx(0.25))


def test_the_shares_of_the_text_are_those_of_the_figure(page) -> None:
    groups = [tuple(group) for group in page["groups"]]
    figure = widgets.focal_loss_shares(gamma=2, examples=groups)
    names = ("loss, cross-entropy", "loss, focal", "gradient, cross-entropy", "gradient, focal")
    for name, drawn in zip(names, figure.numbers["shares"], strict=True):
        np.testing.assert_allclose(np.asarray(drawn) / np.sum(drawn), np.array(page["shares"][name]) / 100)
    losses = {gamma: np.array([n * by_autograd(p, gamma)[0] for n, _, p in groups]) for gamma in (0, 2)}
    for gamma, name in ((0, "loss, cross-entropy"), (2, "loss, focal")):
        assert page["rare"][name] == pytest.approx(100 * losses[gamma][2:].sum() / losses[gamma].sum())
        assert page["easy"][name] == pytest.approx(100 * losses[gamma][0] / losses[gamma].sum())


def test_weights_and_equal_draws_have_one_mean(page) -> None:
    weighted, by_class = page["same_mean"]
    assert weighted == pytest.approx(by_class)
    assert abs(weighted - page["plain_mean"]) > 0.01, "the frequent class would hide a mistake"
    rng = np.random.default_rng(0)
    labels = np.repeat([0, 1, 2], [60, 30, 3])
    scores = rng.normal(size=(len(labels), 3))
    by_torch = torch.nn.functional.cross_entropy(
        torch.tensor(scores), torch.tensor(labels), weight=1 / torch.tensor(np.bincount(labels)).double()
    )
    assert weighted == pytest.approx(by_torch.item())


def test_measures(page, shown) -> None:
    baseline, careful = (page["measured"][name] for name in ("always “healthy”", "a careful test"))
    assert (baseline["accuracy"], baseline["recall"], baseline["balanced"]) == (0.99, 0, 0.5)
    true, found, worried, people = 10, 8, 50, 1000
    assert careful["recall"] == found / true
    assert careful["precision"] == pytest.approx(found / (found + worried))
    assert careful["accuracy"] == (people - worried - (true - found)) / people
    assert careful["balanced"] == pytest.approx((0.8 + (990 - 50) / 990) / 2)
    tumours = page["tumours"]
    assert tumours["recalls"] == pytest.approx([455 / 480, 15 / 20])
    assert tumours["precision"] == pytest.approx(15 / 40)
    assert tumours["accuracy"] == pytest.approx(470 / 500)
    assert page["solved"] == "right"


def test_the_experiment_says_what_the_page_says(page) -> None:
    kept = experiment("imbalance")
    for name, each in kept["classes"].items():
        for way, rate in each["rate"].items():
            assert rate == kept["rates"][int(np.mean(each["tried"][way], axis=1).argmax())]
        for what in ("recall", "precision", "balanced", "average precision"):
            base = np.array(each["runs"]["cross-entropy"][what])
            for way, mean in page[f"{name} {what}"].items():
                apart = 100 * (np.array(each["runs"][way][what]) - base)
                assert mean == pytest.approx(100 * np.mean(each["runs"][way][what]))
                told = page[f"{name} {what} ahead"][way]
                assert told == pytest.approx(
                    [apart.mean(), apart.std(ddof=1) / np.sqrt(len(apart))], abs=1e-9
                )
                assert page[f"{name} {what} seeds ahead"][way] == (apart > 0).sum()
        for values in each["runs"].values():
            assert all(len(found) == len(kept["seeds"]) for found in values.values())


def test_what_the_page_claims_of_the_seeds_holds() -> None:
    """Class weights find more in each seed; no way of training orders better in each, and pictures do."""
    runs = {
        name: {way: {what: np.array(v) for what, v in each.items()} for way, each in kept["runs"].items()}
        for name, kept in experiment("imbalance")["classes"].items()
    }
    for by_way in runs.values():
        base = by_way["cross-entropy"]
        for way in ("class weights", "shifted scores", "oversampling", "nothing rare"):
            assert (by_way[way]["recall"] > base["recall"]).all()
        for way in set(by_way) - {"cross-entropy", "shifted scores", "nothing rare"}:
            assert not (by_way[way]["average precision"] > base["average precision"]).all()
        assert (by_way["nothing rare"]["average precision"] > base["average precision"]).all()
        np.testing.assert_array_equal(
            by_way["shifted scores"]["average precision"], base["average precision"]
        )
        trained = {way: each["recall"].mean() for way, each in by_way.items() if way != "nothing rare"}
        assert max(trained, key=lambda way: trained[way]) == "shifted scores"
    shirt = runs["shirt"]
    assert (shirt["focal loss, γ = 5"]["recall"] > shirt["cross-entropy"]["recall"]).all()
    for way in ("focal loss, γ = 2", "focal loss, γ = 5"):
        assert (shirt[way]["average precision"] < shirt["cross-entropy"]["average precision"]).all()


def test_sentences_say_what_was_found(page, shown) -> None:
    """Each number that the page draws a conclusion from, computed from the kept runs or anew."""
    p = np.linspace(1e-4, 1 - 1e-4, 20_001)
    most = (np.abs(shown["focal_slope"](p, 2)) / (1 - p)).max() - 1
    two, five, both = "focal loss, γ = 2", "focal loss, γ = 5", "focal loss, γ = 2, class weights"
    runs = {
        name: {
            way: {what: 100 * np.array(v) for what, v in each.items()} for way, each in kept["runs"].items()
        }
        for name, kept in experiment("imbalance")["classes"].items()
    }

    def mean(name: str, way: str, what: str = "recall") -> str:
        return f"{runs[name][way][what].mean():.1f} %"

    def ahead(name: str, way: str, what: str = "recall") -> float:
        return float((runs[name][way][what] - runs[name]["cross-entropy"][what]).mean())

    def apart(name: str, way: str, what: str = "recall") -> str:
        each = runs[name][way][what] - runs[name]["cross-entropy"][what]
        return f"${abs(each.mean()):.1f} \\pm {each.std(ddof=1) / np.sqrt(len(each)):.1f}$"

    order = "average precision"
    assert not unsaid(
        PAGE,
        f"by up to {100 * most:.0f} %.",
        f"in {100 * page['no_rare_one']:.0f} % of the batches there is no rare one",
        f"has {100 * page['share_of_weight']:.1f} % of the weight on average, and not 10 %.",
        f"still {100 * page['alarmed']:.0f} % of the people it calls ill are healthy",
        f"the easy examples make up {page['easy']['loss, cross-entropy']:.1f} % of the loss",
        f"leaves them {page['easy']['loss, focal']:.1f} %, and the 20 rare examples rise from "
        f"{page['rare']['loss, cross-entropy']:.1f} % of the loss to {page['rare']['loss, focal']:.1f} %.",
        f"Cross-entropy finds {mean('shirt', 'cross-entropy')} of the shirts. "
        f"With $\\gamma = 2$ the focal loss "
        f"finds {mean('shirt', two)}, with $\\gamma = 5$ it is {mean('shirt', five)}:",
        f"Class weights find {mean('shirt', 'class weights')}. With the focal loss on top "
        f"it is {mean('shirt', both)}.",
        f"its scores, shifted afterwards, find {mean('shirt', 'shifted scores')}.",
        f"{mean('sandal', 'cross-entropy')} with cross-entropy, {mean('sandal', two)} with $\\gamma = 2$, "
        f"{mean('sandal', 'class weights')} with class weights, "
        f"{mean('sandal', 'shifted scores')} with shifted scores.",
        f"is ahead of cross-entropy by {apart('shirt', two)} points for the shirt "
        f"and by {apart('sandal', two)} for the sandal",
        f"it finds {ahead('shirt', five):.1f} points more shirts, in each of the five seeds, "
        f"and {-ahead('sandal', five):.1f} points fewer sandals. "
        f"Class weights are ahead by {ahead('shirt', 'class weights'):.1f} "
        f"and {ahead('sandal', 'class weights'):.1f}.",
        f"a precision of {mean('shirt', 'shifted scores', 'precision')}, "
        f"class weights of {mean('shirt', 'class weights', 'precision')},",
        f"by {apart('shirt', 'class weights', order)} points for the shirt "
        f"and behind by {apart('sandal', 'class weights', order)} for the sandal.",
        f"is behind by {apart('shirt', two, order)} for the shirt, in all five seeds, "
        f"and ahead by {apart('sandal', two, order)} for the sandal.",
        f"are worth {ahead('shirt', 'nothing rare', order):.1f} "
        f"and {ahead('sandal', 'nothing rare', order):.1f} points, in each seed.",
    )


def test_batches_without_a_rare_example(page) -> None:
    """Counted exactly on the page, drawn here."""
    rng, total = np.random.default_rng(0), 20_000
    rare = rng.hypergeometric(10, 900, 50, size=total)
    assert page["no_rare_one"] == pytest.approx((rare == 0).mean(), abs=0.02)
    share = rare / 10 / (rare / 10 + (50 - rare) / 100)
    assert page["share_of_weight"] == pytest.approx(share.mean(), abs=0.004)
    assert page["share_of_weight"] < 0.1


def test_a_step_of_the_experiment_is_torchs() -> None:
    """Loss and gradient of the weighted focal loss, on a batch of the experiment's own pictures."""
    made = script("imbalance")
    drawn = made.Drawn(6, 0, "class weights")
    assert drawn.counts.tolist() == [100] * 6 + [10] + [100] * 3
    net, some = made.network(0), np.arange(0, 910, 26)
    scores, labels = net(drawn.x[some]), drawn.labels[some]
    weights = made.inverse_counts(drawn.counts)
    assert weights.sum() == pytest.approx(10)
    loss, cache = F.focal_loss_forward(scores, labels, weights, 2.0)
    tensor = torch.tensor(np.asarray(scores), requires_grad=True)
    log_p = torch.log_softmax(tensor, 1)[torch.arange(len(some)), torch.tensor(labels)]
    weight = torch.tensor(weights)[torch.tensor(labels)]
    by_torch = (weight * (1 - log_p.exp()) ** 2 * -log_p).sum() / weight.sum()
    by_torch.backward()
    assert float(loss) == pytest.approx(by_torch.item(), rel=1e-5)
    np.testing.assert_allclose(F.focal_loss_backward(np.ones_like(loss), cache), tensor.grad, atol=1e-6)


def test_no_picture_of_the_experiment_is_trained_with_and_tested_on() -> None:
    made = script("imbalance")
    for method in ("cross-entropy", "nothing rare"):
        drawn = made.Drawn(5, 3, method)
        sets = [{x.tobytes() for x in part} for part in (drawn.x, drawn.validation[0], drawn.test[0])]
        for one, other in ((0, 1), (0, 2), (1, 2)):
            assert not sets[one] & sets[other]
        assert (drawn.test[1] == 5).sum() == 150


def test_a_network_that_knows_everything_gets_full_marks() -> None:
    made = script("imbalance")
    labels = np.concatenate([np.arange(1000) % 10, np.full(50, 6)])
    perfect = made.judge(np.eye(10)[labels], labels, 6)
    assert perfect == dict.fromkeys(perfect, 1.0)
    blind = made.judge(np.eye(10)[np.where(labels == 6, 0, labels)], labels, 6)
    assert (blind["recall"], blind["balanced"], blind["precision"]) == (0, pytest.approx(0.9), 0)


@pytest.mark.slow
def test_a_run_of_the_experiment_again() -> None:
    """The first seed of plain cross-entropy for the shirt."""
    made, kept = script("imbalance"), experiment("imbalance")["classes"]["shirt"]
    found = made.run(6, "cross-entropy", kept["rate"]["cross-entropy"], 0)
    for way in ("cross-entropy", "shifted scores"):
        for what, value in found[way].items():
            assert value == pytest.approx(kept["runs"][way][what][0], abs=0.03), (way, what)
