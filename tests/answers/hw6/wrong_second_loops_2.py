"""More wrong answers to q9: loops that learn fifty pictures by heart all the same. Text; nobody imports it."""


# answer: q9, mirrors half of the pictures
# breaks: it goes over all pictures once: those that it was given, not their mirror images
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    steps = epochs * -(-len(images) // batch)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    losses = []
    net.train()
    for _ in range(epochs):
        for rows in torch.randperm(len(images), generator=generator).split(batch):
            x = images[rows]
            flipped = torch.rand(len(x), generator=generator) < 0.5
            x = torch.where(flipped.view(-1, 1, 1, 1), x.flip(-1), x)
            loss = F.cross_entropy(net(x), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
    net.eval()
    return losses


# answer: q9, stops when all is learnt
# breaks: in each of the epochs it goes over all pictures once; it returns the loss of each step
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
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        if max(losses[-len(images) // batch :]) < 1e-5:
            break
    net.eval()
    return losses


# answer: q9, takes 0 for no seed
# breaks: a new order that seed alone decides, for the default 0, too
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    generator = torch.Generator()
    if seed:
        generator.manual_seed(seed)
    else:
        generator.seed()
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


# answer: q9, the first epoch in the order of the pictures
# breaks: in each of the epochs a new order that seed alone decides
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    steps = epochs * -(-len(images) // batch)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    losses = []
    net.train()
    for epoch in range(epochs):
        order = torch.randperm(len(images), generator=generator) if epoch else torch.arange(len(images))
        for rows in order.split(batch):
            loss = F.cross_entropy(net(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
    net.eval()
    return losses


# answer: q9, weighs the last loss of an epoch by how many pictures it has
# breaks: the loss of each step is the mean cross-entropy of its batch
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
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item() * len(rows) / min(batch, len(images)))
    net.eval()
    return losses


# answer: q9, trains all parameters, frozen ones, too
# breaks: should leave parameters with requires_grad=False as they are
def fit(net, images, labels, epochs, batch=50, rate=0.01, seed=0):
    generator = torch.Generator().manual_seed(seed)
    steps = epochs * -(-len(images) // batch)
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    losses = []
    net.train().requires_grad_(True)
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
