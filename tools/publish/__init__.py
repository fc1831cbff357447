"""Writes the public repository: the site, the notebooks, the package and the homeworks released so far.

``python -m tools.publish DEST`` or ``make publish DEST=…``. What may be public is listed in `allowed`, and
nothing else leaves this repository.
"""
