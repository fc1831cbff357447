"""The entry of the `autograder` command; `autograder.commands.group` holds what it does."""

from __future__ import annotations

import sys

from autograder import startup


def main() -> int:
    """Run the command line.

    The script is installed with the base package too, for readers and students who need no grader. There it
    says what is missing.
    """
    if sys.argv[1:2] == ["grade"]:
        startup.skip_init("nbgrader")  # of which grading wants the gradebook, not the web server's parts
    try:
        from autograder.commands.group import autograder
    except ModuleNotFoundError as missing:
        print(f"autograder: {missing.name} is missing; {startup.how_to_install('grade')}", file=sys.stderr)
        return 2
    autograder(prog_name="autograder")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
