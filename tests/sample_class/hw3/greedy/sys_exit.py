"""A cell that asks Python to end, and one that ends the process at once."""

import os
import sys

# question: first
sys.exit(0)

# question: last
os._exit(0)
