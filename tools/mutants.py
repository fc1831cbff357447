#!/usr/bin/env python
"""Change one thing in a module and see whether its tests notice; print the changes that they miss.

    python tools/mutants.py                                  # every module of TARGETS: hours
    python tools/mutants.py src/convnet/nn/containers.py     # one of them
    python tools/mutants.py MODULE --tests TEST [TEST ...] [-k EXPRESSION] [--limit 40] [--seed 1]

The repository is copied to a temporary folder, and changed there alone. Every mutant gets a fork of a process
with the libraries loaded, so that it costs about a second more than the tests themselves. A mutant is killed
by the first test that fails, or when its tests take far longer than without it.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CONVNET = "tests/convnet"
# What `make mutants` mutates, and the tests that should notice, as arguments of pytest.
DRAWN = f"{CONVNET}/test_operations.py"
TARGETS: dict[str, list[str]] = {
    "src/convnet/nn/containers.py": [
        f"{CONVNET}/test_survivors.py",
        f"{CONVNET}/test_nn.py",
        f"{CONVNET}/test_nn_state.py",
        f"{CONVNET}/test_fixed_layers.py",
    ],
    "src/convnet/_engine/channel_statistics.py": [
        f"{CONVNET}/test_survivors.py",
        f"{CONVNET}/test_normalization.py",
        DRAWN,
        *("-k", "not operations or batch_norm or layer_norm"),
    ],
    "src/convnet/optim/momentum.py": [f"{CONVNET}/test_optim.py", f"{CONVNET}/test_fixed_optimizers.py"],
    "src/convnet/optim/adam.py": [f"{CONVNET}/test_optim.py", f"{CONVNET}/test_fixed_optimizers.py"],
    "src/convnet/training/trainer.py": [
        f"{CONVNET}/test_training.py",
        f"{CONVNET}/test_checkpoint.py",
        f"{CONVNET}/test_survivors.py",
    ],
    "src/convnet/functional/max_pooling.py": [
        f"{CONVNET}/test_pooling.py",
        DRAWN,
        *("-k", "not operations or max_pool2d"),
    ],
    "src/convnet/functional/loss.py": [
        f"{CONVNET}/test_loss.py",
        f"{CONVNET}/test_class_targets.py",
        f"{CONVNET}/test_fixed_numbers.py",
        DRAWN,
        *("-k", "not operations or cross_entropy"),
    ],
    "src/convnet/_engine/geometry.py": [
        f"{CONVNET}/test_convolution.py",
        DRAWN,
        *("-k", "not operations or conv2d"),
    ],
    "src/convnet/gradcheck.py": [f"{CONVNET}/test_gradcheck.py"],
    "src/convnet/arithmetic/fields.py": [f"{CONVNET}/test_arithmetic.py"],
    "src/coursekit/checks/_answer.py": ["tests/coursekit/test_checks.py"],
    "src/coursekit/checks/_calls.py": ["tests/coursekit/test_checks.py", "tests/coursekit/test_lent.py"],
    "autograder/grades/marks.py": ["tests/autograder/test_marks.py"],
    "autograder/grades/policy.py": ["tests/autograder/test_policy.py"],
}
SWAPS: dict[type, tuple[type, ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Add: (ast.Sub,),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div,),
    ast.Div: (ast.Mult,),
    ast.FloorDiv: (ast.Div,),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.And: (ast.Or,),
    ast.Or: (ast.And,),
}


@dataclass(frozen=True)
class Mutant:
    """One change of a module."""

    line: int
    change: str
    source: str


def mutants(source: str) -> list[Mutant]:
    """Return every mutant of a module's source."""
    tree = ast.parse(source)
    found = []
    for node in _relevant(tree):
        for change, undo in _changes(node):
            mutated = ast.unparse(tree)
            undo()
            found.append(Mutant(node.lineno, change, mutated))  # type: ignore[attr-defined]
    return found


