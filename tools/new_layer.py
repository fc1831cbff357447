"""Begin an activation: definition, fast pair, layer, registry, tests and reference, from its two formulas.

    python tools/new_layer.py tanhshrink "x - np.tanh(x)" "grad_out * np.tanh(x) ** 2"

The files are those of "Writing a layer" with another name and other formulas; that page goes through them one
by one, and says what a layer with weights needs besides. The tests compare with torch's function of the same
name. `np` is all that a formula may use besides `x` and `grad_out`.
"""

from __future__ import annotations

import argparse
import builtins
import keyword
import re
import subprocess
import sys
from pathlib import Path

import guide_code
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
GUIDE = "book/instructors/writing-a-layer.md"
EXAMPLE, LAYER = "softsign", "Softsign"
PAGES = ("plain", "activations", "layers")
AT = np.array([-1.0, 0, 3])  # the inputs of the examples in docstrings
SOURCE = '"Quadratic polynomials learn better image features", 2009.'


def shown(formula: str) -> str:
    """Value of a formula at the example's inputs, as a docstring shows it.

    Raises
    ------
    ValueError
        If the formula cannot be computed, or gives anything but one number for each input.
    """
    try:
        value = eval(formula, {"__builtins__": builtins, "np": np, "x": AT, "grad_out": np.ones(3)})
    except Exception as error:
        raise ValueError(f"{formula} cannot be computed: {error}") from error
    if np.shape(value) != AT.shape:
        raise ValueError(f"{formula} has to give one number for each input, it gives {value!r}")
    return repr(np.asarray(value, float))


def words(forward: str, backward: str) -> dict[str, dict[str, str]]:
    """Say by the folder of a file what is exchanged in it, besides the name."""
    y, slope = shown(forward), shown(backward)
    fast = {r"y = \frac{x}{1 + |x|}": "y = f(x)", r"= \frac{G}{(1 + |x|)^2}": "= G f'(x)"}
    values = {"array([-0.5 ,  0.  ,  0.75])": y}
    plain = {"array([0.25  , 1.    , 0.0625])": slope}
    source = {
        f"Source: Bergstra, Desjardins, Lamblin and Bengio, {SOURCE}": "Source: say where it comes from."
    }
    return {
        "src/convnet/plain": {
            "x / (1 + np.abs(x))\n\n\n": f"{forward}\n\n\n",
            "grad_out / (1 + np.abs(x)) ** 2": backward,
            r"y = \frac{x}{1 + |x|}": "y = f(x)",
            r"= \frac{g}{(1 + |x|)^2}": "= g f'(x)",
            "Softsign: inputs squeezed between -1 and 1": f"{LAYER}: say what it does",
            "Squeeze each input between -1 and 1.": "Say what it does to each input.",
            **values, **plain, **source,
        },
        "src/convnet/functional": {
            "x / (1.0 + xp.abs(x)), Softsign": f"{_fast(forward)}, Softsign",
            '    xp = floating("softsign", x=x)\n':
                ("    xp = " if "np." in forward else "    ") + 'floating("softsign", x=x)\n',
            "    return grad_out / (1.0 + namespace(x).abs(x)) ** 2":
                ("    xp = namespace(x)\n" if "np." in backward else "") + f"    return {_fast(backward)}",
            "Softsign: a squeeze that saturates more slowly than tanh.": f"{LAYER}: say what it does.",
            "Squeeze each input between -1 and 1.": "Say what it does to each input.",
            **fast, **values, **source,
        },
        "src/convnet/nn": {
            "Squeeze each input between -1 and 1;": "Say what it does to each input;", **values,
        },
    }  # fmt: skip


def _fast(formula: str) -> str:
    return formula.replace("np.", "xp.")


def begin(root: Path, name: str, forward: str, backward: str) -> list[Path]:
    """Write the activation's files and its lines in those that list it; return what was written.

    Raises
    ------
    ValueError
        If the name is none or taken, torch has no such function, or a formula cannot be computed.
    """
    import torch

    if not re.fullmatch(r"[a-z][a-z0-9_]*", name) or keyword.iskeyword(name):
        raise ValueError(f"an activation's name is like softsign, small letters and digits, got {name!r}")
    kinds = {kind.lower(): kind for kind in vars(torch.nn) if kind[0].isupper()}
    layer = kinds.get(name.replace("_", ""))
    if layer is None or not hasattr(torch.nn.functional, name):
        raise ValueError(f"torch has no activation {name}: {GUIDE} says what to compare it with")
    exchange = words(forward, backward)
    pieces = guide_code.pieces(root / GUIDE)
    new, added = [p for p in pieces if not p.adds], [p for p in pieces if p.adds]
    files = {root / piece.name.replace(EXAMPLE, name): piece for piece in new}
    if taken := [path for path in files if path.exists()]:
        raise ValueError(f"{taken[0].relative_to(root)} is there already: take another name, or edit it")
    for path, piece in files.items():
        text = guide_code.exchanged(piece.code, exchange.get(Path(piece.name).parent.as_posix(), {}))
        path.write_text(_named(text, name, layer), encoding="utf-8")
    lists = [root / piece.name for piece in added]
    for path, piece in zip(lists, added, strict=True):
        guide_code.into_the_file(path, _named(piece.code, name, layer))
    pages = [root / f"book/reference/{page}.rst" for page in PAGES]
    for path in pages:
        text = path.read_text(encoding="utf-8")
        path.write_text(
            re.sub(r"(:from: .*\bactivation\b.*)", rf"\1 {name}", text, count=1), encoding="utf-8"
        )
    python = [str(path) for path in (*files, *lists)]
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", *python], cwd=root, check=True)
    return [*files, *lists, *pages]


def _named(text: str, name: str, layer: str) -> str:
    return text.replace(EXAMPLE, name).replace(LAYER, layer)


def main() -> int:
    """Begin the activation that the command line names."""
    parser = argparse.ArgumentParser(description="Begin an activation.")
    parser.add_argument("name", help="as torch.nn.functional has it, such as tanhshrink")
    parser.add_argument("forward", help="NumPy formula of x")
    parser.add_argument("backward", help="NumPy formula of x and grad_out: the gradient of x")
    asked = parser.parse_args()
    try:
        written = begin(ROOT, asked.name, asked.forward, asked.backward)
    except ValueError as error:
        print(f"new_layer: {error}", file=sys.stderr)
        return 1
    for path in written:
        print(f"wrote {path.relative_to(ROOT)}")
    print("fill in what the docstrings leave to you: what it does, its formula, its source")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
