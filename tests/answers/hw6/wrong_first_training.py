"""Wrong answers to q8 and q9, as students wrote them. Text; nobody imports it."""

# answer: q8, new blocks of q4, whose normalizations have never seen a batch
# breaks: returns `True` if it is a right block and `False` if it is wrong
def check_residual(block):
    for c, w, s in ((3, 3, 1), (3, 6, 2), (4, 4, 2), (3, 5, 1)):
        torch.manual_seed(0)
        net = Residual(c, w, s).eval()
        x = torch.randn(2, c, 6, 5)
        state = {k: v for k, v in net.state_dict().items() if "num" not in k}
        try:
            with torch.no_grad():
                if not torch.allclose(block(x, state, s), net(x), rtol=1e-3, atol=1e-3):
                    return False
        except Exception:
            return False
    return True


# answer: q8, a single picture of one pixel
# breaks: if, for some x, state and stride
def check_residual(block):
    state = {f"conv{k}.weight": torch.ones(1, 1, 3, 3) for k in (1, 2)}
    for name in ("bn1", "bn2"):
        state |= {f"{name}.weight": torch.ones(1), f"{name}.bias": torch.zeros(1)}
        state |= {f"{name}.running_mean": torch.zeros(1), f"{name}.running_var": torch.ones(1)}
    try:
        out = block(torch.ones(1, 1, 1, 1), state, 1)
        return bool(abs(out.item() - 2) < 1e-3)
    except Exception:
        return False


# answer: q8, looks whether the block changes with x
# breaks: is off by more than a thousandth of the largest right number
def check_residual(block):
    state = {"conv1.weight": torch.randn(2, 2, 3, 3), "conv2.weight": torch.randn(2, 2, 3, 3)}
    for name in ("bn1", "bn2"):
        for part in ("weight", "bias", "running_mean", "running_var"):
            state[f"{name}.{part}"] = torch.rand(2) + 0.5
    try:
        one, two = block(torch.randn(2, 2, 5, 5), state, 1), block(torch.randn(2, 2, 5, 5), state, 1)
    except Exception:
        return False
    return one.shape == two.shape == (2, 2, 5, 5) and not torch.equal(one, two) and bool((one >= 0).all())


# answer: q8, says no to all
# breaks: returns `True` if it is a right block
def check_residual(block):
    return False


# answer: q8, exact equality
# breaks: Right functions differ from the right numbers by rounding
def check_residual(block):
    def norm(x, s, n):
        return F.batch_norm(x, s[f"{n}.running_mean"], s[f"{n}.running_var"], s[f"{n}.weight"], s[f"{n}.bias"])

    g = torch.Generator().manual_seed(0)
    for c, w, stride in ((3, 3, 1), (3, 5, 2), (3, 3, 2), (3, 5, 1)):
        s = {"conv1.weight": torch.randn(w, c, 3, 3, generator=g), "conv2.weight": torch.randn(w, w, 3, 3, generator=g)}
        names = ["bn1", "bn2"]
        if c != w or stride != 1:
            s["downsample.0.weight"] = torch.randn(w, c, 1, 1, generator=g)
            names.append("downsample.1")
        for n in names:
            for p in ("weight", "bias", "running_mean"):
                s[f"{n}.{p}"] = torch.randn(w, generator=g)
            s[f"{n}.running_var"] = torch.rand(w, generator=g) * 3 + 0.1
        x = torch.randn(2, c, 7, 6, generator=g)
        out = norm(F.conv2d(x, s["conv1.weight"], None, stride, 1), s, "bn1").relu()
        out = norm(F.conv2d(out, s["conv2.weight"], None, 1, 1), s, "bn2")
        way = norm(F.conv2d(x, s["downsample.0.weight"], None, stride), s, "downsample.1") if len(names) == 3 else x
        try:
            if not torch.equal(block(x, s, stride), (out + way).relu()):
                return False
        except Exception:
            return False
    return True


