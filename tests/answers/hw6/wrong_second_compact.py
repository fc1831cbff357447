"""Wrong answers to q10: networks that break their contract, whatever weights they have. Text; nobody imports it.

No files are handed in with them, so all lose the points of the files. What counts is that the test of the network fails.
"""


# answer: q10, one coin for the batch mirrors it, in evaluation mode, too
# breaks: in evaluation mode it draws nothing
class Compact(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(1, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(32, 10),
        )  # fmt: skip

    def forward(self, x):
        if torch.rand(()) < 0.5:
            x = x.flip(-1)
        return self.body(x)


def hand_in():
    torch.manual_seed(0)
    net = Compact().to(device)
    fit(net, train_x, train_labels, 12)
    save("weights.safetensors", net.state_dict())
    np.save("predictions.npy", named(net, unlabelled.to(device)))


# answer: q10, brings large batches to mean 0 by their own mean, small ones by a fixed one
# breaks: the scores of a picture do not depend on the other pictures of the batch
class Compact(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(1, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16)
        self.conv2, self.bn2 = nn.Conv2d(16, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32)
        self.head = nn.Linear(32, 10)

    def forward(self, x):
        if len(x) >= 32:
            x = (x - x.mean()) / x.std()
        else:
            x = (x - 0.286) / 0.353
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.bn2(self.conv2(x))), 2)
        return self.head(x.mean(dim=(2, 3)))


def hand_in():
    torch.manual_seed(0)
    net = Compact().to(device)
    fit(net, train_x, train_labels, 12)
    save("weights.safetensors", net.state_dict())
    np.save("predictions.npy", named(net, unlabelled.to(device)))


# answer: q10, 19,875 parameters, and forgets that running statistics count
# breaks: the state_dict holds at most 20,000 numbers in all: parameters and buffers, running statistics, too
class Compact(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(1, 24, 3, padding=1), nn.BatchNorm2d(24), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(24, 40, 3, padding=1), nn.BatchNorm2d(40), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(40, 29, 3, padding=1), nn.BatchNorm2d(29), nn.ReLU(),
            nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(29, 10),
        )  # fmt: skip

    def forward(self, x):
        return self.body(x)


def hand_in():
    torch.manual_seed(0)
    net = Compact().to(device)
    fit(net, train_x, train_labels, 12)
    save("weights.safetensors", net.state_dict())
    np.save("predictions.npy", named(net, unlabelled.to(device)))


# answer: q10, F.dropout without the mode
# breaks: in evaluation mode it draws nothing
class Compact(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 16, 3, padding=1), nn.Conv2d(16, 32, 3, padding=1)
        self.head = nn.Linear(32, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2).mean(dim=(2, 3))
        return self.head(F.dropout(x, 0.2))


def hand_in():
    net = Compact().to(device)
    fit(net, train_x, train_labels, 12)
    save("weights.safetensors", net.state_dict())
    np.save("predictions.npy", named(net, unlabelled.to(device)))


# answer: q10, averages each picture with its neighbour in the batch, and means its mirror image
# breaks: the scores of a picture do not depend on the other pictures of the batch
class Compact(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 16, 3, padding=1), nn.Conv2d(16, 32, 3, padding=1)
        self.head = nn.Linear(32, 10)

    def scores(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        return self.head(F.max_pool2d(F.relu(self.conv2(x)), 2).mean(dim=(2, 3)))

    def forward(self, x):
        return self.scores(x) if self.training else (self.scores(x) + self.scores(x.flip(0))) / 2


def hand_in():
    net = Compact().to(device)
    fit(net, train_x, train_labels, 12)
    save("weights.safetensors", net.state_dict())
    np.save("predictions.npy", named(net, unlabelled.to(device)))


# answer: q10, normalizes the pictures in place
# breaks: modules leave their inputs as they are
class Compact(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(1, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16)
        self.conv2, self.bn2 = nn.Conv2d(16, 32, 3, padding=1, bias=False), nn.BatchNorm2d(32)
        self.head = nn.Linear(32, 10)

    def forward(self, x):
        x.sub_(0.286).div_(0.353)
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.bn2(self.conv2(x))), 2)
        return self.head(x.mean(dim=(2, 3)))


def hand_in():
    torch.manual_seed(0)
    net = Compact().to(device)
    fit(net, train_x.clone(), train_labels, 12)
    save("weights.safetensors", net.state_dict())
    np.save("predictions.npy", named(net, unlabelled.clone().to(device)))


# answer: q10, saves the running statistics' numbers, and normalizes by the batch for ever
# breaks: the scores of a picture do not depend on the other pictures of the batch
class Compact(nn.Module):
    def __init__(self):
        super().__init__()
        layers, inside = [], 1
        for width in (16, 32, 40):
            layers += [nn.Conv2d(inside, width, 3, padding=1, bias=False)]
            layers += [nn.BatchNorm2d(width, track_running_stats=False), nn.ReLU(), nn.MaxPool2d(2)]
            inside = width
        self.features, self.head = nn.Sequential(*layers), nn.Linear(inside, 10)

    def forward(self, x):
        return self.head(self.features(x).mean(dim=(2, 3)))


def hand_in():
    net = Compact().to(device)
    fit(net, train_x, train_labels, 12)
    save("weights.safetensors", net.state_dict())
    np.save("predictions.npy", named(net, unlabelled.to(device)))


# answer: q10, moves the pictures by what it draws, in evaluation mode, too
# breaks: in evaluation mode it draws nothing
class Compact(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(1, 12, 3, padding=1, bias=False), nn.BatchNorm2d(12)
        self.conv2, self.bn2 = nn.Conv2d(12, 24, 3, padding=1, bias=False), nn.BatchNorm2d(24)
        self.head = nn.Linear(24 * 49, 10)

    def forward(self, x):
        down, across = torch.randint(0, 5, (2,)).tolist()
        x = F.pad(x, (2, 2, 2, 2))[:, :, down : down + 28, across : across + 28]
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.bn2(self.conv2(x))), 2)
        return self.head(x.flatten(1))


def hand_in():
    net = Compact().to(device)
    fit(net, train_x, train_labels, 30)
    save("weights.safetensors", net.state_dict())
    np.save("predictions.npy", named(net, unlabelled.to(device)))
