"""Wrong answers to q1 and q2: LeNet and VGG that do well with the public tests' few networks. Text; nobody imports it."""


# answer: q1, squeezes away the batch of one
# breaks: Returns tensor (N, K); "a batch may hold one of them"
class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, size=28):
        super().__init__()
        if size not in (28, 32):
            raise ValueError("size must be 28 or 32")
        self.c1 = nn.Conv2d(channels, 6, 5, padding=(32 - size) // 2)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.c5 = nn.Conv2d(16, 120, 5)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, classes)

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(self.c1(x)), 2)
        x = F.avg_pool2d(torch.tanh(self.c3(x)), 2)
        x = torch.tanh(self.c5(x)).squeeze()
        return self.output(torch.tanh(self.f6(x)))


# answer: q1, takes every size that can be halved twice
# breaks: Raises ValueError where size is another than 28 or 32
class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, size=28):
        super().__init__()
        if size % 4:
            raise ValueError(f"size {size} cannot be halved twice")
        self.c1 = nn.Conv2d(channels, 6, 5, padding=2 if size == 28 else 0)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.c5 = nn.Conv2d(16, 120, 5)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, classes)

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(self.c1(x)), 2)
        x = F.avg_pool2d(torch.tanh(self.c3(x)), 2)
        x = torch.tanh(self.c5(x)).flatten(1)
        return self.output(torch.tanh(self.f6(x)))


# answer: q1, rounds the padding before it looks whether the size is right
# breaks: Raises ValueError where size is another: 27 and 31 pass
class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, size=28):
        super().__init__()
        border = (32 - size) // 2
        if border not in (0, 2):
            raise ValueError("LeNet reads pictures of 28 or 32 rows")
        self.c1 = nn.Conv2d(channels, 6, 5, padding=border)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.c5 = nn.Conv2d(16, 120, 5)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, classes)
        self.pool = nn.AvgPool2d(2)

    def forward(self, x):
        x = self.pool(self.c1(x).tanh())
        x = self.pool(self.c3(x).tanh())
        x = self.c5(x).tanh().flatten(1)
        return self.output(self.f6(x).tanh())


# answer: q1, refuses only sizes between 28 and 32
# breaks: Raises ValueError where size is another: 24 and 64 pass
class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, size=28):
        super().__init__()
        if 28 < size < 32:
            raise ValueError("size: 28 or 32")
        padding = 2 if size == 28 else 0
        self.c1, self.c3 = nn.Conv2d(channels, 6, 5, padding=padding), nn.Conv2d(6, 16, 5)
        self.c5, self.f6 = nn.Conv2d(16, 120, 5), nn.Linear(120, 84)
        self.output = nn.Linear(84, classes)

    def forward(self, x):
        for conv in (self.c1, self.c3):
            x = F.avg_pool2d(torch.tanh(conv(x)), 2)
        x = torch.tanh(self.c5(x)).flatten(1)
        return self.output(torch.tanh(self.f6(x)))


# answer: q1, drops out in training mode, as chatbots like it
# breaks: the table of layers: behind F6 there is a tanh, then the output; no dropout in any mode
class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, size=28):
        super().__init__()
        if size not in (28, 32):
            raise ValueError("size must be 28 or 32")
        self.c1 = nn.Conv2d(channels, 6, 5, padding=2 if size == 28 else 0)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.c5 = nn.Conv2d(16, 120, 5)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, classes)

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(self.c1(x)), 2)
        x = F.avg_pool2d(torch.tanh(self.c3(x)), 2)
        x = torch.tanh(self.c5(x)).flatten(1)
        x = F.dropout(torch.tanh(self.f6(x)), 0.5, self.training)
        return self.output(x)


# answer: q1, gives logarithms of probabilities in training mode
# breaks: output is a linear layer, a score for each class, in training mode, too
class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, size=28):
        super().__init__()
        if size not in (28, 32):
            raise ValueError("size must be 28 or 32")
        self.c1 = nn.Conv2d(channels, 6, 5, padding=2 if size == 28 else 0)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.c5 = nn.Conv2d(16, 120, 5)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, classes)

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(self.c1(x)), 2)
        x = F.avg_pool2d(torch.tanh(self.c3(x)), 2)
        x = torch.tanh(self.c5(x)).flatten(1)
        scores = self.output(torch.tanh(self.f6(x)))
        return F.log_softmax(scores, dim=1) if self.training else scores


