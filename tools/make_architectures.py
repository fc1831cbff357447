"""Write the networks of `convnet.models` as the figure `architecture_calculator` reads them, a line a layer.

python tools/make_architectures.py            write src/coursekit/_widgets/architectures.json
python tools/make_architectures.py --check    compare what is there with what would be written
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from convnet import models, nn
from convnet.models.cifar_resnet import SkipPixels

KEPT = Path(__file__).resolve().parents[1] / "src/coursekit/_widgets/architectures.json"
NETWORKS: dict[str, tuple[nn.Module, tuple[int, ...]]] = {
    "LeNet-5": (models.lenet5(), (1, 28, 28)),
    "AlexNet": (models.alexnet(), (3, 224, 224)),
    "VGG-11": (models.vgg11(), (3, 224, 224)),
    "VGG-16": (models.vgg16(), (3, 224, 224)),
    "Network in Network": (models.network_in_network(), (3, 32, 32)),
    "GoogLeNet": (models.googlenet(), (3, 224, 224)),
    "Inception v3": (models.inception_v3(), (3, 299, 299)),
    "ResNet-18": (models.resnet18(), (3, 224, 224)),
    "ResNet-34": (models.resnet34(), (3, 224, 224)),
    "ResNet-50": (models.resnet50(), (3, 224, 224)),
    "ResNet-20": (models.resnet20(), (3, 32, 32)),
    "two linear layers": (models.mlp([784, 100, 10]), (784,)),
}
ONE_BY_ONE = (nn.ReLU, nn.Tanh, nn.Sigmoid)


def pair(sizes: tuple[int, ...] | int) -> str:
    """Write a size: one number where rows and columns have the same."""
    rows, columns = (sizes, sizes) if isinstance(sizes, int) else sizes
    return f"{rows}" if rows == columns else f"{rows}x{columns}"


def option(word: str, value: tuple[int, ...] | int, usual: str) -> list[str]:
    """Write an option where it is not the usual one."""
    return [] if pair(value) == usual else [word, pair(value)]


def lines(module: nn.Module, depth: int = 0) -> Iterator[str]:
    """Write a module, its blocks moved in by two."""
    room = "  " * depth
    if isinstance(module, nn.Branches):
        yield f"{room}branches"
        for branch in module.layers.values():
            yield f"{room}branch"
            yield from lines(branch, depth + 1)
        yield f"{room}end"
    elif isinstance(module, nn.Residual):
        yield f"{room}residual"
        for layer in module.layers.values():
            yield from lines(layer, depth + 1)
        if module.downsample is not None:
            yield f"{room}shortcut"
            yield from lines(module.downsample, depth + 1)
        yield f"{room}end"
    elif isinstance(module, nn.Sequential):
        for layer in module.layers.values():
            yield from lines(layer, depth)
    else:
        yield room + " ".join(words(module))


def words(module: nn.Module) -> list[str]:
    """Write one layer."""
    if isinstance(module, nn.Conv2d):
        return [
            *("conv", str(module.weight.shape[0]), pair(module.kernel_size)),
            *option("stride", module.stride, "1"),
            *option("padding", module.padding, "0"),
            *option("dilation", module.dilation, "1"),
            *option("groups", module.groups, "1"),
            *(["nobias"] if module.bias is None else []),
        ]
    if isinstance(module, nn.MaxPool2d | nn.AvgPool2d):
        return [
            "maxpool" if isinstance(module, nn.MaxPool2d) else "avgpool",
            pair(module.kernel_size),
            *option("stride", module.stride, pair(module.kernel_size)),
            *option("padding", module.padding, "0"),
            *(["ceil"] if module.ceil_mode else []),
        ]
    if isinstance(module, nn.AdaptiveAvgPool2d):
        size = pair(module.output_size)
        return ["globalpool"] if size == "1" else ["adaptive", size]
    if isinstance(module, nn.Linear):
        return ["linear", str(module.out_features), *(["nobias"] if module.bias is None else [])]
    if isinstance(module, nn.Dropout):
        return ["dropout", f"{module.p:g}"]
    if isinstance(module, nn.BatchNorm2d):
        return ["bn"]
    if isinstance(module, SkipPixels):
        return ["skip", str(module.out_channels)]
    if isinstance(module, nn.Flatten):
        return ["flatten"]
    if isinstance(module, ONE_BY_ONE):
        return [type(module).__name__.lower()]
    raise ValueError(f"make_architectures: no words for {type(module).__name__}")


def networks() -> dict[str, str]:
    """Write all of them."""
    return {
        name: "\n".join([" ".join(map(str, ("input", *shape))), *lines(network)])
        for name, (network, shape) in NETWORKS.items()
    }


def main() -> None:
    """Write the file, or compare it."""
    text = json.dumps(networks(), indent=0) + "\n"
    if "--check" not in sys.argv:
        KEPT.write_text(text, encoding="utf-8")
    elif KEPT.read_text(encoding="utf-8") != text:
        sys.exit(f"{KEPT.name} is not what convnet.models says now")


if __name__ == "__main__":
    main()
