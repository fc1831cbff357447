"""Simulated classes for `benchmarks/large_class.py`: their notebooks, their runs, what must hold of them."""
