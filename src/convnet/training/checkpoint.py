"""Keep a run on disk: arrays in the safetensors format, numbers as JSON beside them in the same file.

The format holds data only, so loading a file runs no code of its author's, unlike a pickle.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import array_api_compat
import numpy as np
from numpy.typing import NDArray

from convnet._array import Array
from convnet.nn import Module

KEY = "convnet"
"""Name of the JSON text in the file's metadata."""


def save(path: str | os.PathLike[str], arrays: Mapping[str, Array], numbers: Mapping[str, Any]) -> None:
    """Write arrays and numbers to a file, which is whole at any time: it is written beside, then moved.

    Parameters
    ----------
    path : path
        The file, usually `*.safetensors`; one that is there is replaced.
    arrays : mapping
        Arrays of any library by name.
    numbers : mapping
        Whatever JSON can hold.

    Raises
    ------
    ValueError
        When the package safetensors is not installed.
    """
    plain = {name: _plain(array) for name, array in arrays.items()}
    target = Path(path)
    beside = target.with_name(f"{target.name}.part")
    _package().numpy.save_file(plain, beside, metadata={KEY: json.dumps(numbers)})
    beside.replace(target)


def load(path: str | os.PathLike[str]) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """Return the arrays, as NumPy arrays, and the numbers of a file which `save` wrote.

    Raises
    ------
    FileNotFoundError
        When there is no such file.
    ValueError
        When the package safetensors is not installed, or the file is no checkpoint.
    """
    package = _package()
    if not Path(path).is_file():
        raise FileNotFoundError(f"load: there is no file {os.fspath(path)}")
    try:
        with package.safe_open(path, framework="np") as file:
            numbers = json.loads((file.metadata() or {})[KEY])
            return {name: file.get_tensor(name) for name in file.keys()}, numbers  # noqa: SIM118
    except (package.SafetensorError, KeyError, ValueError):
        raise ValueError(f"load: {os.fspath(path)} is not a checkpoint of convnet.training") from None


def generator_states(model: Module) -> dict[str, Any]:
    """Return where the source of chance of each layer stands, by the layer's place."""
    return {
        str(place): generator.bit_generator.state
        for place, generator in enumerate(_generators(model))
        if generator is not None
    }


def set_generator_states(model: Module, states: Mapping[str, Any]) -> None:
    """Put the sources of chance where they stood.

    Raises
    ------
    ValueError
        When one is not NumPy's default, PCG64.
    """
    for place, module in enumerate(module for _, module in model.named_modules()):
        state = states.get(str(place))
        if state is None:
            continue
        if state["bit_generator"] != "PCG64":
            raise ValueError(f"load: generators must be PCG64, the file has a {state['bit_generator']}")
        bits = np.random.PCG64()
        bits.state = state
        module.generator = np.random.Generator(bits)  # type: ignore[attr-defined]


def _generators(model: Module) -> list[np.random.Generator | None]:
    return [getattr(module, "generator", None) for _, module in model.named_modules()]


def _plain(array: Array) -> NDArray[Any]:
    host: Any = array_api_compat.to_device(array, "cpu")
    return np.array(np.asarray(host), order="C")


def _package() -> Any:
    try:
        import safetensors.numpy
    except ImportError:
        raise ValueError(
            "checkpoints need the package safetensors, which is not installed: pip install safetensors"
        ) from None
    return safetensors
