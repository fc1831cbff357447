"""family: network
tries: raw packets, raw IP and ping sockets
honest: all
"""

# %%
import socket

hits = []
for family, kind, protocol in [(17, socket.SOCK_RAW, 0x300), (17, socket.SOCK_DGRAM, 0x300), (17, 10, 3),
                               (2, socket.SOCK_RAW, 1), (2, socket.SOCK_RAW, 255), (10, socket.SOCK_RAW, 58)]:
    try:
        socket.socket(family, kind, protocol).close()
        hits.append((family, kind, protocol))
    except OSError:
        pass
if hits:
    print("the attack" " won", hits)
