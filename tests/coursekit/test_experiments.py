"""What experiments found is kept with what made it, and a small part of each can be repeated."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from coursekit import experiments
from coursekit.experiments import experiment
from coursekit.textures import DIRECTIONS, stripes

ROOT = Path(__file__).resolve().parents[2]
NAMES = sorted(path.stem for path in (ROOT / "book" / "experiments").glob("*.py"))


def script(name: str):  # type: ignore[no-untyped-def]
    spec = importlib.util.spec_from_file_location(name, ROOT / "book" / "experiments" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", NAMES)
def test_every_script_has_its_result_and_every_result_its_script(name: str) -> None:
    found = experiment(name)
    assert found["script"] == f"book/experiments/{name}.py"
    assert len(found["seeds"]) >= 3
    assert {"machine", "versions", "date"} <= set(found)
    kept = {path.stem for path in (ROOT / "src" / "coursekit" / "_experiments").glob("*.json")}
    assert kept == set(NAMES)


def leaves(value):  # type: ignore[no-untyped-def]
    """Numbers and words of a constant or of a kept setting."""
    if isinstance(value, dict):
        value = [*value, *value.values()]
    if isinstance(value, list | tuple | range):
        return [leaf for each in value for leaf in leaves(each)]
    return [value] if isinstance(value, int | float | str) else []


@pytest.mark.parametrize("name", NAMES)
def test_kept_settings_are_the_scripts(name: str) -> None:
    """Numbers beside the results, such as steps and rates, are constants of the script that made them."""
    made = script(name)
    constants = {leaf for key in vars(made) if key.isupper() for leaf in leaves(getattr(made, key))}
    settings = {
        key: value
        for key, value in experiment(name).items()
        if not isinstance(value, str | dict)
        and all(not isinstance(leaf, str) for leaf in leaves(value))
        and (not isinstance(value, list) or not any(isinstance(each, list | dict) for each in value))
    }
    assert "seeds" in settings
    strange = {key: value for key, value in settings.items() if not set(leaves(value)) <= constants}
    assert not strange, f"no constant of the script has {strange}"


@pytest.mark.parametrize("name", NAMES)
def test_a_script_says_what_made_its_result(name: str) -> None:
    text = (ROOT / "book" / "experiments" / f"{name}.py").read_text(encoding="utf-8")
    assert "**made_by(__file__" in text
    assert "keep(found" in text or "keep(result" in text


def test_what_is_kept_is_found_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(experiments, "_KEPT", tmp_path)
    found = {**experiments.made_by(script("anywhere").__file__, "numpy"), "seeds": [1, 2, 3]}
    assert found["versions"]["numpy"] == np.__version__
    experiments.keep(found)
    assert experiment("anywhere") == found
    with pytest.raises(ValueError, match="not JSON compliant"):
        experiments.keep(found | {"loss": float("nan")})
    assert experiment("anywhere") == found


def test_an_unknown_result_is_refused_with_those_there_are() -> None:
    with pytest.raises(ValueError, match=rf"one of {', '.join(NAMES)}; got 'luck'"):
        experiment("luck")


def test_stripes_are_drawn_alike_twice_and_have_no_mean_picture() -> None:
    images, labels = stripes(800, seed=1)
    np.testing.assert_array_equal(images, stripes(800, seed=1)[0])
    assert not np.array_equal(images, stripes(800, seed=2)[0])
    assert np.bincount(labels).tolist() == [100] * DIRECTIONS
    # The phase is drawn from a whole turn, so the average picture of a class holds noise alone.
    mean = images[labels == 3].mean(axis=0)
    assert np.abs(mean).max() < 5 * images.std() / np.sqrt(100)


def test_stripes_run_as_their_label_says() -> None:
    images, labels = stripes(400, seed=0, noise=0)
    along_rows = np.abs(np.diff(images, axis=2)).mean(axis=(1, 2, 3))
    along_columns = np.abs(np.diff(images, axis=3)).mean(axis=(1, 2, 3))
    assert (along_columns > 3 * along_rows)[labels == 0].all()  # upright stripes change from column to column
    assert (along_rows > 3 * along_columns)[labels == DIRECTIONS // 2].all()


@pytest.mark.parametrize("call", [lambda: stripes(0, seed=1), lambda: stripes(8, seed=1, noise=-1)])
def test_stripes_refuse_what_cannot_be_drawn(call) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="stripes: count expects"):
        call()


@pytest.mark.slow
def test_a_small_part_of_learned_kernels_again() -> None:
    """Fewer pictures and one seed: the order of the answers is the same, and so is the first seed's start."""
    made, kept = script("learned_kernels"), experiment("learned_kernels")
    scores, start, end = made.on_stripes(0, pictures=1000, epochs=15)
    np.testing.assert_allclose(start[:, 0], kept["before"], atol=6e-4)
    assert scores["8 learned kernels"] > scores["8 frozen kernels"] + 0.15
    assert scores["8 frozen kernels"] < scores["32 frozen kernels"] < scores["128 frozen kernels"]
    assert scores["no kernels, raw pixels"] < 0.25
    assert np.linalg.norm(end - start) > 0.3 * np.linalg.norm(start)


