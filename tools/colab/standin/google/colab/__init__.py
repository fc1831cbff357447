"""Stands in for `google.colab` in a rehearsal: the front end and the Drive are folders.

The environment names them: ``REHEARSED_NOTEBOOK`` is the notebook on the screen, ``REHEARSED_DOWNLOADS`` the
folder into which the browser downloads, ``REHEARSED_DRIVE`` the student's Drive.
"""

from google.colab import _message, drive, files

__all__ = ["_message", "drive", "files"]
