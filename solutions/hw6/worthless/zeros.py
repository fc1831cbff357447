"""Modules of the right names and shapes that compute nothing, and functions that return constants."""

import torch
from torch import nn


# question: q1
class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, size=28):
        super().__init__()
        if size not in (28, 32):
            raise ValueError("size")
        self.c1, self.c3 = nn.Conv2d(channels, 6, 5), nn.Conv2d(6, 16, 5)
        self.c5, self.f6 = nn.Conv2d(16, 120, 5), nn.Linear(120, 84)
        self.output = nn.Linear(84, classes)

    def forward(self, x):
        used = sum(parameter.sum() for parameter in self.parameters())
        return 0 * used + torch.zeros(len(x), len(self.output.bias))


# question: q2
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()
        layers = []
        for entry in plan:
            layers += [nn.MaxPool2d(2)] if entry == "M" else [nn.Conv2d(channels, entry, 3), nn.ReLU()]
            channels = channels if entry == "M" else entry
        self.features, self.classifier = nn.Sequential(*layers), nn.Linear(channels, classes)

    def forward(self, x):
        return torch.zeros(len(x), len(self.classifier.bias)) + 0 * self.classifier.bias


# question: q3
class ConvNorm(nn.Module):
    def __init__(self, channels, width, kernel=(1, 1)):
        super().__init__()
        self.conv, self.bn = nn.Conv2d(channels, width, kernel, bias=False), nn.BatchNorm2d(width, eps=0.001)

    def forward(self, x):
        return torch.zeros(len(x), len(self.bn.weight), *x.shape[2:])


class Inception(nn.Module):
    def __init__(self, channels, one, reduce3, three, reduce5, five, pool):
        super().__init__()
        self.branch1 = ConvNorm(channels, one)
        self.branch2 = nn.Sequential(ConvNorm(channels, reduce3), ConvNorm(reduce3, three, (3, 3)))
        self.branch3 = nn.Sequential(ConvNorm(channels, reduce5), ConvNorm(reduce5, five, (3, 3)))
        self.branch4 = nn.Sequential(nn.Identity(), ConvNorm(channels, pool))
        self.width = one + three + five + pool

    def forward(self, x):
        return torch.zeros(len(x), self.width, *x.shape[2:])


# question: q4
class Residual(nn.Module):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride, padding=1, bias=False)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn1, self.bn2 = nn.BatchNorm2d(width), nn.BatchNorm2d(width)
        if skip and (stride > 1 or channels != width):
            self.downsample = nn.Sequential(
                nn.Conv2d(channels, width, 1, stride, bias=False), nn.BatchNorm2d(width)
            )

    def forward(self, x):
        return torch.zeros_like(self.conv1(x))


# question: q5
def cost(net, shape):
    return 0, 0


# question: q7
def first_step(net, images, labels):
    return 2.302585, {name: 0.0 for name, _ in net.named_parameters()}


# question: q8
def check_residual(block):
    try:
        return block(torch.ones(1, 1, 1, 1), {}, 1) is not None
    except Exception:
        return False


# question: q9
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    net.eval()
    return [2.302585] * (epochs * -(-len(images) // batch))


# question: q10
class Compact(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(784, 10)

    def forward(self, x):
        return 0 * self.head(x.flatten(1))
