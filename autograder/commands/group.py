"""The commands: build assignments from their masters, grade a class under seal.

Exit codes: 0 when every submission has its row, the unreadable ones too; 1 when grading itself failed on a
submission (its row says so) or a build failed; 2 when the command was called wrongly; 3 when the isolation
that was asked for does not work here; 130 when interrupted, after what was finished was written.
"""

from __future__ import annotations

import click

from autograder.commands.build import build
from autograder.commands.check import check
from autograder.commands.completion import completion, teach
from autograder.commands.config import config
from autograder.commands.doctor import doctor
from autograder.commands.exchange import exchange
from autograder.commands.export import export
from autograder.commands.feedback import feedback
from autograder.commands.grade import grade
from autograder.commands.gradescope import gradescope
from autograder.commands.leaderboard import leaderboard
from autograder.commands.marks import marks
from autograder.commands.new import new
from autograder.commands.regrade import regrade
from autograder.commands.report import report
from autograder.commands.show import show
from autograder.commands.similar import similar


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 something failed, 2 wrong call, 3 no such isolation here, 130 interrupted.",
)
@click.version_option(package_name="cnn-course", prog_name="autograder")
def autograder() -> None:
    """Build assignments from their masters, and grade a class's notebooks under seal."""


for command in (
    new, build, check,
    grade, show, regrade, report, leaderboard, similar, marks, feedback, export, gradescope, exchange, config,
    doctor, completion,
):  # fmt: skip
    autograder.add_command(command)
teach(autograder)
