"""The public repository on this disk: what it must be like, its history, and the new commit on top of it."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

AUTHOR = {
    f"GIT_{role}_{part}": value
    for role in ("AUTHOR", "COMMITTER")
    for part, value in (("NAME", "The course authors"), ("EMAIL", "authors@example.invalid"))
}
"""Who commits where git knows nobody, as in a workflow."""


def git(folder: Path, *command: str, environment: dict[str, str] | None = None) -> str:
    """Run git in a folder and return what it prints.

    Raises
    ------
    RuntimeError
        When git fails; the message is git's own.
    """
    settings = {**os.environ, **(environment or {})}
    # What the user's own settings make of line ends would be another tree.
    line = ["git", "-c", "core.autocrlf=false", "-C", str(folder), *command]
    run = subprocess.run(line, capture_output=True, text=True, env=settings)
    if run.returncode:
        raise RuntimeError(f"git {command[0]} in {folder}: {run.stderr.strip() or run.stdout.strip()}")
    return run.stdout.strip()


def check_source(root: Path, dirty: bool) -> None:
    """Refuse to publish what is not committed: nobody could say later what was published.

    Raises
    ------
    ValueError
        When something is not committed, and ``dirty`` does not allow it.
    """
    changed = git(root, "status", "--porcelain").splitlines()
    if changed and not dirty:
        raise ValueError(
            f"{len(changed)} files are not committed, {changed[0][3:]} among them: commit them, or publish "
            "all the same with --dirty"
        )


def check(root: Path, folder: Path, branch: str) -> bool:
    """Return whether the destination is a repository already; refuse what it must not be.

    Raises
    ------
    ValueError
        When it lies inside of the repository or around it, holds files and is no repository, has changes
        that are not committed, or is on another branch.
    """
    root, folder = root.resolve(), folder.resolve()
    if folder.is_relative_to(root) or root.is_relative_to(folder):
        raise ValueError(f"{folder} lies inside of this repository or around it: publish somewhere else")
    if folder.exists() and not folder.is_dir():
        raise ValueError(f"{folder} is a file")
    if not folder.is_dir() or not any(folder.iterdir()):
        return False
    if not (folder / ".git").exists():
        raise ValueError(
            f"{folder} holds files and is no git repository: name an empty folder, or a clone of the public "
            "repository"
        )
    if changed := git(folder, "status", "--porcelain"):
        first = changed.splitlines()[0].split(maxsplit=1)[-1]
        raise ValueError(f"{folder} has changes that are not committed, {first} among them")
    if (there := git(folder, "symbolic-ref", "--short", "HEAD")) != branch:
        raise ValueError(
            f"{folder} is on branch {there}, and _config.yml publishes {branch}: git switch {branch} there"
        )
    return bool(git(folder, "rev-list", "--all", "--max-count=1"))


def search_history(
    folder: Path, find: Callable[[str, bytes], list[str]], state: str, least: int = 10
) -> list[str]:
    """Search every version of every file that the repository has ever held.

    Parameters
    ----------
    folder : Path
        The public repository.
    find : callable
        Gets a path and the content.
    state : str
        What the search depends on: versions that passed one of equal state are not searched again.
    least : int
        Bytes of a file that is worth it.

    Returns
    -------
    list of str
        A line for each find.
    """
    memory = Path(git(folder, "rev-parse", "--absolute-git-dir")) / f"searched-{state[:16]}"
    passed = set(memory.read_text().split()) if memory.is_file() else set()
    found: list[str] = []
    clean: list[str] = []
    for blob, path, content in _blobs(folder, passed):
        key = hashlib.sha1(f"{blob} {path}".encode()).hexdigest()
        if len(content) >= least and (leaks := find(path, content)):
            found += [f"{leak} (in the history, {blob[:10]})" for leak in leaks]
        else:
            clean.append(key)
    if clean:
        memory.write_text("\n".join(sorted(passed | set(clean))))
    return found


def _blobs(folder: Path, passed: set[str]) -> Iterator[tuple[str, str, bytes]]:
    """Yield each version of each file: its id, its path and its content."""
    listed = git(folder, "rev-list", "--objects", "--all", "--reflog")
    named = [line.partition(" ") for line in listed.splitlines()]
    wanted = [(blob, path) for blob, _, path in named if path]
    fresh = [(b, p) for b, p in wanted if hashlib.sha1(f"{b} {p}".encode()).hexdigest() not in passed]
    with subprocess.Popen(
        ["git", "-C", str(folder), "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as reader:
        assert reader.stdin is not None
        assert reader.stdout is not None
        for blob, path in fresh:
            reader.stdin.write(f"{blob}\n".encode())
            reader.stdin.flush()
            _, kind, size = reader.stdout.readline().split()
            content = reader.stdout.read(int(size))
            reader.stdout.read(1)
            if kind == b"blob":
                yield blob, path, content
        reader.stdin.close()


def place(tree: Path, folder: Path, grown: bool, branch: str, message: str) -> str | None:
    """Commit a tree and put it in place, in one step that happens or does not.

    Parameters
    ----------
    tree : Path
        The public tree; where there is no repository yet, it becomes it.
    folder : Path
        The destination.
    grown : bool
        Whether it has commits.
    branch : str
        Its branch.
    message : str
        Of the commit.

    Returns
    -------
    str or None
        The commit; nothing when nothing has changed.
    """
    known = subprocess.run(["git", "var", "GIT_COMMITTER_IDENT"], capture_output=True, cwd=tree)
    who = AUTHOR if known.returncode else {}
    if not grown and not (folder / ".git").exists():
        git(tree, "init", "--quiet", f"--initial-branch={branch}")
        git(tree, "add", "--all", "--force")
        git(tree, "commit", "--quiet", "-m", message, environment=who)
        if folder.is_dir():
            folder.rmdir()  # it is empty
        tree.rename(folder)
        return git(folder, "rev-parse", "HEAD")
    inside = git(folder, "rev-parse", "--absolute-git-dir")
    index = {"GIT_DIR": inside, "GIT_WORK_TREE": str(tree), "GIT_INDEX_FILE": str(tree.with_name("index"))}
    git(tree, "add", "--all", "--force", environment=index)
    written = git(tree, "write-tree", environment=index)
    if not grown:
        commit = git(folder, "commit-tree", written, "-m", message, environment=who)
        git(folder, "reset", "--quiet", "--hard", commit)
        return commit
    if written == git(folder, "rev-parse", "HEAD^{tree}"):
        return None
    commit = git(folder, "commit-tree", written, "-p", "HEAD", "-m", message, environment=who)
    git(folder, "merge", "--quiet", "--ff-only", commit)
    return commit