@pytest.mark.slow
def test_a_seed_of_pixels_or_edges_again() -> None:
    """Edges win on moved pictures, and it takes both halves; on the others pixels lead only at first."""
    made, kept = script("pixels_or_edges"), experiment("pixels_or_edges")
    accuracy, losses = made.run(0, made.STEPS[:2])
    for name, scores in accuracy.items():
        np.testing.assert_allclose(scores, kept["accuracy"][name][0][:2], atol=0.01)
        np.testing.assert_allclose(losses[name], kept["loss"][name][0][:2], atol=0.01)
    pixels, pooled, small, edges, _ = range(len(accuracy))
    still, moved = (np.array(list(accuracy.values()))[:, :, k] for k in (0, 3))
    assert still[pixels, 0] > still[edges, 0]
    assert still[pixels, 1] < still[edges, 1]
    assert (moved[edges] > np.max(moved[[pixels, pooled, small]], axis=0) + 0.08).all()


def test_pixels_lead_on_pictures_as_they_are_only_at_first() -> None:
    found = experiment("pixels_or_edges")
    scores, losses = ({k: np.array(v) for k, v in found[what].items()} for what in ("accuracy", "loss"))
    lead = (scores["edges, pooled 4×4"] - scores["pixels"])[:, :, 0]
    assert (lead[:, 0] < 0).all()
    assert (lead[:, 1:] > 0).all()
    assert (losses["edges, pooled 4×4"][:, 0] > losses["pixels"][:, 0]).all(), "slower"
    assert (scores["edges, pooled 2×2"][:, :, 0] > scores["pixels"][:, :, 0]).all()
    for other in ("pixels", "pixels, pooled 4×4", "edges, pooled 2×2"):
        assert (scores["edges, pooled 4×4"][:, :, 3] > scores[other][:, :, 3] + 0.08).all()


def test_moved_pictures_keep_their_pixels() -> None:
    made = script("pixels_or_edges")
    images = np.zeros((50, 1, 9, 8), np.float32)
    images[:, :, 4, 4] = np.arange(1, 51)[:, None]
    there = made.moved(images, 3, np.random.default_rng(0))
    assert there.shape == images.shape
    np.testing.assert_array_equal(there.sum(axis=(1, 2, 3)), np.arange(1, 51))
    places = np.argwhere(there[:, 0])[:, 1:] - 4
    assert places.min() == -3
    assert places.max() == 3
    np.testing.assert_array_equal(made.moved(images, 0, np.random.default_rng(0)), images)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["gradient descent", "momentum", "Adagrad", "RMSProp", "Adam"])
def test_a_seed_of_the_optimizer_race_again(name: str) -> None:
    """The first seed with the tuned rate, fixed and along a cosine, and with the rate that is too large."""
    made, kept = script("optimizer_race"), experiment("optimizer_race")
    runs = [(schedule, "tuned") for schedule in ("constant", "cosine")] + [("constant", "ten times")]
    for schedule, control in runs:
        race = kept["race"][f"{name}, {schedule}"][control]
        with np.errstate(all="ignore"):
            found = made.train(name, race["rate"], schedule, kept["seeds"][0])
        for share, kept_shares in ((found.tested, race["tested"]), (found.trained, race["trained"])):
            if control == "tuned":
                assert share == pytest.approx(kept_shares[0], abs=0.01)
            else:  # rounding differs between machines, and grows on large steps: as in any of the seeds
                assert min(kept_shares) - 0.1 < share < max(kept_shares) + 0.1
