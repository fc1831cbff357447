"""Right answers to q1, q2 and q6, in other styles. Text; nobody imports it."""


# answer: q1, pads with F.pad, and pools by the mean of windows
class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, size=28):
        super().__init__()
        borders = {28: 2, 32: 0}
        if size not in borders:
            raise ValueError(f"LeNet reads 28 or 32 rows, not {size}")
        self.border = borders[size]
        self.c1 = nn.Conv2d(channels, 6, kernel_size=(5, 5))
        self.c3 = nn.Conv2d(6, 16, kernel_size=(5, 5))
        self.c5 = nn.Conv2d(16, 120, kernel_size=(5, 5))
        self.f6 = nn.Linear(in_features=120, out_features=84)
        self.output = nn.Linear(in_features=84, out_features=classes)

    @staticmethod
    def halved(x):
        n, c, h, w = x.shape
        return x.reshape(n, c, h // 2, 2, w // 2, 2).mean(dim=(3, 5))

    def forward(self, x):
        x = F.pad(x, [self.border] * 4)
        x = self.halved(torch.tanh(self.c1(x)))
        x = self.halved(torch.tanh(self.c3(x)))
        x = torch.tanh(self.c5(x))[:, :, 0, 0]
        return self.output(torch.tanh(self.f6(x)))


# answer: q1, a Sequential with names
class LeNet(nn.Sequential):
    def __init__(self, classes=10, channels=1, size=28):
        try:
            padding = (2, None, None, None, 0)[size - 28] if size >= 28 else None
        except IndexError:
            padding = None
        if padding is None:
            raise ValueError("size must be 28 or 32")
        super().__init__()
        layers = {
            "c1": nn.Conv2d(channels, 6, 5, padding=padding), "t1": nn.Tanh(), "s2": nn.AvgPool2d(2),
            "c3": nn.Conv2d(6, 16, 5), "t3": nn.Tanh(), "s4": nn.AvgPool2d(2),
            "c5": nn.Conv2d(16, 120, 5), "t5": nn.Tanh(), "flat": nn.Flatten(),
            "f6": nn.Linear(120, 84), "t6": nn.Tanh(), "output": nn.Linear(84, classes),
        }  # fmt: skip
        for name, layer in layers.items():
            self.add_module(name, layer)


# answer: q1, in place where autograd allows it; C5 as a matrix product over the 5 × 5 maps
class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, size=28):
        super().__init__()
        if size != 28 and size != 32:
            raise ValueError("size: 28 or 32")
        self.c1 = nn.Conv2d(channels, 6, 5, padding=(32 - size) // 2)
        self.c3 = nn.Conv2d(6, 16, 5)
        self.c5 = nn.Conv2d(16, 120, 5)
        self.f6 = nn.Linear(120, 84)
        self.output = nn.Linear(84, classes)

    def forward(self, x):
        x = F.avg_pool2d(self.c1(x).tanh_(), 2, 2)
        x = F.avg_pool2d(self.c3(x).tanh_(), 2, 2)
        x = F.linear(x.flatten(1), self.c5.weight.flatten(1), self.c5.bias).tanh_()
        return self.output(self.f6(x).tanh_())


# answer: q2, one ReLU and one pooling layer in many places
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()
        relu, pool = nn.ReLU(inplace=True), nn.MaxPool2d(2)
        numbers = [channels] + [step for step in plan if step != "M"]
        convs = iter([nn.Conv2d(a, b, (3, 3), padding=(1, 1)) for a, b in zip(numbers, numbers[1:])])
        layers = [part for step in plan for part in ([pool] if step == "M" else [next(convs), relu])]
        self.features = nn.Sequential(*layers)
        self.classifier = nn.Linear(numbers[-1], classes)

    def forward(self, x):
        maps = self.features(x)
        return self.classifier(torch.einsum("nchw->nc", maps) / maps[0, 0].numel())


# answer: q2, grows its features layer by layer, and draws its weights as torchvision does
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()
        self.features = nn.Sequential()
        for step in plan:
            if isinstance(step, str):
                self.features.append(nn.MaxPool2d(kernel_size=2, stride=2))
                continue
            conv = nn.Conv2d(channels, step, kernel_size=3, padding="same")
            nn.init.kaiming_normal_(conv.weight, mode="fan_out", nonlinearity="relu")
            nn.init.zeros_(conv.bias)
            self.features.append(conv)
            self.features.append(nn.ReLU())
            channels = step
        self.head = nn.Sequential(nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten())
        self.classifier = nn.Linear(channels, classes)

    def forward(self, x):
        for layer in self.features:
            x = layer(x)
        return self.classifier(self.head(x))


# answer: q2, scores at each place, then their mean
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()

        def layers(plan, channels):
            if not plan:
                return [], channels
            first, *rest = plan
            if first == "M":
                made = [nn.MaxPool2d(2)]
            else:
                made, channels = [nn.Conv2d(channels, first, 3, padding=1), nn.ReLU()], first
            more, last = layers(rest, channels)
            return made + more, last

        made, last = layers(list(plan), channels)
        self.features, self.classifier = nn.Sequential(*made), nn.Linear(last, classes)

    def forward(self, x):
        maps = self.features(x)  # (N, C, H, W)
        return self.classifier(maps.permute(0, 2, 3, 1)).mean(dim=(1, 2))


# answer: q6, recursion
def plan_cost(plan, channels, size, classes):
    if not plan:
        return (channels + 1) * classes, channels * classes
    first, rest, (height, width) = plan[0], plan[1:], size
    if first == "M":
        if height < 2 or width < 2:
            raise ValueError("nothing is left of the picture")
        return plan_cost(rest, channels, (height // 2, width // 2), classes)
    parameters, multiply_adds = plan_cost(rest, first, size, classes)
    return parameters + first * (9 * channels + 1), multiply_adds + 9 * channels * first * height * width


# answer: q6, shifts: all is known from how many "M" stand before a number
def plan_cost(plan, channels, size, classes):
    if not min(size) >> plan.count("M"):
        raise ValueError("nothing is left of the picture")
    widths = [channels, *(step for step in plan if step != "M")]
    pools = [plan[:i].count("M") for i, step in enumerate(plan) if step != "M"]
    weights = [9 * a * b for a, b in zip(widths, widths[1:])]
    parameters = sum(weights) + sum(widths[1:]) + (widths[-1] + 1) * classes
    places = [(size[0] >> k) * (size[1] >> k) for k in pools]
    return parameters, sum(w * p for w, p in zip(weights, places)) + widths[-1] * classes


# answer: q6, NumPy in int64, plain ints at the end
def plan_cost(plan, channels, size, classes):
    shape, rows = np.array(size), []
    for step in plan:
        if step == "M":
            shape = shape // 2
            if not shape.all():
                raise ValueError(f"{plan}: nothing is left of {size}")
        else:
            rows.append([channels, step, shape.prod()])
            channels = step
    before, after, places = np.array(rows, dtype=np.int64).T
    parameters = (9 * before * after + after).sum() + classes * (channels + 1)
    return int(parameters), int(9 * (before * after * places).sum() + classes * channels)
