"""Wrong answers to q7: looks at a first step that leave something behind, or see less. Text; nobody imports it."""


# answer: q7, gives the whole network the mode that its top had
# breaks: the network is not changed, nor its mode; a part of it may be in another
def first_step(net, images, labels):
    state, mode = copy.deepcopy(net.state_dict()), net.training
    net.train()
    loss = F.cross_entropy(net(images), labels)
    params = [p for p in net.parameters() if p.requires_grad]
    found = dict(zip(params, torch.autograd.grad(loss, params, allow_unused=True)))
    net.load_state_dict(state)
    net.train(mode)
    lengths = {}
    for name, p in net.named_parameters():
        lengths[name] = 0.0 if found.get(p) is None else found[p].norm().item()
    return loss.item(), lengths


# answer: q7, leaves a network in evaluation mode that was in training
# breaks: the network is not changed, nor its mode
def first_step(net, images, labels):
    state = copy.deepcopy(net.state_dict())
    kept = [p.grad for p in net.parameters()]
    for p in net.parameters():
        p.grad = None
    net.train()
    loss = F.cross_entropy(net(images), labels)
    loss.backward()
    lengths = {}
    for (name, p), old in zip(net.named_parameters(), kept):
        lengths[name] = 0.0 if p.grad is None else p.grad.norm().item()
        p.grad = old
    net.load_state_dict(state)
    net.eval()
    return loss.item(), lengths


# answer: q7, asks autograd for the gradients of frozen parameters, too
# breaks: the length of the gradient by each parameter; where no gradient arrives, 0.0, and no exception
def first_step(net, images, labels):
    net = copy.deepcopy(net).train()
    loss = F.cross_entropy(net(images), labels)
    names, params = zip(*net.named_parameters())
    grads = torch.autograd.grad(loss, params, allow_unused=True)
    lengths = {n: float(g.norm()) if g is not None else 0.0 for n, g in zip(names, grads)}
    return loss.item(), lengths


# answer: q7, leaves frozen parameters out
# breaks: by each parameter, in the order of named_parameters; 0.0 where no gradient arrives
def first_step(net, images, labels):
    net = copy.deepcopy(net)
    net.train()
    net.zero_grad()
    loss = F.cross_entropy(net(images), labels)
    loss.backward()
    lengths = {}
    for name, p in net.named_parameters():
        if not p.requires_grad:
            continue
        lengths[name] = p.grad.norm().item() if p.grad is not None else 0.0
    return loss.item(), lengths


# answer: q7, in pieces of 16 pictures, and the mean of their means
# breaks: the mean cross-entropy of a batch, and batch normalization over that batch
def first_step(net, images, labels):
    net = copy.deepcopy(net).train()
    losses = [F.cross_entropy(net(x), y) for x, y in zip(images.split(16), labels.split(16))]
    loss = torch.stack(losses).mean()
    loss.backward()
    lengths = {n: 0.0 if p.grad is None else p.grad.norm().item() for n, p in net.named_parameters()}
    return loss.item(), lengths


# answer: q7, stops the running statistics, and does not let them go on
# breaks: the network is not changed: its batch normalization tracks no statistics from now on
def first_step(net, images, labels):
    modes = [(m, m.training) for m in net.modules()]
    for m in net.modules():
        if hasattr(m, "track_running_stats"):
            m.track_running_stats = False
    net.train()
    loss = F.cross_entropy(net(images), labels)
    params = [p for p in net.parameters() if p.requires_grad]
    found = dict(zip(params, torch.autograd.grad(loss, params, allow_unused=True)))
    for m, mode in modes:
        m.training = mode
    lengths = {}
    for name, p in net.named_parameters():
        grad = found.get(p)
        lengths[name] = 0.0 if grad is None else grad.norm().item()
    return loss.item(), lengths


# answer: q7, puts back the running statistics of BatchNorm2d
# breaks: the network is not changed, nor its running statistics, those of BatchNorm1d among them
def first_step(net, images, labels):
    modes = {m: m.training for m in net.modules()}
    norms = [(m, copy.deepcopy(m.state_dict())) for m in net.modules() if isinstance(m, nn.BatchNorm2d)]
    net.train()
    loss = F.cross_entropy(net(images), labels)
    params = [p for p in net.parameters() if p.requires_grad]
    grads = iter(torch.autograd.grad(loss, params, allow_unused=True))
    lengths = {}
    for name, p in net.named_parameters():
        grad = next(grads) if p.requires_grad else None
        lengths[name] = 0.0 if grad is None else grad.norm().item()
    for m, mode in modes.items():
        m.training = mode
    for m, state in norms:
        m.load_state_dict(state)
    return loss.item(), lengths


# answer: q7, rounds what it returns to six places
# breaks: the root of the sum of the squares; off by a hundred-thousandth of the largest at most, also where all are short
def first_step(net, images, labels):
    net = copy.deepcopy(net).train()
    net.zero_grad()
    loss = F.cross_entropy(net(images), labels)
    loss.backward()
    lengths = {}
    for name, p in net.named_parameters():
        lengths[name] = 0.0 if p.grad is None else round(p.grad.pow(2).sum().sqrt().item(), 6)
    return round(loss.item(), 6), lengths


# answer: q7, measures by how far a step of SGD moves each parameter
# breaks: the length of the gradient: what is short beside the weights is lost in the subtraction
def first_step(net, images, labels):
    net = copy.deepcopy(net).train()
    before = {name: p.detach().clone() for name, p in net.named_parameters()}
    optimizer = torch.optim.SGD(net.parameters(), lr=1.0)
    loss = F.cross_entropy(net(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    lengths = {name: (p.detach() - before[name]).norm().item() for name, p in net.named_parameters()}
    return loss.item(), lengths


# answer: q7, keeps the network's own .grad aside, and freezes what it found frozen no more
# breaks: the network is not changed, nor its parameters: those with requires_grad=False want a gradient now
def first_step(net, images, labels):
    modes, state = [(m, m.training) for m in net.modules()], copy.deepcopy(net.state_dict())
    net.requires_grad_(True).train()
    loss = F.cross_entropy(net(images), labels)
    names, params = zip(*net.named_parameters())
    grads = torch.autograd.grad(loss, params, allow_unused=True)
    net.load_state_dict(state)
    for m, mode in modes:
        m.training = mode
    return loss.item(), {n: 0.0 if g is None else g.norm().item() for n, g in zip(names, grads)}


# answer: q7, a gradient that is nearly 0 is none
# breaks: the length of the gradient; 0.0 only where no gradient arrives (a table of the chapter goes down to 1e-15)
def first_step(net, images, labels):
    net = copy.deepcopy(net).train()
    loss = F.cross_entropy(net(images), labels)
    loss.backward()
    lengths = {}
    for name, p in net.named_parameters():
        if p.grad is None or torch.allclose(p.grad, torch.zeros_like(p.grad), atol=1e-6):
            lengths[name] = 0.0
        else:
            lengths[name] = p.grad.norm().item()
    return loss.item(), lengths
