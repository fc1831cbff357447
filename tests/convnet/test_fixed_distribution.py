"""What is installed: the version, the marker of types, packages that come along when they are asked for."""

import os
import shutil
import site
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

from tests.support import ROOT

BUILD = "from setuptools.build_meta import build_wheel; print(build_wheel('..'))"
GUEST = '''
from typing import Any

import numpy as np
from numpy.typing import NDArray

import convnet
from convnet import nn, optim
from convnet.models import lenet5
from convnet.training import Trainer

version: str = convnet.__version__
model: nn.Sequential = lenet5().initialize(seed=0)
optimizer = optim.SGD([{"params": model.parameters()}], lr=0.1, momentum=0.9)
trainer = Trainer(model, optimizer, schedule=convnet.optim.StepLR(optimizer, 3))


class Double(nn.Module):
    """A layer of somebody else's."""

    def forward(self, x: Any) -> Any:
        return 2 * x

    def backward(self, grad_out: Any) -> Any:
        return 2 * grad_out


images: NDArray[np.float32] = np.zeros((1, 1, 28, 28), dtype=np.float32)
shape: tuple[int, ...] = nn.Sequential(Double(), model)(images).shape
rate: float = optimizer.lr
'''


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the Python of an environment that holds the distribution, and not its source tree."""
    home = tmp_path_factory.mktemp("installed")
    tree = home / "tree"
    tree.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", "LICENSE-TEXT", "NOTICE.md"):
        shutil.copy(ROOT / name, tree)
    for name in ("src", "autograder"):
        shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    run = subprocess.run([sys.executable, "-c", BUILD], cwd=tree, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    venv.create(home / "env", symlinks=True, with_pip=False)
    python = home / "env" / "bin" / "python"
    command = [python, "-c", "import site; print(site.getsitepackages()[0])"]
    packages = Path(subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip())
    with zipfile.ZipFile(home / run.stdout.split()[-1]) as wheel:
        wheel.extractall(packages)
    (packages / "others.pth").write_text("\n".join(site.getsitepackages()), encoding="utf-8")
    return python


def in_environment(python: Path, *command: str, where: Path) -> str:
    """Run a command with the environment's Python, from a folder that holds nothing of ours."""
    variables = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MYPYPATH")}
    run = subprocess.run([python, *command], cwd=where, env=variables, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def wanted() -> str:
    """Return the one place where the version stands."""
    return str(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"])


def test_the_version_is_that_of_the_project(installed: Path, tmp_path: Path) -> None:
    """Both installed and from a source tree."""
    ask = "import convnet, pathlib; print(convnet.__version__, pathlib.Path(convnet.__file__).parents[1])"
    version, home = in_environment(installed, "-c", ask, where=tmp_path).split(" ", 1)
    assert (version, Path(home.strip()).name) == (wanted(), "site-packages")
    tree = tmp_path / "tree"
    shutil.copytree(ROOT / "src" / "convnet", tree / "src" / "convnet")
    described = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    text = described.replace(f'version = "{wanted()}"', 'version = "7.8.9"')
    (tree / "pyproject.toml").write_text(text, encoding="utf-8")
    found = in_environment(installed, "-c", ask, where=tree / "src")
    assert found.split() == ["7.8.9", str(tree / "src")]


def test_packages_come_when_they_are_asked_for(installed: Path, tmp_path: Path) -> None:
    text = (
        "import sys, convnet; assert 'numpy' not in sys.modules; print(convnet.nn.ReLU, convnet.plain.relu)"
    )
    assert "convnet.nn.activation.ReLU" in in_environment(installed, "-c", text, where=tmp_path)
    command = "import convnet\ntry: convnet.fractional\nexcept AttributeError as error: print(error)"
    assert "has no attribute 'fractional'" in in_environment(installed, "-c", command, where=tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("mistake", ["", "rate = convnet.optim.SGD(model.parameters(), lr='fast')\n"])
def test_a_file_that_uses_it_is_type_checked(installed: Path, tmp_path: Path, mistake: str) -> None:
    (tmp_path / "guest.py").write_text(GUEST + mistake, encoding="utf-8")
    command = ["-m", "mypy", "--strict", "--python-executable", str(installed), "guest.py"]
    cache = ["--cache-dir", str(installed.parents[2] / "mypy")]
    run = subprocess.run([sys.executable, *command, *cache], cwd=tmp_path, capture_output=True, text=True)
    assert ("guest.py" in run.stdout) == bool(mistake), run.stdout
    assert run.returncode == bool(mistake), run.stdout
