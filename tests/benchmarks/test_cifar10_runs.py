"""A run at full speed from the images to the report, on the CPU, on few images and a small network."""

import dataclasses
import functools
import json
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from cifar10.images import Images, load
from cifar10.measuring import ablation, kind, seeds_of
from cifar10.report import keep
from cifar10.settings import SETTINGS, Setting, without
from cifar10.training import Runner

from coursekit import data
from tests.support import ROOT

pytestmark = pytest.mark.slow

TINY = Setting(
    data="fashion",
    widths=(8, 12, 12),
    epochs=2.5,
    batch=50,
    bias_rate=4.0,
    whitening_bias_epochs=1.0,
    shift=1,
    half=False,
)
CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def images() -> Images:
    return load("fashion", 200)


def test_bytes_are_those_of_the_set_and_normalized(images: Images) -> None:
    pixels, labels = data.fashion_mnist("train")
    assert images.train.dtype == torch.uint8
    torch.testing.assert_close(
        images.train[..., 0].double() / 255, torch.from_numpy(pixels[:200, 0]).double(), atol=1e-6, rtol=0
    )
    assert images.train_labels.tolist() == labels[:200].tolist()
    everything = load("fashion")
    x = everything.normalized(everything.train, torch.float32)
    assert x.shape == (2000, 1, 28, 28)
    assert abs(float(x.mean())) < 0.02
    assert float(x.std()) == pytest.approx(1, abs=0.02)


def test_a_run_learns_and_its_parts_add_up(images: Images) -> None:
    outcome = Runner(dataclasses.replace(TINY, epochs=15.0), images, CPU).run(1)
    assert outcome.steps == 60
    assert outcome.accuracy > 0.5  # of ten classes
    assert sum(outcome.parts.values()) == pytest.approx(outcome.seconds)
    assert set(outcome.parts) == {"transfer", "whitening", "training", "evaluation"}
    assert outcome.loss < 2.3


def test_a_seed_decides_everything(images: Images) -> None:
    """Also after another run: the network, its statistics and the optimizers start anew."""
    runner = Runner(TINY, images, CPU)
    first = runner.run(3)
    weights = [weight.detach().clone() for weight in runner.network.parameters()]
    other = runner.run(4)
    again = runner.run(3)
    assert (again.accuracy, again.loss) == (first.accuracy, first.loss)
    assert other.loss != first.loss
    for weight, wanted in zip(runner.network.parameters(), weights, strict=True):
        assert torch.equal(weight, wanted)


def test_whitening_stays_and_its_bias_learns_for_some_epochs(images: Images) -> None:
    runner = Runner(TINY, images, CPU)
    runner.run(0, 1.0)
    kernels, bias = runner.network.first.weight.clone(), runner.network.first.bias.clone()
    assert bias.abs().max() > 0
    runner.run(0, 1.25)  # the epoch after begins, without it
    assert torch.equal(runner.network.first.weight, kernels)
    assert runner.network.first.bias.grad is None
    assert not runner.network.first.bias.requires_grad


@pytest.mark.parametrize("smoothing", [0.0, 0.2])
def test_the_loss_is_cross_entropy_with_smoothed_labels(images: Images, smoothing: float) -> None:
    runner = Runner(dataclasses.replace(TINY, label_smoothing=smoothing), images, CPU)
    x = images.normalized(images.train[:50], torch.float32)
    labels = images.train_labels[:50]
    runner.network.eval()
    logs = torch.log_softmax(runner.network(x), 1)
    wanted = torch.full((50, 10), smoothing / 10)
    wanted[range(50), labels] += 1 - smoothing
    torch.testing.assert_close(runner._loss(x, labels), -(wanted * logs).sum())


@pytest.mark.parametrize("optimizer", ["muon", "nesterov"])
def test_first_steps_are_torchs(images: Images, optimizer: str) -> None:
    """One step of a rate for the mean of a batch; the head is stepped by torch's own on the mean loss."""
    setting = dataclasses.replace(TINY, optimizer=optimizer, epochs=0.25, label_smoothing=0.0, decay=0.002)
    runner = Runner(setting, images, CPU)
    seen = []
    plain = runner._loss
    runner.loss = lambda x, labels: seen.append((x.clone(), labels.clone())) or plain(x, labels)
    torch.manual_seed(7)
    runner.network.reset(runner._normalized(images, images.train))
    expected = runner.network.head.weight.detach().clone().requires_grad_()
    runner.run(7)
    ((x, labels),) = seen
    start = Runner(setting, images, CPU)
    torch.manual_seed(7)
    start.network.reset(runner._normalized(images, images.train))
    torch.testing.assert_close(start.network.head.weight, expected)
    (start._loss(x, labels) / setting.batch).backward()
    expected.grad = start.network.head.weight.grad
    rate = setting.head_rate
    torch.optim.SGD([expected], rate, momentum=0.85, nesterov=True, weight_decay=0.002 / rate).step()
    torch.testing.assert_close(runner.network.head.weight.detach(), expected.detach())
    kernel = runner.network.kernels()[1]
    assert not torch.equal(kernel, start.network.kernels()[1])
    if optimizer == "muon":
        length = (kernel - start.network.kernels()[1]).flatten(1).norm(2, 1)
        assert length.min() > 0


CHANGES = [
    {"optimizer": "nesterov", "rate": 0.5, "momentum": 0.85},
    {"averaging": True},
    {"half": True},
    {"channels_last": False},
    {"residual": True, "depth": 3},
    {"whitening": False},
    {"cutout": 6},
    {"views": "none"},
]


