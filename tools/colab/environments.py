"""Makes a runtime of Colab on this machine: its Python, its versions, a stand-in for `google.colab`."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tools.colab.runtimes import HERE, Runtime

CPU_BUILDS = "https://download.pytorch.org/whl/cpu"
OURS = ("array-api-compat", "cnn-course")
"""What the first cell brings. `convnet` is written against array-api-compat, which Colab lacks."""
_BESIDE = ("jedi",)  # IPython asks for it; Colab's own build goes without
_STANDIN = HERE / "standin"


@dataclass(frozen=True)
class Environment:
    """A runtime of Colab, installed.

    Attributes
    ----------
    runtime : Runtime
        What it has.
    python : Path
        Its interpreter.
    wheels : Path
        A folder with the wheels that the first cell finds besides our own: no index is asked.
    has_torch : bool
        Whether a build of its torch could be had.
    """

    runtime: Runtime
    python: Path
    wheels: Path
    has_torch: bool

    def freeze(self) -> dict[str, str]:
        """Return every installed package with its version."""
        listed = json.loads(_uv("pip", "list", "--format", "json", "--python", str(self.python)))
        return {package["name"]: package["version"] for package in listed}

    def remove_ours(self) -> None:
        """Take away what a first cell brought, so that the next notebook begins as on a fresh machine."""
        _uv("pip", "uninstall", "--python", str(self.python), *OURS)


def prepare(runtime: Runtime, folder: Path, torch: str = "cpu") -> Environment:
    """Return a runtime's environment below a folder; one that is there already is used again.

    Parameters
    ----------
    runtime : Runtime
        What it has.
    folder : Path
        Where environments lie.
    torch : {"cpu", "pypi", "none"}
        Where torch comes from: PyTorch's own CPU builds; the index that pip is set to, which on Linux brings
        gigabytes of CUDA libraries; or nowhere. Where it cannot be had, the environment has none.

    Raises
    ------
    RuntimeError
        When the Python is missing, or a version cannot be installed; the message says which and what to do.
    """
    told = json.dumps([runtime.pins, runtime.limits, runtime.torch, torch])
    place = folder / f"{runtime.name}-python{runtime.python}-{hashlib.sha256(told.encode()).hexdigest()[:8]}"
    ready, python, wheels = place / "ready.json", place / "bin/python", place / "wheels"
    if not ready.is_file():
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        _uv("venv", "--python", find_python(runtime.python), str(place))
        limits = place / "limits.txt"
        limits.write_text("\n".join(runtime.limits) + "\n", encoding="utf-8")
        install = ("pip", "install", "--python", str(python), "--constraints", str(limits))
        _uv(*install, *runtime.pins, *_BESIDE)
        has_torch = _install_torch(install, runtime.torch, torch)
        _run(str(python), "-m", "pip", "download", "-q", "--no-deps", "-d", str(wheels), "array-api-compat")
        (libraries,) = place.glob("lib/python*/site-packages")
        shutil.copytree(_STANDIN / "google", libraries / "google")
        shutil.copytree(_STANDIN / "profile", place / "ipython/profile_default")
        ready.write_text(json.dumps({"torch": has_torch}), encoding="utf-8")
    has_torch = bool(json.loads(ready.read_text(encoding="utf-8"))["torch"])
    environment = Environment(runtime, python.absolute(), wheels.absolute(), has_torch)
    if set(OURS) & environment.freeze().keys():  # a rehearsal was stopped half-way
        environment.remove_ours()
    return environment


def find_python(version: str) -> str:
    """Return the path of a Python of this version.

    Raises
    ------
    RuntimeError
        When there is none; the message says how to get it.
    """
    with contextlib.suppress(RuntimeError):  # uv stops at a shim of pyenv that leads nowhere
        return _uv("python", "find", version).strip()
    homes = [Path.home() / ".pyenv/versions", Path(os.environ.get("RUNNER_TOOL_CACHE", "/nowhere"), "Python")]
    for home in homes:  # pyenv's, and those of a GitHub runner
        for path in [*home.glob(f"{version}.*/bin/python"), *home.glob(f"{version}.*/*/bin/python")]:
            return str(path)
    raise RuntimeError(f"Python {version} is not on this machine: `uv python install {version}` fetches it")


def _install_torch(install: tuple[str, ...], version: str, source: str) -> bool:
    """Install torch where a build can be had, and say whether that was so."""
    if not version or source == "none":
        return False
    wanted = [f"torch=={version}+cpu", "--index", CPU_BUILDS] if source == "cpu" else [f"torch=={version}"]
    try:
        _uv(*install, *wanted)
    except RuntimeError:
        return False
    return True


def _uv(*arguments: str) -> str:
    beside = Path(sys.executable).with_name("uv")
    program = str(beside) if beside.is_file() else shutil.which("uv")
    if program is None:
        raise RuntimeError("the rehearsal wants uv: make env, or pip install uv")
    return _run(program, *arguments)


def _run(*command: str) -> str:
    environment = {k: v for k, v in os.environ.items() if k not in ("VIRTUAL_ENV", "PYTHONPATH")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:4])} … failed:\n{(done.stderr or done.stdout)[-1500:]}")
    return done.stdout
