"""Programs that are alike or not, and `autograder similar` called on a class of `tiny` in the folder `in`."""

import json
import random
import re

from click.testing import CliRunner, Result

from autograder.commands.group import autograder


def program(seed: int, lines: int = 40) -> str:
    """Draw a function that no other seed draws."""
    rng = random.Random(seed)
    forms = [
        "{0} = {1} + {2}", "if {0} < {1}: {2} = 1", "for {0} in range({1}): {2}.append(2)",
        "{0}[{1}, 1:] = -{2}", "{0} = [{1} for q in {2}]", "assert {0} is not {1} or {2}", "{0} = {1}({2}=3)",
        "while not {0}: {1} -= {2}", "{0}, {1} = {2}.shape", "{0} = {1} if {2} else None",
    ]  # fmt: skip
    body = [rng.choice(forms).format(*rng.choices(["a", "b", "c", "d"], k=3)) for _ in range(lines)]
    return "def double(x):\n    " + "\n    ".join(body)


def disguised(source: str) -> str:
    """Rename, comment and lay out anew."""
    renamed = re.sub(r"\b[abcd]\b", lambda m: f"{m[0]}{m[0]}_1", source)
    return renamed.replace("\n    ", "\n  # mine\n\n  ").replace(" + ", "   +  ")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(autograder, arguments, prog_name="autograder")


def found(*arguments: str) -> dict:
    said = run("similar", "tiny", "in", "--json", *arguments)
    assert said.exit_code == 0, said.output
    return json.loads(said.stdout)


def names(pairs: list[dict]) -> list[set[str]]:
    return [{p["left"]["name"], p["right"]["name"]} for p in pairs]
