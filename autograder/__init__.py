"""Grades notebooks under seal with Otter's own test files.

The packages stand in one order, the lowest first; each imports from lower ones alone, never from its own line
or a higher one (`tests/house/test_directions.py`):

``files`` ``limits`` ``seeds`` ``startup`` ``text``: whole files, what a submission may use up, safe text
``assignment`` ``lookalikes``: an assignment as its build left it; names that look the same told apart
``mistakes`` ``notebooks``: known mistakes by name; what stands in a notebook
``submissions``: what students handed in, found and read
``records``: what grading leaves on disk
``sealed``: a notebook's code in its sandbox, its tests out here
``grades``: rules of the course, attempts, totals, nbgrader's gradebook
``pages``: what people open
``grading`` ``similarity`` ``gradescope`` ``exchange`` ``release``: a class; who copied; Gradescope; a
JupyterHub; building from masters
``commands``: the commands, one file each
``cli``: the command line
"""
