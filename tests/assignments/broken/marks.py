"""Broken marks and cells: blocks, answers, text, and how the whole notebook is put together."""

BROKEN: dict[str, tuple[str, str, str, str]] = {
    "misspelt block": (
        "BEGIN QUESTION",
        "BEGIN QUESTON",
        "# # BEGIN QUESTON",
        "did you mean `# BEGIN QUESTION`",
    ),
    "misspelt mark": ("# # END TESTS", "# # ENDS TESTS", "# # ENDS TESTS", "did you mean `# END TESTS`"),
    "raw text": (
        "# # END TESTS",
        "# that was it",
        "# that was it",
        "`that was it` is no mark of Otter's: a raw cell begins",
    ),
    "solution outside": (
        "# # BEGIN QUESTION\n# name: q1\n# points: 2",
        "# # END QUESTION",
        "# # END QUESTION",
        "ends nothing",
    ),
    "block outside": (
        "BEGIN QUESTION\n# name: q1\n# points: 2",
        "BEGIN TESTS",
        "# # BEGIN TESTS",
        "`# BEGIN QUESTION` above",
    ),
    "block in a block": (
        "# # END SOLUTION\n",
        "# # BEGIN SOLUTION\n",
        "# # BEGIN SOLUTION",
        "inside the SOLUTION of line 20",
    ),
    "another block's end": (
        "# # END TESTS",
        "# # END SOLUTION",
        "# # END SOLUTION",
        "the TESTS of line 32 is open",
    ),
    "no end": ("# %% [raw]\n# # END QUESTION\n", "", "# # BEGIN QUESTION", "BEGIN QUESTION has no end"),
    "no answer": (
        "SOLUTION\n\n# %%\ndef half(x):\n    # BEGIN SOLUTION\n    return 0.5 * float(x)\n"
        "    # END SOLUTION\n\n# %% [raw]\n# # END SOLUTION",
        "PROMPT\n\n# %% [raw]\n# # END PROMPT",
        "# # END QUESTION",
        "q1 has no answer: write `# BEGIN SOLUTION`",
    ),
    "no configuration": ("# # ASSIGNMENT CONFIG", "# # END", "# # END", "no mark of Otter's"),
    "doctests": (
        "ok_format: false",
        "ok_format: true",
        "# tests:",
        "write `tests:` with `files: true` and `ok_format: fa",
    ),
    "no title": ("# # A title", "# A title", "# %% [markdown]", "no cell starts with a heading"),
    "placeholder": (
        "A title",
        "A {{titel}}",
        "# # A {{titel}}",
        "nothing fills {{titel}}: there are {{repository}}",
    ),
    "open solution": ("    # END SOLUTION", "", "# BEGIN SOLUTION", "BEGIN SOLUTION has no end"),
    "nothing hidden": ("    # BEGIN SOLUTION\n", "", "# END SOLUTION", "END SOLUTION ends nothing"),
    "all given": (
        "    # BEGIN SOLUTION\n    return 0.5 * float(x)\n    # END SOLUTION",
        "    return 1",
        "def half(x):",
        "hidden",
    ),
    "solution left outside": (
        "# %% [raw]\n# # BEGIN QUES",
        "# %%\nx = 1  # SOLUTION\n\n# %% [raw]\n# # BEGIN QUES",
        "x = 1  # SOLUTION",
        "a solution outside of a SOLUTION block",
    ),
    "answer not Python": (
        "return 0.5 * float(x)",
        "return 0.5 * float(x",
        "return 0.5 * float(x",
        "Python cannot read this answer",
    ),
}
