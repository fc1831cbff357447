"""A class graded: jobs, the processes that do them, regrading."""
