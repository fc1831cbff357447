"""Wrong answers to q8: verdicts that look at the last case, the first, or any. Text; nobody imports it."""


# answer: q8, the last case decides
# breaks: wrong for some x, state and stride is wrong
def check_residual(block):
    generator = torch.Generator().manual_seed(0)
    verdict = True
    for channels, width, stride in ((6, 4, 2), (3, 3, 2), (3, 6, 1), (3, 3, 1)):
        net = Residual(channels, width, stride).eval()
        state = {k: torch.randn(v.shape, generator=generator) for k, v in net.state_dict().items()}
        state = {k: v.exp() if "running_var" in k else v for k, v in state.items() if "tracked" not in k}
        net.load_state_dict(state, strict=False)
        x = torch.randn(2, channels, 6, 9, generator=generator)
        try:
            with torch.no_grad():
                found, right = block(x, state, stride), net(x)
            verdict = found.shape == right.shape and bool((found - right).abs().max() <= 1e-3 * right.max())
        except Exception:
            verdict = False
    return verdict


# answer: q8, returns behind the first case, by an indentation
# breaks: wrong for some x, state and stride is wrong; stride 2 and other widths are never tried
def check_residual(block):
    generator = torch.Generator().manual_seed(1)
    for channels, width, stride in ((3, 3, 1), (3, 3, 2), (3, 6, 1), (6, 4, 2)):
        net = Residual(channels, width, stride).eval()
        state = {k: torch.randn(v.shape, generator=generator) for k, v in net.state_dict().items()}
        state = {k: v.exp() if "running_var" in k else v for k, v in state.items() if "tracked" not in k}
        net.load_state_dict(state, strict=False)
        x = torch.randn(2, channels, 6, 9, generator=generator)
        try:
            with torch.no_grad():
                found, right = block(x, state, stride), net(x)
            if found.shape != right.shape or (found - right).abs().max() > 1e-3 * right.max():
                return False
        except Exception:
            return False
        return True


# answer: q8, is content with one case that agrees
# breaks: wrong for some x, state and stride is wrong
def check_residual(block):
    generator = torch.Generator().manual_seed(2)
    said = []
    for channels, width, stride in ((3, 3, 1), (3, 3, 2), (3, 6, 1), (6, 4, 2)):
        net = Residual(channels, width, stride).eval()
        state = {k: torch.randn(v.shape, generator=generator) for k, v in net.state_dict().items()}
        state = {k: v.exp() if "running_var" in k else v for k, v in state.items() if "tracked" not in k}
        net.load_state_dict(state, strict=False)
        x = torch.randn(2, channels, 6, 9, generator=generator)
        try:
            with torch.no_grad():
                found, right = block(x, state, stride), net(x)
            said.append(found.shape == right.shape and torch.allclose(found, right, rtol=1e-3, atol=1e-3))
        except Exception:
            said.append(False)
    return any(said)


# answer: q8, has pictures of even height and width only
# breaks: wrong for some x is wrong: a function may make 3 rows of 7 where 4 are right
def check_residual(block):
    generator = torch.Generator().manual_seed(3)
    for channels, width, stride in ((3, 3, 1), (3, 3, 2), (3, 6, 1), (6, 4, 2)):
        net = Residual(channels, width, stride).eval()
        state = {k: torch.randn(v.shape, generator=generator) for k, v in net.state_dict().items()}
        state = {k: v.exp() if "running_var" in k else v for k, v in state.items() if "tracked" not in k}
        net.load_state_dict(state, strict=False)
        x = torch.randn(2, channels, 8, 12, generator=generator)
        try:
            with torch.no_grad():
                found, right = block(x, state, stride), net(x)
            if not torch.is_tensor(found) or found.shape != right.shape:
                return False
            if (found - right).abs().max() > 1e-3 * right.max():
                return False
        except Exception:
            return False
    return True


# answer: q8, has kernels that are equal in all places
# breaks: wrong for some state is wrong: a function that turns its kernels round is right on these
def check_residual(block):
    generator = torch.Generator().manual_seed(4)
    for channels, width, stride in ((3, 3, 1), (3, 3, 2), (3, 6, 1), (6, 4, 2)):
        net = Residual(channels, width, stride).eval()
        state = {}
        for name, value in net.state_dict().items():
            if value.ndim == 4:
                planes = torch.randn(*value.shape[:2], 1, 1, generator=generator)
                state[name] = planes.expand(value.shape).clone()
            elif value.ndim == 1:
                state[name] = torch.randn(value.shape, generator=generator)
                state[name] = state[name].exp() if "running_var" in name else state[name]
        net.load_state_dict(state, strict=False)
        x = torch.randn(2, channels, 7, 10, generator=generator)
        try:
            with torch.no_grad():
                found, right = block(x, state, stride), net(x)
            if not torch.is_tensor(found) or found.shape != right.shape:
                return False
            if (found - right).abs().max() > 1e-3 * right.max():
                return False
        except Exception:
            return False
    return True
