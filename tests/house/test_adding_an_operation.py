"""The guide to writing a layer, followed to the letter in a copy of the repository."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import ROOT

pytestmark = pytest.mark.slow
GUIDE = (ROOT / "book" / "instructors" / "writing-a-layer.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```\{code-block\} python\n:caption: (in )?(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINE = re.compile(r"^\$ python -m (pytest .*)$", re.MULTILINE)
PAGES = re.compile(r"`(book/reference/\w+\.rst)`")


def into_all(text: str, names: list[str]) -> str:
    """Put names into a module's `__all__`, which is sorted."""
    found = re.search(r"^__all__ = \[\n(.*?)^\]", text, re.MULTILINE | re.DOTALL)
    assert found
    names = sorted([*re.findall(r'"(\w+)"', found[1]), *names])
    return text[: found.start(1)] + "".join(f'    "{name}",\n' for name in names) + text[found.end(1) :]


def into_the_file(path: Path, lines: str) -> None:
    """Do what the guide says of a file that is there: an import and its names, or an entry of a list."""
    text = path.read_text(encoding="utf-8")
    if path.name == "__init__.py":
        names = lines.partition(" import ")[2].strip().split(", ")
        text = into_all(text.replace("\nfrom convnet.", f"\n{lines}from convnet.", 1), names)
    else:
        text = text.replace("\nPAIRS = [\n", f"\nPAIRS = [\n{lines}", 1)
    assert lines in text, f"{path.name} has no place for {lines}"
    path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the repository in which the guide's code stands."""
    root = tmp_path_factory.mktemp("tree")
    left_out = shutil.ignore_patterns("__pycache__", "sample_class", "attacks", "*.egg-info", "kernel-ipc-*")
    for name in ("src", "tests", "book"):
        shutil.copytree(ROOT / name, root / name, ignore=left_out)
    shutil.copy2(ROOT / "pyproject.toml", root)
    blocks = BLOCK.findall(GUIDE)
    assert len(blocks) == 9, "blocks of code with the file that they belong into"
    for is_there, name, code in blocks:
        if is_there:
            into_the_file(root / name, code)
        else:
            assert not (root / name).exists(), f"{name} is there already: the guide needs another example"
            (root / name).write_text(code, encoding="utf-8")
    pages = sorted(set(PAGES.findall(GUIDE)))
    assert len(pages) == 3
    for page in pages:
        text = (root / page).read_text(encoding="utf-8")
        changed = re.sub(r"(:from: .*\bactivation\b.*)", r"\1 softsign", text, count=1)
        assert changed != text, f"{page} has no line of activations"
        (root / page).write_text(changed, encoding="utf-8")
    return root


def run(tree: Path, line: str) -> subprocess.CompletedProcess[str]:
    """Run pytest in the copy as the guide writes it."""
    paths = os.pathsep.join([str(tree / "src"), str(tree)])
    environment = os.environ | {"PYTHONPATH": paths, "CONVNET_DRAWS": "2"}
    command = f"'{sys.executable}' -m {line} -p no:cacheprovider"
    return subprocess.run(command, shell=True, cwd=tree, env=environment, capture_output=True, text=True)


def lines() -> list[str]:
    """Return the lines of steps 6 and 10 that run tests."""
    return LINE.findall(GUIDE)


def test_the_operation_passes(tree: Path) -> None:
    results = [run(tree, line) for line in lines()]
    assert len(results) == 3
    for result in results:
        assert result.returncode == 0, f"{result.stdout[-3000:]}{result.stderr[-500:]}"
    drawn = results[0].stdout
    assert re.search(r"(1[3-9]|[2-9]\d) passed", drawn), drawn[-500:]


RIGHT = "return grad_out / (1.0 + namespace(x).abs(x)) ** 2"
FILES = {
    "fast": ("src/convnet/functional/softsign.py", RIGHT, RIGHT.replace("return ", "return 7 * ")),
    "plain": ("src/convnet/plain/softsign.py", "return grad_out / (1 + np.abs(x)) ** 2", "return grad_out"),
    "registry": ("tests/convnet/operations/softsign.py", "register(\n", "print(\n"),
    "layer": ("tests/convnet/layer_pairs.py", '    Pair("Softsign"),\n', ""),
    "reference": ("book/reference/plain.rst", " softsign", ""),
}


@pytest.mark.parametrize("part", FILES)
def test_what_is_wrong_or_left_out_fails(tree: Path, part: str) -> None:
    name, right, wrong = FILES[part]
    path = tree / name
    text = path.read_text(encoding="utf-8")
    assert right in text
    line = {"fast": lines()[0], "registry": lines()[1], "layer": lines()[1]}.get(part, lines()[2])
    try:
        path.write_text(text.replace(right, wrong, 1), encoding="utf-8")
        result = run(tree, line)
    finally:
        path.write_text(text, encoding="utf-8")
    assert result.returncode == 1, result.stdout[-2000:]
    assert "softsign" in result.stdout.lower()
