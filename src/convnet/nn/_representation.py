"""How a network is printed: one layer a line, what is inside further in, as torch prints its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def nested(name: str, extra: str, children: Mapping[str, object]) -> str:
    """Return `name(extra)`, with a line for each child between the parentheses where there are children."""
    if not children:
        return f"{name}({extra})"
    lines = extra.split("\n") if extra else []
    for key, child in children.items():
        first, *others = repr(child).split("\n")
        lines += [f"({key}): {first}", *others]
    return "\n".join([f"{name}(", *(f"  {line}" for line in lines), ")"])


def kernels(
    in_channels: int,
    out_channels: int,
    kernel_size: tuple[int, ...],
    stride: tuple[int, ...],
    *,
    padding: object = 0,
    dilation: object = 1,
    output_padding: object = None,
    groups: object = 1,
    bias: bool = True,
    padding_mode: object = "zeros",
) -> str:
    """Return what a layer with kernels shows: options that are as by default are left out."""
    ones, zeros = (1,) * len(kernel_size), (0,) * len(kernel_size)
    options = {
        "padding": (padding, zeros),
        "dilation": (dilation, ones),
        "output_padding": (zeros if output_padding is None else output_padding, zeros),
        "groups": (groups, 1),
        "bias": (bias, True),
        "padding_mode": (padding_mode, "zeros"),
    }
    shown = [f"{name}={value}" for name, (value, usual) in options.items() if value != usual]
    return ", ".join([f"{in_channels}, {out_channels}", f"{kernel_size=}", f"{stride=}", *shown])


def number(values: Sequence[int]) -> int | tuple[int, ...]:
    """Return what all of the values are, or the values where they differ: pooling is printed so."""
    return values[0] if len(set(values)) == 1 else tuple(values)
