"""What grading leaves on disk: one file a submission, the sheet, the plan."""
