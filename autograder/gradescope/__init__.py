"""Sealed grading inside Gradescope: the zip that an instructor uploads, and what runs in its container.

Sources for what Gradescope expects: its pages "Autograder Specifications", "Submission Metadata", "Base
Images", "Troubleshooting" (time and memory) and "Code Autograder Best Practices".
"""