# answer: q1, other names for the arguments
# breaks: Parameters: classes, channels, size
class LeNet(nn.Module):
    def __init__(self, num_classes=10, in_channels=1, size=28):
        super().__init__()
        if size not in (28, 32):
            raise ValueError("size must be 28 or 32")
        self.c1 = nn.Conv2d(in_channels, 6, 5, padding=2 if size == 28 else 0)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.c5 = nn.Conv2d(16, 120, 5)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, num_classes)

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(self.c1(x)), 2)
        x = F.avg_pool2d(torch.tanh(self.c3(x)), 2)
        x = torch.tanh(self.c5(x)).flatten(1)
        return self.output(torch.tanh(self.f6(x)))


# answer: q1, the scores of a single class lose their axis
# breaks: Returns tensor (N, K), for K = 1, too
class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, size=28):
        super().__init__()
        if size not in (28, 32):
            raise ValueError("size must be 28 or 32")
        self.c1 = nn.Conv2d(channels, 6, 5, padding=2 if size == 28 else 0)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.c5 = nn.Conv2d(16, 120, 5)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, classes)

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(self.c1(x)), 2)
        x = F.avg_pool2d(torch.tanh(self.c3(x)), 2)
        x = torch.tanh(self.c5(x)).flatten(1)
        return self.output(torch.tanh(self.f6(x))).squeeze(1)


# answer: q2, a classifier as wide as the widest convolution
# breaks: the linear layer reads the maps of the last convolution; a plan may get narrower
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()
        layers = []
        for step in plan:
            if step == "M":
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(channels, step, 3, padding=1), nn.ReLU()]
                channels = step
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(max(step for step in plan if step != "M"), classes)

    def forward(self, x):
        return self.classifier(self.features(x).mean(dim=(2, 3)))


# answer: q2, knows plans that end with one pooling layer at most
# breaks: plan is a list of whole numbers and "M", with at least one number: [8, "M", "M"] is one
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()
        last = plan[-1] if plan[-1] != "M" else plan[-2]
        layers = []
        for step in plan:
            if step == "M":
                layers.append(nn.MaxPool2d(kernel_size=2, stride=2))
            else:
                layers.append(nn.Conv2d(channels, step, kernel_size=3, padding=1))
                layers.append(nn.ReLU(inplace=True))
                channels = step
        self.features = nn.Sequential(*layers)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.classifier = nn.Linear(last, classes)

    def forward(self, x):
        return self.classifier(self.pool(self.features(x)).flatten(1))


# answer: q2, squeezes away the batch of one
# breaks: Returns tensor (N, K); "a batch may hold one of them"
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()
        layers = []
        for step in plan:
            if step == "M":
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(channels, step, 3, padding=1), nn.ReLU()]
                channels = step
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        return self.classifier(F.adaptive_avg_pool2d(self.features(x), 1).squeeze())


# answer: q2, takes the plan apart
# breaks: functions and modules leave their inputs as they are
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()
        layers = []
        while plan:
            step = plan.pop(0)
            if step == "M":
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(channels, step, 3, padding=1), nn.ReLU()]
                channels = step
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        return self.classifier(self.features(x).mean(dim=(2, 3)))


# answer: q2, one convolution for all places of the plan that have the same channels
# breaks: each whole number is a convolution: in [4, 4, 4] the second and the third have weights of their own
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()
        made = {}

        def conv(inside, out):
            if (inside, out) not in made:
                made[inside, out] = nn.Conv2d(inside, out, 3, padding=1)
            return made[inside, out]

        layers = []
        for step in plan:
            if step == "M":
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [conv(channels, step), nn.ReLU()]
                channels = step
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        return self.classifier(self.features(x).mean(dim=(2, 3)))
