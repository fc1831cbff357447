"""A network in other words, with modules for the ReLU and the pooling; a loop that keeps tensors."""

import torch
from torch import nn


# question: q1
class Small(nn.Module):
    def __init__(self):
        nn.Module.__init__(self)
        self.head = nn.Linear(4 * 4 * 4, 3)
        self.drop = nn.Dropout(p=0.1)
        self.conv = nn.Conv2d(1, 4, kernel_size=(3, 3), padding="same", bias=False)
        self.norm = nn.BatchNorm2d(4)
        self.pool = nn.Sequential(nn.ReLU(), nn.MaxPool2d(2), self.drop, nn.Flatten())

    def forward(self, images):
        return self.head(self.pool(self.norm(self.conv(images))))


# question: q2
def train(net, optimizer, images, labels, steps):
    found, criterion = [], nn.CrossEntropyLoss()
    net = net.train()
    while len(found) < steps:
        scores = net(images)
        loss = criterion(scores, labels)
        net.zero_grad(set_to_none=False)
        loss.backward()
        optimizer.step()
        found += [float(loss.detach())]
    net.train(False)
    return found
