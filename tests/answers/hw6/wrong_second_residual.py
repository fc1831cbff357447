"""Wrong answers to q4: residual blocks that do the two shapes of the public test. Text; nobody imports it."""


# answer: q4, downsample only where the channels change
# breaks: downsample wherever x has not the shape of phi(x): stride 2 with equal channels
class Residual(nn.Module):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.skip = skip
        self.downsample = None
        if skip and channels != width:
            self.downsample = nn.Sequential(
                nn.Conv2d(channels, width, 1, stride=stride, bias=False), nn.BatchNorm2d(width)
            )

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.skip:
            out = out + (x if self.downsample is None else self.downsample(x))
        return F.relu(out)


# answer: q4, downsample only where the stride is not 1
# breaks: downsample wherever x has not the shape of phi(x): stride 1 with other channels
class Residual(nn.Module):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.skip = skip
        if skip and stride > 1:
            self.downsample = nn.Sequential(
                nn.Conv2d(channels, width, 1, stride=stride, bias=False), nn.BatchNorm2d(width)
            )

    def forward(self, x):
        out = F.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        if self.skip:
            out = out + (self.downsample(x) if hasattr(self, "downsample") else x)
        return F.relu(out)


# answer: q4, the 1 × 1 convolution always moves by 2
# breaks: 0 is a 1 × 1 convolution with the block's stride
class Residual(nn.Module):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.skip = skip
        if skip and (stride != 1 or channels != width):
            self.downsample = nn.Sequential(
                nn.Conv2d(channels, width, 1, stride=2, bias=False), nn.BatchNorm2d(width)
            )
        elif skip:
            self.downsample = nn.Identity()

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(out + self.downsample(x)) if self.skip else F.relu(out)


# answer: q4, downsample where the stride is 2 or the block gets wider, and not where it gets narrower
# breaks: downsample wherever x has not the shape of phi(x)
class Residual(nn.Module):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.skip, self.downsample = skip, None
        if skip and (stride == 2 or width > channels):
            conv = nn.Conv2d(channels, width, 1, stride, bias=False)
            self.downsample = nn.Sequential(conv, nn.BatchNorm2d(width))

    def forward(self, x):
        out = self.bn2(self.conv2(torch.relu(self.bn1(self.conv1(x)))))
        if not self.skip:
            return torch.relu(out)
        return torch.relu(out + (x if self.downsample is None else self.downsample(x)))


# answer: q4, a stride of 2 with equal channels takes every other pixel
# breaks: elsewhere S(x) is downsample, a 1 × 1 convolution and its batch normalization
class Residual(nn.Module):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__()
        self.stride, self.skip = stride, skip
        self.conv1 = nn.Conv2d(channels, width, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        if skip and channels != width:
            self.downsample = nn.Sequential(
                nn.Conv2d(channels, width, 1, stride=stride, bias=False), nn.BatchNorm2d(width)
            )

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.skip and hasattr(self, "downsample"):
            out = out + self.downsample(x)
        elif self.skip:
            out = out + x[:, :, :: self.stride, :: self.stride]
        return F.relu(out)


# answer: q4, adds into its input
# breaks: modules leave their inputs as they are
class Residual(nn.Module):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.skip = skip
        self.downsample = nn.Sequential()
        if skip and (stride != 1 or channels != width):
            self.downsample.append(nn.Conv2d(channels, width, 1, stride=stride, bias=False))
            self.downsample.append(nn.BatchNorm2d(width))

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.skip:
            around = self.downsample(x)
            around += out
            out = around
        return F.relu(out)


# answer: q4, takes the stride for a part of the way around
# breaks: conv1 has the block's stride, with skip=False, too
class Residual(nn.Module):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__()
        stride = stride if skip else 1
        self.conv1 = nn.Conv2d(channels, width, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.skip = skip
        self.downsample = None
        if skip and (stride != 1 or channels != width):
            self.downsample = nn.Sequential(
                nn.Conv2d(channels, width, 1, stride=stride, bias=False), nn.BatchNorm2d(width)
            )

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.skip:
            out = out + (x if self.downsample is None else self.downsample(x))
        return F.relu(out)


# answer: q4, runs phi twice, once to see its shape
# breaks: phi is run once: in training mode each pass moves the running statistics of bn1 and bn2
class Residual(nn.Module):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.skip = skip
        if skip and (stride != 1 or channels != width):
            self.downsample = nn.Sequential(
                nn.Conv2d(channels, width, 1, stride=stride, bias=False), nn.BatchNorm2d(width)
            )

    def phi(self, x):
        return self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))

    def forward(self, x):
        if not self.skip:
            return F.relu(self.phi(x))
        same = self.phi(x).shape == x.shape and not hasattr(self, "downsample")
        return F.relu(self.phi(x) + (x if same else self.downsample(x)))


# answer: q4, names of the paper's code for the arguments
# breaks: Parameters: channels, width, stride, skip
class Residual(nn.Module):
    def __init__(self, inplanes, planes, stride=1, skip=True):
        super().__init__()
        self.conv1 = nn.Conv2d(inplanes, planes, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(planes)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(planes, planes, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(planes)
        self.skip, self.downsample = skip, None
        if skip and (stride != 1 or inplanes != planes):
            self.downsample = nn.Sequential(
                nn.Conv2d(inplanes, planes, 1, stride=stride, bias=False), nn.BatchNorm2d(planes)
            )

    def forward(self, x):
        identity = x
        out = self.bn2(self.conv2(self.relu(self.bn1(self.conv1(x)))))
        if self.downsample is not None:
            identity = self.downsample(x)
        if self.skip:
            out = out + identity
        return self.relu(out)


# answer: q4, detaches what goes around
# breaks: y = ReLU(phi(x) + S(x)): a part of the block, whose weights and whose x get their gradient, too
class Residual(nn.Module):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.skip, self.downsample = skip, None
        if skip and (stride != 1 or channels != width):
            self.downsample = nn.Sequential(
                nn.Conv2d(channels, width, 1, stride=stride, bias=False), nn.BatchNorm2d(width)
            )

    def forward(self, x):
        out = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.skip:
            around = x if self.downsample is None else self.downsample(x)
            out = out + around.detach()
        return F.relu(out)
