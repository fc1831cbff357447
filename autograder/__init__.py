"""Grades notebooks under seal with Otter's own test files."""
