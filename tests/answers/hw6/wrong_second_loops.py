"""Wrong answers to q9: loops that learn fifty pictures by heart all the same. Text; nobody imports it."""


# answer: q9, seeds everybody's random numbers
# breaks: a loop that calls torch.manual_seed changes what everybody else draws: a Generator of your own
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    torch.manual_seed(seed)
    steps = epochs * -(-len(images) // batch)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    losses = []
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(images)).split(batch):
            loss = F.cross_entropy(net(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
    net.eval()
    return losses


# answer: q9, shuffles by NumPy's global numbers, seeded
# breaks: random numbers that you draw, draw from a torch.Generator of your own with this seed
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    np.random.seed(seed)
    steps = epochs * -(-len(images) // batch)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    losses = []
    net.train()
    for _ in range(epochs):
        for rows in torch.from_numpy(np.random.permutation(len(images))).split(batch):
            loss = F.cross_entropy(net(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
    net.eval()
    return losses


# answer: q9, returns the mean of the losses up to each step
# breaks: returns the loss of each step
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    steps = epochs * -(-len(images) // batch)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    losses, total = [], 0.0
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(images), generator=generator).split(batch):
            loss = F.cross_entropy(net(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += loss.item()
            losses.append(total / (len(losses) + 1))
    net.eval()
    return losses


# answer: q9, a decay by hand, of frozen parameters, too
# breaks: should leave parameters with requires_grad=False as they are
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    steps = epochs * -(-len(images) // batch)
    optimizer = torch.optim.Adam(net.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    losses = []
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(images), generator=generator).split(batch):
            loss = F.cross_entropy(net(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            with torch.no_grad():
                for p in net.parameters():
                    p.mul_(1 - 0.01 * rate)
            schedule.step()
            losses.append(loss.item())
    net.eval()
    return losses


# answer: q9, clears the gradients behind each step, and not before the first
# breaks: each batch is a step: the gradient of its loss; what .grad held before fit is no part of it
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    steps = epochs * -(-len(images) // batch)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    losses = []
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(images), generator=generator).split(batch):
            loss = F.cross_entropy(net(images[rows]), labels[rows])
            loss.backward()
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            losses.append(loss.item())
    net.eval()
    return losses


# answer: q9, goes at a rate of its own
# breaks: rate is the rate of the optimizer, or the largest of a schedule
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    steps = epochs * -(-len(images) // batch)
    optimizer = torch.optim.AdamW(net.parameters(), lr=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 0.01, total_steps=steps)
    losses = []
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(images), generator=generator).split(batch):
            loss = F.cross_entropy(net(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
    net.eval()
    return losses


# answer: q9, batches of 32 where nothing is said
# breaks: fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0)
def fit(net, images, labels, epochs, batch=32, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    steps = epochs * -(-len(images) // batch)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    losses = []
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(images), generator=generator).split(batch):
            loss = F.cross_entropy(net(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
    net.eval()
    return losses


# answer: q9, smooths the labels
# breaks: the mean cross-entropy
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    steps = epochs * -(-len(images) // batch)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    losses = []
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(images), generator=generator).split(batch):
            loss = F.cross_entropy(net(images[rows]), labels[rows], label_smoothing=0.1)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
    net.eval()
    return losses
