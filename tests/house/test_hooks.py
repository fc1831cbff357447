"""What git asks of a commit after `make hooks`: good ones pass in seconds, others hear the remedy."""

from __future__ import annotations

import re
import resource
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from tests.house import fresh
from tests.house.fresh import Clone
from tests.support import ROOT

pytestmark = pytest.mark.slow

NOTEBOOK = "assignments/hw1/hw1.ipynb"
MODULE = "src/convnet/plain/activation.py"
CHAPTER = "book/convolution/pooling.md"
MASTER = "solutions/hw1/hw1.py"
SECONDS = 15  # of computing, which a busy machine does not change; most commits take two


@pytest.fixture(scope="module")
def hooked(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """A fresh clone in which somebody has run `make hooks`."""
    clone = fresh.clone(tmp_path_factory.mktemp("hooked"))
    made = clone.shell("make -s -o .venv/.ready hooks")
    assert made.returncode == 0, made.stdout
    assert "pre-commit installed at .git/hooks/pre-commit" in made.stdout
    return clone


@pytest.fixture
def author(hooked: Clone) -> Iterator[Clone]:
    """The clone, which each test leaves as it was."""
    before = hooked.shell("git rev-parse HEAD").stdout.strip()
    yield hooked
    hooked.shell(f"git reset -q --hard {before}")


def change(clone: Clone, name: str, old: str, new: str) -> None:
    """Change a file and stage it."""
    path = clone.root / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    clone.shell(f"git add {name}")


def commit(clone: Clone) -> tuple[int, str]:
    """Commit what is staged; return the exit code and what was said."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = clone.shell("git commit -m 'A change'")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime - before.ru_utime < SECONDS
    return done.returncode, done.stdout


def test_a_good_commit_passes(author: Clone) -> None:
    change(author, MODULE, '"""', '"""Words. ')
    change(author, CHAPTER, "Before you start", "Before you begin")
    code, said = commit(author)
    assert code == 0, said
    assert said.count("Passed") == 4, said
    assert "A change" in author.shell("git log -1 --format=%s").stdout


WRONG = {
    "code": (MODULE, "import numpy as np\n", "import numpy as  np\n", "formatted code (else: make format)"),
    "lint": (
        MODULE,
        "import numpy as np\n",
        "import numpy as np\nimport os\n",
        "lint (make format mends most of it)",
    ),
    "chapter": (
        CHAPTER,
        "import numpy as np\n",
        "import  numpy as np\n",
        "formatted chapters (else: make format)",
    ),
    "generated": (
        NOTEBOOK,
        '"cells": [',
        '"cells":  [',
        "generated files in step (else: autograder build NAME)",
    ),
    "master": (
        MASTER,
        "and prove it.",
        "and show it.",
        "generated files in step (else: autograder build NAME)",
    ),
    "outputs": (NOTEBOOK, '"execution_count": null', '"execution_count": 7', "no outputs in notebooks"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_bad_commit_is_refused_with_the_remedy(author: Clone, kind: str) -> None:
    name, old, new, remedy = WRONG[kind]
    change(author, name, old, new)
    code, said = commit(author)
    assert code == 1, said
    refused = [line for line in said.splitlines() if line.endswith("Failed")]
    assert any(remedy in line for line in refused), said
    assert author.shell("git log -1 --format=%s").stdout.strip() != "A change"


def test_a_large_file_is_refused_with_its_size(author: Clone) -> None:
    (author.root / "docs/large.bin").write_bytes(b"0" * 600_000)
    author.shell("git add docs/large.bin")
    code, said = commit(author)
    assert code == 1
    assert "docs/large.bin: 0.6 MB; let code make it, or make it smaller than 0.5 MB" in said


def test_nothing_is_fetched_and_everything_runs_from_the_environment() -> None:
    config = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))
    (repository,) = config["repos"]
    assert repository["repo"] == "local"
    assert {hook["language"] for hook in repository["hooks"]} == {"system"}
    assert all(hook["entry"].startswith(".venv/bin/") for hook in repository["hooks"])
    scripts = [
        found[1] for hook in repository["hooks"] if (found := re.search(r"(tools/\w+\.py)", hook["entry"]))
    ]
    assert len(scripts) == 3
    assert all(Path(ROOT / script).is_file() for script in scripts)
