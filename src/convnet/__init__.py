"""The course's reference implementation: CNN layers written once, for NumPy arrays and torch tensors."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from convnet import arithmetic, functional, gradcheck, models, nn, optim, plain, training

    __version__: str

__all__ = [
    "__version__",
    "arithmetic",
    "functional",
    "gradcheck",
    "models",
    "nn",
    "optim",
    "plain",
    "training",
]

_DISTRIBUTION = "cnn-course"


def __getattr__(name: str) -> object:
    """Import a package when it is first asked for, as in `convnet.nn`; find out the version then, too."""
    if name == "__version__":
        return _version()
    if name in __all__:
        return importlib.import_module(f"convnet.{name}")
    raise AttributeError(f"module 'convnet' has no attribute {name!r}")


def _version() -> str:
    """Return the version in pyproject.toml beside this source, or the one that was installed from it."""
    import tomllib
    from importlib.metadata import version
    from pathlib import Path

    project = Path(__file__).parents[2] / "pyproject.toml"
    if project.is_file():
        described = tomllib.loads(project.read_text(encoding="utf-8")).get("project", {})
        if described.get("name") == _DISTRIBUTION:
            return str(described["version"])
    return version(_DISTRIBUTION)
