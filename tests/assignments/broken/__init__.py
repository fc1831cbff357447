"""The ways of breaking a sound master, each with the line and the words that tell."""

from tests.assignments.broken import head, in_tests, marks, points, questions, unseen

# What is done to the sound master (text, what takes its place), the line to be named, and words to be said.
BROKEN: dict[str, tuple[str, str, str, str]] = {
    **marks.BROKEN,
    **questions.BROKEN,
    **points.BROKEN,
    **in_tests.BROKEN,
    **head.BROKEN,
    **unseen.BROKEN,
}
