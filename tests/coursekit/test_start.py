"""The first cell: the same in every notebook, quiet where grading runs, clear about what is missing."""

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import jupytext
import pytest

from coursekit import start
from coursekit.notebook import GRADING
from tests.support import ROOT

MASTERS = [
    *sorted(ROOT.glob("solutions/*/hw*.py")),
    *sorted(ROOT.glob("tests/assignments/small/*/*.py")),
    ROOT / "autograder/release/scaffold/master.py.txt",
]
INSTALLED = version("cnn-course")
HERE = f"cnn-course @ https://example.org/wheels/cnn_course-{INSTALLED}-py3-none-any.whl"
OTHER = "cnn-course @ https://example.org/wheels/cnn_course-99.1-py3-none-any.whl"


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A machine without Colab, Kaggle, grader and GPU; return its folder of programs."""
    for name in (GRADING, "KAGGLE_KERNEL_RUN_TYPE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.delitem(sys.modules, "google.colab", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def said(capsys: pytest.CaptureFixture[str], package: str = HERE, **wants: bool) -> list[str]:
    start.here(package, **wants)
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize("path", MASTERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_master_begins_with_the_same_cell(path: Path) -> None:
    notebook = jupytext.reads(path.read_text(encoding="utf-8"), fmt="py:percent")
    first = next(cell.source for cell in notebook.cells if cell.cell_type == "code")
    wants = {name: f"{name}=True" in first for name in ("torch", "gpu")}
    assert first == start.cell("{{install}}", **wants).rstrip("\n")
    uses_torch = "torch" in next(c.source for c in notebook.cells if "modules:" in c.source + "modules:")
    assert any(wants.values()) == uses_torch, "who imports torch is told where it is missing"


def test_it_names_the_versions(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (line,) = said(capsys)
    found = f"Python {sys.version.split()[0]}, numpy {version('numpy')}, torch {version('torch')}"
    assert line == f"cnn-course {INSTALLED}: {found}, no GPU."


@pytest.mark.parametrize(("grading", "wants"), [("", {}), ("1", {"gpu": True})])
def test_torch_is_loaded_for_nobody_who_does_without(grading: str, wants: dict[str, bool]) -> None:
    """It takes seconds; and while a grader runs the notebook nobody reads what is printed."""
    script = (
        f"import sys\nfrom coursekit import start\nstart.here(**{wants})\nassert 'torch' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script], env=os.environ | {GRADING: grading}, check=True)


def test_a_grader_hears_nothing(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(GRADING, "1")
    assert said(capsys, OTHER, gpu=True) == []


def test_another_version_says_how_to_change_it(bare: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, first, command, last = said(capsys, OTHER)
    assert first.startswith(
        f"This notebook was made for version 99.1 of the course's package; here is {INSTALLED}."
    )
    assert command == f'    %pip install "{OTHER}"'
    assert last.endswith("then restart the kernel.")


def test_a_gpu_is_named_without_torch(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delitem(sys.modules, "torch", raising=False)
    program = bare / "nvidia-smi"
    program.write_text('#!/bin/sh\necho "GPU 0: Tesla T4 (UUID: GPU-1)"\n', encoding="utf-8")
    program.chmod(0o755)
    assert said(capsys)[0].endswith(", Tesla T4.")
    program.write_text("#!/bin/sh\necho 'NVIDIA-SMI has failed'\nexit 9\n", encoding="utf-8")
    assert said(capsys)[0].endswith(", no GPU."), "on a Colab without GPU the program is there, and fails"
    assert "torch" not in sys.modules


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("Colab", "Runtime > Change runtime type > T4 GPU > Save. Then run the notebook from its top."),
        ("Kaggle", "Settings > Accelerator > GPU T4. Then run the notebook from its top."),
        ("", "PyTorch finds no GPU here: everything works, and training takes longer."),
    ],
)
def test_who_wants_a_gpu_is_told_where_the_menu_is(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], place: str, words: str
) -> None:
    import torch

    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)  # as far as this machine goes
    if place == "Colab":
        monkeypatch.setitem(sys.modules, "google.colab", sys)
    if place == "Kaggle":
        monkeypatch.setenv("KAGGLE_KERNEL_RUN_TYPE", "Interactive")
    line, advice = said(capsys, gpu=True)
    assert (f" on {place}:" in line) == bool(place)
    assert advice.endswith(words)
    assert len(said(capsys)) == 1, "whoever wants none hears of none"


def test_torch_that_is_missing_is_told(
    bare: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "find_spec", lambda name: None)
    assert "    %pip install torch" in said(capsys, torch=True)
    assert len(said(capsys)) == 1


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment that has everything but the course's package."""
    folder = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    (libraries,) = folder.glob("lib/python*/site-packages")
    # Named in a .pth file, ours is searched like any folder: what is installed there in place is not found.
    ours = [path for path in sys.path if Path(path).name == "site-packages"]
    (libraries / "ours.pth").write_text("\n".join(ours) + "\n", encoding="utf-8")
    return folder / "bin/python"


def run(python: Path, install: str) -> tuple[str, str]:
    """Run the first cell in IPython; return what it prints and what it ends with."""
    script = (
        "import sys\nfrom IPython.core.interactiveshell import InteractiveShell as Shell\n"
        "result = Shell.instance(colors='NoColor').run_cell(sys.argv[1])\n"
        "print('END', repr(result.error_in_exec))"
    )
    environment = {k: v for k, v in os.environ.items() if k not in (GRADING, "PYTHONPATH", "COLUMNS")}
    done = subprocess.run(
        [str(python), "-c", script, start.cell(install)],
        env=environment | {"PIP_CONFIG_FILE": os.devnull},
        cwd=python.parent,
        capture_output=True,
        text=True,
        timeout=120,
    )
    printed, _, end = (done.stdout + done.stderr).rpartition("END ")
    return printed, end.strip()


@pytest.mark.slow
def test_without_the_package_and_without_a_network_there_is_one_clear_sentence(elsewhere: Path) -> None:
    printed, end = run(elsewhere, "cnn-course @ https://nowhere.invalid/cnn_course-1-py3-none-any.whl")
    assert end.startswith("ImportError(")
    assert "could not be fetched: is there a network" in end
    assert "%pip install" in end
    assert "Retrying" not in printed
    assert "ERROR" not in printed


@pytest.mark.slow
def test_where_the_package_is_missing_it_is_installed_and_nothing_else_changes(
    elsewhere: Path, tmp_path: Path
) -> None:
    from tools.publish.wheel import build_wheel

    wheel = build_wheel(ROOT, tmp_path)
    (libraries,) = elsewhere.parents[1].glob("lib/python*/site-packages")
    printed, end = run(elsewhere, f"cnn-course @ {wheel.as_uri()}")
    assert (printed.count("\n"), end) == (1, "None"), printed
    assert printed.startswith(f"cnn-course {INSTALLED}: Python ")
    there = {path.name for path in libraries.iterdir()}
    assert there == {
        "ours.pth",
        "convnet",
        "coursekit",
        wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info",
    }
