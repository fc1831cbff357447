"""Right answers to q3 and q4, in other styles. Text; nobody imports it."""


# answer: q3, a Sequential with names, and branches in a loop
class ConvNorm(nn.Sequential):
    def __init__(self, channels, width, kernel=(1, 1)):
        super().__init__()
        self.conv = nn.Conv2d(channels, width, tuple(kernel), padding="same", bias=False)
        self.bn = nn.BatchNorm2d(width, eps=1e-3)
        self.relu = nn.ReLU(inplace=True)


class Inception(nn.Module):
    def __init__(self, channels, one, reduce3, three, reduce5, five, pool):
        super().__init__()
        self.branch1 = ConvNorm(channels, one)
        for name, inside, out in (("branch2", reduce3, three), ("branch3", reduce5, five)):
            setattr(self, name, nn.Sequential(ConvNorm(channels, inside), ConvNorm(inside, out, (3, 3))))
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, stride=1, padding=1), ConvNorm(channels, pool))

    def forward(self, x):
        return torch.cat([branch(x) for branch in self.children()], dim=-3)


# answer: q3, functional: pads, correlates and normalizes with the layers' weights
class ConvNorm(nn.Module):
    def __init__(self, channels, width, kernel=(1, 1)):
        super().__init__()
        kh, kw = kernel
        self.border = (kw // 2, kw // 2, kh // 2, kh // 2)
        self.conv = nn.Conv2d(channels, width, (kh, kw), bias=False)
        self.bn = nn.BatchNorm2d(width)
        self.bn.eps = 0.001

    def forward(self, x):
        return self.bn(F.conv2d(F.pad(x, self.border), self.conv.weight)).clamp(min=0)


class Inception(nn.Module):
    def __init__(self, channels, one, reduce3, three, reduce5, five, pool):
        super().__init__()
        self.branch1 = ConvNorm(channels, one)
        self.branch2 = nn.ModuleList([ConvNorm(channels, reduce3), ConvNorm(reduce3, three, (3, 3))])
        self.branch3 = nn.ModuleList([ConvNorm(channels, reduce5), ConvNorm(reduce5, five, (3, 3))])
        self.branch4 = nn.ModuleDict({"1": ConvNorm(channels, pool)})

    def forward(self, x):
        low = torch.finfo(x.dtype).min
        pooled = F.max_pool2d(F.pad(x, (1, 1, 1, 1), value=low), 3, stride=1)
        made = [self.branch1(x), self.branch2[1](self.branch2[0](x))]
        made += [self.branch3[1](self.branch3[0](x)), self.branch4["1"](pooled)]
        return torch.cat(made, 1)


# answer: q3, the maximum of 3 × 3 as that of three rows of three columns
class ConvNorm(nn.Module):
    def __init__(self, channels, width, kernel=(1, 1)):
        super().__init__()
        padding = tuple((k - 1) // 2 for k in kernel)
        self.conv = nn.Conv2d(channels, width, kernel_size=kernel, padding=padding, bias=False)
        self.bn = nn.BatchNorm2d(num_features=width, eps=0.001)

    def forward(self, x):
        out = self.bn(self.conv(x))
        return torch.where(out > 0, out, torch.zeros_like(out))


class Pool(nn.Module):
    def forward(self, x):
        return F.max_pool2d(F.max_pool2d(x, (3, 1), 1, (1, 0)), (1, 3), 1, (0, 1))


class Inception(nn.Module):
    def __init__(self, channels, one, reduce3, three, reduce5, five, pool):
        super().__init__()

        def two(inside, out):
            return nn.Sequential(ConvNorm(channels, inside), ConvNorm(inside, out, kernel=(3, 3)))

        self.branch4 = nn.Sequential(Pool(), ConvNorm(channels, pool))
        self.branch3 = two(reduce5, five)
        self.branch2 = two(reduce3, three)
        self.branch1 = ConvNorm(channels, one)

    def forward(self, x):
        fourth, third, second, first = (branch(x) for branch in self.children())
        return torch.cat((first, second, third, fourth), dim=1)


# answer: q4, an Identity where nothing has to change
class Residual(nn.Module):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.skip = skip
        same = (channels, stride) == (width, 1)
        if skip:
            conv = nn.Conv2d(channels, width, 1, stride, bias=False)
            self.downsample = nn.Identity() if same else nn.Sequential(conv, nn.BatchNorm2d(width))

    def forward(self, x):
        out = self.bn1(self.conv1(x)).relu_()
        out = self.bn2(self.conv2(out))
        if self.skip:
            out += self.downsample(x)
        return out.relu_()


# answer: q4, shortcut from every other pixel, convolved with stride 1
class Residual(nn.Module):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__()
        self.stride, self.skip = stride, skip
        self.conv1 = nn.Conv2d(channels, width, 3, stride=stride, padding=1, bias=False)
        self.conv2 = nn.Conv2d(width, width, 3, padding="same", bias=False)
        self.bn1, self.bn2 = nn.BatchNorm2d(width), nn.BatchNorm2d(width)
        if skip and not (stride == 1 and channels == width):
            self.downsample = nn.Sequential()
            self.downsample.add_module("0", nn.Conv2d(channels, width, 1, bias=False))
            self.downsample.add_module("1", nn.BatchNorm2d(width))

    def around(self, x):
        if not self.skip:
            return 0
        if "downsample" in self._modules:
            return self.downsample(x[:, :, :: self.stride, :: self.stride])
        return x

    def forward(self, x):
        phi = x
        for step in (self.conv1, self.bn1, torch.relu, self.conv2, self.bn2):
            phi = step(phi)
        return torch.relu(phi + self.around(x))


# answer: q4, two classes behind one name
class Plain(nn.Module):
    def __init__(self, channels, width, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)

    def phi(self, x):
        return self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))


class Residual(Plain):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__(channels, width, stride)
        self.downsample = None
        self.shortcut = None if not skip else "same"
        if skip and (stride != 1 or channels != width):
            self.shortcut = "changed"
            self.downsample = nn.Sequential(
                nn.Conv2d(channels, width, kernel_size=1, stride=stride, bias=False), nn.BatchNorm2d(width)
            )

    def forward(self, x):
        match self.shortcut:
            case None:
                return F.relu(self.phi(x))
            case "same":
                return F.relu(x + self.phi(x))
            case _:
                return F.relu(self.downsample(x) + self.phi(x))
