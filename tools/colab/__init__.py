"""Rehearses Colab: its own versions, a stand-in for `google.colab`, and every notebook run from its top.

`runtimes` reads which versions a runtime has, `environments` makes them here, `notebooks` runs one notebook
as a student does. ``python tools/rehearse_colab.py`` puts them together.
"""
