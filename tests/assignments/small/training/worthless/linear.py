"""A linear layer on the pixels, and a loop that measures and never learns."""

import torch
from torch import nn


# question: q1
class Small(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(64, 3)

    def forward(self, x):
        return self.head(x.flatten(1))


# question: q2
def train(net, optimizer, images, labels, steps):
    return [nn.functional.cross_entropy(net(images), labels).item() for _ in range(steps)]
