"""Layers as pairs of plain functions, forward beside backward."""
