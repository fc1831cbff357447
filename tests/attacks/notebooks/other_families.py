"""family: network
tries: the families that no network namespace holds back: vsock to the host, kernel crypto, bluetooth, CAN
honest: all
"""

# %%
import socket

hits = []
for family in range(3, 50):
    if family == socket.AF_INET6:
        continue
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            socket.socket(family, kind, 0).close()
            hits.append((family, kind))
        except OSError:
            pass
if hits:
    print("the attack" " won", hits)
