"""Colab's kernel has loaded this before any cell runs."""

import google.colab  # noqa: F401  (what is loaded stays loaded)
