"""From a master to what students, Otter and nbgrader are given."""
