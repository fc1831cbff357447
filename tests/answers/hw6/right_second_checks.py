"""Right answers to q8: other thorough tests of a block. Text; nobody imports it."""


# answer: q8, by functions alone, all cases, pictures of many shapes
def check_residual(block):
    generator = torch.Generator().manual_seed(11)

    def norm(x, state, name):
        parts = [state[f"{name}.{p}"] for p in ("running_mean", "running_var", "weight", "bias")]
        return F.batch_norm(x, *parts, training=False, eps=1e-5)

    def truth(x, state, stride):
        out = norm(F.conv2d(x, state["conv1.weight"], stride=stride, padding=1), state, "bn1").relu()
        out = norm(F.conv2d(out, state["conv2.weight"], padding=1), state, "bn2")
        if "downsample.0.weight" in state:
            x = norm(F.conv2d(x, state["downsample.0.weight"], stride=stride), state, "downsample.1")
        return (out + x).relu()

    def drawn(channels, width, stride, small):
        state = {
            "conv1.weight": torch.randn(width, channels, 3, 3, generator=generator),
            "conv2.weight": torch.randn(width, width, 3, 3, generator=generator),
        }
        norms = ["bn1", "bn2"]
        if stride != 1 or channels != width:
            state["downsample.0.weight"] = torch.randn(width, channels, 1, 1, generator=generator)
            norms.append("downsample.1")
        for name in norms:
            state[f"{name}.weight"] = torch.randn(width, generator=generator)
            state[f"{name}.bias"] = torch.randn(width, generator=generator)
            state[f"{name}.running_mean"] = 2 * torch.randn(width, generator=generator)
            var = torch.rand(width, generator=generator)
            state[f"{name}.running_var"] = 0.002 + 0.01 * var if small else 0.1 + 5 * var
        return state

    for channels, width in ((1, 1), (2, 2), (3, 3), (8, 8), (1, 4), (3, 5), (6, 2), (4, 8)):
        for stride in (1, 2):
            for n, h, w in ((1, 5, 8), (3, 7, 4), (2, 6, 6), (2, 1, 3), (4, 2, 9)):
                for small in (False, True):
                    state = drawn(channels, width, stride, small)
                    x = torch.randn(n, channels, h, w, generator=generator)
                    right = truth(x, state, stride)
                    if right.max() < 1:
                        continue
                    try:
                        found = block(x.clone(), {k: v.clone() for k, v in state.items()}, stride)
                        if not isinstance(found, torch.Tensor) or found.shape != right.shape:
                            return False
                        if not bool((found - right).abs().max() <= 0.001 * right.max()):
                            return False
                    except Exception:
                        return False
    return True


# answer: q8, by Residual in float64, drawing with NumPy
def check_residual(block):
    rng = np.random.default_rng(12)

    def agrees(channels, width, stride, shape):
        net = Residual(channels, width, stride).double().eval()
        state = {}
        for name, value in net.state_dict().items():
            if name.endswith("num_batches_tracked"):
                continue
            numbers = rng.normal(size=tuple(value.shape))
            if name.endswith("running_var"):
                numbers = np.exp(2 * numbers - 2)
            state[name] = torch.tensor(numbers, dtype=torch.float32)
        net.load_state_dict({k: v.double() for k, v in state.items()}, strict=False)
        x = torch.tensor(rng.normal(size=(shape[0], channels, *shape[1:])) * 3, dtype=torch.float32)
        with torch.no_grad():
            right = net(x.double())
        try:
            with torch.no_grad():
                found = block(x, state, stride)
        except Exception:
            return False
        if not torch.is_tensor(found) or tuple(found.shape) != tuple(right.shape):
            return False
        off = (found.detach().double() - right).abs().max().item()
        return right.max().item() < 1 or off <= 1e-3 * right.max().item()

    sizes = [(2, 7, 5), (1, 4, 9), (3, 8, 8), (2, 3, 1)]
    widths = [(1, 1), (3, 3), (2, 5), (5, 2), (4, 4), (16, 16), (4, 32)]
    cases = [(c, w, stride, shape) for c, w in widths for stride in (1, 2) for shape in sizes]
    return all(agrees(*case) for case in cases)


# answer: q8, collects the mistakes that it finds, many rounds of drawn sizes
def check_residual(block):
    generator = torch.Generator().manual_seed(13)

    def whole(low, high):
        return int(torch.randint(low, high + 1, (), generator=generator))

    mistakes = []
    for round_ in range(60):
        stride = 1 + round_ % 2
        channels = whole(1, 6)
        width = channels if round_ % 4 < 2 else whole(1, 6)
        net = Residual(channels, width, stride).eval()
        state = {}
        for name, value in net.state_dict().items():
            if value.dtype != torch.float32:
                continue
            drawn = torch.empty(value.shape).uniform_(-2, 2, generator=generator)
            state[name] = drawn.abs() ** 3 + 1e-3 if name.endswith("running_var") else drawn
        net.load_state_dict(state, strict=False)
        x = torch.empty(whole(1, 3), channels, whole(1, 9), whole(1, 9)).uniform_(-10, 10, generator=generator)
        if stride == 2 and channels == width and x.shape[2:] == (1, 1):
            continue
        with torch.no_grad():
            right = net(x)
            if right.max() < 1:
                continue
            try:
                found = block(x, state, stride)
                if type(found) is not torch.Tensor and not isinstance(found, torch.Tensor):
                    mistakes.append("no tensor")
                elif found.shape != right.shape:
                    mistakes.append("shape")
                elif not torch.allclose(found, right, rtol=0, atol=0.0009 * right.max().item()):
                    mistakes.append("numbers")
            except Exception as error:
                mistakes.append(repr(error))
    return not mistakes
