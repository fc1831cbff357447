"""family: network
tries: netlink: interfaces, routes, the audit log and kernel events
honest: all
"""

# %%
import socket

hits = []
for protocol in range(23):
    for kind in (socket.SOCK_RAW, socket.SOCK_DGRAM):
        try:
            with socket.socket(socket.AF_NETLINK, kind, protocol) as sock:
                sock.bind((0, 0xFFFFFFFF))
                hits.append(protocol)
        except OSError:
            pass
if hits:
    print("the attack" " won", hits)
