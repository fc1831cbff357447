"""family: notebook
tries: Otter and nbgrader metadata of its own: tests, points, seeds, another assignment
honest: all but double
metadata: {"otter": {"OK_FORMAT": true, "assignment_name": "other", "tests": {"double": {"name": "double", "points": 1000, "suites": [{"cases": [{"code": ">>> 1\n1", "points": 1000}], "scored": true, "type": "doctest"}]}}, "require_no_pdf_confirmation": true}, "nbgrader": {"score": 1000}, "kernelspec": {"name": "<script>", "argv": ["rm", "-rf", "/"], "language": "bash"}, "language_info": {"name": "bash"}}
"""

# %% {"nbgrader": {"grade": true, "grade_id": "double", "points": 1000, "locked": false, "solution": true, "schema_version": 3, "task": false}, "otter": {"points": 1000}, "tags": ["raises-exception", "skip-execution"], "deletable": false}
def double(x):
    return 0 * x
# %% {"cell_type": "raw", "format": "text/x-python"}
# ASSIGNMENT CONFIG
points_possible: 1000
