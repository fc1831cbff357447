"""family: floods
tries: every descriptor there may be, also those sent to itself and never received
honest: all
"""

# %%
import os
import socket

kept = []
try:
    while True:
        kept.append(os.open("/dev/null", os.O_RDONLY))
except OSError:
    os.closerange(kept[len(kept) // 2], 10_000)
pairs = []
try:
    while True:
        pairs.append(socket.socketpair())
        socket.send_fds(pairs[-1][0], [b"x"], kept[:100])
except OSError:
    pass
