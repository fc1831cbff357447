"""Wrong answers to q5 to q7, as students wrote them. Text; nobody imports it."""

# answer: q5, goes over the modules and multiplies by the size of the picture
# breaks: Run it in evaluation mode on zeros
def cost(net, shape):
    adds = 0
    for m in net.modules():
        if isinstance(m, nn.Conv2d):
            adds += m.weight.numel() * shape[1] * shape[2]
        elif isinstance(m, nn.Linear):
            adds += m.weight.numel()
    return sum(p.numel() for p in net.parameters()), adds


# answer: q5, two operations for a multiply-add
# breaks: A *multiply-add* is one product that is added to a sum
def cost(net, shape):
    total, handles = [0], []

    def f(m, i, o):
        total[0] += 2 * o.numel() * m.weight[0].numel()

    modes = [(m, m.training) for m in net.modules()]
    for m in net.modules():
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            handles.append(m.register_forward_hook(f))
    net.eval()
    with torch.no_grad():
        net(torch.zeros(1, *shape))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return sum(p.numel() for p in net.parameters()), total[0]


# answer: q5, restores the mode of the whole network from that of its root
# breaks: the mode of each of its modules
def cost(net, shape):
    total, handles = [0], []

    def f(m, i, o):
        total[0] += o.numel() * m.weight[0].numel()

    mode = net.training
    for m in net.modules():
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            handles.append(m.register_forward_hook(f))
    net.eval()
    with torch.no_grad():
        net(torch.zeros(1, *shape))
    for h in handles:
        h.remove()
    net.train(mode)
    return sum(p.numel() for p in net.parameters()), total[0]


# answer: q5, counts a layer by its name, once
# breaks: A layer that runs twice costs its multiply-adds twice
def cost(net, shape):
    seen, handles = {}, []

    def f(m, i, o):
        seen[id(m)] = o.numel() * m.weight[0].numel()

    modes = [(m, m.training) for m in net.modules()]
    for m in net.modules():
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            handles.append(m.register_forward_hook(f))
    net.eval()
    with torch.no_grad():
        net(torch.zeros(1, *shape))
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return sum(p.numel() for p in net.parameters()), sum(seen.values())


# answer: q5, floats
# breaks: multiply_adds : int
def cost(net, shape):
    twin, total = copy.deepcopy(net).eval(), [0.0]

    def f(m, i, o):
        total[0] += float(o.numel() * m.weight[0].numel())

    for m in twin.modules():
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            m.register_forward_hook(f)
    twin(torch.zeros(1, *shape))
    return sum(p.numel() for p in net.parameters()), total[0]


# answer: q5, the layers at the top alone
# breaks: of any modules; Conv2d and Linear have multiply-adds
def cost(net, shape):
    twin, total = copy.deepcopy(net).eval(), [0]

    def f(m, i, o):
        total[0] += o.numel() * m.weight[0].numel()

    for m in twin.children():
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            m.register_forward_hook(f)
    twin(torch.zeros(1, *shape))
    return sum(p.numel() for p in net.parameters()), total[0]


# answer: q5, clears the gradients
# breaks: its gradients
def cost(net, shape):
    total, handles = [0], []

    def f(m, i, o):
        total[0] += o.numel() * m.weight[0].numel()

    modes = [(m, m.training) for m in net.modules()]
    for m in net.modules():
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            handles.append(m.register_forward_hook(f))
    net.eval()
    net(torch.zeros(1, *shape))
    net.zero_grad()
    for h in handles:
        h.remove()
    for m, mode in modes:
        m.training = mode
    return sum(p.numel() for p in net.parameters()), total[0]


# answer: q6, the linear layer has no biases
# breaks: the linear layer has w + 1 parameters for each class
def plan_cost(plan, channels, size, classes):
    h, w = size
    p = m = 0
    for e in plan:
        if e == "M":
            h, w = h // 2, w // 2
            if not h or not w:
                raise ValueError("small")
        else:
            p += e * (9 * channels + 1)
            m += e * 9 * channels * h * w
            channels = e
    return p + classes * channels, m + classes * channels


# answer: q6, square pictures alone
# breaks: rows and columns of a picture
def plan_cost(plan, channels, size, classes):
    side = size[0]
    p = m = 0
    for e in plan:
        if e == "M":
            side //= 2
            if side == 0 or size[1] < 2 ** plan.count("M"):
                raise ValueError("small")
        else:
            p += e * (9 * channels + 1)
            m += e * 9 * channels * side**2
            channels = e
    return p + classes * (channels + 1), m + classes * channels


