"""The calculator of networks counts as `convnet` does, refuses in words, and is used by keys and finger."""

import subprocess
import sys
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from convnet import nn
from coursekit import widgets
from coursekit.widgets._architecture_calculator import presets
from coursekit.widgets._architectures import Unclear, counted
from tests.coursekit.figures.pages import fill, readout, state
from tests.support import ROOT

COUNT = "(box, network) => box.figure.spec.numbers({ network })"
Layers = list[tuple[Any, ...]]


def by_convnet(net: nn.Module, shape: tuple[int, ...]) -> Layers:
    lines = nn.summary(net, shape).layers
    return [(one.shape, one.parameters, one.multiply_adds, list(one.field or ())) for one in lines]


def by_script(told: dict[str, Any]) -> Layers:
    """Give the layers; the lines where branches meet are none of `convnet`."""
    rows = [row for row in told["rows"] if "," not in row["words"]]
    return [(tuple(row["shape"]), row["parameters"], row["adds"], row["field"]) for row in rows]


@pytest.fixture(scope="module")
def named() -> Any:
    sys.path.insert(0, str(ROOT / "tools"))
    import make_architectures

    sys.path.pop(0)
    return make_architectures.NETWORKS


def test_the_presets_are_the_networks_of_convnet() -> None:
    command = [sys.executable, "tools/make_architectures.py", "--check"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr


@pytest.mark.site
def test_each_preset_counts_what_convnet_counts(desk: Page, named: Any) -> None:
    fill(desk, widgets.architecture_calculator())
    assert set(named) == set(presets())
    for name, (net, shape) in named.items():
        desk.locator("select[name=network]").select_option(label=name)
        told = desk.locator(".ck-figure").evaluate("box => box.figure.numbers")
        assert by_script(told) == by_convnet(net, shape), name
        whole = nn.summary(net, shape)
        assert told["totals"] == [whole.parameters, whole.multiply_adds]
        said = f"{whole.parameters:,} parameters, {whole.multiply_adds:,} multiply-adds"
        assert said in readout(desk)
        assert desk.locator(".ck-layers tbody tr").count() == len(told["rows"])


def drawn(rng: np.random.Generator, channels: int, depth: int = 0) -> tuple[list[str], list[nn.Module], int]:
    """Draw a few layers that keep the size of maps inside blocks: lines, modules, channels that come out."""
    lines: list[str] = []
    modules: list[nn.Module] = []
    for _ in range(int(rng.integers(1, 5))):
        kind = rng.choice(
            ["conv", "wide", "bn", "relu", "pool", "branches", "residual"], p=[0.3, *[0.14] * 5, 0.0]
        )
        kind = "residual" if kind == "branches" and rng.random() < 0.5 else kind
        if kind == "conv":
            kernel, padding, dilation = (int(rng.choice(few)) for few in ((1, 3, 5), (0, 1, 2), (1, 2)))
            stride = int(rng.integers(1, 3))
            if depth:
                kernel, stride, padding = 3, 1, dilation
            out, bias = int(rng.integers(1, 5)) * 2, bool(rng.random() < 0.5)
            groups = 2 if channels % 2 == 0 and rng.random() < 0.3 else 1
            lines.append(
                f"conv {out} {kernel} stride {stride} padding {padding} dilation {dilation} groups {groups}"
                + ("" if bias else " nobias")
            )
            modules.append(nn.Conv2d(channels, out, kernel, stride, padding, dilation, groups, bias))
            channels = out
        elif kind == "wide":
            lines.append("conv 4 1x7 padding 0x3")
            modules.append(nn.Conv2d(channels, 4, (1, 7), padding=(0, 3)))
            channels = 4
        elif kind == "bn":
            lines.append("bn")
            modules.append(nn.BatchNorm2d(channels))
        elif kind == "pool" and not depth:
            size, ceil = int(rng.integers(2, 4)), bool(rng.random() < 0.5)
            lines.append(f"maxpool {size} stride 2{' ceil' if ceil else ''}")
            modules.append(nn.MaxPool2d(size, 2, ceil_mode=ceil))
        elif kind == "branches" and depth < 2:
            ways = [drawn(rng, channels, depth + 1) for _ in range(int(rng.integers(1, 4)))]
            lines.append("branches")
            for inner, _, _ in ways:
                lines += ["branch", *("  " + line for line in inner)]
            lines.append("end")
            modules.append(nn.Branches(**{f"b{k}": nn.Sequential(*way[1]) for k, way in enumerate(ways)}))
            channels = sum(way[2] for way in ways)
        elif kind == "residual" and depth < 2:
            inner, inside, out = drawn(rng, channels, depth + 1)
            shortcut = None if out == channels else nn.Conv2d(channels, out, 1)
            lines += ["residual", *("  " + line for line in inner)]
            lines += [] if shortcut is None else ["shortcut", f"  conv {out} 1"]
            lines.append("end")
            modules.append(nn.Residual(*inside, downsample=shortcut))
            channels = out
        else:
            lines.append("relu")
            modules.append(nn.ReLU())
    return lines, modules, channels


@pytest.mark.site
def test_drawn_stacks_count_what_convnet_counts(desk: Page) -> None:
    rng, refused, blocks = np.random.default_rng(0), 0, 0
    fill(desk, widgets.architecture_calculator())
    for index in range(80):
        side, channels = int(rng.integers(9, 40)), int(rng.integers(1, 4))
        lines, modules, out = drawn(rng, channels)
        shape = (channels, side, side + int(rng.integers(0, 5)))
        text = "\n".join([f"input {' '.join(map(str, shape))}", *lines, "globalpool", "flatten", "linear 7"])
        net = nn.Sequential(*modules, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(out, 7))
        told = desk.locator(".ck-figure").evaluate(COUNT, text)
        try:
            wanted = by_convnet(net, shape)
        except ValueError:
            refused += 1
            assert "problem" in told, text
            continue
        assert by_script(told) == wanted, f"{index}:\n{text}"
        blocks += "end" in lines
        numbers = widgets.architecture_calculator(text).numbers
        assert {key: told[key] for key in numbers} == numbers
    assert blocks > 15
    assert refused < 30


WRONG = [
    ("", "The first line says what goes in: input 3 224 224, or input 784."),
    ("input 3 32", "The first line says what goes in"),
    ("input 3 32 32", "Write at least one layer below the input."),
    ("input 0 32 32\nrelu", "Line 1, “input 0 32 32”: “0” is no whole number from 1 to 100,000."),
    ("input 3 32 32\nconv 8", "Line 2, “conv 8”: something is missing, as in conv 64 3 padding 1."),
    ("input 3 32 32\nconvolution 8 3", "Line 2, “convolution 8 3”: no layer has this name. There are conv,"),
    ("input 3 32 32\n\nconv 8 3 stride", "Line 3, “conv 8 3 stride”: “stride” needs a number."),
    ("input 3 32 32\nconv 8 3 strid 2", "conv does not know “strid” here."),
    ("input 3 32 32\nconv 8 3x3x3", "“3x3x3” is no size such as 3 or 1x7."),
    ("input 3 32 32\nconv 8 -3", "“-3” is no whole number from 1 to 100,000."),
    ("input 3 4 4\nconv 8 5", "the window reaches over 5 pixels, and 4 are there."),
    ("input 3 4 4\nconv 8 3 groups 2", "2 groups divide neither, or only one, of 3 and 8."),
    ("input 3 4 4\nlinear 8", "linear reads a row of numbers, and maps of 3 × 4 × 4 come: flatten them."),
    ("input 8\nconv 8 3", "conv reads maps, and 8 numbers come here."),
    ("input 8\ndropout 2", "“2” is no share from 0 to 1."),
    ("input 3 4 4\nend", "Line 2, “end”: no block is open that this could belong to."),
    ("input 3 4 4\nresidual\nrelu", "the block is not closed; its last line is “end”."),
    ("input 3 4 4\nbranches\nrelu\nend", "below “branches” comes “branch”, and below that its layers."),
    (
        "input 3 4 4\nresidual\nconv 8 1\nend",
        "the layers give 8 × 4 × 4, the shortcut 3 × 4 × 4; they cannot",
    ),
    (
        "input 3 4 4\nbranches\nbranch\nrelu\nbranch\nmaxpool 2\nend",
        "maps of different sizes cannot be joined: 3 × 4 × 4 and 3 × 2 × 2.",
    ),
    ("input 99999 9999 9999\nconv 99999 1", "this is more than can be counted here."),
    ("\n".join(["input 3 4 4", *["relu"] * 500]), "There are 501 lines; at most 500 are counted."),
]


@pytest.mark.site
def test_script_and_python_refuse_with_the_same_words(desk: Page) -> None:
    fill(desk, widgets.architecture_calculator())
    for text, said in WRONG:
        told = desk.locator(".ck-figure").evaluate(COUNT, text)["problem"]
        assert said in told
        with pytest.raises(Unclear) as refused:
            counted(text)
        assert str(refused.value) == told
        with pytest.raises(ValueError, match=r"^architecture_calculator: "):
            widgets.architecture_calculator(text)


@pytest.mark.site
def test_lines_are_written_refused_and_undone(desk: Page) -> None:
    fill(desk, widgets.architecture_calculator("input 1 8 8\nconv 2 3"))
    field, first = desk.locator("textarea"), readout(desk)
    assert "20 parameters, 648 multiply-adds" in first
    field.focus()
    desk.keyboard.press("Control+End")
    desk.keyboard.type("\nconv 4 9")
    error = desk.locator(".ck-editor .ck-error")
    assert error.inner_text() == (
        "Line 3, “conv 4 9”: the window reaches over 9 pixels, and 6 are there. The table stays as it was."
    )
    assert field.get_attribute("aria-invalid") == "true"
    assert readout(desk) == first
    desk.keyboard.press("Backspace")
    desk.keyboard.type("3")
    assert error.inner_text() == ""
    assert field.get_attribute("aria-invalid") is None
    assert "96 parameters, 1,800 multiply-adds" in readout(desk)
    desk.get_by_role("button", name="Undo").click()
    assert readout(desk) == first
    assert field.input_value() == state(desk)["network"]
    field.fill("nonsense")
    desk.get_by_role("button", name="Reset").click()
    assert field.input_value() == "input 1 8 8\nconv 2 3"
    assert error.inner_text() == ""


@pytest.mark.site
def test_buttons_stack_layers_on_a_phone(phone: Page) -> None:
    fill(phone, widgets.architecture_calculator("input 3 32 32\nconv 16 3 padding 1"))
    for name in (
        "bn",
        "relu",
        "maxpool",
        "branches",
        "residual",
        "globalpool",
        "flatten",
        "dropout",
        "linear",
    ):
        phone.get_by_role("button", name=f"+ {name}", exact=True).tap()
        assert phone.locator(".ck-editor .ck-error").inner_text() == "", name
    network = state(phone)["network"]
    assert network.endswith("linear 10")
    assert network == phone.locator("textarea").input_value()
    assert phone.locator(".ck-layers tbody tr").count() == len(counted(network))
    phone.get_by_role("button", name="+ conv").tap()
    assert "conv reads maps, and 10 numbers come here." in phone.locator(".ck-editor .ck-error").inner_text()
    assert state(phone)["network"] == network
    phone.get_by_role("button", name="Undo").tap()
    assert phone.locator("textarea").input_value() == network
    phone.get_by_role("button", name="Undo").tap()
    assert state(phone)["network"] == network.removesuffix("\nlinear 10")


@pytest.mark.site
def test_a_picked_network_can_be_undone(desk: Page) -> None:
    fill(desk, widgets.architecture_calculator())
    desk.locator("select[name=network]").select_option(label="ResNet-18")
    desk.get_by_role("button", name="Undo").click()
    assert state(desk)["network"] == presets()["LeNet-5"]
