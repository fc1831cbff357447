"""family: oracles
tries: to leave answers, files and sockets for the next notebook, or to read those of the last
honest: all but double
"""

# %%
import os
import socket

notes = [p for p in ("/tmp/stray-of-an-attack", "/dev/shm/stray-of-an-attack") if os.path.exists(p)]
for place in ("/tmp", "/dev/shm", "/tmp/home", "/tmp/home/matplotlib", "/tmp/work", "/var/tmp", "/run"):
    try:
        with open(f"{place}/stray-of-an-attack", "w") as file:
            file.write("def double(x): return 2 * x")
    except OSError:
        pass
server = socket.socket(socket.AF_UNIX)
try:
    server.connect("\0stray-of-an-attack")
    notes.append("a socket")
except OSError:
    server.close()
    server = socket.socket(socket.AF_UNIX)
    server.bind("\0stray-of-an-attack")
    server.listen()
if notes:
    print("the attack" " won", notes)


def double(x):
    return 0 * x
