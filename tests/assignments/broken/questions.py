"""Settings of a question that make no sense: its name, what it forbids and what it builds on."""

from tests.assignments.broken.sound import QUESTION

BROKEN: dict[str, tuple[str, str, str, str]] = {
    "no name": ("# name: q1\n", "", "# # BEGIN QUESTION", "this question has no name: write `name: q1`"),
    "a name with a blank": (
        "name: q1",
        "name: q 1",
        "# name: q 1",
        "a question's name is like q1, got 'q 1'",
    ),
    "misspelt setting": ("points: 2", "point: 2", "# point: 2", "no setting `point`: did you mean `points`"),
    "manual in words": ("points: 2", "points: 2\n# manual: by me", "# manual: by me", "write `manual: true`"),
    "settings that are no YAML": (
        "name: q1",
        "name: q1: q2",
        "# name: q1: q2",
        "the settings cannot be read",
    ),
    "settings without keys": (
        "# name: q1\n# points: 2\n",
        "# q1\n",
        "# # BEGIN QUESTION",
        "write `key: value`",
    ),
    "one forbidden name": (
        "points: 2",
        "points: 2\n# forbids: np.convolve",
        "# forbids: np.convolve",
        "a list of names is wanted, such as [np.convolve, loops]",
    ),
    "a misspelt forbidden name": (
        "points: 2",
        "points: 2\n# forbids: [np.convolv]",
        "# forbids: [np.convolv]",
        "there is no `np.convolv` here, did you mean `np.convolve`",
    ),
    "a forbidden name that is none": (
        "points: 2",
        "points: 2\n# forbids: [a b]",
        "# forbids: [a b]",
        "a name is like `scipy.signal`, got 'a b'",
    ),
    "a forbidden part of nothing": (
        "points: 2",
        "points: 2\n# forbids: [skipy.signal]",
        "# forbids: [skipy.signal]",
        "nothing here is called `skipy`, did you mean `scipy`",
    ),
    "builds on nothing": (
        "points: 2",
        "points: 2\n# builds_on: []",
        "# builds_on: []",
        "the names of earlier questions, got []: write `builds_on: [q1, q2]`",
    ),
    "builds on a number": (
        "points: 2",
        "points: 2\n# builds_on: [1]",
        "# builds_on: [1]",
        "the names of earlier questions, got [1]",
    ),
    "builds on itself": (
        "points: 2",
        "points: 2\n# builds_on: [q1]",
        "# builds_on: [q1]",
        "q1 builds on itself: take it out",
    ),
    "builds on a later question, so that two build on each other": (
        QUESTION,
        QUESTION.replace("points: 2", "points: 2\n# builds_on: [q2]")
        + "\n"
        + QUESTION.replace("q1", "q2").replace("points: 2", "points: 2\n# builds_on: q1"),
        "# builds_on: [q2]",
        "q1 builds on q2, which is no question above it: take it out",
    ),
    "builds on what is not there": (
        QUESTION,
        QUESTION + "\n" + QUESTION.replace("q1", "q2").replace("points: 2", "points: 2\n# builds_on: [q0]"),
        "# builds_on: [q0]",
        "q2 builds on q0, which is no question above it: take of q1",
    ),
}
