"""The first cell of every notebook: it installs this package where it is missing, and says what is here.

A notebook opens on Colab, on Kaggle, in Jupyter or in VS Code, online or not. Its first cell is the same
everywhere. Where there is no `coursekit`, it installs one wheel and nothing else; then `here` says in plain
words what it found.
"""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
import sys
from importlib import metadata
from importlib.util import find_spec

from coursekit.notebook import GRADING

_CELL = """\
# Run this cell first: it installs the course's package where that is missing, and says what it found.
import importlib.util
import sys

PACKAGE = "{install}"
if importlib.util.find_spec("coursekit") is None:
    from IPython import get_ipython

    get_ipython().system(f'"{{sys.executable}}" -m pip install -qqq --retries 0 "{{PACKAGE}}"')
    if importlib.util.find_spec("coursekit") is None:
        raise ImportError(
            "The course's package could not be fetched: is there a network (Kaggle: Settings > Internet)?"
            f' To see what pip says, run: %pip install "{{PACKAGE}}"'
        )

import coursekit.start

coursekit.start.here(PACKAGE{wants})
"""
_DISTRIBUTION = "cnn-course"
_WHEEL = re.compile(r"/cnn_course-([^-/]+)-[^/]*\.whl")
_GPU_MENU = {
    "Colab": "choose Runtime > Change runtime type > T4 GPU > Save",
    "Kaggle": "choose Settings > Accelerator > GPU T4",
}


def cell(install: str, *, torch: bool = False, gpu: bool = False) -> str:
    """Return the text of a notebook's first cell.

    Parameters
    ----------
    install : str
        What pip installs: the address of the wheel of one version.
    torch, gpu : bool, optional
        What the notebook wants; see `here`.

    Returns
    -------
    str
        Python code for IPython.
    """
    wanted = {"torch": torch, "gpu": gpu}
    wants = "".join(f", {name}=True" for name, is_wanted in wanted.items() if is_wanted)
    return _CELL.format(install=install, wants=wants)


def here(package: str = "", *, torch: bool = False, gpu: bool = False) -> None:
    """Print what this session has: versions, a GPU or none, and what is not as it should be.

    Nothing is printed while a grader runs the notebook.

    Parameters
    ----------
    package : str, optional
        What the notebook's first cell installs. It names the version for which the notebook was made.
    torch : bool, optional
        Whether the notebook needs PyTorch.
    gpu : bool, optional
        Whether it trains long enough to want a GPU. PyTorch is asked for one, and so it is loaded.
    """
    if os.environ.get(GRADING):
        return
    place = _place()
    card = _gpu(ask_torch=gpu)
    versions = [f"Python {platform.python_version()}"]
    versions += [f"{name} {found}" for name in ("numpy", "torch") if (found := _version(name))]
    ready = f"cnn-course {_version(_DISTRIBUTION)}".strip()
    print(f"{ready}{f' on {place}' if place else ''}: {', '.join(versions)}, {card or 'no GPU'}.")
    for words in _advice(package, place, bool(card), torch or gpu, gpu):
        print(words)


def _advice(package: str, place: str, has_gpu: bool, torch: bool, gpu: bool) -> list[str]:
    """Return a sentence for each thing that is not as the notebook wants it."""
    told = []
    made_for, installed = _WHEEL.search(package), _version(_DISTRIBUTION)
    again = "choose Runtime > Restart session" if place == "Colab" else "restart the kernel"
    if made_for and installed and made_for[1] != installed:
        told.append(
            f"This notebook was made for version {made_for[1]} of the course's package; here is {installed}."
            f' To change that, run\n    %pip install "{package}"\nin a cell of its own, then {again}.'
        )
    if torch and find_spec("torch") is None:
        told.append(
            "This notebook needs PyTorch, which is not installed here. Run\n    %pip install torch\n"
            "in a cell of its own."
        )
    elif gpu and not has_gpu and (change := _GPU_MENU.get(place)):
        told.append(f"Training is faster on a GPU. To get one, {change}. Then run the notebook from its top.")
    elif gpu and not has_gpu:
        told.append("PyTorch finds no GPU here: everything works, and training takes longer.")
    return told


def _place() -> str:
    """Return where the notebook runs, if that place has menus of its own."""
    if "google.colab" in sys.modules:
        return "Colab"
    return "Kaggle" if "KAGGLE_KERNEL_RUN_TYPE" in os.environ else ""


def _version(distribution: str) -> str:
    """Return the installed version without loading anything; empty where there is none."""
    try:
        return metadata.version(distribution)
    except metadata.PackageNotFoundError:
        return ""


def _gpu(ask_torch: bool) -> str:
    """Return the name of the GPU; empty where there is none.

    PyTorch is asked where the notebook uses it anyway: loading it takes seconds.
    """
    torch = sys.modules.get("torch")
    if torch is None and ask_torch and find_spec("torch") is not None:
        import torch
    if torch is not None:
        return str(torch.cuda.get_device_name()) if torch.cuda.is_available() else ""
    program = shutil.which("nvidia-smi")
    if program is None:
        return ""
    try:
        run = subprocess.run([program, "-L"], capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = re.match(r"GPU 0: (.+?) \(", run.stdout)
    return found[1] if found and run.returncode == 0 else ""
