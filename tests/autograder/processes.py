"""The processes of this machine."""

from pathlib import Path


def processes() -> dict[int, tuple[int, str, str]]:
    """Map each process of this machine to its parent, its start and its command."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_text().replace("\0", " ")
        except (OSError, UnicodeDecodeError):
            continue
        if fields[0] != "Z":
            found[int(folder.name)] = (int(fields[1]), fields[19], command)
    return found


def descendants(root: int) -> dict[int, tuple[int, str, str]]:
    everyone, found = processes(), {}
    parents = {root}
    while parents:
        children = {pid for pid, (parent, *_) in everyone.items() if parent in parents}
        found |= {pid: everyone[pid] for pid in children}
        parents = children
    return found
