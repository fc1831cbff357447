"""The published networks in torch's own layers, under torchvision's names: the truth for `models`."""

import torch
from torch import Tensor, nn
from torch.nn.functional import adaptive_avg_pool2d, avg_pool2d, max_pool2d, pad, relu


class Lenet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.c1, self.c3, self.c5 = nn.Conv2d(1, 6, 5, padding=2), nn.Conv2d(6, 16, 5), nn.Conv2d(16, 120, 5)
        self.f6, self.output = nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = avg_pool2d(torch.tanh(self.c1(x)), 2)
        x = avg_pool2d(torch.tanh(self.c3(x)), 2)
        x = torch.tanh(self.c5(x)).flatten(1)
        return self.output(torch.tanh(self.f6(x)))  # type: ignore[no-any-return]


class Classifier(nn.Module):
    """Features, adaptive pooling, linear layers: AlexNet and VGG."""

    def __init__(self, features: list[nn.Module], size: int, classifier: list[nn.Module]) -> None:
        super().__init__()
        self.features, self.classifier = nn.Sequential(*features), nn.Sequential(*classifier)
        self.size = size

    def forward(self, x: Tensor) -> Tensor:
        x = adaptive_avg_pool2d(self.features(x), self.size)
        return self.classifier(x.flatten(1))  # type: ignore[no-any-return]


def alexnet() -> nn.Module:
    features = [
        *(nn.Conv2d(3, 64, 11, 4, 2), nn.ReLU(), nn.MaxPool2d(3, 2)),
        *(nn.Conv2d(64, 192, 5, 1, 2), nn.ReLU(), nn.MaxPool2d(3, 2)),
        *(nn.Conv2d(192, 384, 3, 1, 1), nn.ReLU(), nn.Conv2d(384, 256, 3, 1, 1), nn.ReLU()),
        *(nn.Conv2d(256, 256, 3, 1, 1), nn.ReLU(), nn.MaxPool2d(3, 2)),
    ]
    first = [nn.Dropout(), nn.Linear(9216, 4096), nn.ReLU()]
    return Classifier(
        features, 6, [*first, nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, 1000)]
    )


def vgg(*stages: int) -> nn.Module:
    features: list[nn.Module] = []
    channels = 3
    for width, depth in zip((64, 128, 256, 512, 512), stages, strict=True):
        for _ in range(depth):
            features += [nn.Conv2d(channels, width, 3, padding=1), nn.ReLU()]
            channels = width
        features.append(nn.MaxPool2d(2, 2))
    first = [nn.Linear(25088, 4096), nn.ReLU(), nn.Dropout()]
    return Classifier(
        features, 7, [*first, nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 1000)]
    )


class NetworkInNetwork(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        for number, (channels, width, kernel, hidden, out) in enumerate(
            [(3, 192, 5, 160, 96), (96, 192, 5, 192, 192), (192, 192, 3, 192, 10)], 1
        ):
            block = nn.Sequential(
                *(nn.Conv2d(channels, width, kernel, padding=kernel // 2), nn.ReLU()),
                *(nn.Conv2d(width, hidden, 1), nn.ReLU(), nn.Conv2d(hidden, out, 1), nn.ReLU()),
            )
            self.add_module(f"block{number}", block)

    def forward(self, x: Tensor) -> Tensor:
        x = max_pool2d(self.block1(x), 3, 2, ceil_mode=True)
        x = avg_pool2d(self.block2(x), 3, 2, ceil_mode=True)
        return self.block3(x).mean((2, 3))  # type: ignore[no-any-return]


class ResidualBlock(nn.Module):
    """Basic with two kernels, bottleneck with three; the stride sits in the first 3×3."""

    def __init__(self, channels: int, widths: tuple[int, ...], kernels: tuple[int, ...], stride: int) -> None:
        super().__init__()
        self.depth = len(kernels)
        before = channels
        strided = kernels.index(3)
        for number, (width, kernel) in enumerate(zip(widths, kernels, strict=True)):
            step = stride if number == strided else 1
            conv = nn.Conv2d(before, width, kernel, step, kernel // 2, bias=False)
            self.add_module(f"conv{number + 1}", conv)
            self.add_module(f"bn{number + 1}", nn.BatchNorm2d(width))
            before = width
        self.downsample: nn.Module | None = None
        if stride > 1 or channels != before:
            self.downsample = nn.Sequential(
                nn.Conv2d(channels, before, 1, stride, bias=False), nn.BatchNorm2d(before)
            )

    def forward(self, x: Tensor) -> Tensor:
        out = x
        for number in range(1, self.depth + 1):
            out = getattr(self, f"bn{number}")(getattr(self, f"conv{number}")(out))
            out = relu(out) if number < self.depth else out
        return relu(out + (x if self.downsample is None else self.downsample(x)))


class Resnet(nn.Module):
    def __init__(self, depths: tuple[int, ...], bottleneck: bool) -> None:
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 64, 7, 2, 3, bias=False), nn.BatchNorm2d(64)
        channels = 64
        for stage, depth in enumerate(depths):
            width = 64 * 2**stage
            widths = (width, width, 4 * width) if bottleneck else (width, width)
            blocks = []
            for number in range(depth):
                stride = 2 if stage and not number else 1
                blocks.append(ResidualBlock(channels, widths, (1, 3, 1) if bottleneck else (3, 3), stride))
                channels = widths[-1]
            self.add_module(f"layer{stage + 1}", nn.Sequential(*blocks))
        self.fc = nn.Linear(channels, 1000)

    def forward(self, x: Tensor) -> Tensor:
        x = max_pool2d(relu(self.bn1(self.conv1(x))), 3, 2, 1)
        for stage in range(1, 5):
            x = getattr(self, f"layer{stage}")(x)
        return self.fc(x.mean((2, 3)))  # type: ignore[no-any-return]


class PaddedShortcut(ResidualBlock):
    """The paper's option A: skip pixels, add channels of zeros."""

    def __init__(self, channels: int, width: int) -> None:
        super().__init__(channels, (width, width), (3, 3), 1 if channels == width else 2)
        self.downsample = None
        self.extra = (width - channels) // 2

    def forward(self, x: Tensor) -> Tensor:
        out = self.bn2(self.conv2(relu(self.bn1(self.conv1(x)))))
        if self.extra:
            x = pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.extra, self.extra))
        return relu(out + x)


class Resnet20(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False), nn.BatchNorm2d(16)
        for number, (channels, width) in enumerate([(16, 16), (16, 32), (32, 64)], 1):
            blocks = [PaddedShortcut(channels if not place else width, width) for place in range(3)]
            self.add_module(f"layer{number}", nn.Sequential(*blocks))
        self.fc = nn.Linear(64, 10)

    def forward(self, x: Tensor) -> Tensor:
        x = self.layer3(self.layer2(self.layer1(relu(self.bn1(self.conv1(x))))))
        return self.fc(x.mean((2, 3)))  # type: ignore[no-any-return]
