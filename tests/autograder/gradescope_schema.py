"""results.json as Gradescope's "Autograder Specifications" describe it, and the two forms that we write.

The page says of each field whether it is optional, and names the values of visibilities, formats and states.
"""

VISIBILITY = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
TEST = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "score": {"type": "number"},
        "max_score": {"type": "number"},
        "status": {"enum": ["passed", "failed"]},
        "name": {"type": "string"},
        "name_format": FORMAT,
        "number": {"type": "string"},
        "output": {"type": "string"},
        "output_format": FORMAT,
        "tags": {"type": "array", "items": {"type": "string"}},
        "visibility": VISIBILITY,
        "extra_data": {"type": "object"},
    },
}
FIELDS = {
    "score": {"type": "number"},
    "execution_time": {"type": "number", "minimum": 0},
    "output": {"type": "string"},
    "output_format": FORMAT,
    "test_output_format": FORMAT,
    "test_name_format": FORMAT,
    "visibility": VISIBILITY,
    "stdout_visibility": VISIBILITY,
    "extra_data": {"type": "object"},
    "tests": {"type": "array", "items": TEST},
    "leaderboard": {"type": "array"},
}
ANY = {"type": "object", "additionalProperties": False, "properties": FIELDS}
# A score stands on top, for "tests" without scores need one; what was printed is for staff alone.
GRADED = {
    **ANY,
    "required": ["score", "output", "tests", "execution_time"],
    "properties": {**FIELDS, "stdout_visibility": {"const": "hidden"}},
}
_NO_SCORE = {**TEST, "not": {"required": ["score"]}}
NOT_GRADED = {
    **GRADED,
    "required": ["output", "tests"],
    "not": {"required": ["score"]},
    "properties": {**GRADED["properties"], "tests": {"type": "array", "items": _NO_SCORE}},
}
