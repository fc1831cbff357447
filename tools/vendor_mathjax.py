"""Copy what the book needs of MathJax into ``book/_static/mathjax``.

The files are committed, because a fresh machine has Python and make, but no npm. Run this only to change the
version::

    python tools/vendor_mathjax.py            # fetch from the npm registry; write files and checksums
    python tools/vendor_mathjax.py --check    # say whether the committed files are the ones that were fetched
"""

import argparse
import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

VERSION = "3.2.2"
TARGET = Path(__file__).resolve().parents[1] / "book" / "_static" / "mathjax"
CHECKSUMS = "SHA256SUMS"
FONTS = "package/es5/output/chtml/fonts/woff-v2/"


def kept(member: str) -> str | None:
    """Path below the target for a file of the npm package; None for the many that the book does not need."""
    if member == "package/LICENSE":
        return "LICENSE"
    if member == "package/es5/tex-mml-chtml.js" or member.startswith(FONTS):
        return member.removeprefix("package/es5/")
    return None


def checksums(folder: Path) -> dict[str, str]:
    """SHA-256 of each vendored file, by its path below the folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != CHECKSUMS)
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }


def recorded(folder: Path) -> dict[str, str]:
    """Checksums as they were written when the files were fetched."""
    lines = (folder / CHECKSUMS).read_text(encoding="utf-8").splitlines()
    return {
        name: digest for digest, name in (line.split("  ", 1) for line in lines if not line.startswith("#"))
    }


def differences(folder: Path) -> list[str]:
    """Files that are missing, changed or not recorded."""
    have, want = checksums(folder), recorded(folder)
    return sorted(name for name in have.keys() | want.keys() if have.get(name) != want.get(name))


def fetch(folder: Path) -> None:
    """Download the package with npm and write the kept files and their checksums."""
    with tempfile.TemporaryDirectory() as scratch:
        command = ["npm", "pack", "--silent", f"mathjax@{VERSION}"]
        subprocess.run(command, cwd=scratch, check=True, stdout=subprocess.DEVNULL)
        with tarfile.open(next(Path(scratch).glob("*.tgz"))) as archive:
            for member in archive.getmembers():
                name, content = kept(member.name), archive.extractfile(member)
                if name is None or content is None:
                    continue
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content.read())
    lines = [f"# MathJax {VERSION}, Apache License 2.0; written by tools/vendor_mathjax.py"]
    lines += [f"{digest}  {name}" for name, digest in checksums(folder).items()]
    (folder / CHECKSUMS).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> int:
    """Fetch, or check; 0 when all is well."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--check", action="store_true", help="compare with the recorded checksums, fetch nothing"
    )
    if not parser.parse_args().check:
        fetch(TARGET)
    wrong = differences(TARGET)
    print(
        f"differs from {CHECKSUMS}: {', '.join(wrong)}"
        if wrong
        else f"MathJax {VERSION}: all files as fetched"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
