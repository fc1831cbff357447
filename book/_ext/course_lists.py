"""Sphinx extension: lists that the book makes of its own contents, so that none is kept by hand.

``course-map``          parts, chapters and homeworks, on one line each
``course-path``         a way through the book, a step a line, with the minutes summed
``lecture-topics``      where the topics of the lectures went, of one part of the lectures
``assignment-list``     every homework, a section each
``install-command``     what installs the course's package
``{count}``             how many chapters, exercises, questions, figures or homeworks there are
``{public-file}``       a link to a file of the published course, which the site itself does not hold
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from course_contents import Chapter, Contents, Homework
from docutils import nodes
from docutils.statemachine import StringList
from launch import ASSIGNMENTS, addresses, assignment_buttons
from list_nodes import NOTHING, Nodes, apart, duration, item, names_of_tests, package_name, table
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective, SphinxRole

import coursekit.widgets


def contents_of(env: BuildEnvironment) -> Contents:
    """Return the contents of the book. A page that asks for them is read again when they change."""
    contents: Contents = env.app.course_contents  # type: ignore[attr-defined]
    for path in contents.files():
        env.note_dependency(str(path))
    return contents


def counts(env: BuildEnvironment) -> dict[str, int]:
    """Return how many chapters, figures, questions, exercises and homeworks the book has."""
    contents: Contents = env.app.course_contents  # type: ignore[attr-defined]
    return contents.counts(list(coursekit.widgets.FIGURES))


class Listing(SphinxDirective):
    """A directive that shows the contents of the book."""

    @property
    def contents(self) -> Contents:
        """The contents of the book."""
        return contents_of(self.env)

    def words(self, markdown: str) -> Nodes:
        """Read a line of Markdown."""
        return self.parse_inline(markdown, lineno=self.lineno)[0]

    def page(self, name: str, shown: str = "") -> Nodes:
        """Link a page, by its own title where nothing else is to be shown."""
        return self.words(f"{{doc}}`{shown} </{name}>`" if shown else f"{{doc}}`/{name}`")

    def chapters(self, chapters: list[Chapter]) -> Nodes:
        """Link chapters, one after another."""
        found: Nodes = []
        for chapter in chapters:
            found += [*([nodes.Text(", ")] if found else []), *self.page(chapter.name)]
        return found

    def homework(self, homework: Homework, shown: str) -> nodes.Node:
        """Link a homework's section."""
        address = self.env.app.builder.get_relative_uri(self.env.docname, ASSIGNMENTS)
        return nodes.reference("", shown, refuri=f"{address}#{homework.name}", internal=True)


class CourseMap(Listing):
    """The directive ``course-map``: a list of parts, in each a list of its chapters and its homework."""

    def run(self) -> Nodes:
        """Make the list. Its lines and dots are drawn by the style sheet: without it, it is a list still."""
        contents = self.contents
        number = 0
        parts = nodes.bullet_list(classes=["course-map"])
        for part in contents.parts:
            stops = nodes.bullet_list()
            for chapter in part.chapters:
                number += 1
                stops += item(
                    nodes.inline("", str(number), classes=["course-stop"]), *self.page(chapter.name)
                )
            if name := contents.closes.get(part.caption):
                homework = contents.homeworks[name]
                shown = homework.title.partition(":")[0]
                stops += item(
                    nodes.inline("", "✎", classes=["course-stop"], **{"aria-hidden": "true"}),
                    self.homework(homework, shown), nodes.Text(f", {duration(homework.minutes)}"),
                    classes=["course-homework"],
                )  # fmt: skip
            minutes = sum(chapter.minutes for chapter in part.chapters)
            head = nodes.paragraph(
                "", "", nodes.strong("", part.caption), nodes.Text(f" {duration(minutes)}")
            )
            parts += nodes.list_item("", head, stops)
        return [parts]


class CoursePath(Listing):
    """The directive ``course-path``: a table of steps.

    A line is a step: its name, a colon, chapters, or a whole part as ``networks/*``, or homeworks (``hw3``).
    """

    has_content = True

    def run(self) -> Nodes:
        """Make the table. Its last row has the sums."""
        rows = []
        everything: tuple[list[Chapter], list[Homework]] = ([], [])
        for line in self.content:
            step, _, names = line.partition(":")
            chapters, homeworks = self._named(names.split())
            everything[0].extend(chapters)
            everything[1].extend(homeworks)
            links = [self.homework(homework, homework.title.partition(":")[0]) for homework in homeworks]
            read = [
                *self.chapters(chapters),
                *([nodes.Text(", ")] if chapters and links else []),
                *apart(links),
            ]
            rows.append([[nodes.Text(step.strip())], read, *_times(chapters, homeworks)])
        read = [nodes.Text(f"{len(everything[0])} chapters")]
        rows.append([[nodes.strong("", "In all")], read, *_times(*everything)])
        head = ["", "read", "reading", "exercises", "homework"]
        return [table(head, rows, "course-path", [13, 45, 14, 14, 14])]

    def _named(self, names: list[str]) -> tuple[list[Chapter], list[Homework]]:
        contents = self.contents
        chapters, homeworks = [], []
        for name in names:
            if name.endswith("/*"):
                chapters += [c for n, c in contents.chapters.items() if n.startswith(name[:-1])]
            elif name in contents.chapters:
                chapters.append(contents.chapters[name])
            elif name in contents.homeworks:
                homeworks.append(contents.homeworks[name])
            else:
                raise self.error(f"course-path: {name!r} is no chapter, no part and no homework")
        return chapters, homeworks


