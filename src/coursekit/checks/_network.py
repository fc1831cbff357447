"""What `checks.module` runs beside the student's network."""

from __future__ import annotations

from typing import Any


def work(net: Any, name: str, what: str, operands: list[Any]) -> Any:
    """Do one thing with a copy of a network; it runs inside, so it uses no name from outside of it."""
    import copy

    import numpy as np
    import torch
    from torch import nn

    def a_copy() -> Any:
        given = (
            f"{net.__name__}, a class: test an object, {net.__name__}()" if isinstance(net, type) else None
        )
        assert isinstance(net, nn.Module), (
            f"{name} must be a torch.nn.Module, got {given or f'an object of class {type(net).__name__}'}. "
            "Derive its class from nn.Module, and call super().__init__() first."
        )
        try:
            return copy.deepcopy(net)
        except RuntimeError:
            raise AssertionError(
                f"{name} keeps a tensor that was computed in an attribute, so it cannot be copied. "
                "Keep it with .detach(), or only in a local variable of forward."
            ) from None

    def numbers(value: Any) -> Any:
        plain = value.detach().cpu()
        return (plain.float() if plain.dtype is torch.bfloat16 else plain).numpy().copy()

    def batch(x: Any) -> Any:
        tensor = torch.from_numpy(np.array(x))
        first = next(iter(model.parameters()), None)
        return tensor if first is None or not tensor.is_floating_point() else tensor.to(first.dtype)

    def load(state: Any) -> None:
        own = model.state_dict()
        extra, lacking = sorted(own.keys() - state.keys()), sorted(state.keys() - own.keys())
        wrong = f"{name} has other parameters than it should."
        assert not lacking, f"{wrong} Missing: {', '.join(lacking[:5])}."
        assert not extra, f"{wrong} Not wanted: {', '.join(extra[:5])}."
        for key, value in own.items():
            right = np.shape(state[key])
            assert tuple(value.shape) == right, (
                f"{name}: {key} has shape {tuple(value.shape)}, the right shape is {right}."
            )
        model.load_state_dict({key: torch.from_numpy(np.array(value)) for key, value in state.items()})

    def run(x: Any, train: bool) -> Any:
        model.train(train)
        out = model(x)
        assert isinstance(out, torch.Tensor), (
            f"{name} returned a {type(out).__name__}. Its forward must return a tensor."
        )
        return out

    def kept() -> dict[str, Any]:
        return {key: numbers(value) for key, value in model.state_dict().items()}

    def changed(before: dict[str, Any]) -> list[str]:
        now = kept()
        return [key for key in now if key not in before or not np.array_equal(now[key], before[key], True)]

    def loss_of(out: Any, labels: Any) -> Any:
        assert (out.ndim, *out.shape[:1]) == (2, len(labels)), (
            f"{name} returned shape {tuple(out.shape)} for {len(labels)} images. "
            "Return a row of scores for each image."
        )
        return nn.functional.cross_entropy(out, labels)

    model = a_copy()
    if what == "state":
        parameters = {key: numbers(value) for key, value in model.named_parameters()}
        buffers = {key: numbers(value) for key, value in model.named_buffers()}
        return {"parameters": parameters, "buffers": buffers}
    with torch.random.fork_rng(devices=[]), torch.enable_grad():
        torch.manual_seed(0)
        if what == "forward":
            x, train, state = operands
            if state is not None:
                load(state)
            return numbers(run(batch(x), train))
        if what == "gradients":
            x, target, train, state = operands
            if state is not None:
                load(state)
            model.zero_grad()
            out = run(batch(x), train)
            if np.asarray(target).dtype.kind in "iu":
                loss_of(out, torch.from_numpy(np.array(target, dtype=np.int64))).backward()
            else:
                assert tuple(out.shape) == np.shape(target), (
                    f"{name} returned shape {tuple(out.shape)}, the right shape is {np.shape(target)}."
                )
                (out * torch.from_numpy(np.array(target)).to(out.dtype)).sum().backward()
            return {
                key: np.zeros(tuple(value.shape)) if value.grad is None else numbers(value.grad)
                for key, value in model.named_parameters()
            }
        if what == "overfit":
            x, labels, steps, lr = operands
            x, labels = batch(x), torch.from_numpy(np.array(labels, dtype=np.int64))
            learned = [p for p in model.parameters() if p.requires_grad]
            assert learned, f"{name} has nothing to learn: no parameter is registered, or all are frozen."
            optimizer = torch.optim.Adam(learned, lr=lr)
            losses = []
            for _ in range(steps):
                optimizer.zero_grad()
                loss = loss_of(run(x, True), labels)
                loss.backward()
                optimizer.step()
                losses.append(float(loss.detach()))
            with torch.no_grad():
                losses.append(float(loss_of(run(x, True), labels)))
                return losses, numbers(run(x, False))
        (x,) = operands
        with torch.no_grad():
            x, before = batch(x), kept()
            first, second = numbers(run(x, True)), numbers(run(x, True))
            moved, before = changed(before), kept()
            third, fourth = numbers(run(x, False)), numbers(run(x, False))
            return first, second, moved, third, fourth, changed(before)
