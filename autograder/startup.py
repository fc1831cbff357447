"""Imported first where grading starts, so that it starts faster.

nbformat and nbgrader import jsonschema to check notebooks. Where `rfc3987_syntax` is installed, jsonschema
loads it for the format "iri", which no notebook schema asks for, and that compiles a grammar on import: it
takes longer than all other imports together. Marked as missing it is left out, as in any environment
without it.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
