"""`autograder check`: whether an assignment does what it promises to those who take it."""
