"""GoogLeNet and Inception v3 in torch's own layers, under torchvision's names: the truth for `models`."""

from collections.abc import Callable

import torch
from torch import Tensor, nn
from torch.nn.functional import avg_pool2d, max_pool2d, relu


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
