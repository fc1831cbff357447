"""Wrong answers to q5: counts that are right for flat networks whose layers run once. Text; nobody imports it."""


# answer: q5, notes each module's count, and overwrites it when the module runs again
# breaks: a layer that runs twice costs its multiply-adds twice
def cost(net, shape):
    noted, handles = {}, []

    def note(module, inputs, output):
        noted[module] = output.numel() * module.weight[0].numel()

    for module in net.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            handles.append(module.register_forward_hook(note))
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    with torch.no_grad():
        net(torch.zeros(1, *shape))
    for handle in handles:
        handle.remove()
    for module, mode in modes:
        module.training = mode
    return sum(p.numel() for p in net.parameters()), sum(noted.values())


# answer: q5, hooks only the children of the network
# breaks: net is of any modules: blocks hold layers, and blocks hold blocks
def cost(net, shape):
    total, handles = [0], []

    def add(module, inputs, output):
        total[0] += output.numel() * module.weight[0].numel()

    for module in net.children():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            handles.append(module.register_forward_hook(add))
    modes = {module: module.training for module in net.modules()}
    net.eval()
    with torch.no_grad():
        net(torch.zeros(1, *shape))
    for handle in handles:
        handle.remove()
    for module, mode in modes.items():
        module.training = mode
    return sum(p.numel() for p in net.parameters()), total[0]


# answer: q5, leaves out the module without a name, the network itself
# breaks: net is of any modules: it may be a single Linear or Conv2d
def cost(net, shape):
    multiply_adds, handles = 0, []

    def add(module, inputs, output):
        nonlocal multiply_adds
        multiply_adds += output.numel() * module.weight[0].numel()

    for name, module in net.named_modules():
        if name and isinstance(module, (nn.Conv2d, nn.Linear)):
            handles.append(module.register_forward_hook(add))
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    with torch.no_grad():
        net(torch.zeros((1, *shape)))
    for handle in handles:
        handle.remove()
    for module, mode in modes:
        module.training = mode
    return sum(p.numel() for p in net.parameters()), multiply_adds


# answer: q5, counts what is trained
# breaks: the parameters of a network; those that are frozen are parameters, too
def cost(net, shape):
    total, handles = [], []
    for module in net.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            hook = lambda m, inputs, output: total.append(output.numel() * m.weight[0].numel())
            handles.append(module.register_forward_hook(hook))
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    with torch.no_grad():
        net(torch.zeros(1, *shape))
    for handle in handles:
        handle.remove()
    for module, mode in modes:
        module.training = mode
    return sum(p.numel() for p in net.parameters() if p.requires_grad), sum(total)


# answer: q5, counts what state_dict holds under "weight" and "bias"
# breaks: a layer that runs twice costs its parameters once; state_dict names a shared layer twice
def cost(net, shape):
    total, handles = [0], []

    def add(module, inputs, output):
        total[0] += output.numel() * module.weight[0].numel()

    for module in net.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            handles.append(module.register_forward_hook(add))
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    with torch.no_grad():
        net(torch.zeros(1, *shape))
    [handle.remove() for handle in handles]
    for module, mode in modes:
        module.training = mode
    state = net.state_dict()
    return sum(v.numel() for name, v in state.items() if name.endswith(("weight", "bias"))), total[0]


# answer: q5, hooks a layer once for each of its names
# breaks: a layer that runs twice costs its multiply-adds twice; here four times, where it has two names
def cost(net, shape):
    total, handles = [0], []

    def add(module, inputs, output):
        total[0] += output.numel() * module.weight[0].numel()

    for _, module in net.named_modules(remove_duplicate=False):
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            handles.append(module.register_forward_hook(add))
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    with torch.no_grad():
        net(torch.zeros(1, *shape))
    for handle in handles:
        handle.remove()
    for module, mode in modes:
        module.training = mode
    return sum(p.numel() for p in net.parameters()), total[0]


