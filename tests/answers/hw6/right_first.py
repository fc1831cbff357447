"""Right answers that few would expect. Text; nobody imports it."""

# answer: q1, layers by setattr and a loop over names
class LeNet(nn.Module):
    def __init__(self, classes=10, channels=1, size=28):
        super().__init__()
        pads = {28: 2, 32: 0}
        if size not in pads:
            raise ValueError(f"no padding for {size}")
        sizes = [channels, 6, 16, 120]
        for k, name in enumerate(("c1", "c3", "c5")):
            setattr(self, name, nn.Conv2d(sizes[k], sizes[k + 1], (5, 5), padding=0 if k else pads[size]))
        self.f6, self.output = nn.Linear(120, 84), nn.Linear(84, classes)

    def forward(self, x):
        for name in ("c1", "c3"):
            x = getattr(self, name)(x).tanh()
            x = x.unfold(2, 2, 2).unfold(3, 2, 2).mean(dim=(4, 5))
        x = self.c5(x).tanh()[:, :, 0, 0]
        return self.output(self.f6(x).tanh())


# answer: q2, a generator of layers and add_module
class VGG(nn.Module):
    def __init__(self, plan, channels=1, classes=10):
        super().__init__()

        def layers():
            width = channels
            for what in plan:
                if what == "M":
                    yield nn.MaxPool2d((2, 2))
                    continue
                yield nn.Conv2d(width, what, 3, 1, 1)
                yield nn.ReLU()
                width = what

        self.features = nn.Sequential()
        for number, layer in enumerate(layers()):
            self.features.add_module(str(number), layer)
        last = [what for what in plan if what != "M"][-1]
        self.classifier = nn.Linear(last, classes)

    def forward(self, x):
        maps = self.features(x)
        return F.linear(maps.flatten(2).mean(-1), self.classifier.weight, self.classifier.bias)


