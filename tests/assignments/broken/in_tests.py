"""Tests that Python, a student or the sandbox could not use, and their settings."""

BROKEN: dict[str, tuple[str, str, str, str]] = {
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
    "a public test that asks for data": (
        "    assert np.isclose(half(4), 2)",
        "    from coursekit import checks\n\n    assert np.isclose(half(4), checks.data('held_out.npz'))",
        "assert np.isclose(half(4), checks.data('held_out.npz'))",
        "a public test asks for data that students never get",
    ),
}
