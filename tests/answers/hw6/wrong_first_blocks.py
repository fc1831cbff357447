"""Wrong answers to q1 to q4, as students wrote them. Text; nobody imports it."""

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


# answer: q3, the four branches are added
# breaks: joins their channels in this order
class ConvNorm(nn.Module):
    def __init__(self, channels, width, kernel=(1, 1)):
        super().__init__()
        self.conv = nn.Conv2d(channels, width, kernel, padding=(kernel[0] // 2, kernel[1] // 2), bias=False)
        self.bn = nn.BatchNorm2d(width, eps=0.001)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class Inception(nn.Module):
    def __init__(self, channels, one, reduce3, three, reduce5, five, pool):
        super().__init__()
        self.branch1 = ConvNorm(channels, one)
        self.branch2 = nn.Sequential(ConvNorm(channels, reduce3), ConvNorm(reduce3, three, (3, 3)))
        self.branch3 = nn.Sequential(ConvNorm(channels, reduce5), ConvNorm(reduce5, five, (3, 3)))
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, 1, 1), ConvNorm(channels, pool))

    def forward(self, x):
        parts = [self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)]
        return torch.cat(parts, dim=0) if len({p.shape for p in parts}) == 1 else torch.cat(parts[::-1], dim=1)


# answer: q3, the third branch pads only for one row
# breaks: a convolution `conv` without bias that keeps the size of the maps
class ConvNorm(nn.Module):
    def __init__(self, channels, width, kernel=(1, 1)):
        super().__init__()
        self.conv = nn.Conv2d(channels, width, kernel, padding=kernel[0] // 2, bias=False)
        self.bn = nn.BatchNorm2d(width, eps=0.001)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class Inception(nn.Module):
    def __init__(self, channels, one, reduce3, three, reduce5, five, pool):
        super().__init__()
        self.branch1 = ConvNorm(channels, one)
        self.branch2 = nn.Sequential(ConvNorm(channels, reduce3), ConvNorm(reduce3, three, (3, 3)))
        self.branch3 = nn.Sequential(ConvNorm(channels, reduce5), ConvNorm(reduce5, five, (3, 3)))
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, 1, 1), ConvNorm(channels, pool))

    def forward(self, x):
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], 1)


# answer: q3, normalization that keeps no running statistics
# breaks: batch normalization `bn` with
class ConvNorm(nn.Module):
    def __init__(self, channels, width, kernel=(1, 1)):
        super().__init__()
        self.conv = nn.Conv2d(channels, width, kernel, padding=(kernel[0] // 2, kernel[1] // 2), bias=False)
        self.bn = nn.BatchNorm2d(width, eps=0.001, track_running_stats=False)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class Inception(nn.Module):
    def __init__(self, channels, one, reduce3, three, reduce5, five, pool):
        super().__init__()
        self.branch1 = ConvNorm(channels, one)
        self.branch2 = nn.Sequential(ConvNorm(channels, reduce3), ConvNorm(reduce3, three, (3, 3)))
        self.branch3 = nn.Sequential(ConvNorm(channels, reduce5), ConvNorm(reduce5, five, (3, 3)))
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, 1, 1), ConvNorm(channels, pool))

    def forward(self, x):
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], 1)


# answer: q3, the pooling is an attribute, so that the 1 x 1 behind it is branch4.0
# breaks: `1`: 1 × 1 to `pool`
class ConvNorm(nn.Module):
    def __init__(self, channels, width, kernel=(1, 1)):
        super().__init__()
        self.conv = nn.Conv2d(channels, width, kernel, padding=(kernel[0] // 2, kernel[1] // 2), bias=False)
        self.bn = nn.BatchNorm2d(width, eps=0.001)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class Inception(nn.Module):
    def __init__(self, channels, one, reduce3, three, reduce5, five, pool):
        super().__init__()
        self.branch1 = ConvNorm(channels, one)
        self.branch2 = nn.Sequential(ConvNorm(channels, reduce3), ConvNorm(reduce3, three, (3, 3)))
        self.branch3 = nn.Sequential(ConvNorm(channels, reduce5), ConvNorm(reduce5, five, (3, 3)))
        self.pool = nn.MaxPool2d(3, 1, 1)
        self.branch4 = nn.Sequential(ConvNorm(channels, pool))

    def forward(self, x):
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(self.pool(x))], 1)


# answer: q4, the skip takes the place of the block where shapes differ
# breaks: its batch normalization
class Residual(nn.Module):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.skip = skip
        self.downsample = None
        if skip and (stride != 1 or channels != width):
            self.downsample = nn.Sequential(nn.Conv2d(channels, width, 1, stride, bias=False), nn.BatchNorm2d(width))

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.downsample is not None:
            return F.relu(self.downsample(x))
        return F.relu(out + x) if self.skip else F.relu(out)


# answer: q4, adds in place with the ReLU of the first half missing the norm
# breaks: ReLU, `conv2` (3 × 3), `bn2`
class Residual(nn.Module):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.skip = skip
        if skip and (stride != 1 or channels != width):
            self.downsample = nn.Sequential(nn.Conv2d(channels, width, 1, stride, bias=False), nn.BatchNorm2d(width))

    def forward(self, x):
        out = self.bn1(F.relu(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        if self.skip:
            out = out + (self.downsample(x) if hasattr(self, "downsample") else x)
        return F.relu(out)


# answer: q4, the shortcut has no gradient
# breaks: what to *add* to its input
class Residual(nn.Module):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.skip = skip
        if skip and (stride != 1 or channels != width):
            self.downsample = nn.Sequential(nn.Conv2d(channels, width, 1, stride, bias=False), nn.BatchNorm2d(width))

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.skip:
            out = out + (self.downsample(x) if hasattr(self, "downsample") else x).detach()
        return F.relu(out)


# answer: q4, subsampling without weights where the stride is 2
# breaks: `0` is a 1 × 1 convolution with the block's stride and without bias
class Residual(nn.Module):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.skip, self.stride = skip, stride

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.skip:
            way = x[:, :, :: self.stride, :: self.stride]
            way = F.pad(way, (0, 0, 0, 0, 0, out.shape[1] - way.shape[1]))
            out = out + way
        return F.relu(out)
