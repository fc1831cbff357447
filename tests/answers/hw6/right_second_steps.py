"""Right answers to q5 and q7, in other styles. Text; nobody imports it."""


# answer: q5, on a copy
def cost(net, shape):
    parameters = sum(p.numel() for p in net.parameters())
    twin, seen = copy.deepcopy(net).eval(), []

    def note(module, inputs, output):
        places = output.numel() // module.weight.shape[0]
        seen.append(places * module.weight.numel())

    for module in twin.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            module.register_forward_hook(note)
    with torch.no_grad():
        twin(torch.zeros((1,) + tuple(shape)))
    return parameters, sum(seen)


# answer: q5, counts from the layers' attributes, and tidies up with an ExitStack
def cost(net, shape):
    import contextlib

    counts = {"multiply-adds": 0}

    def conv(module, inputs, output):
        kh, kw = module.kernel_size
        products = kh * kw * (module.in_channels // module.groups)
        n, f, h, w = output.shape
        counts["multiply-adds"] += f * h * w * products

    def linear(module, inputs, output):
        rows = inputs[0].numel() // module.in_features
        counts["multiply-adds"] += rows * module.in_features * module.out_features

    with contextlib.ExitStack() as stack:
        for module in net.modules():
            stack.callback(setattr, module, "training", module.training)
            if isinstance(module, nn.Conv2d):
                stack.enter_context(module.register_forward_hook(conv))
            if isinstance(module, nn.Linear):
                stack.enter_context(module.register_forward_hook(linear))
        stack.enter_context(torch.no_grad())
        net.eval()
        net(torch.zeros([1, *shape]))
    unique = {id(p): p.numel() for p in net.parameters()}
    return sum(unique.values()), counts["multiply-adds"]


# answer: q5, a class that counts, two equal pictures, and half of what they cost
class Meter:
    def __init__(self):
        self.total = 0

    def __call__(self, module, inputs, output):
        reads = inputs[0].shape[-1] if isinstance(module, nn.Linear) else module.weight[0].numel()
        self.total += output.numel() * reads


def cost(net, shape):
    meter = Meter()
    layers = [m for m in net.modules() if isinstance(m, (nn.Conv2d, nn.Linear))]
    handles = [layer.register_forward_hook(meter) for layer in layers]
    training = [m for m in net.modules() if m.training]
    try:
        net.eval()
        with torch.inference_mode():
            net(torch.zeros(2, *shape))
    finally:
        for handle in handles:
            handle.remove()
        for m in training:
            m.training = True
    return sum(p.numel() for p in net.parameters()), meter.total // 2


# answer: q5, numbers for each layer, and how often each has run
def cost(net, shape):
    runs = []
    handles = [
        m.register_forward_hook(lambda m, args, out: runs.append((type(m).__name__, m, tuple(out.shape))))
        for m in net.modules()
        if isinstance(m, (nn.Conv2d, nn.Linear))
    ]
    before = {m: m.training for m in net.modules()}
    for m in before:
        m.training = False
    with torch.no_grad():
        net(torch.zeros(*((1,) + tuple(shape)), dtype=torch.float32))
    while handles:
        handles.pop().remove()
    for m, mode in before.items():
        m.training = mode
    multiply_adds = 0
    for _, m, out in runs:
        multiply_adds += int(np.prod(out, dtype=np.int64)) * int(np.prod(m.weight.shape[1:], dtype=np.int64))
    return int(sum(np.prod(p.shape, dtype=np.int64) for p in net.parameters())), multiply_adds


# answer: q7, on a copy, the lengths in float64
def first_step(net, images, labels):
    twin = copy.deepcopy(net)
    twin.zero_grad(set_to_none=True)
    twin.train()
    loss = F.cross_entropy(twin(images), labels)
    loss.backward()

    def length(p):
        return 0.0 if p.grad is None else float(np.linalg.norm(p.grad.numpy().astype(np.float64).ravel()))

    return float(loss.detach()), {name: length(p) for name, p in twin.named_parameters()}


# answer: q7, in the network itself, and puts everything back
def first_step(net, images, labels):
    modes = [(m, m.training) for m in net.modules()]
    buffers = [(b, b.clone()) for b in net.buffers()]
    wanted = [(name, p) for name, p in net.named_parameters() if p.requires_grad]
    lengths = {name: 0.0 for name, _ in net.named_parameters()}
    try:
        net.train()
        loss = F.cross_entropy(net(images), labels)
        grads = torch.autograd.grad(loss, [p for _, p in wanted], allow_unused=True)
    finally:
        for m, mode in modes:
            m.training = mode
        with torch.no_grad():
            for b, value in buffers:
                b.copy_(value)
    for (name, _), grad in zip(wanted, grads):
        if grad is not None:
            lengths[name] = grad.flatten().dot(grad.flatten()).sqrt().item()
    return loss.item(), lengths


# answer: q7, the cross-entropy by hand, log-sum-exp and all
def first_step(net, images, labels):
    net = copy.deepcopy(net).train()
    scores = net(images)
    right = scores.gather(1, labels.long().unsqueeze(1)).squeeze(1)
    loss = (torch.logsumexp(scores, dim=1) - right).mean()
    loss.backward()
    lengths = {}
    for name, p in net.named_parameters():
        grad = torch.zeros_like(p) if p.grad is None else p.grad
        lengths[name] = torch.linalg.vector_norm(grad).item()
    return loss.item(), lengths


# answer: q7, gives the scores' gradient to backward
def first_step(net, images, labels):
    net = copy.deepcopy(net)
    net.train(True)
    for p in net.parameters():
        p.grad = None
    scores = net(images)
    with torch.no_grad():
        chances = scores.softmax(dim=1)
        onehot = F.one_hot(labels.long(), scores.shape[1]).to(scores.dtype)
        loss = -(onehot * scores.log_softmax(dim=1)).sum() / len(labels)
    scores.backward((chances - onehot) / len(labels))
    return loss.item(), {n: (p.grad**2).sum().sqrt().item() if p.grad is not None else 0.0 for n, p in net.named_parameters()}
