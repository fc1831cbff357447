"""From scores to grades: nbgrader's gradebook, the course's policy, the files other systems read."""
