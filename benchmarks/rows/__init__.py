"""Rows of the table which `benchmarks/layers.py` prints.

The thread counts stand here because they must be set before NumPy and torch are loaded.
"""

import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"
