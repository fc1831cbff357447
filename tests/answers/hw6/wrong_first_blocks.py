"""Wrong answers to q1 and q2, as students wrote them. Text; nobody imports it."""

# answer: q1, only the first activation is tanh
# breaks: tanh, 2 × 2 average pooling
class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, size=28):
        super().__init__()
        if size != 28 and size != 32:
            raise ValueError
        self.c1 = nn.Conv2d(channels, 6, 5, padding=2 if size == 28 else 0)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.c5 = nn.Conv2d(16, 120, 5)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, classes)

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(self.c1(x)), 2)
        x = F.avg_pool2d(F.relu(self.c3(x)), 2)
        x = F.relu(self.c5(x)).flatten(1)
        return self.output(F.relu(self.f6(x)))


# answer: q1, c5 is a linear layer
# breaks: 5 × 5 convolution
class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, size=28):
        super().__init__()
        if size not in (28, 32):
            raise ValueError("size")
        self.c1 = nn.Conv2d(channels, 6, 5, padding=(32 - size) // 2)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.c5 = nn.Linear(400, 120)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, classes)

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(self.c1(x)), 2)
        x = F.avg_pool2d(torch.tanh(self.c3(x)), 2)
        x = torch.tanh(self.c5(x.flatten(1)))
        return self.output(torch.tanh(self.f6(x)))


# answer: q1, pads all pictures by two
# breaks: padded so that 28 or 32 pixels give 28
class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, size=28):
        super().__init__()
        if size not in (28, 32):
            raise ValueError("size")
        self.c1 = nn.Conv2d(channels, 6, 5, padding=2)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.c5 = nn.Conv2d(16, 120, 5)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, classes)

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(self.c1(x)), 2)
        x = F.avg_pool2d(torch.tanh(self.c3(x)), 2)
        x = torch.tanh(self.c5(x)).mean(dim=(2, 3))
        return self.output(torch.tanh(self.f6(x)))


# answer: q1, log-probabilities
# breaks: tensor (N, K)
class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, size=28):
        super().__init__()
        if size not in (28, 32):
            raise ValueError("size")
        self.c1 = nn.Conv2d(channels, 6, 5, padding=(32 - size) // 2)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.c5 = nn.Conv2d(16, 120, 5)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, classes)

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(self.c1(x)), 2)
        x = F.avg_pool2d(torch.tanh(self.c3(x)), 2)
        x = torch.tanh(self.c5(x)).flatten(1)
        return F.log_softmax(self.output(torch.tanh(self.f6(x))), dim=1)


# answer: q1, raises TypeError for other sizes
# breaks: ValueError where size is another
class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, size=28):
        super().__init__()
        if size not in (28, 32):
            raise TypeError("size")
        self.c1 = nn.Conv2d(channels, 6, 5, padding=(32 - size) // 2)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.c5 = nn.Conv2d(16, 120, 5)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, classes)

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(self.c1(x)), 2)
        x = F.avg_pool2d(torch.tanh(self.c3(x)), 2)
        x = torch.tanh(self.c5(x)).flatten(1)
        return self.output(torch.tanh(self.f6(x)))


# answer: q1, uses the size for refusing only between 28 and 32
# breaks: rows and columns of a picture: 28 or 32
class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, size=28):
        super().__init__()
        if size < 28 or size > 32:
            raise ValueError("size")
        self.c1 = nn.Conv2d(channels, 6, 5, padding=(32 - size) // 2)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.c5 = nn.Conv2d(16, 120, 5)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, classes)

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(self.c1(x)), 2)
        x = F.avg_pool2d(torch.tanh(self.c3(x)), 2)
        x = torch.tanh(self.c5(x)).flatten(1)
        return self.output(torch.tanh(self.f6(x)))


# answer: q2, no ReLU behind the last convolution
# breaks: a ReLU behind it
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()
        layers = []
        for p in plan:
            if p == "M":
                layers.append(nn.MaxPool2d(2))
            else:
                layers.append(nn.Conv2d(channels, p, 3, padding=1))
                layers.append(nn.ReLU())
                channels = p
        last = max(k for k, layer in enumerate(layers) if isinstance(layer, nn.ReLU))
        layers[last] = nn.Identity()
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        return self.classifier(self.features(x).mean(dim=(2, 3)))


# answer: q2, the mean over rows, and the first column of it
# breaks: each map is averaged to one number
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()
        layers = []
        for p in plan:
            if p == "M":
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(channels, p, 3, padding=1), nn.ReLU()]
                channels = p
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        return self.classifier(self.features(x).mean(dim=2)[..., 0])


# answer: q2, a sum in the place of the mean
# breaks: each map is averaged to one number
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()
        layers = []
        for p in plan:
            if p == "M":
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(channels, p, 3, padding=1), nn.ReLU()]
                channels = p
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        return self.classifier(self.features(x).sum(dim=(2, 3)))


# answer: q2, pools by stride 3 x 3
# breaks: `"M"` is a 2 × 2 max pooling
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()
        layers = []
        for p in plan:
            if p == "M":
                layers.append(nn.MaxPool2d(3, 2, 1))
            else:
                layers += [nn.Conv2d(channels, p, 3, padding=1), nn.ReLU()]
                channels = p
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        return self.classifier(self.features(x).mean(dim=(2, 3)))


# answer: q2, a ReLU that works in place on the picture where the plan begins with pooling, and batch normalization
# breaks: no other parameters and buffers be there
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()
        layers = []
        for p in plan:
            if p == "M":
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(channels, p, 3, padding=1), nn.ReLU()]
                channels = p
        self.features = nn.Sequential(*layers)
        self.norm = nn.BatchNorm1d(channels)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        return self.classifier(self.norm(self.features(x).mean(dim=(2, 3))))