# answer: q5, all pictures have channels, rows and columns
# breaks: shape is one such as (1, 28, 28), or (784,)
def cost(net, shape):
    channels, height, width = shape
    total, handles = [0], []

    def add(module, inputs, output):
        total[0] += output.numel() * module.weight[0].numel()

    for module in net.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            handles.append(module.register_forward_hook(add))
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    with torch.no_grad():
        net(torch.zeros(1, channels, height, width))
    for handle in handles:
        handle.remove()
    for module, mode in modes:
        module.training = mode
    return sum(p.numel() for p in net.parameters()), total[0]


# answer: q5, clears the gradients behind it
# breaks: afterwards the network is as it was: its gradients
def cost(net, shape):
    total, handles = [0], []

    def add(module, inputs, output):
        total[0] += output.numel() * module.weight[0].numel()

    for module in net.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            handles.append(module.register_forward_hook(add))
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    net(torch.zeros(1, *shape))
    net.zero_grad()
    for handle in handles:
        handle.remove()
    for module, mode in modes:
        module.training = mode
    return sum(p.numel() for p in net.parameters()), total[0]


# answer: q5, removes all hooks, those of others, too
# breaks: afterwards the network is as it was; a hook that the caller had registered is gone
def cost(net, shape):
    total = [0]

    def add(module, inputs, output):
        total[0] += output.numel() * module.weight[0].numel()

    for module in net.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            module.register_forward_hook(add)
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    with torch.no_grad():
        net(torch.zeros(1, *shape))
    for module, mode in modes:
        module.training = mode
        module._forward_hooks.clear()
    return sum(p.numel() for p in net.parameters()), total[0]


# answer: q5, runs in the mode that it finds, and puts the buffers back
# breaks: run it in evaluation mode; batch normalization refuses one number for each channel in training mode
def cost(net, shape):
    total, handles = [0], []

    def add(module, inputs, output):
        total[0] += output.numel() * module.weight[0].numel()

    for module in net.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            handles.append(module.register_forward_hook(add))
    before = {name: value.clone() for name, value in net.state_dict().items()}
    with torch.no_grad():
        net(torch.zeros(1, *shape))
    net.load_state_dict(before)
    for handle in handles:
        handle.remove()
    return sum(p.numel() for p in net.parameters()), total[0]


# answer: q5, freezes the network for the run, and leaves it frozen
# breaks: afterwards the network is as it was
def cost(net, shape):
    total, handles = [0], []

    def add(module, inputs, output):
        total[0] += output.numel() * module.weight[0].numel()

    for module in net.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            handles.append(module.register_forward_hook(add))
    modes = [(module, module.training) for module in net.modules()]
    net.eval().requires_grad_(False)
    net(torch.zeros(1, *shape))
    for handle in handles:
        handle.remove()
    for module, mode in modes:
        module.training = mode
    return sum(p.numel() for p in net.parameters()), total[0]


# answer: q5, runs a network without hooks, layer after layer in the order of modules()
# breaks: run the network; its forward says what runs, and on what
def cost(net, shape):
    multiply_adds, x = 0, torch.zeros(1, *shape)
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    with torch.no_grad():
        for module in net.modules():
            if len(list(module.children())) == 0:
                x = module(x)
                if isinstance(module, (nn.Conv2d, nn.Linear)):
                    multiply_adds += x.numel() * module.weight[0].numel()
    for module, mode in modes:
        module.training = mode
    return sum(p.numel() for p in net.parameters()), multiply_adds


# answer: q5, runs on pictures that it draws
# breaks: run it in evaluation mode on zeros
def cost(net, shape):
    total, handles = [0], []

    def add(module, inputs, output):
        total[0] += output.numel() * module.weight[0].numel()

    for module in net.modules():
        if isinstance(module, (nn.Conv2d, nn.Linear)):
            handles.append(module.register_forward_hook(add))
    modes = [(module, module.training) for module in net.modules()]
    net.eval()
    with torch.no_grad():
        net(torch.randn(1, *shape))
    for handle in handles:
        handle.remove()
    for module, mode in modes:
        module.training = mode
    return sum(p.numel() for p in net.parameters()), total[0]
