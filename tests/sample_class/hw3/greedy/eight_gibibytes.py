"""A cell that writes into 8 GiB of memory."""

import numpy as np

# question: last
hoard = np.ones((1 << 30,))