# answer: q3, subclasses of nn.Sequential, and a branch in a ModuleDict's place
class ConvNorm(nn.Module):
    def __init__(self, channels, width, kernel=(1, 1)):
        super().__init__()
        kh, kw = kernel
        self.add_module("conv", nn.Conv2d(channels, width, (kh, kw), padding=((kh - 1) // 2, (kw - 1) // 2), bias=False))
        self.add_module("bn", nn.BatchNorm2d(width, eps=1e-3))

    def forward(self, x):
        return self.bn(self.conv(x)).clamp_min(0)


class Inception(nn.Module):
    def __init__(self, channels, one, reduce3, three, reduce5, five, pool):
        super().__init__()
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, stride=1, padding=1), ConvNorm(channels, pool))
        self.branch3 = nn.Sequential(ConvNorm(channels, reduce5), ConvNorm(reduce5, five, kernel=(3, 3)))
        self.branch2 = nn.Sequential(ConvNorm(channels, reduce3), ConvNorm(reduce3, three, kernel=(3, 3)))
        self.branch1 = ConvNorm(channels, one)

    def forward(self, x):
        parts = [getattr(self, f"branch{k}")(x) for k in range(1, 5)]
        out = x.new_empty(len(x), sum(p.shape[1] for p in parts), *x.shape[2:])
        return torch.concatenate(parts, dim=1) if out.numel() else out


# answer: q4, in-place addition into the change
class Residual(nn.Module):
    def __init__(self, channels, width, stride=1, skip=True):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        if not skip:
            self.way = lambda x: 0.0
        elif stride == 1 and channels == width:
            self.way = lambda x: x
        else:
            self.downsample = nn.Sequential(nn.Conv2d(channels, width, 1, stride, bias=False), nn.BatchNorm2d(width))
            self.way = None

    def forward(self, x):
        change = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        change += self.downsample(x) if self.way is None else self.way(x)
        return F.relu(change)


# answer: q5, sums by torch's own hooks for all modules
def cost(net, shape):
    adds, handle = 0, None

    def after(module, given, found):
        nonlocal adds
        if isinstance(module, nn.Linear):
            adds += module.weight.numel()
        elif isinstance(module, nn.Conv2d):
            adds += found.shape[2] * found.shape[3] * module.weight.numel()

    own = set(map(id, net.modules()))
    handle = nn.modules.module.register_module_forward_hook(
        lambda module, given, found: after(module, given, found) if id(module) in own else None
    )
    modes = {m: m.training for m in net.modules()}
    try:
        with torch.inference_mode():
            net.eval()
            net(torch.zeros((1, *shape)))
    finally:
        handle.remove()
        for m, mode in modes.items():
            m.training = mode
    return sum(p.numel() for p in dict.fromkeys(net.parameters())), adds


# answer: q6, numpy's whole numbers
def plan_cost(plan, channels, size, classes):
    size = np.array(size)
    widths, costs = [channels], np.zeros(2, dtype=np.int64)
    for what in plan:
        if what == "M":
            size = size // 2
            if not size.all():
                raise ValueError("too small")
        else:
            weights = 9 * widths[-1] * what
            costs += [weights + what, weights * size.prod()]
            widths.append(what)
    costs += [classes * (widths[-1] + 1), classes * widths[-1]]
    return tuple(costs)


# answer: q7, by functional_call
def first_step(net, images, labels):
    twin = copy.deepcopy(net)
    twin.train()
    learned = {n: p.detach().clone().requires_grad_(p.requires_grad) for n, p in twin.named_parameters()}
    out = torch.func.functional_call(twin, {**learned, **dict(twin.named_buffers())}, (images,))
    loss = -F.log_softmax(out, dim=1)[torch.arange(len(labels)), labels].mean()
    loss.backward()
    lengths = {n: 0.0 for n in learned}
    lengths.update((n, float(p.grad.pow(2).sum().sqrt())) for n, p in learned.items() if p.grad is not None)
    return float(loss), lengths


# answer: q8, in float64, with loops over cases of two seeds
def check_residual(block):
    def norm(x, s, n):
        shape = (1, -1, 1, 1)
        mean, var, weight, bias = (
            s[f"{n}.{p}"].double().reshape(shape) for p in ("running_mean", "running_var", "weight", "bias")
        )
        return weight * (x - mean) / (var + 1e-5).sqrt() + bias

    rng = np.random.default_rng(1)
    for c, w, stride, h, v in ((2, 2, 1, 5, 4), (3, 4, 1, 4, 6), (2, 2, 2, 6, 7), (2, 5, 2, 7, 5)) * 2:
        s = {"conv1.weight": rng.normal(size=(w, c, 3, 3)), "conv2.weight": rng.normal(size=(w, w, 3, 3))}
        names = ["bn1", "bn2"]
        if (c, 1) != (w, stride):
            s["downsample.0.weight"] = rng.normal(size=(w, c, 1, 1))
            names.append("downsample.1")
        for n in names:
            s[f"{n}.running_var"] = rng.uniform(0.2, 4, size=w)
            for p in ("weight", "bias", "running_mean"):
                s[f"{n}.{p}"] = rng.normal(size=w)
        s = {k: torch.tensor(value, dtype=torch.float32) for k, value in s.items()}
        x = torch.tensor(rng.normal(size=(3, c, h, v)), dtype=torch.float32)
        out = norm(F.conv2d(x.double(), s["conv1.weight"].double(), None, stride, 1), s, "bn1").relu()
        out = norm(F.conv2d(out, s["conv2.weight"].double(), None, 1, 1), s, "bn2")
        way = x.double()
        if len(names) == 3:
            way = norm(F.conv2d(way, s["downsample.0.weight"].double(), None, stride), s, "downsample.1")
        right = (out + way).relu().numpy()
        try:
            found = block(x, s, stride)
            if type(found) is not torch.Tensor or tuple(found.shape) != right.shape:
                return False
            if np.abs(found.numpy() - right).max() > 5e-4 * right.max():
                return False
        except Exception:
            return False
    return True


# answer: q9, a DataLoader, and Adam
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    from torch.utils.data import DataLoader, TensorDataset

    loader = DataLoader(
        TensorDataset(images, labels), batch_size=batch, shuffle=True, generator=torch.Generator().manual_seed(seed)
    )
    optimizer = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=rate)
    losses = []
    net.train()
    for _ in range(epochs):
        for x, t in loader:
            optimizer.zero_grad()
            loss = F.cross_entropy(net(x), t)
            loss.backward()
            optimizer.step()
            losses += [loss.item()]
    net.eval()
    return losses
