"""Wrong answers to q8: tests of a block that find the three mistakes of the public test. Text; nobody imports it."""


# answer: q8, tests stride 1 with equal widths and no other
# breaks: a function is wrong if it is off for some x, state and stride: stride 2 and downsample are never seen
def check_residual(block):
    generator = torch.Generator().manual_seed(0)
    for size in ((2, 4, 7, 5), (1, 4, 6, 6)):
        net = Residual(4, 4).eval()
        state = {k: torch.rand(v.shape, generator=generator) * 2 - 0.5 for k, v in net.state_dict().items()}
        for name in state:
            if name.endswith("running_var"):
                state[name] = torch.rand(4, generator=generator) * 3 + 0.05
        del state["bn1.num_batches_tracked"], state["bn2.num_batches_tracked"]
        net.load_state_dict(state, strict=False)
        x = torch.randn(size, generator=generator)
        with torch.no_grad():
            right = net(x)
        try:
            found = block(x, state, 1)
        except Exception:
            return False
        if not isinstance(found, torch.Tensor) or found.shape != right.shape:
            return False
        if (found - right).abs().max() > 1e-3 * right.abs().max():
            return False
    return True


# answer: q8, lets the exceptions of the function through
# breaks: a function is wrong if it raises an exception: False, and no exception
def check_residual(block):
    generator = torch.Generator().manual_seed(1)

    def draw(*shape):
        return torch.randn(shape, generator=generator)

    for channels, width, stride in ((3, 3, 1), (3, 3, 2), (3, 5, 1), (5, 3, 2)):
        net = Residual(channels, width, stride).eval()
        with torch.no_grad():
            for name, value in net.state_dict().items():
                if name.endswith("running_var"):
                    value.copy_(draw(*value.shape).exp())
                elif value.dtype == torch.float32:
                    value.copy_(draw(*value.shape))
            state = {k: v.clone() for k, v in net.state_dict().items() if "tracked" not in k}
            x = draw(2, channels, 7, 5)
            right, found = net(x), block(x, state, stride)
        if not isinstance(found, torch.Tensor) or found.shape != right.shape:
            return False
        if (found - right).abs().max() > 1e-3 * right.max():
            return False
    return True


# answer: q8, wants equality to the last bit
# breaks: right functions differ from the right numbers by rounding
def check_residual(block):
    generator = torch.Generator().manual_seed(2)
    for channels, width, stride in ((2, 2, 1), (2, 4, 2), (2, 4, 1), (2, 2, 2)):
        net = Residual(channels, width, stride).eval()
        state = {}
        for name, value in net.state_dict().items():
            if "tracked" in name:
                continue
            state[name] = torch.randn(value.shape, generator=generator)
            if "running_var" in name:
                state[name] = state[name].exp()
        net.load_state_dict(state, strict=False)
        x = torch.randn(3, channels, 6, 9, generator=generator)
        try:
            with torch.no_grad():
                if not torch.equal(block(x, state, stride), net(x)):
                    return False
        except Exception:
            return False
    return True


# answer: q8, holds a tolerance for each number, close to 0, too
# breaks: off by more than a thousandth of the largest right number; rounding near 0 is nothing
def check_residual(block):
    generator = torch.Generator().manual_seed(3)
    for channels, width, stride in ((8, 8, 1), (8, 8, 2), (8, 16, 1), (16, 8, 2)):
        net = Residual(channels, width, stride).eval()
        state = {}
        for name, value in net.state_dict().items():
            if "tracked" in name:
                continue
            state[name] = torch.randn(value.shape, generator=generator)
            if "running_var" in name:
                state[name] = state[name].exp()
        net.load_state_dict(state, strict=False)
        x = torch.randn(2, channels, 9, 7, generator=generator)
        try:
            with torch.no_grad():
                found, right = block(x, state, stride), net(x)
            torch.testing.assert_close(found, right, rtol=1e-7, atol=0)
        except Exception:
            return False
    return True


# answer: q8, allows a tenth
# breaks: wrong is what is off by more than a thousandth of the largest right number
def check_residual(block):
    generator = torch.Generator().manual_seed(4)
    for channels, width, stride in ((3, 3, 1), (3, 3, 2), (3, 6, 1), (6, 3, 2)):
        net = Residual(channels, width, stride).eval()
        state = {}
        for name, value in net.state_dict().items():
            if "tracked" in name:
                continue
            state[name] = torch.randn(value.shape, generator=generator)
            if "running_var" in name:
                state[name] = state[name].exp()
        net.load_state_dict(state, strict=False)
        x = torch.randn(2, channels, 6, 9, generator=generator)
        try:
            with torch.no_grad():
                found, right = block(x, state, stride), net(x)
            if found.shape != right.shape or (found - right).abs().max() > 0.1 * right.max():
                return False
        except Exception:
            return False
    return True


