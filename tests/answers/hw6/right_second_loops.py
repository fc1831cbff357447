"""Right answers to q9, in other styles. Text; nobody imports it."""


# answer: q9, a DataLoader with a generator, and plain Adam
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    from torch.utils.data import DataLoader, TensorDataset

    loader = DataLoader(
        TensorDataset(images, labels),
        batch_size=batch,
        shuffle=True,
        generator=torch.Generator().manual_seed(seed),
    )
    optimizer = torch.optim.Adam([p for p in net.parameters() if p.requires_grad], lr=rate)
    losses = []
    net.train()
    for _ in range(epochs):
        for x, y in loader:
            optimizer.zero_grad(set_to_none=True)
            loss = nn.CrossEntropyLoss()(net(x), y)
            loss.backward()
            optimizer.step()
            losses.append(loss.detach().cpu().item())
    net.eval()
    return losses


# answer: q9, Adam by hand, gradients by torch.autograd.grad
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    generator = torch.Generator()
    generator.manual_seed(seed)
    params = [p for p in net.parameters() if p.requires_grad]
    first = [torch.zeros_like(p) for p in params]
    second = [torch.zeros_like(p) for p in params]
    losses, step = [], 0
    net.train()
    for _ in range(epochs):
        order = torch.randperm(images.shape[0], generator=generator).to(images.device)
        for start in range(0, images.shape[0], batch):
            rows = order[start : start + batch]
            loss = F.cross_entropy(net(images[rows]), labels[rows])
            grads = torch.autograd.grad(loss, params, allow_unused=True)
            losses.append(loss.item())
            step += 1
            with torch.no_grad():
                for p, g, m, v in zip(params, grads, first, second):
                    if g is None:
                        continue
                    m.mul_(0.9).add_(g, alpha=0.1)
                    v.mul_(0.999).addcmul_(g, g, value=0.001)
                    mean, spread = m / (1 - 0.9**step), (v / (1 - 0.999**step)).sqrt()
                    p.sub_(rate * mean / (spread + 1e-8))
    net.eval()
    return losses


# answer: q9, all orders drawn before the first step, a cosine of the rate
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    generator, count = torch.Generator().manual_seed(seed), len(labels)
    plan = [
        part
        for _ in range(epochs)
        for part in torch.rand(count, generator=generator).argsort().to(labels.device).split(batch)
    ]
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=0.01)
    losses = []
    for step, rows in enumerate(plan):
        for group in optimizer.param_groups:
            group["lr"] = rate * 0.5 * (1 + np.cos(np.pi * step / len(plan)))
        net.train()
        scores = net(images.index_select(0, rows))
        loss = -scores.log_softmax(dim=1).gather(1, labels[rows].long()[:, None]).mean()
        net.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(float(loss.detach()))
    net.eval()
    return losses


# answer: q9, NAdam, its first tenth warming up
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    numbers = torch.Generator().manual_seed(seed)
    steps = epochs * ((len(images) + batch - 1) // batch)
    optimizer = torch.optim.NAdam((p for p in net.parameters() if p.requires_grad), lr=rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda k: min(1, 10 * (k + 1) / max(1, steps)))
    losses, epoch = [], 0
    while epoch < epochs:
        left = torch.randperm(len(images), generator=numbers)
        while len(left):
            rows, left = left[:batch], left[batch:]
            optimizer.zero_grad()
            loss = F.cross_entropy(net.train()(images[rows]), labels[rows], reduction="sum") / len(rows)
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        epoch += 1
    net.eval()
    return losses
