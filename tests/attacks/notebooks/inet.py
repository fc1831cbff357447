"""family: network
tries: TCP and UDP over IPv4: the world, the machine, its neighbours and name servers
honest: all
"""

# %%
import socket

hits = []
for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
    for host in ("1.1.1.1", "127.0.0.1", "10.0.0.1", "169.254.169.254", "172.17.0.1", "192.168.0.1"):
        for port in (22, 53, 80):
            with socket.socket(socket.AF_INET, kind) as sock:
                sock.settimeout(0.05)
                try:
                    sock.connect((host, port))
                    if kind == socket.SOCK_STREAM or host != "127.0.0.1":
                        hits.append((host, port))
                except OSError:
                    pass
try:
    hits.append(socket.getaddrinfo("example.org", 80))
except OSError:
    pass
if hits or [line for line in open("/proc/net/dev") if ":" in line and "lo:" not in line]:
    print("the attack" " won", hits)
