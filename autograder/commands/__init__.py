"""The commands of `autograder`, one file each."""