# answer: q6, refuses a picture that becomes a single pixel
# breaks: where pooling leaves no row or no column
def plan_cost(plan, channels, size, classes):
    h, w = size
    p = m = 0
    for e in plan:
        if e == "M":
            h, w = h // 2, w // 2
            if h < 2 or w < 2:
                raise ValueError("small")
        else:
            p += e * (9 * channels + 1)
            m += e * 9 * channels * h * w
            channels = e
    return p + classes * (channels + 1), m + classes * channels


# answer: q6, floats by true division
# breaks: parameters : int
def plan_cost(plan, channels, size, classes):
    h, w = size
    p = m = 0
    for e in plan:
        if e == "M":
            h, w = h / 2, w / 2
            if h < 1 or w < 1:
                raise ValueError("small")
        else:
            p += e * (9 * channels + 1)
            m += e * 9 * channels * int(h) * int(w)
            channels = e
    return p + classes * (channels + 1), float(m + classes * channels)


# answer: q6, multiply-adds of the maps that come in to pooling, too
# breaks: Biases, normalization, activations and pooling count nothing
def plan_cost(plan, channels, size, classes):
    h, w = size
    p = m = 0
    for e in plan:
        if e == "M":
            h, w = h // 2, w // 2
            m += channels * h * w * 4
            if not h or not w:
                raise ValueError("small")
        else:
            p += e * (9 * channels + 1)
            m += e * 9 * channels * h * w
            channels = e
    return p + classes * (channels + 1), m + classes * channels


# answer: q7, the mean of the absolute values
# breaks: the root of the sum of the squares
def first_step(net, images, labels):
    net = copy.deepcopy(net)
    net.train()
    net.zero_grad()
    loss = F.cross_entropy(net(images), labels)
    loss.backward()
    return loss.item(), {
        n: 0.0 if p.grad is None else p.grad.abs().mean().item() for n, p in net.named_parameters()
    }


# answer: q7, tensors
# breaks: to the length of its gradient, a float
def first_step(net, images, labels):
    net = copy.deepcopy(net)
    net.train()
    net.zero_grad()
    loss = F.cross_entropy(net(images), labels)
    loss.backward()
    return loss.item(), {
        n: torch.tensor(0.0) if p.grad is None else p.grad.norm() for n, p in net.named_parameters()
    }


# answer: q7, weights alone
# breaks: by each parameter, in the order of `named_parameters`
def first_step(net, images, labels):
    net = copy.deepcopy(net)
    net.train()
    net.zero_grad()
    loss = F.cross_entropy(net(images), labels)
    loss.backward()
    return loss.item(), {
        n: 0.0 if p.grad is None else p.grad.norm().item()
        for n, p in net.named_parameters()
        if n.endswith("weight")
    }


# answer: q7, puts parameters and running statistics back, but clears the gradients
# breaks: neither its parameters and their `.grad`
def first_step(net, images, labels):
    kept, mode = copy.deepcopy(net.state_dict()), net.training
    net.train()
    net.zero_grad()
    loss = F.cross_entropy(net(images), labels)
    loss.backward()
    found = {n: 0.0 if p.grad is None else p.grad.norm().item() for n, p in net.named_parameters()}
    net.zero_grad()
    net.load_state_dict(kept)
    net.train(mode)
    return loss.item(), found


# answer: q7, the loss of evaluation, the gradients of training
# breaks: the mean cross-entropy of a batch in training mode
def first_step(net, images, labels):
    twin = copy.deepcopy(net).train()
    twin.zero_grad()
    F.cross_entropy(twin(images), labels).backward()
    with torch.no_grad():
        loss = F.cross_entropy(copy.deepcopy(net).eval()(images), labels)
    return loss.item(), {
        n: 0.0 if p.grad is None else p.grad.norm().item() for n, p in twin.named_parameters()
    }


# answer: q7, sorted by name
# breaks: in the order of `named_parameters`
def first_step(net, images, labels):
    twin = copy.deepcopy(net).train()
    twin.zero_grad()
    loss = F.cross_entropy(twin(images), labels)
    loss.backward()
    found = {n: 0.0 if p.grad is None else p.grad.norm().item() for n, p in twin.named_parameters()}
    return loss.item(), dict(sorted(found.items()))
