"""The entry of the `autograder` command; `autograder.commands` holds what it does."""

from __future__ import annotations

import sys

from autograder import startup  # noqa: F401 - for what it does


def main() -> int:
    """Run the command line.

    The script is installed with the base package too, whose readers and students have no need of a grader.
    There it says what is missing.
    """
    try:
        from autograder.commands import autograder
    except ModuleNotFoundError as missing:
        install = "install the grader with: pip install 'cnn-course[grade]'"
        print(f"autograder: {missing.name} is missing; {install}", file=sys.stderr)
        return 2
    autograder(prog_name="autograder")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
