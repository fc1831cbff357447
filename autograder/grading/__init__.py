"""Grading a class: jobs, the processes that do them, regrading."""