# answer: q8, lets broadcasting hide a shape
# breaks: wrong is what returns anything but a tensor of the right shape
def check_residual(block):
    generator = torch.Generator().manual_seed(5)
    for channels, width, stride in ((3, 3, 1), (3, 3, 2), (3, 6, 1), (6, 3, 2)):
        net = Residual(channels, width, stride).eval()
        state = {}
        for name, value in net.state_dict().items():
            if "tracked" in name:
                continue
            state[name] = torch.randn(value.shape, generator=generator)
            if "running_var" in name:
                state[name] = state[name].exp()
        net.load_state_dict(state, strict=False)
        x = torch.randn(1, channels, 6, 9, generator=generator)
        try:
            with torch.no_grad():
                found, right = torch.as_tensor(block(x, state, stride)), net(x)
            if (found - right).abs().max() > 0.001 * right.max():
                return False
        except Exception:
            return False
    return True


# answer: q8, one picture in each batch
# breaks: x is a tensor (N, C, H, W): a function that mixes the pictures of a batch is right on one
def check_residual(block):
    generator = torch.Generator().manual_seed(6)
    for channels, width, stride in ((3, 3, 1), (3, 3, 2), (3, 6, 1), (6, 3, 2)):
        net = Residual(channels, width, stride).eval()
        state = {}
        for name, value in net.state_dict().items():
            if "tracked" in name:
                continue
            state[name] = torch.randn(value.shape, generator=generator)
            if "running_var" in name:
                state[name] = state[name].exp()
        net.load_state_dict(state, strict=False)
        x = torch.randn(1, channels, 6, 9, generator=generator)
        try:
            with torch.no_grad():
                found, right = block(x, state, stride), net(x)
            if not torch.is_tensor(found) or found.shape != right.shape:
                return False
            if (found - right).abs().max() > 0.001 * right.max():
                return False
        except Exception:
            return False
    return True


# answer: q8, a fresh Residual's state: running means of 0, variances of 1, no shift
# breaks: all of the state counts: functions that forget the running statistics, weight or bias are wrong
def check_residual(block):
    for channels, width, stride in ((4, 4, 1), (4, 4, 2), (4, 8, 1), (8, 4, 2)):
        net = Residual(channels, width, stride).eval()
        state = {k: v.detach().clone() for k, v in net.state_dict().items() if "tracked" not in k}
        x = 10 * torch.randn(3, channels, 7, 6)
        try:
            with torch.no_grad():
                found, right = block(x, state, stride), net(x)
            if not torch.is_tensor(found) or found.shape != right.shape:
                return False
            if (found - right).abs().max() > 0.001 * right.max():
                return False
        except Exception:
            return False
    return True


# answer: q8, running variances between 1 and 2
# breaks: wrong for some state is wrong: another epsilon shows where variances are small
def check_residual(block):
    generator = torch.Generator().manual_seed(7)
    for channels, width, stride in ((3, 3, 1), (3, 3, 2), (3, 6, 1), (6, 3, 2)):
        net = Residual(channels, width, stride).eval()
        state = {}
        for name, value in net.state_dict().items():
            if "tracked" in name:
                continue
            state[name] = torch.randn(value.shape, generator=generator)
            if "running_var" in name:
                state[name] = 1 + torch.rand(value.shape, generator=generator)
        net.load_state_dict(state, strict=False)
        x = torch.randn(2, channels, 6, 9, generator=generator)
        try:
            with torch.no_grad():
                found, right = block(x, state, stride), net(x)
            if not torch.is_tensor(found) or found.shape != right.shape:
                return False
            if (found - right).abs().max() > 0.001 * right.max():
                return False
        except Exception:
            return False
    return True


# answer: q8, looks at the mean of the differences
# breaks: wrong is what is off by more than a thousandth of the largest number, at a border or a corner, too
def check_residual(block):
    generator = torch.Generator().manual_seed(8)
    for channels, width, stride in ((3, 3, 1), (3, 3, 2), (3, 6, 1), (6, 3, 2)):
        net = Residual(channels, width, stride).eval()
        state = {}
        for name, value in net.state_dict().items():
            if "tracked" in name:
                continue
            state[name] = torch.randn(value.shape, generator=generator)
            if "running_var" in name:
                state[name] = state[name].exp()
        net.load_state_dict(state, strict=False)
        x = torch.randn(2, channels, 32, 48, generator=generator)
        try:
            with torch.no_grad():
                found, right = block(x, state, stride), net(x)
            if not torch.is_tensor(found) or found.shape != right.shape:
                return False
            if (found - right).mean().abs() > 0.001 * right.max():
                return False
        except Exception:
            return False
    return True
