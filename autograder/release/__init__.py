"""From a master to the files for students, Otter and nbgrader."""
