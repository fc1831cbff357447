"""family: notebook
tries: cell ids that are hostile, doubled, of other types or another cell's
honest: all but double
"""

# %% {"id": "../../../etc/passwd"}
1
# %% {"id": "cell-1"}
2
# %% {"id": "cell-1"}
3
# %% {"id": ["x"]}
4
# %% {"id": "<script>alert(1)</script>"}
5
# %% {"id": "x", "source": ["def double(x):\n", "    return 0 * x\n", "'\\x1b'"]}
6
