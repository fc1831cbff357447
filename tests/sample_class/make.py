"""Write the sample class of an assignment from its master's build, with what each submission must score.

Run from anywhere: ``python tests/sample_class/make.py [NAME]``. Without a name it writes all classes.
``README.md`` beside this file says who is in one.
"""

from __future__ import annotations

import copy
import json
import shutil
import sys
import tomllib
import zlib
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from autograder import assignment
from autograder.release import master, normalize, variants

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
CHOICES = "class.toml"
NAMES = sorted(path.parent.name for path in HERE.glob(f"*/{CHOICES}"))
Notebook = dict[str, Any]


class SampleClass:
    """The submissions of one assignment and their expected scores, gathered before anything is written."""

    def __init__(self, name: str, root: Path = ROOT) -> None:
        self.root = root
        self.built = assignment.load(name, root / "build")
        self.solution: Notebook = json.loads(
            (self.built.folder / "solution.ipynb").read_text(encoding="utf-8")
        )
        given = root / "assignments" / name / self.built.notebook
        self.student: Notebook = json.loads(given.read_text(encoding="utf-8"))
        self.masters = root / "solutions" / name
        self.choices = tomllib.loads((HERE / name / CHOICES).read_text(encoding="utf-8"))
        self.files: dict[str, bytes] = {}
        self.expected: dict[str, dict[str, object]] = {}
        self.points = {question.name: question.points for question in self.built.graded}

    def add(self, file: str, content: bytes, low: float, high: float, kind: str) -> None:
        """Add a submission, the least and the most it may score, and what kind it is."""
        self.files[file] = content
        self.expected[Path(file).stem] = {"at_least": low, "at_most": high, "kind": kind}

    def add_notebook(
        self, name: str, notebook: Notebook, low: float, high: float, kind: str = "honest"
    ) -> None:
        """Add a submission that is a notebook."""
        self.add(f"{name}.ipynb", normalize.as_json(notebook), low, high, kind)

    def solved(self, questions: Collection[str]) -> Notebook:
        """Return the student's notebook with the master's answers to some questions."""
        return variants.answer(self.student, {q: variants.answer_of(self.solution, q) for q in questions})

    def honest(self) -> None:
        """Add those who do their best."""
        most = self.built.possible
        self.add_notebook("perfect", self.solution, most, most)
        exported = {self.built.notebook: normalize.as_json(self.solution)}
        self.add("exported.zip", normalize.archive(exported), most, most, "honest")
        for name in self.choices["alternatives"]:
            other = variants.read(self.masters / "alternatives" / f"{name}.py")
            self.add_notebook(_student(name), variants.answer(self.solution, other.answers), most, most)
        self.add_notebook("other-order", self._other_order(), most, most)
        self.add_notebook("extra-cells", self._extra_cells(), most, most)
        source = master.read(self.built.name, self.root)
        mutant = next(m for m in variants.mutants(source, self.root) if m.name == self.choices["mutant"])
        (spoilt,) = mutant.answers
        wrong = variants.answer(self.solution, mutant.answers)
        name = _student(mutant.name.removeprefix(f"{spoilt}_"))
        self.add_notebook(name, wrong, most - self.points[spoilt], most - 0.1)
        some = sum(self.points[q] for q in self.choices["solved"])
        self.add_notebook("partly-right", self.solved(self.choices["solved"]), some, some)
        self.add_notebook("blank", self.student, 0, 0)

    def broken(self) -> None:
        """Add those whose files are not what they should be."""
        place, source = self.choices["torn"]["question"], self.choices["torn"]["source"]
        rest = self.built.possible - self.points[place]
        torn = variants.answer(self.solution, {place: source})
        self.add_notebook("syntax-error", torn, rest, rest, "broken")
        self.add("not-a-notebook.ipynb", b"My answers are in the attachment.\n", 0, 0, "unreadable")
        two = {"a.ipynb": normalize.as_json(self.solution), "b.ipynb": normalize.as_json(self.student)}
        self.add("two-notebooks.zip", normalize.archive(two), 0, 0, "unreadable")
        self.add("no-notebook.zip", normalize.archive({"answers.txt": b"see above\n"}), 0, 0, "unreadable")

    def greedy(self) -> None:
        """Add right answers with a cell that takes more than its share."""
        for variant in variants.folder(HERE / self.built.name / "greedy"):
            notebook = self._with(self.solution, variant.answers)
            self.add_notebook(_student(variant.name), notebook, 0, self.built.possible, "greedy")

    def cheats(self) -> None:
        """Add attempts at points without answers; the honest twin of each is ``partly-right``."""
        some = sum(self.points[q] for q in self.choices["solved"])
        for variant in variants.folder(HERE / self.built.name / "cheats"):
            notebook = self._with(self.solved(self.choices["solved"]), variant.answers)
            self.add_notebook(_student(variant.name), notebook, 0, some, "cheat")

    def write(self, folder: Path) -> None:
        """Write ``submissions/`` and ``expected.json`` into ``folder``; what lay there before goes."""
        place = folder / "submissions"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        for name, content in self.files.items():
            (place / name).write_bytes(content)
        (folder / "expected.json").write_bytes(normalize.as_json(self.expected))

    def _with(self, notebook: Notebook, answers: Mapping[str, str]) -> Notebook:
        places = ("first", "last")
        changed = variants.answer(notebook, {q: s for q, s in answers.items() if q not in places})
        start = next(i for i, c in enumerate(changed["cells"]) if "Grader(" in "".join(c["source"])) + 1
        if "last" in answers:
            changed["cells"].append(_code(answers["last"]))
        if "first" in answers:
            changed["cells"].insert(start, _code(answers["first"]))
        return changed

    def _other_order(self) -> Notebook:
        """Move a function that needs no other to the front, as one who starts with the easy ones."""
        changed = copy.deepcopy(self.solution)
        moved = next(c for c in changed["cells"] if _identity(c) == f"{self.choices['moved']}-answer")
        changed["cells"].remove(moved)
        changed["cells"].insert(2, moved)
        return changed

    def _extra_cells(self) -> Notebook:
        changed = copy.deepcopy(self.solution)
        extra = [
            _code("print('still here')"),
            _code("1 / 0"),
            _code("%%time\nsum(range(10))"),
            _code("# nothing"),
        ]
        for cell in extra:
            changed["cells"].insert(len(changed["cells"]) // 2, cell)
        return changed


def _student(name: str) -> str:
    return name.replace("_", "-")


def _identity(cell: Mapping[str, Any]) -> str:
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def _code(source: str) -> dict[str, Any]:
    identity = f"own-{zlib.crc32(source.encode()):08x}"
    head = {"cell_type": "code", "id": identity, "execution_count": None, "metadata": {}, "outputs": []}
    return head | {"source": source}


def make(name: str, folder: Path | None = None, root: Path = ROOT) -> SampleClass:
    """Write the sample class of assignment ``name`` into ``folder`` and return it."""
    sample = SampleClass(name, root)
    sample.honest()
    sample.broken()
    sample.greedy()
    sample.cheats()
    sample.write(folder or HERE / name)
    return sample


if __name__ == "__main__":
    for each in sys.argv[1:] or NAMES:
        made = make(each)
        print(f"{len(made.files)} submissions in {HERE / each / 'submissions'}")
