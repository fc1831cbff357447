"""family: network
tries: IPv6: the world, link-local neighbours and multicast
honest: all
"""

# %%
import socket

hits = []
for host in ("2606:4700:4700::1111", "fe80::1", "ff02::1", "::ffff:127.0.0.1"):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        try:
            with socket.socket(socket.AF_INET6, kind) as sock:
                sock.settimeout(0.05)
                sock.connect((host, 53, 0, 1))
                hits += [host] if kind == socket.SOCK_STREAM or not host.endswith("127.0.0.1") else []
        except OSError:
            pass
if [hit for hit in hits if hit not in ("fe80::1", "ff02::1")]:
    print("the attack" " won", hits)