def _relevant(tree: ast.Module) -> Iterator[ast.AST]:
    """Walk over the code that runs: no docstrings, no annotations, no error messages."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
            for part in (node.returns, *(argument.annotation for argument in arguments)):
                skipped |= {id(child) for child in ast.walk(part)} if part else set()
        if isinstance(node, ast.AnnAssign):
            skipped |= {id(child) for child in ast.walk(node.annotation)}
        if isinstance(node, ast.Raise | ast.Import | ast.ImportFrom | ast.JoinedStr):
            skipped |= {id(child) for child in ast.walk(node)}
    return (node for node in ast.walk(tree) if id(node) not in skipped)


def _changes(node: ast.AST) -> Iterator[tuple[str, object]]:
    """Change a node in every possible way, one after the other; the caller undoes each change."""
    before = copy.copy(node.__dict__)

    def undo() -> None:
        node.__dict__.clear()
        node.__dict__.update(before)

    was = ast.unparse(node) if isinstance(node, ast.expr | ast.stmt) else ""
    if isinstance(node, ast.Compare):
        for place, operator in enumerate(node.ops):
            for other in SWAPS.get(type(operator), ()):
                node.ops = [other() if number == place else op for number, op in enumerate(before["ops"])]
                yield _told(was, node), undo
    elif isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp):
        for other in SWAPS.get(type(node.op), ()):
            node.op = other()  # type: ignore[assignment]
            yield _told(was, node), undo
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        node.op = ast.UAdd() if isinstance(node.op, ast.USub) else ast.Not()
        if isinstance(before["op"], ast.Not):
            node.operand = ast.UnaryOp(ast.Not(), before["operand"])
        yield _told(was, node), undo
    elif isinstance(node, ast.Constant) and not isinstance(node.value, str | bytes | None | type(...)):
        node.value = not node.value if isinstance(node.value, bool) else node.value + 1
        yield _told(was, node), undo
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        node.test = ast.UnaryOp(ast.Not(), before["test"])
        yield f"the condition `{ast.unparse(before['test'])}` turned round", undo
    if isinstance(node, ast.FunctionDef | ast.If | ast.For | ast.With | ast.Try):
        yield from _removals(node)


def _removals(node: ast.AST) -> Iterator[tuple[str, object]]:
    """Leave out a statement that does something and returns nothing."""
    body = node.body  # type: ignore[attr-defined]
    for place, statement in enumerate(list(body)):
        is_text = isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
        if isinstance(statement, ast.Expr | ast.AugAssign) and not is_text:
            body[place] = ast.Pass()

            def undo(place: int = place, statement: ast.stmt = statement) -> None:
                body[place] = statement

            yield f"line {statement.lineno} left out: `{ast.unparse(statement)}`", undo


def _told(was: str, node: ast.AST) -> str:
    return f"`{_short(was)}` → `{_short(ast.unparse(node))}`"


def _short(text: str) -> str:
    return text if len(text) <= 70 else text[:67] + "…"


def copy_of_the_repository(folder: Path) -> Path:
    """Copy what git tracks, so that no mutant is ever in the tree that people work in."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    for name in listed.split("\0"):
        if name and (ROOT / name).is_file():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
    return folder


def run_tests(arguments: list[str], limit: float) -> tuple[int, float]:
    """Run pytest in a fork; return its exit status, −1 where it took too long, and the seconds."""
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        import pytest

        os._exit(int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", *arguments])))
    while True:
        done, status = os.waitpid(child, os.WNOHANG)
        seconds = time.monotonic() - start
        if done:
            return os.waitstatus_to_exitcode(status), seconds
        if seconds > limit:
            os.killpg(child, 9)
            os.waitpid(child, 0)
            return -1, seconds
        time.sleep(0.02)


def examine(module: str, tests: list[str], keyword: str, limit: int, seed: int) -> list[Mutant]:
    """Run the tests on mutants of one module, and return those that survive."""
    path = Path(module)
    source = path.read_text(encoding="utf-8")
    chosen = mutants(source)
    total = len(chosen)
    if limit and total > limit:
        chosen = sorted(random.Random(seed).sample(chosen, limit), key=lambda mutant: mutant.line)
    arguments = [*tests, *(["-k", keyword] if keyword else [])]
    path.write_text(ast.unparse(ast.parse(source)), encoding="utf-8")
    status, seconds = run_tests(arguments, 3600)
    if status:
        sys.exit(f"{module}: its tests fail without any mutant (pytest ends with {status})")
    print(f"\n{module}: {len(chosen)} of {total} mutants, tests take {seconds:.1f} s", flush=True)
    survivors = []
    for mutant in chosen:
        path.write_text(mutant.source, encoding="utf-8")
        status, _ = run_tests(arguments, 10 + 5 * seconds)
        if status == 0:
            survivors.append(mutant)
            print(f"  survives, line {mutant.line}: {mutant.change}", flush=True)
    path.write_text(source, encoding="utf-8")
    print(f"  {len(chosen) - len(survivors)} killed, {len(survivors)} survive", flush=True)
    return survivors


def main() -> None:
    """Read the command line, copy the repository, and print survivors as a table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("modules", nargs="*", help="paths from the root; those of TARGETS unless given")
    parser.add_argument("--tests", nargs="+", default=[], help="tests to run; those of TARGETS unless given")
    parser.add_argument("-k", dest="keyword", default="", help="as pytest takes it")
    parser.add_argument("--limit", type=int, default=0, help="mutants of each module, drawn by --seed")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    os.environ.setdefault("CONVNET_DRAWS", "2")
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.dont_write_bytecode = True
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        os.chdir(copy_of_the_repository(Path(folder)))
        sys.path[:0] = [str(Path(folder) / "src"), folder]
        import array_api_strict  # noqa: F401   loaded here, once, and not in every fork
        import pytest  # noqa: F401
        import scipy.signal  # noqa: F401
        import torch  # noqa: F401

        survivors = {
            module: examine(module, given.tests or TARGETS[module], given.keyword, given.limit, given.seed)
            for module in given.modules or TARGETS
        }
    print("\n| module | line | change |\n|---|---|---|")
    for module, found in survivors.items():
        for mutant in found:
            print(f"| {module} | {mutant.line} | {mutant.change} |")


if __name__ == "__main__":
    main()
