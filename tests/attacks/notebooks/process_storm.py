"""family: neighbours
tries: processes that begin and end without end, and wake each other, each in a session of its own
honest: all
"""

# %%
import os

for _ in range(6):
    if os.fork() == 0:
        try:
            os.setsid()
        except OSError:
            pass
        break
while True:
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(write, b"x")
        os._exit(0)
    os.read(read, 1)
    os.close(read)
    os.close(write)
    os.waitpid(pid, 0)
