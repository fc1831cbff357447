"""Grade ``tiny.ipynb`` in a folder with Otter itself and print the scores: ``python by_otter.py FOLDER``."""

import json
import os
import sys
from pathlib import Path


def main(folder: str) -> None:
    """Run Otter in ``folder``, which holds the notebook and its ``tests``."""
    from otter.execute import grade_notebook

    os.chdir(folder)
    tests = sorted(str(path) for path in Path("tests").glob("*.py"))
    results = grade_notebook("tiny.ipynb", tests_glob=tests, cwd=folder, test_dir="tests")
    scores = {
        name: [file.score, file.possible, [case.passed for case in file.test_case_results]]
        for name, file in results.results.items()
    }
    print("SCORES", json.dumps(scores))


if __name__ == "__main__":
    main(sys.argv[1])
