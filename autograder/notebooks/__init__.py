"""What stands in a notebook: its cells as they may be shown, the written answers, the titles of questions."""
