"""A sound master, which the ways of breaking it begin with."""

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
