"""What a page of the book prints is pasted as an answer, and is found where it earns too much."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.release import build
from autograder.release.bench import Bench
from autograder.release.checking import gaps, paste, shown
from tests.support import ROOT

PAGE = """
# A page

```{code-cell} ipython3
:tags: [hide-cell]
import numpy as np
from coursekit.source import source
from convnet import plain
```

:::::{exercise} Sums
````{solution}
```{code-cell} ipython3
---
mystnb:
  image: x
---
def total(values):
    return np.sum(values)

def means(x, k):
    \"\"\"Mean of each window.\"\"\"
    if k > len(x):
        raise ValueError("too wide")
    return np.array([total(x[r : r + k]) / k for r in range(len(x) - k + 1)])
```
````
:::::

```{code-block} python
def sums(signal, width):
    return np.convolve(signal, np.ones(width), mode="valid")
```

```{code-cell} ipython3
source(plain.dilate, docstring=False)
%timeit means(x, 3)
```

```{code-cell} ipython3
source(plain.dilate, docstring=False)
```

```text
def no_code(x):
```
"""


@pytest.fixture
def bench(tiny: Path, tmp_path: Path) -> Iterator[Bench]:
    """The assignment that `autograder new` makes, beside a book that prints its answer."""
    root = shutil.copytree(tiny, tmp_path / "course")
    (root / "book").mkdir()
    (root / "book/page.md").write_text(PAGE, encoding="utf-8")
    ready = Bench("hw8", root, root, progress=None)
    yield ready
    ready.close()


def test_all_that_a_page_prints_is_found(bench: Bench) -> None:
    found = {one.label: one.source for one in shown.functions(bench.root)}
    assert list(found) == ["page.md: total", "page.md: means", "page.md: sums", "page.md: dilate"]
    assert "def total" in found["page.md: means"], "what it needs comes with it"
    assert "from convnet" not in found["page.md: means"], "which no student can import"
    assert "Mean of each window" not in found["page.md: means"]


def test_included_files_are_printed_and_the_scaffold_is_not(bench: Bench) -> None:
    page = bench.root / "book/page.md"
    (bench.root / "code.py").write_text("def included(x):\n    return x\n", encoding="utf-8")
    scaffold = "../autograder/release/scaffold/master.py.txt"
    page.write_text("".join(f"```{{literalinclude}} {p}\n```\n" for p in ("../code.py", scaffold)), "utf-8")
    assert [one.label for one in shown.functions(bench.root)] == ["page.md: included"]


@pytest.mark.sealed
def test_a_printed_answer_is_found_unless_declared(bench: Bench) -> None:
    (problem,) = paste.handed_in(bench)
    assert problem == "q1: page.md: means earns 3 of 3: ask for more than the page prints, or print less"
    path = bench.root / "solutions/hw8" / gaps.DECLARED
    path.write_text('[[paste]]\nquestion = "q1"\npaste = "page.md: means"\nreason = "A worked example."\n')
    assert paste.handed_in(bench) == []
    page = bench.root / "book/page.md"
    page.write_text(page.read_text("utf-8").replace("/ k for", "for"), encoding="utf-8")
    assert paste.handed_in(bench) == [
        "check.toml declares a gap that is closed: take out q1, 'page.md: means'"
    ]


@pytest.mark.sealed
def test_arguments_go_where_they_belong(bench: Bench) -> None:
    page = bench.root / "book/page.md"
    swapped = PAGE.replace("def means(x, k)", "def means(width, signal, extra=None)")
    swapped = swapped.replace("    if k > len(x)", "    x, k = signal, width\n    if k > len(x)")
    page.write_text(swapped, encoding="utf-8")
    (problem,) = paste.handed_in(bench)
    assert problem.startswith("q1: page.md: means earns 3 of 3")


TWO = """
def halves(signal, width):
    \"\"\"Halve.\"\"\"
    # BEGIN SOLUTION
    return signal / 2
    # END SOLUTION

"""


@pytest.mark.sealed
def test_two_answers_of_a_question_are_pasted_together(bench: Bench) -> None:
    """Each test needs both: neither page alone earns anything."""
    path = bench.root / "solutions/hw8/hw8.py"
    text = path.read_text(encoding="utf-8")
    text = text.replace("def moving_average", f"{TWO.lstrip()}\ndef moving_average", 1)
    for name in ("worked", "refuses", "drawn"):
        text = text.replace(f"test_q1_{name}(moving_average)", f"test_q1_{name}(moving_average, halves)")
    text = text.replace(
        "    import numpy as np\n\n    from coursekit import checks\n",
        "    import numpy as np\n\n    from coursekit import checks\n\n"
        "    assert halves(np.ones(2), 2)[0] == 0.5\n",
    )
    path.write_text(text, encoding="utf-8")
    build.build_assignment("hw8", bench.root)
    both = replace(bench, root=bench.root, _desks=[], _graders=[])
    try:
        assert paste.handed_in(both) == []
        page = bench.root / "book/page.md"
        page.write_text(f"{PAGE}\n```python\ndef half(x, w):\n    return 0.5 * x\n```\n", encoding="utf-8")
        (problem,) = paste.handed_in(both)
        assert problem.startswith("q1: page.md: half and page.md: means earns 3 of 3")
    finally:
        both.close()


@pytest.mark.slow
def test_what_the_book_prints_does_not_hand_in_what_new_writes(tiny: Path, tmp_path: Path) -> None:
    root = shutil.copytree(tiny, tmp_path / "course")
    (root / "book").symlink_to(ROOT / "book")
    bench = Bench("hw8", root, root, progress=None)
    try:
        assert len(shown.functions(root)) > 50
        assert paste.handed_in(bench) == []
    finally:
        bench.close()
