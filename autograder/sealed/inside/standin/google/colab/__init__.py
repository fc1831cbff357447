"""Stands in for `google.colab` while a notebook is graded: nothing of Colab is there, and all goes on.

Who works on Colab mounts a drive, uploads a picture or reads a secret, mostly in the cell that imports
everything else. Each call says in a sentence what it would have done, and returns something empty.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

_SAYS = {
    "auth": "signs nobody in",
    "drive": "mounts nothing: your Drive is not there, and files count only when they are handed in",
    "files": "moves no files: only what you handed in is there",
    "userdata": "finds no secrets: they stay with you",
}
_EMPTY: dict[str, type] = {"files.upload": dict, "files.upload_file": str, "userdata.get": str}


class Inert:
    """Whatever is asked of Colab: it can be called, entered, iterated or asked for more, and does nothing."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Say that nothing happens here, and return something empty."""
        said = _SAYS.get(self._name.partition(".")[0])
        what = f"google.colab.{self._name}() {said or 'does nothing'}"
        print(f"[grader] while grading, {what}", file=sys.stderr)
        if self._name in _EMPTY:
            return _EMPTY[self._name]()
        return None if said else self

    def __getattr__(self, name: str) -> Inert:
        if name.startswith("__"):
            raise AttributeError(name)
        return Inert(f"{self._name}.{name}")

    def __enter__(self) -> Inert:
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def __iter__(self) -> Any:
        return iter(())

    def __repr__(self) -> str:
        return f"<google.colab.{self._name}, which does nothing while grading>"


class _Part(ModuleType):
    """A module of Colab's, whatever it should hold."""

    def __getattr__(self, name: str) -> Inert:
        if name.startswith("__"):
            raise AttributeError(name)
        return Inert(f"{self.__name__.removeprefix(__name__ + '.')}.{name}")


def __getattr__(name: str) -> Inert:
    """Return a part of Colab's that no list here has."""
    if name.startswith("__"):
        raise AttributeError(name)
    return Inert(name)


def cv2_imshow(image: Any) -> None:
    """Show a picture whose channels are blue, green and red, as OpenCV has them, or grey."""
    import numpy as np
    from IPython.display import display
    from PIL import Image

    pixels = np.clip(np.asarray(image), 0, 255).astype(np.uint8)
    if pixels.ndim == 3 and pixels.shape[2] >= 3:
        pixels = pixels[:, :, [2, 1, 0, *range(3, pixels.shape[2])]]
    show: Any = display
    show(Image.fromarray(np.ascontiguousarray(pixels)))


def _load(shell: object) -> None:
    """Load nothing: ``%load_ext google.colab.data_table``."""


_PARTS = (
    "ai", "auth", "data_table", "drive", "files", "interactive_table", "kernel", "output", "patches",
    "runtime", "sheets", "snippets", "syntax", "userdata", "widgets",
)  # fmt: skip
for _name in _PARTS:
    _part: Any = _Part(f"{__name__}.{_name}", "Stands in for a part of Colab.")
    _part.load_ipython_extension = _load
    sys.modules[_part.__name__] = globals()[_name] = _part
globals()["patches"].cv2_imshow = cv2_imshow


class _SecretError(Exception):
    """Stands in for the errors that `userdata` raises: a notebook may name them in an ``except``."""


for _error in ("NotebookAccessError", "SecretNotFoundError", "TimeoutException"):
    setattr(globals()["userdata"], _error, _SecretError)