class LectureTopics(Listing):
    """The directive ``lecture-topics``: the rows of one section of ``docs/syllabus.toml``."""

    required_arguments = 1

    def run(self) -> Nodes:
        """Make the table."""
        contents = self.contents
        section = int(self.arguments[0])
        rows = []
        for row in contents.topics:
            if row["section"] == section:
                chapters = [contents.chapters[name] for name in row["chapters"]]
                rows.append(
                    [
                        [nodes.Text(row["topic"])],
                        self.chapters(chapters),
                        apart([package_name(symbol, self.env.docname) for symbol in row["symbols"]]),
                        names_of_tests(row["tests"]),
                    ]
                )
        if not rows:
            raise self.error(f"lecture-topics: docs/syllabus.toml has no row of section {section}")
        head = ["topic", "explained in", "computed by", "tested by"]
        return [table(head, rows, "course-lectures", [28, 20, 23, 29])]


class AssignmentList(Listing):
    """The directive ``assignment-list``: a section for each homework, with its buttons."""

    def run(self) -> Nodes:
        """Make the sections."""
        return [self._section(homework) for homework in self.contents.homeworks.values()]

    def _section(self, homework: Homework) -> nodes.section:
        section = nodes.section(names=[homework.name])
        self.state.document.note_explicit_target(section, section)
        section += nodes.title("", homework.title)
        text = StringList(homework.about.split("\n"), source=f"{homework.name}.ipynb")
        self.state.nested_parse(text, self.content_offset, section)
        size = f"{len(homework.questions)} questions, {homework.points} points"
        facts = f"**{duration(homework.minutes)}**, {size}. {needed(homework)}"
        section += nodes.paragraph("", "", *self.words(facts))
        section += nodes.raw("", assignment_buttons(self.env.app, homework.name), format="html")
        chapters = self.contents.preparing(homework.name)
        section += nodes.paragraph(
            "", "", nodes.Text("Prepared by "), *self.chapters(chapters), nodes.Text(".")
        )
        rows = [
            [
                *[[nodes.Text(text)] for text in (question.name, question.title, question.stars)],
                [nodes.Text(f"{question.minutes} min")],
                [nodes.Text(str(question.points))],
                self.chapters(self.contents.preparing(homework.name, question.name)) or [nodes.Text(NOTHING)],
            ]
            for question in homework.questions
        ]
        head = ["", "question", "difficulty", "time", "points", "chapter"]
        section += nodes.raw("", "<details><summary>The questions</summary>", format="html")
        section += table(head, rows, "course-questions", [7, 36, 12, 10, 9, 26])
        section += nodes.raw("", "</details>", format="html")
        return section


class InstallCommand(SphinxDirective):
    """The directive ``install-command``: the line that installs this version of the package."""

    def run(self) -> Nodes:
        """Make the line."""
        command = f'$ python -m pip install jupyterlab "{addresses(self.env.app).install}"'
        return [nodes.literal_block(command, command, language="console")]


class Count(SphinxRole):
    """The role ``count``: how many of something the book has."""

    def run(self) -> tuple[Nodes, list[nodes.system_message]]:
        """Count."""
        contents_of(self.env)  # the page is read again when they change
        found = counts(self.env)
        if self.text not in found:
            message = f"count: one of {', '.join(found)}, got {self.text!r}"
            return [nodes.problematic("", self.rawtext)], [self.inliner.reporter.error(message)]
        return [nodes.Text(str(found[self.text]))], []


class PublicFile(SphinxRole):
    """The role ``public-file``: ``{public-file}`words <path>``` links a file of the public repository."""

    def run(self) -> tuple[Nodes, list[nodes.system_message]]:
        """Make the link."""
        match = re.fullmatch(r"(.*?)\s*<(.*)>", self.text, re.DOTALL)
        words, path = match.groups() if match else (self.text, self.text)
        return [nodes.reference("", words, refuri=addresses(self.env.app).file(path))], []


def _times(chapters: list[Chapter], homeworks: list[Homework]) -> list[Nodes]:
    """Show how long reading, exercises and homeworks take."""
    sums = [
        sum(chapter.minutes for chapter in chapters),
        sum(minutes for chapter in chapters for _, minutes in chapter.exercises),
        sum(homework.minutes for homework in homeworks),
    ]
    return [[nodes.Text(duration(minutes) if minutes else NOTHING)] for minutes in sums]


def needed(homework: Homework) -> str:
    """Say what a homework runs on."""
    what = "PyTorch" if "torch" in homework.modules else "NumPy alone"
    gpu = "a GPU is used where there is one, and not needed" if homework.uses_gpu else "no GPU"
    return f"{what}; {gpu}."


def read_contents(app: Sphinx) -> None:
    """Read the contents once for each build: those of the book that this file lies in, in a preview too."""
    app.course_contents = Contents(Path(__file__).resolve().parents[2])  # type: ignore[attr-defined]


def setup(app: Sphinx) -> dict[str, Any]:
    """Add directives and roles."""
    app.add_directive("course-map", CourseMap)
    app.add_directive("course-path", CoursePath)
    app.add_directive("lecture-topics", LectureTopics)
    app.add_directive("assignment-list", AssignmentList)
    app.add_directive("install-command", InstallCommand)
    app.add_role("count", Count())
    app.add_role("public-file", PublicFile())
    app.connect("builder-inited", read_contents)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
