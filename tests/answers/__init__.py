"""Answers that students might write, right and wrong, by assignment: whether the tests tell them apart."""
