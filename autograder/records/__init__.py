"""What grading leaves on disk: one file per submission, the sheet, the plan."""
