"""The notebooks of the course, and one of them run in a runtime of Colab as a student runs it."""

from __future__ import annotations

import json
import os
import re
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

from tools.colab.environments import OURS, Environment

SECONDS = 600
"""How long one cell may take: a slow machine is no error."""
_INSTALL = re.compile(r'"cnn-course @ [^"]+"')
_TORCH = re.compile(r"^\s*(?:import|from) torch\b", re.MULTILINE)
_SAID = re.compile(r"cnn-course \S+ on Colab: Python ([\d.]+), numpy ([\w.]+),")
_HIDDEN = ("COURSEKIT_GRADING", "JPY_SESSION_NAME", "PYTHONPATH", "VIRTUAL_ENV", "MPLBACKEND")


@dataclass(frozen=True)
class Notebook:
    """A notebook to rehearse: what the table calls it, where it lies, and whether it is handed in."""

    name: str
    path: Path
    handed_in: bool = False

    @property
    def wants_torch(self) -> bool:
        """Whether a cell imports torch."""
        cells = nbformat.read(self.path, as_version=4).cells
        return any(_TORCH.search(cell.source) for cell in cells if cell.cell_type == "code")


@dataclass(frozen=True)
class Result:
    """What became of a notebook in a runtime; ``problem`` is empty where all is well."""

    runtime: str
    notebook: str
    seconds: float
    problem: str = ""
    left_out: str = ""


def every(root: Path) -> list[Notebook]:
    """Return every homework as students get it, one as its author solved it, and every chapter.

    Raises
    ------
    RuntimeError
        When something is not built.
    """
    blank = [Notebook(p.stem, p, True) for p in sorted(root.glob("assignments/*/*.ipynb"))]
    solved = root / "build/hw3/solution.ipynb"
    folder = root / "_build/html/notebooks"
    chapters = [
        Notebook(p.relative_to(folder).with_suffix("").as_posix(), p) for p in sorted(folder.rglob("*.ipynb"))
    ]
    if not (blank and chapters and solved.is_file()):
        raise RuntimeError("book and assignments must be built: make book assignments")
    return [*blank, Notebook("hw3, solved", solved, True), *chapters]


def rehearse(notebook: Notebook, environment: Environment, wheel: Path) -> Result:
    """Run a notebook from its first cell in a new kernel, and compare what is installed before and after.

    Parameters
    ----------
    notebook : Notebook
        The notebook.
    environment : Environment
        The runtime, without our packages.
    wheel : Path
        The wheel that the first cell installs instead of the published one.
    """
    name = f"{environment.runtime.name}, Python {environment.runtime.python}"
    if notebook.wants_torch and not environment.has_torch:
        return Result(name, notebook.name, 0.0, left_out="no build of this torch here")
    content = nbformat.read(notebook.path, as_version=4)
    first = next(cell for cell in content.cells if cell.cell_type == "code")
    first.source, installs = _INSTALL.subn(f'"cnn-course @ {wheel.as_uri()}"', first.source)
    before = environment.freeze()
    begin = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="rehearsal-") as folder:
        problem = "" if installs == 1 else "its first code cell does not install the package"
        problem = problem or _run(content, notebook, environment, Path(folder))
        if not problem and notebook.handed_in and not list(Path(folder, "downloads").glob("*.zip")):
            problem = "its last cell brought no zip to the browser"
    seconds = time.monotonic() - begin
    problem = problem or _told(first) or _changed(before, environment.freeze())
    environment.remove_ours()
    return Result(name, notebook.name, seconds, problem)


def _run(content: Any, notebook: Notebook, environment: Environment, folder: Path) -> str:
    """Run all cells in a folder with nothing in it, as Colab's is; return what stopped them."""
    for part in ("content", "downloads", "drive", "kernels/colab"):
        (folder / part).mkdir(parents=True)
    shown = folder / "on-screen.ipynb"
    nbformat.write(content, shown)
    started = [str(environment.python), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": started, "display_name": "Colab", "language": "python"}
    (folder / "kernels/colab/kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    manager = AsyncKernelManager(
        kernel_name="colab", kernel_spec_manager=KernelSpecManager(kernel_dirs=[str(folder / "kernels")])
    )
    client = NotebookClient(
        content,
        km=manager,
        timeout=SECONDS,
        extra_arguments=["--log-level=50"],
        resources={"metadata": {"path": str(folder / "content")}},
    )
    place = environment.python.parents[1]
    settings = {
        "PATH": f"{environment.python.parent}:{os.environ['PATH']}",
        "IPYTHONDIR": str(place / "ipython"),
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(environment.wheels),
        "PIP_NO_COMPILE": "1",  # what is imported is compiled then: half of the time of a short notebook
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
        "REHEARSED_NOTEBOOK": str(shown),
        "REHEARSED_DOWNLOADS": str(folder / "downloads"),
        "REHEARSED_DRIVE": str(folder / "drive"),
    }
    try:
        client.execute(env={k: v for k, v in os.environ.items() if k not in _HIDDEN} | settings)
    except CellExecutionError as error:
        return f"a cell raised {error.ename}: {error.evalue}"
    except (CellTimeoutError, DeadKernelError) as error:
        return str(error).strip().splitlines()[0]
    return ""


def _told(first: Any) -> str:
    """Return what is wrong with what the first cell printed."""
    text = "".join(output.get("text", "") for output in first.outputs)
    return "" if _SAID.match(text) else f"the first cell said {text!r}"


def _changed(before: dict[str, str], after: dict[str, str]) -> str:
    """Return which packages the notebook changed beyond bringing ours."""
    found = {n: (before.get(n), after.get(n)) for n in before.keys() | after.keys()}
    other = {
        n: pair for n, pair in found.items() if pair[0] != pair[1] and not (n in OURS and pair[0] is None)
    }
    lacking = [n for n in OURS if n not in after]
    told = [f"{n}: {old or 'none'} became {new or 'none'}" for n, (old, new) in sorted(other.items())]
    return "; ".join(told + [f"{n} was not installed" for n in lacking])