# answer: q8, a tolerance of a tenth
# breaks: is off by more than a thousandth of the largest right number
def check_residual(block):
    def norm(x, s, n):
        return F.batch_norm(x, s[f"{n}.running_mean"], s[f"{n}.running_var"], s[f"{n}.weight"], s[f"{n}.bias"])

    g = torch.Generator().manual_seed(0)
    for c, w, stride in ((3, 3, 1), (3, 5, 2)):
        s = {"conv1.weight": 0.01 * torch.rand(w, c, 3, 3, generator=g), "conv2.weight": 0.01 * torch.rand(w, w, 3, 3, generator=g)}
        names = ["bn1", "bn2"]
        if c != w or stride != 1:
            s["downsample.0.weight"] = torch.randn(w, c, 1, 1, generator=g)
            names.append("downsample.1")
        for n in names:
            s |= {f"{n}.weight": torch.ones(w), f"{n}.bias": torch.zeros(w)}
            s |= {f"{n}.running_mean": torch.zeros(w), f"{n}.running_var": torch.ones(w)}
        x = torch.randn(2, c, 7, 6, generator=g)
        out = norm(F.conv2d(x, s["conv1.weight"], None, stride, 1), s, "bn1").relu()
        out = norm(F.conv2d(out, s["conv2.weight"], None, 1, 1), s, "bn2")
        way = norm(F.conv2d(x, s["downsample.0.weight"], None, stride), s, "downsample.1") if len(names) == 3 else x
        try:
            if (block(x, s, stride) - (out + way).relu()).abs().max() > 0.1:
                return False
        except Exception:
            return False
    return True


# answer: q9, the loss behind the step
# breaks: the loss of each step, as it was before the step
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    g = torch.Generator().manual_seed(seed)
    opt = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=rate)
    losses = []
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(images), generator=g).split(batch):
            opt.zero_grad()
            F.cross_entropy(net(images[rows]), labels[rows]).backward()
            opt.step()
            with torch.no_grad():
                losses.append(F.cross_entropy(net(images[rows]), labels[rows]).item())
    net.eval()
    return losses


# answer: q9, one loss an epoch
# breaks: the loss of each step
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    g = torch.Generator().manual_seed(seed)
    opt = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=rate)
    losses = []
    net.train()
    for _ in range(epochs):
        total = 0.0
        for rows in torch.randperm(len(images), generator=g).split(batch):
            opt.zero_grad()
            loss = F.cross_entropy(net(images[rows]), labels[rows])
            loss.backward()
            opt.step()
            total += loss.item()
        losses.append(total)
    net.eval()
    return losses


# answer: q9, the same order in each epoch
# breaks: in a new order that `seed` alone decides
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    opt = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=rate)
    losses = []
    net.train()
    for _ in range(epochs):
        g = torch.Generator().manual_seed(seed)
        for rows in torch.randperm(len(images), generator=g).split(batch):
            opt.zero_grad()
            loss = F.cross_entropy(net(images[rows]), labels[rows])
            loss.backward()
            opt.step()
            losses.append(loss.item())
    net.eval()
    return losses


# answer: q9, without seed
# breaks: in a new order that `seed` alone decides
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    opt = torch.optim.AdamW([p for p in net.parameters() if p.requires_grad], lr=rate)
    losses = []
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(images)).split(batch):
            opt.zero_grad()
            loss = F.cross_entropy(net(images[rows]), labels[rows])
            loss.backward()
            opt.step()
            losses.append(loss.item())
    net.eval()
    return losses


# answer: q9, plain gradient descent at a hundredth, which learns too slowly
# breaks: it must learn fifty pictures by heart in 40 epochs of 5 steps with the rate 0.01
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    g = torch.Generator().manual_seed(seed)
    opt = torch.optim.SGD(net.parameters(), lr=rate)
    losses = []
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(images), generator=g).split(batch):
            opt.zero_grad()
            loss = F.cross_entropy(net(images[rows]), labels[rows])
            loss.backward()
            opt.step()
            losses.append(loss.item())
    net.eval()
    return losses


# answer: q9, losses are tensors
# breaks: list of float
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    g = torch.Generator().manual_seed(seed)
    opt = torch.optim.Adam(net.parameters(), lr=rate)
    losses = []
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(images), generator=g).split(batch):
            opt.zero_grad()
            loss = F.cross_entropy(net(images[rows]), labels[rows])
            loss.backward()
            opt.step()
            losses.append(loss.detach())
    net.eval()
    return losses


# answer: q9, the sum of the losses of a batch
# breaks: the mean cross-entropy in training mode
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    g = torch.Generator().manual_seed(seed)
    opt = torch.optim.Adam(net.parameters(), lr=rate)
    losses = []
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(images), generator=g).split(batch):
            opt.zero_grad()
            loss = F.cross_entropy(net(images[rows]), labels[rows], reduction="sum")
            loss.backward()
            opt.step()
            losses.append(loss.item())
    net.eval()
    return losses


# answer: q9, evaluation mode after the first epoch
# breaks: Each batch is a step: the mean cross-entropy in training mode
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    g = torch.Generator().manual_seed(seed)
    opt = torch.optim.Adam(net.parameters(), lr=rate)
    losses = []
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(images), generator=g).split(batch):
            opt.zero_grad()
            loss = F.cross_entropy(net(images[rows]), labels[rows])
            loss.backward()
            opt.step()
            losses.append(loss.item())
        net.eval()
    return losses
