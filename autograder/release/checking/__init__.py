"""`autograder check`: whether an assignment keeps its promises to students."""
