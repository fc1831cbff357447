"""Wrong answers to q3: bricks and blocks of GoogLeNet that do the 3a of the public test. Text; nobody imports it."""


# answer: q3, has a table of paddings, and 7 is not in it
# breaks: the kernel is a pair of odd numbers, so that it makes the 1 × 7 and 7 × 1, too
class ConvNorm(nn.Module):
    PADDING = {1: 0, 3: 1, 5: 2}

    def __init__(self, channels, width, kernel=(1, 1)):
        super().__init__()
        padding = tuple(self.PADDING.get(k, 2) for k in kernel)
        self.conv = nn.Conv2d(channels, width, kernel, padding=padding, bias=False)
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
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], dim=1)


# answer: q3, normalizes by hand in training mode, and never moves the running statistics
# breaks: batch normalization bn, run in training and evaluation mode as any module of PyTorch
class ConvNorm(nn.Module):
    def __init__(self, channels, width, kernel=(1, 1)):
        super().__init__()
        self.conv = nn.Conv2d(channels, width, kernel, padding=(kernel[0] // 2, kernel[1] // 2), bias=False)
        self.bn = nn.BatchNorm2d(width, eps=0.001)

    def forward(self, x):
        x = self.conv(x)
        if self.training:
            mean = x.mean(dim=(0, 2, 3), keepdim=True)
            var = x.var(dim=(0, 2, 3), keepdim=True, unbiased=False)
        else:
            mean = self.bn.running_mean.view(1, -1, 1, 1)
            var = self.bn.running_var.view(1, -1, 1, 1)
        x = (x - mean) / torch.sqrt(var + 0.001)
        return torch.relu(x * self.bn.weight.view(1, -1, 1, 1) + self.bn.bias.view(1, -1, 1, 1))


class Inception(nn.Module):
    def __init__(self, channels, one, reduce3, three, reduce5, five, pool):
        super().__init__()
        self.branch1 = ConvNorm(channels, one)
        self.branch2 = nn.Sequential(ConvNorm(channels, reduce3), ConvNorm(reduce3, three, (3, 3)))
        self.branch3 = nn.Sequential(ConvNorm(channels, reduce5), ConvNorm(reduce5, five, (3, 3)))
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, 1, 1), ConvNorm(channels, pool))

    def forward(self, x):
        return torch.cat([b(x) for b in (self.branch1, self.branch2, self.branch3, self.branch4)], 1)


# answer: q3, makes each brick once for all places that ask for the same sizes
# breaks: each branch has bricks of its own: where reduce3 is reduce5, branch2.0 and branch3.0 are two
class ConvNorm(nn.Module):
    def __init__(self, channels, width, kernel=(1, 1)):
        super().__init__()
        self.conv = nn.Conv2d(channels, width, kernel, padding=[k // 2 for k in kernel], bias=False)
        self.bn = nn.BatchNorm2d(width, eps=0.001)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        return self.relu(self.bn(self.conv(x)))


class Inception(nn.Module):
    def __init__(self, channels, one, reduce3, three, reduce5, five, pool):
        super().__init__()
        bricks = {}

        def brick(*sizes):
            return bricks.setdefault(sizes, ConvNorm(*sizes))

        self.branch1 = brick(channels, one)
        self.branch2 = nn.Sequential(brick(channels, reduce3), brick(reduce3, three, (3, 3)))
        self.branch3 = nn.Sequential(brick(channels, reduce5), brick(reduce5, five, (3, 3)))
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, stride=1, padding=1), brick(channels, pool))

    def forward(self, x):
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], dim=1)


# answer: q3, leaves the 1 × 1 out where it would not reduce
# breaks: branch2 is 0: 1 × 1 to reduce3, and 1: 3 × 3 to three, whatever the numbers are
class ConvNorm(nn.Module):
    def __init__(self, channels, width, kernel=(1, 1)):
        super().__init__()
        self.conv = nn.Conv2d(channels, width, kernel, padding="same", bias=False)
        self.bn = nn.BatchNorm2d(width, eps=0.001)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class Inception(nn.Module):
    def __init__(self, channels, one, reduce3, three, reduce5, five, pool):
        super().__init__()

        def reduced(inside, out):
            if inside >= channels:
                return nn.Sequential(nn.Identity(), ConvNorm(channels, out, (3, 3)))
            return nn.Sequential(ConvNorm(channels, inside), ConvNorm(inside, out, (3, 3)))

        self.branch1 = ConvNorm(channels, one)
        self.branch2, self.branch3 = reduced(reduce3, three), reduced(reduce5, five)
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, 1, padding=1), ConvNorm(channels, pool))

    def forward(self, x):
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], dim=1)


# answer: q3, drops out in training mode, as the paper does at its end
# breaks: Inception puts four branches side by side and joins their channels: no more than that
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
        maps = torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], dim=1)
        return F.dropout(maps, 0.4, training=self.training)


# answer: q3, torchvision's names for the arguments of the block
# breaks: Parameters: channels, one, reduce3, three, reduce5, five, pool
class ConvNorm(nn.Module):
    def __init__(self, channels, width, kernel=(1, 1)):
        super().__init__()
        self.conv = nn.Conv2d(channels, width, kernel, padding=(kernel[0] // 2, kernel[1] // 2), bias=False)
        self.bn = nn.BatchNorm2d(width, eps=0.001)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)), inplace=True)


class Inception(nn.Module):
    def __init__(self, in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj):
        super().__init__()
        self.branch1 = ConvNorm(in_channels, ch1x1)
        self.branch2 = nn.Sequential(ConvNorm(in_channels, ch3x3red), ConvNorm(ch3x3red, ch3x3, (3, 3)))
        self.branch3 = nn.Sequential(ConvNorm(in_channels, ch5x5red), ConvNorm(ch5x5red, ch5x5, (3, 3)))
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, stride=1, padding=1), ConvNorm(in_channels, pool_proj))

    def forward(self, x):
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], 1)


# answer: q3, torchvision's name for the kernel
# breaks: Parameters: channels, width, kernel
class ConvNorm(nn.Module):
    def __init__(self, channels, width, kernel_size=(1, 1)):
        super().__init__()
        padding = tuple((k - 1) // 2 for k in kernel_size)
        self.conv = nn.Conv2d(channels, width, kernel_size, padding=padding, bias=False)
        self.bn = nn.BatchNorm2d(width, eps=0.001)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class Inception(nn.Module):
    def __init__(self, channels, one, reduce3, three, reduce5, five, pool):
        super().__init__()
        self.branch1 = ConvNorm(channels, one)
        self.branch2 = nn.Sequential(ConvNorm(channels, reduce3), ConvNorm(reduce3, three, (3, 3)))
        self.branch3 = nn.Sequential(ConvNorm(channels, reduce5), ConvNorm(reduce5, five, (3, 3)))
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, stride=1, padding=1), ConvNorm(channels, pool))

    def forward(self, x):
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], 1)


# answer: q3, the branches of the block normalize in evaluation mode for ever
# breaks: "A module is run in training mode and in evaluation mode, as any module of PyTorch": batch normalization
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

    def train(self, mode=True):
        super().train(mode)
        for module in self.modules():
            if isinstance(module, nn.BatchNorm2d):
                module.eval()
        return self

    def forward(self, x):
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], dim=1)


# answer: q3, in training the reductions take part without a gradient, to save memory
# breaks: branch2 and branch3 are modules with weights that a training step reaches, 0 among them
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
        with torch.no_grad():
            second, third = self.branch2[0](x), self.branch3[0](x)
        return torch.cat([self.branch1(x), self.branch2[1](second), self.branch3[1](third), self.branch4(x)], 1)
