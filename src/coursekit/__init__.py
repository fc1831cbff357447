"""What a student's notebook imports: data, plots, checks, quizzes and submission."""
