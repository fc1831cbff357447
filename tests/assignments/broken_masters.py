"""A sound master, and the ways of breaking it, each with the line and the words that tell."""

SOUND = """\
# %% [markdown]
# # A title

# %% [raw]
# # ASSIGNMENT CONFIG
# init_cell: false
# tests:
#     files: true
#     ok_format: false

# %% [raw]
# # BEGIN QUESTION
# name: q1
# points: 2

# %% [markdown]
# Halve.

# %% [raw]
# # BEGIN SOLUTION

# %%
def half(x):
    # BEGIN SOLUTION
    return 0.5 * float(x)
    # END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
def test_a(half):
    import numpy as np

    assert np.isclose(half(4), 2)

test_a(half)

# %%
\"\"\" # BEGIN TEST CONFIG
hidden: true
failure_message: It is wrong for some number.
\"\"\"  # END TEST CONFIG

def test_b(half):
    assert half(5) == 2.5, "a line that nobody may see"

test_b(half)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
"""

QUESTION = SOUND[SOUND.index("# %% [raw]\n# # BEGIN QUESTION") :]

# What is done to the sound master (text, what takes its place), the line to be named, and words to be said.
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
    "no points": ("# points: 2\n", "", "# # BEGIN QUESTION", "q1 has no points: write `points: 2`"),
    "points in words": ("points: 2", "points: two", "# points: two", "a number above 0, got 'two'"),
    "no points at all": ("points: 2", "points: 0", "# points: 0", "a number above 0, got 0"),
    "points in a list": ("points: 2", "points: [1, 1]", "# points: [1, 1]", "a number above 0, got [1, 1]"),
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
    "test not Python": (
        "assert half(5) ==",
        "assert half(5) =",
        'assert half(5) = 2.5, "a line that nobody may see"',
        "Python cannot read this test",
    ),
    "two tests of one name": ("test_b", "test_a", '""" # BEGIN TEST CONFIG', "two tests are called test_a"),
    "two tests in a cell": (
        "test_a(half)\n\n# %%",
        "test_a(half)",
        "def test_b(half):",
        "one function and one call, found",
    ),
    "no test in a cell": (
        "def test_b(half):\n    assert",
        "assert",
        '""" # BEGIN TEST CONFIG',
        "found no function",
    ),
    "a test without a call": ("\ntest_b(half)\n", "", "def test_b(half):", "write `test_b(half)` below it"),
    "a call of something else": (
        "\ntest_b(half)",
        "\ntest_b(hlaf)",
        "test_b(hlaf)",
        "does not pass what test_b tests",
    ),
    "an import beside the test": (
        "def test_b",
        "import numpy\n\ndef test_b",
        "import numpy",
        "move it into the function",
    ),
    "text between tests": (
        "# %% [raw]\n# # END TESTS",
        "# %% [markdown]\n# That was it.\n\n# %% [raw]\n# # END TESTS",
        "# That was it.",
        "text stands between the tests",
    ),
    "misspelt hidden": (
        "hidden: true",
        "hiden: true",
        "hiden: true",
        "no setting `hiden`: did you mean `hidden`",
    ),
    "hidden with a capital": (
        "hidden: true",
        "Hidden: yes",
        "Hidden: yes",
        "no setting `Hidden`: did you mean `hidden`",
    ),
    "hidden in capitals": (
        "hidden: true",
        "HIDDEN: true",
        "HIDDEN: true",
        "no setting `HIDDEN`: did you mean `hidden`",
    ),
    "a capital value between quotes": (
        "hidden: true",
        "hidden: 'True'",
        "hidden: 'True'",
        "`hidden` is true or false, got 'True'",
    ),
    "hidden in words": (
        "hidden: true",
        "hidden: 'yes'",
        "hidden: 'yes'",
        "`hidden` is true or false, got 'yes'",
    ),
    "settings without end": ("  # END TEST CONFIG", "", '""" # BEGIN TEST CONFIG', "have no end"),
    "test settings no YAML": (
        "message: It is",
        "message: It: is",
        "failure_message: It: is wrong for some number.",
        "the settings cannot be read",
    ),
    "quotes": (
        "It is wrong",
        'It is "wrong"',
        'failure_message: It is "wrong" for some number.',
        "failure_message must hold no quote",
    ),
    "backslash": (
        "It is wrong",
        "It is \\\\ wrong",
        "failure_message: It is \\\\ wrong for some number.",
        "failure_message must hold no quote",
    ),
    "import gone": (
        "    import numpy as np\n\n",
        "",
        "assert np.isclose(half(4), 2)",
        "uses `np`, which it does not define: write `import numpy",
    ),
    "a global": (
        "half(5) == 2.5",
        "half(5) == HALF",
        'assert half(5) == HALF, "a line that nobody may see"',
        "test_b uses `HALF`",
    ),
    "course without settings": (
        "ok_format: false",
        "ok_format: false\n# course: strict",
        "# course: strict",
        "`course:` holds settings, one on each line below it",
    ),
    "misspelt rule": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     module: [numpy]",
        "#     module: [numpy]",
        "no setting `module`: did you mean `modules`",
    ),
    "modules in words": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     modules: numpy",
        "#     modules: numpy",
        "a list of names is wanted, such as [numpy, torch], got 'numpy'",
    ),
    "an unknown module": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     modules: [nunpy]",
        "#     modules: [nunpy]",
        "`nunpy` is not installed here, did you mean `numpy`",
    ),
    "an unknown part": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     modules: [convnet.functionals]",
        "#     modules: [convnet.functionals]",
        "`convnet.functionals` is not installed here, did you mean `convnet.functional`",
    ),
    "the grader itself": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     modules: [autograder]",
        "#     modules: [autograder]",
        "no notebook may see it: take it out",
    ),
    "seconds in words": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     seconds: {cell: long}",
        "#     seconds: {cell: long}",
        "`cell` is a number of seconds, more than 0 and at most 3600, got 'long'",
    ),
    "seconds of nothing": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     seconds: {cells: 3}",
        "#     seconds: {cells: 3}",
        "seconds are for `cell`, `call` or both",
    ),
    "memory in numbers": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     memory: 2",
        "#     memory: 2",
        "memory is like `2 GiB` or `512 MiB`, got 2",
    ),
    "too little memory": (
        "ok_format: false",
        "ok_format: false\n# course:\n#     memory: 1 MiB",
        "#     memory: 1 MiB",
        "memory is at least 256 MiB",
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
    "a class that never crosses": (
        "    assert half(5) == 2.5",
        "    from torch import nn\n\n    assert isinstance(half, nn.Module)\n    assert half(5) == 2.5",
        "assert isinstance(half, nn.Module)",
        "so the answer is always no: checks.module(net) examines a network",
    ),
    "another class that never crosses": (
        "    assert half(5) == 2.5",
        "    import types\n\n    assert type(half) is types.FunctionType\n    assert half(5) == 2.5",
        "assert type(half) is types.FunctionType",
        "the class `types.FunctionType`, and under seal a test has no object of it",
    ),
    "a fixture that uses the test's names": (
        "    assert half(5) == 2.5",
        "    import numpy as np\n\n    from coursekit import checks\n\n    def ask(half):\n"
        "        return np.isclose(half(5), 2.5)\n\n"
        "    assert checks.inside(ask, half)\n    assert half(5) == 2.5",
        "return np.isclose(half(5), 2.5)",
        "ask runs inside, where `np` of test_b is not there: if it is a module, import it inside ask",
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
    "files that are no list": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n#     files: predictions.npy",
        "#     files: predictions.npy",
        "a list of files is wanted",
    ),
    "a file in a folder": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n#     files: [{name: ../a.npy, kind: npy, most: 1 MB}]",
        "#     files: [{name: ../a.npy, kind: npy, most: 1 MB}]",
        "a file's name is like predictions.npy",
    ),
    "a pickled file": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n#     files: [{name: a.pkl, kind: pkl, most: 1 MB}]",
        "#     files: [{name: a.pkl, kind: pkl, most: 1 MB}]",
        "`kind` is npy or safetensors",
    ),
    "a file without a size": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n#     files: [{name: a.npy, kind: npy}]",
        "#     files: [{name: a.npy, kind: npy}]",
        "`most` is like `500 kB` or `1 MB`",
    ),
    "a file too large for any": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n#     files: [{name: a.npy, kind: npy, most: 900 MB}]",
        "#     files: [{name: a.npy, kind: npy, most: 900 MB}]",
        "at most 64 MB",
    ),
    "a shape that does not fit": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n"
        "#     files: [{name: a.npy, kind: npy, most: 1 kB, shape: [9999]}]",
        "#     files: [{name: a.npy, kind: npy, most: 1 kB, shape: [9999]}]",
        "does not fit into `most`",
    ),
    "a misspelt setting of a file": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n#     files: [{name: a.npy, kind: npy, mots: 1 MB}]",
        "#     files: [{name: a.npy, kind: npy, mots: 1 MB}]",
        "a file has no setting `mots`",
    ),
    "two files of one name": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n"
        "#     files: [{name: a.npy, kind: npy, most: 1 kB}, {name: A.npy, kind: npy, most: 1 kB}]",
        "#     files: [{name: a.npy, kind: npy, most: 1 kB}, {name: A.npy, kind: npy, most: 1 kB}]",
        "two files are called a.npy",
    ),
    "data that are not there": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n#     data: [held_out.npz]",
        "#     data: [held_out.npz]",
        "there is no data/held_out.npz beside hw0.py",
    ),
    "data that would be unpickled": (
        "#     ok_format: false",
        "#     ok_format: false\n# course:\n#     data: [held_out.pkl]",
        "#     data: [held_out.pkl]",
        "a name is like held_out.npz",
    ),
    "bands that are no list of steps": (
        "hidden: true\nfailure_message: It is wrong for some number.",
        "hidden: true\nbands: 0.7\nfailure_message: It is wrong for some number.",
        "bands: 0.7",
        "`bands` says where each band begins",
    ),
    "bands that go down": (
        "hidden: true\nfailure_message: It is wrong for some number.",
        "hidden: true\nbands: {0.8: 1, 0.7: 1}\nfailure_message: It is wrong for some number.",
        "bands: {0.8: 1, 0.7: 1}",
        "the bands go upwards",
    ),
    "a band that adds nothing": (
        "hidden: true\nfailure_message: It is wrong for some number.",
        "hidden: true\nbands: {0.8: 0}\nfailure_message: It is wrong for some number.",
        "bands: {0.8: 0}",
        "a band begins at a number and adds points",
    ),
    "bands beside points": (
        "hidden: true\nfailure_message: It is wrong for some number.",
        "hidden: true\nbands: {0.8: 2}\npoints: 2\nfailure_message: It is wrong for some number.",
        "points: 2",
        "the bands of test_b are its points",
    ),
    "points for some tests alone": (
        "hidden: true\nfailure_message: It is wrong for some number.",
        "hidden: true\npoints: 1\nfailure_message: It is wrong for some number.",
        "# # END QUESTION",
        "some name points and test_a names none",
    ),
    "a public test that asks for data": (
        "    assert np.isclose(half(4), 2)",
        "    from coursekit import checks\n\n    assert np.isclose(half(4), checks.data('held_out.npz'))",
        "assert np.isclose(half(4), checks.data('held_out.npz'))",
        "a public test asks for data that students never get",
    ),
}
