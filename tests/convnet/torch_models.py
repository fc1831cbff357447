"""The published networks in torch's own layers, under torchvision's names: the truth for `models`."""

from collections.abc import Callable

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


class BasicConv2d(nn.Module):
    def __init__(self, channels: int, out: int, kernel: int | tuple[int, int], stride: int = 1, padding=0):  # type: ignore[no-untyped-def]
        super().__init__()
        self.conv = nn.Conv2d(channels, out, kernel, stride, padding, bias=False)
        self.bn = nn.BatchNorm2d(out, eps=0.001)

    def forward(self, x: Tensor) -> Tensor:
        return relu(self.bn(self.conv(x)))


Conv = BasicConv2d


class Inception(nn.Module):
    """A block of GoogLeNet."""

    def __init__(self, channels: int, *row: int) -> None:
        super().__init__()
        self.branch1 = Conv(channels, row[0], 1)
        self.branch2 = nn.Sequential(Conv(channels, row[1], 1), Conv(row[1], row[2], 3, padding=1))
        self.branch3 = nn.Sequential(Conv(channels, row[3], 1), Conv(row[3], row[4], 3, padding=1))
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, 1, 1, ceil_mode=True), Conv(channels, row[5], 1))

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], 1)


class Googlenet(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv1 = Conv(3, 64, 7, 2, 3)
        self.maxpool1 = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.conv2, self.conv3 = Conv(64, 64, 1), Conv(64, 192, 3, padding=1)
        self.maxpool2 = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.inception3a = Inception(192, 64, 96, 128, 16, 32, 32)
        self.inception3b = Inception(256, 128, 128, 192, 32, 96, 64)
        self.maxpool3 = nn.MaxPool2d(3, 2, ceil_mode=True)
        self.inception4a = Inception(480, 192, 96, 208, 16, 48, 64)
        self.inception4b = Inception(512, 160, 112, 224, 24, 64, 64)
        self.inception4c = Inception(512, 128, 128, 256, 24, 64, 64)
        self.inception4d = Inception(512, 112, 144, 288, 32, 64, 64)
        self.inception4e = Inception(528, 256, 160, 320, 32, 128, 128)
        self.maxpool4 = nn.MaxPool2d(2, 2, ceil_mode=True)
        self.inception5a = Inception(832, 256, 160, 320, 32, 128, 128)
        self.inception5b = Inception(832, 384, 192, 384, 48, 128, 128)
        self.fc = nn.Linear(1024, 1000)

    def forward(self, x: Tensor) -> Tensor:
        layers = list(self.children())
        for layer in layers[:-1]:
            x = layer(x)
        return self.fc(x.mean((2, 3)))  # type: ignore[no-any-return]


class Block(nn.Module):
    """A block of Inception v3: its layers by name, and how they are wired."""

    def __init__(self, wiring: Callable[["Block", Tensor], list[Tensor]], **layers: nn.Module) -> None:
        super().__init__()
        self.wiring = wiring
        for name, layer in layers.items():
            self.add_module(name, layer)

    def forward(self, x: Tensor) -> Tensor:
        return torch.cat(self.wiring(self, x), 1)

    def run(self, x: Tensor, *names: str) -> Tensor:
        for name in names:
            x = getattr(self, name)(x)
        return x

    def fork(self, x: Tensor, *names: str) -> Tensor:
        return torch.cat([getattr(self, name)(x) for name in names], 1)


def smooth(x: Tensor) -> Tensor:
    return avg_pool2d(x, 3, 1, 1)


def block_a(channels: int, pool: int) -> Block:
    return Block(
        lambda b, x: [
            b.run(x, "branch1x1"),
            b.run(x, "branch5x5_1", "branch5x5_2"),
            b.run(x, "branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3"),
            b.run(smooth(x), "branch_pool"),
        ],
        branch1x1=Conv(channels, 64, 1),
        branch5x5_1=Conv(channels, 48, 1),
        branch5x5_2=Conv(48, 64, 5, padding=2),
        branch3x3dbl_1=Conv(channels, 64, 1),
        branch3x3dbl_2=Conv(64, 96, 3, padding=1),
        branch3x3dbl_3=Conv(96, 96, 3, padding=1),
        branch_pool=Conv(channels, pool, 1),
    )


def block_b(channels: int) -> Block:
    return Block(
        lambda b, x: [
            b.run(x, "branch3x3"),
            b.run(x, "branch3x3dbl_1", "branch3x3dbl_2", "branch3x3dbl_3"),
            max_pool2d(x, 3, 2),
        ],
        branch3x3=Conv(channels, 384, 3, 2),
        branch3x3dbl_1=Conv(channels, 64, 1),
        branch3x3dbl_2=Conv(64, 96, 3, padding=1),
        branch3x3dbl_3=Conv(96, 96, 3, 2),
    )


def block_c(channels: int, width: int) -> Block:
    def across(out: int) -> Conv:
        return Conv(width, out, (1, 7), padding=(0, 3))

    def down(out: int) -> Conv:
        return Conv(width, out, (7, 1), padding=(3, 0))

    return Block(
        lambda b, x: [
            b.run(x, "branch1x1"),
            b.run(x, *(f"branch7x7_{n}" for n in (1, 2, 3))),
            b.run(x, *(f"branch7x7dbl_{n}" for n in (1, 2, 3, 4, 5))),
            b.run(smooth(x), "branch_pool"),
        ],
        branch1x1=Conv(channels, 192, 1),
        branch7x7_1=Conv(channels, width, 1),
        branch7x7_2=across(width),
        branch7x7_3=down(192),
        branch7x7dbl_1=Conv(channels, width, 1),
        branch7x7dbl_2=down(width),
        branch7x7dbl_3=across(width),
        branch7x7dbl_4=down(width),
        branch7x7dbl_5=across(192),
        branch_pool=Conv(channels, 192, 1),
    )


def block_d(channels: int) -> Block:
    return Block(
        lambda b, x: [
            b.run(x, "branch3x3_1", "branch3x3_2"),
            b.run(x, *(f"branch7x7x3_{n}" for n in (1, 2, 3, 4))),
            max_pool2d(x, 3, 2),
        ],
        branch3x3_1=Conv(channels, 192, 1),
        branch3x3_2=Conv(192, 320, 3, 2),
        branch7x7x3_1=Conv(channels, 192, 1),
        branch7x7x3_2=Conv(192, 192, (1, 7), padding=(0, 3)),
        branch7x7x3_3=Conv(192, 192, (7, 1), padding=(3, 0)),
        branch7x7x3_4=Conv(192, 192, 3, 2),
    )


def block_e(channels: int) -> Block:
    return Block(
        lambda b, x: [
            b.run(x, "branch1x1"),
            b.fork(b.run(x, "branch3x3_1"), "branch3x3_2a", "branch3x3_2b"),
            b.fork(b.run(x, "branch3x3dbl_1", "branch3x3dbl_2"), "branch3x3dbl_3a", "branch3x3dbl_3b"),
            b.run(smooth(x), "branch_pool"),
        ],
        branch1x1=Conv(channels, 320, 1),
        branch3x3_1=Conv(channels, 384, 1),
        branch3x3_2a=Conv(384, 384, (1, 3), padding=(0, 1)),
        branch3x3_2b=Conv(384, 384, (3, 1), padding=(1, 0)),
        branch3x3dbl_1=Conv(channels, 448, 1),
        branch3x3dbl_2=Conv(448, 384, 3, padding=1),
        branch3x3dbl_3a=Conv(384, 384, (1, 3), padding=(0, 1)),
        branch3x3dbl_3b=Conv(384, 384, (3, 1), padding=(1, 0)),
        branch_pool=Conv(channels, 192, 1),
    )


class InceptionV3(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.Conv2d_1a_3x3, self.Conv2d_2a_3x3 = Conv(3, 32, 3, 2), Conv(32, 32, 3)
        self.Conv2d_2b_3x3 = Conv(32, 64, 3, padding=1)
        self.maxpool1 = nn.MaxPool2d(3, 2)
        self.Conv2d_3b_1x1, self.Conv2d_4a_3x3 = Conv(64, 80, 1), Conv(80, 192, 3)
        self.maxpool2 = nn.MaxPool2d(3, 2)
        self.Mixed_5b, self.Mixed_5c, self.Mixed_5d = block_a(192, 32), block_a(256, 64), block_a(288, 64)
        self.Mixed_6a = block_b(288)
        self.Mixed_6b, self.Mixed_6c = block_c(768, 128), block_c(768, 160)
        self.Mixed_6d, self.Mixed_6e = block_c(768, 160), block_c(768, 192)
        self.Mixed_7a, self.Mixed_7b, self.Mixed_7c = block_d(768), block_e(1280), block_e(2048)
        self.fc = nn.Linear(2048, 1000)

    def forward(self, x: Tensor) -> Tensor:
        layers = list(self.children())
        for layer in layers[:-1]:
            x = layer(x)
        return self.fc(x.mean((2, 3)))  # type: ignore[no-any-return]


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