@pytest.mark.parametrize("changes", CHANGES, ids=lambda changes: next(iter(changes)))
def test_every_switch_runs_and_changes_the_run(images: Images, changes: dict[str, object]) -> None:
    changed = Runner(dataclasses.replace(TINY, **changes), images, CPU).run(0)
    plain = Runner(TINY, images, CPU).run(0)
    assert 0.1 < changed.loss < 2.6
    same = changed.loss == pytest.approx(plain.loss, rel=1e-5)
    assert same == ("channels_last" in changes or "views" in changes)


def test_an_ablation_measures_the_whole_and_each_lack(images: Images) -> None:
    setting = dataclasses.replace(TINY, epochs=0.5, whitening_bias_epochs=0.1)
    rows = dict(ablation(setting, images, CPU, 2, say=lambda _: None))
    assert {"nothing", "Muon", "frozen whitening", "label smoothing", "flips", "shifts"} < set(rows)
    assert "cutout" not in rows  # which the setting never had
    for name, row in rows.items():
        wanted = setting if name == "nothing" else without(setting, name)
        assert row["setting"] == dataclasses.asdict(wanted)
        assert [run["seed"] for run in row["runs"]] == [1, 2]


def test_a_report_says_what_where_and_how(images: Images, tmp_path: Path) -> None:
    content = seeds_of(dataclasses.replace(TINY, epochs=1.0), images, CPU, 2, 0.25, say=lambda _: None)
    path = keep("cifar10-test", CPU, content, tmp_path)
    assert [found.name for found in tmp_path.iterdir()] == [path.name]
    report = json.loads(path.read_text(encoding="utf-8"))
    accuracies = [run["accuracy"] for run in report["runs"]]
    assert report["accuracy"]["mean"] == pytest.approx(sum(accuracies) / 2)
    assert report["seconds"]["least"] <= report["seconds"]["mean"] <= report["seconds"]["greatest"]
    assert report["machine"]["torch"] == torch.__version__
    assert report["setting"]["batch"] == 50
    assert report["warm_up_seconds"] > 0
    assert report["work"]["run_operations"] == pytest.approx(4 * report["work"]["step_operations"])


def test_the_command_changes_fields_and_keeps_nothing_unasked(tmp_path: Path) -> None:
    command = [sys.executable, ROOT / "benchmarks" / "cifar10_speed.py", "--limit", "100", "--warm-up", "0.1"]
    asked = ["--set", "widths=[4,4,4]", "--set", "flip=random", "--set", "epochs=1"]
    before = sorted((ROOT / "benchmarks" / "results").iterdir())
    run = subprocess.run([*command, *asked], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert "cpu-minute: 100 images, 1 epochs" in run.stdout
    assert "± 0.00%" in run.stdout
    assert sorted((ROOT / "benchmarks" / "results").iterdir()) == before
    wrong = subprocess.run([*command, "--set", "salt=1"], capture_output=True, text=True, cwd=tmp_path)
    assert wrong.returncode == 1
    assert "'salt' is no field; there are data, widths" in wrong.stderr


def test_settings_fit_their_machines() -> None:
    assert SETTINGS["cpu-minute"].data == "fashion"
    assert not SETTINGS["cpu-minute"].half
    for name in ("colab-t4", "data-centre", "96"):
        assert SETTINGS[name].data == "cifar10"
        assert 50_000 % SETTINGS[name].batch == 0  # no image is left out of an epoch


@pytest.mark.parametrize("what", ["pooling", "between", "everything"])
def test_a_compiled_run_is_the_same(what: str, images: Images, monkeypatch: pytest.MonkeyPatch) -> None:
    """Traced and differentiated by torch.compile, whose last stage, a compiler of C++, is left out here."""
    monkeypatch.setattr(torch, "compile", functools.partial(torch.compile, backend="aot_eager"))
    setting = dataclasses.replace(TINY, epochs=1.5, residual=True, depth=3)
    plain = Runner(setting, images, CPU).run(5)
    torch._dynamo.reset()
    torch._dynamo.utils.counters.clear()
    compiled = Runner(dataclasses.replace(setting, compile=what), images, CPU)
    found = compiled.run(5)
    assert found.loss == pytest.approx(plain.loss, rel=1e-4)
    assert found.accuracy == pytest.approx(plain.accuracy, abs=0.02)
    counters = torch._dynamo.utils.counters
    assert counters["stats"]["unique_graphs"] >= {"pooling": 3, "between": 9, "everything": 2}[what]
    assert not counters["graph_break"]
    before = counters["stats"]["unique_graphs"]
    compiled.run(6)
    assert counters["stats"]["unique_graphs"] == before  # another run compiles nothing


@pytest.mark.parametrize(
    ("kernel", "expected"),
    [
        ("void at::native::(anonymous namespace)::max_pool_backward_nhwc<c10::Half, float>", "pooling"),
        ("triton_poi_fused_max_pool2d_with_indices_backward_0", "pooling"),
        ("sm90_xmma_dgrad_implicit_gemm_f16f16_f16f32_f32_nhwckrsc_nhwc_tilesize256x64x32", "convolution"),
        ("_ZN17cutlass__5x_cudnn6KernelINS_4conv6kernel23ImplicitGemmConvolution", "convolution"),
        ("void cudnn::bn_fw_inf_1C11_kernel_NHWC<__half, float, true, true>", "normalization"),
        ("void at::native::vectorized_elementwise_kernel<8, at::native::GeluCUDAKernelImpl", "activation"),
        ("nvjet_sm90_tst_64x32_64x16_1x4_v_bz_NNT", "matrix products"),
        ("void at::native::index_elementwise_kernel<128, 4>", "augmentation and copies"),
        ("void at::native::elementwise_kernel<128, 4, at::native::gpu_kernel_impl_nocast>", "other"),
    ],
)
def test_kernels_are_counted_by_what_they_compute(kernel: str, expected: str) -> None:
    assert kind(kernel) == expected
