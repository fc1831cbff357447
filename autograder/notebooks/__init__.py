"""What a notebook holds: its cells as they may be shown, the written answers, the titles of questions."""
